package io.github.trendflex;

import static io.github.trendflex.Doubles.UNTOUCHED;
import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Checks what the buffers of NIO need to be used as segments.
class BuffersTest {
    private static final double[] PRICES = walk(100, 1);
    private static final TrendFlex CALCULATOR = TrendFlex.of(20);
    private static final double[] EXPECTED = CALCULATOR.compute(PRICES);

    @Test
    void segmentOfABufferReachesFromItsPositionToItsLimit() {
        double[] out = untouched(120);
        CALCULATOR.computeInto(
                MemorySegment.ofBuffer(DoubleBuffer.wrap(PRICES)),
                MemorySegment.ofBuffer(DoubleBuffer.wrap(out, 10, 100)));
        MemorySegment written = MemorySegment.ofArray(out);
        assertUntouched(written.asSlice(0, 80));
        assertSameBits(EXPECTED, array(written.asSlice(80, 800)));
        assertUntouched(written.asSlice(880));
    }

    @Test
    void readOnlyBuffersAreForReading() {
        double[] out = untouched(100);
        MemorySegment prices = MemorySegment.ofBuffer(DoubleBuffer.wrap(PRICES).asReadOnlyBuffer());
        assertRefused(
                Refusal.READ_ONLY,
                () ->
                        CALCULATOR.computeInto(
                                prices,
                                MemorySegment.ofBuffer(DoubleBuffer.wrap(out).asReadOnlyBuffer())));
        assertUntouched(out);
        CALCULATOR.computeInto(prices, MemorySegment.ofArray(out));
        assertSameBits(EXPECTED, out);
    }

    @Test
    void bufferOverAnArrayOfBytesIsRefused() {
        double[] out = untouched(100);
        MemorySegment bytes =
                MemorySegment.ofBuffer(
                        ByteBuffer.allocate(800).order(ByteOrder.nativeOrder()).asDoubleBuffer());
        assertRefused(
                Refusal.MISALIGNED,
                "prices is heap memory of no certain alignment: use a double[] or a long[]",
                () -> CALCULATOR.computeInto(bytes, MemorySegment.ofArray(out)));
        assertUntouched(out);
    }

    @Test
    void buffersAreComputedFromTheirPositionsToTheirLimits() {
        double[] out = untouched(120);
        DoubleBuffer places = DoubleBuffer.wrap(out, 10, 100);
        DoubleBuffer direct =
                ByteBuffer.allocateDirect(808).order(ByteOrder.nativeOrder()).asDoubleBuffer();
        direct.position(1).put(PRICES).position(1);
        CALCULATOR.computeInto(direct, places);
        assertSameBits(EXPECTED, Arrays.copyOfRange(out, 10, 110));
        assertEquals(1, direct.position());
        assertEquals(10, places.position());
        Arrays.fill(out, UNTOUCHED);
        CALCULATOR.stream().updateInto(direct, places);
        assertUntouched(Arrays.copyOf(out, 10));
        assertSameBits(EXPECTED, Arrays.copyOfRange(out, 10, 110));
        assertUntouched(Arrays.copyOfRange(out, 110, 120));
    }

    @Test
    void buffersOfTheOtherByteOrderAreRefused() {
        ByteOrder other =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                        ? ByteOrder.LITTLE_ENDIAN
                        : ByteOrder.BIG_ENDIAN;
        DoubleBuffer swapped = ByteBuffer.allocateDirect(800).order(other).asDoubleBuffer();
        double[] out = untouched(100);
        DoubleBuffer places = DoubleBuffer.wrap(out);
        TrendFlexStream stream = CALCULATOR.stream();
        assertRefused(
                Refusal.BYTE_ORDER,
                "prices is %s: it must be %s as this machine is"
                        .formatted(other, ByteOrder.nativeOrder()),
                () -> CALCULATOR.computeInto(swapped, places));
        assertRefused(
                Refusal.BYTE_ORDER,
                () -> CALCULATOR.computeInto(DoubleBuffer.wrap(PRICES), swapped));
        assertRefused(Refusal.BYTE_ORDER, () -> stream.updateInto(swapped, places));
        assertRefused(
                Refusal.READ_ONLY,
                () -> stream.updateInto(DoubleBuffer.wrap(PRICES), places.asReadOnlyBuffer()));
        assertRefused(Refusal.OVERLAP, () -> CALCULATOR.computeInto(places, places.duplicate()));
        assertUntouched(out);
        assertEquals(0, stream.count());
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        DoubleBuffer some = DoubleBuffer.allocate(100);
        assertNullRefused("prices", () -> CALCULATOR.computeInto(null, some));
        assertNullRefused("out", () -> CALCULATOR.computeInto(some, null));
    }

    /// A segment has no byte order of its own, so a buffer in the other byte order is not noticed.
    @Test
    void pricesInTheOtherByteOrderAreCopiedFirst() {
        ByteOrder other =
                ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
                        ? ByteOrder.LITTLE_ENDIAN
                        : ByteOrder.BIG_ENDIAN;
        ByteBuffer buffer = ByteBuffer.allocate(800).order(other);
        buffer.asDoubleBuffer().put(PRICES);
        double[] prices =
                MemorySegment.ofBuffer(buffer)
                        .toArray(ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(other));
        assertSameBits(EXPECTED, CALCULATOR.compute(prices));
    }
}
