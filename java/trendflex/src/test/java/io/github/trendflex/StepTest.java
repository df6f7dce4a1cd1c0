package io.github.trendflex;

import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.offHeap;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Checks states that series hardly ever come to.
@Tag("once")
class StepTest {
    /// Places in the snapshot of a stream.
    private static final int COUNT = 3 * Long.BYTES;

    private static final int MEAN_SQUARE = 9 * Long.BYTES;

    private static final double SMALLEST_MEAN_SQUARE = 0x1p-960;

    /// Two threads that take prices at once can leave a place that the ring does not have.
    @Test
    void aPlaceThatTheRingDoesNotHaveIsRefused() throws ReflectiveOperationException {
        Field position = Step.class.getDeclaredField("position");
        position.setAccessible(true);
        Step young = flat(100, 50);
        Step old = flat(100, 500);
        double[] one = {1};
        for (int place : new int[] {100, -1}) {
            position.setInt(young, place);
            position.setInt(old, place);
            for (Executable call :
                    List.<Executable>of(
                            () -> young.update(1),
                            () -> old.update(1),
                            () -> old.update(one, 0, 1, one, 0),
                            () -> old.peek(1))) {
                TrendFlexException e = assertThrows(TrendFlexException.class, call);
                assertEquals(Refusal.CORRUPT_STATE, e.reason());
            }
        }
        assertEquals(50, young.count());
        assertEquals(500, old.count());
    }

    @Test
    void aMeanSquareIsZeroBelowTheSmallestOneOnly() {
        byte[] snapshot = Snapshots.ofStream(flat(20, 100));
        double meanSquare = SMALLEST_MEAN_SQUARE / 0.96;
        for (double next : new double[] {SMALLEST_MEAN_SQUARE, 0}) {
            put(snapshot, MEAN_SQUARE, Double.doubleToRawLongBits(meanSquare));
            Step step = Snapshots.stream(snapshot);
            NativeStream expected = NativeStream.of(step, snapshot);
            step.update(1);
            expected.update(1);
            byte[] after = Snapshots.ofStream(step);
            assertArrayEquals(expected.snapshot(), after);
            assertEquals(next, words(after).getDouble(MEAN_SQUARE));
            meanSquare = Math.nextDown(meanSquare);
        }
    }

    /// A snapshot is restored below 2<sup>62</sup> prices only, but its stream goes on.
    @Test
    void aStateThatCannotCrossTakesItsPricesInJava() {
        byte[] snapshot = Snapshots.ofStream(flat(20, 100));
        put(snapshot, COUNT, (1L << 62) - 1);
        Step step = Snapshots.stream(snapshot);
        double[] prices = new double[10];
        Arrays.setAll(prices, i -> i);
        double[] expected = new double[10];
        double[] out = new double[10];
        Step copy = step.copy();
        for (int round = 0; round < 2; round++) {
            copy.update(prices, 0, prices.length, expected, 0);
            new NativeEngine().update(step, offHeap(prices), MemorySegment.ofArray(out));
            assertSameBits(expected, out);
            assertEquals((1L << 62) + 10L * round + 9, step.count());
        }
    }

    /// With so long a period the smoother overshoots so far that the square overflows.
    @Test
    void aMeanSquareThatOverflowsIsNoDamage() {
        double[] prices = new double[(1 << 19) + 100];
        Arrays.fill(prices, -0x1p500);
        prices[0] = 0x1p500;
        Step step = new Step(1 << 19, Definition.VECTOR_TA, NanPolicy.PROPAGATE);
        double[] out = new double[prices.length];
        step.update(prices, 0, prices.length, out, 0);
        byte[] snapshot = Snapshots.ofStream(step);
        assertEquals(Double.POSITIVE_INFINITY, words(snapshot).getDouble(MEAN_SQUARE));
        Step restored = Snapshots.stream(snapshot);
        NativeStream expected = NativeStream.of(restored, snapshot);
        assertEquals(expected.update(0), restored.update(0));
        assertArrayEquals(expected.snapshot(), Snapshots.ofStream(restored));

        Options options = new Options(Definition.VECTOR_TA, NanPolicy.PROPAGATE, Kernel.AUTO);
        double[] outputs = new double[prices.length];
        new NativeEngine().series(prices, outputs, 1 << 19, options);
        assertSameBits(out, outputs);
    }

    private static ByteBuffer words(byte[] snapshot) {
        return ByteBuffer.wrap(snapshot).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void put(byte[] snapshot, int at, long word) {
        int end = snapshot.length - Long.BYTES;
        words(snapshot).putLong(at, word);
        words(snapshot).putLong(end, Snapshots.checksum(snapshot, end));
    }

    /// Returns a series of equal prices, whose mean square only falls.
    private static Step flat(int period, int prices) {
        Step step = new Step(period, Definition.VECTOR_TA, NanPolicy.PROPAGATE);
        double[] ones = new double[prices];
        Arrays.fill(ones, 1);
        step.update(ones, 0, prices, ones, 0);
        return step;
    }
}
