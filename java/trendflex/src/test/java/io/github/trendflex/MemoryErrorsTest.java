package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.ramp;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Refusal.MISALIGNED;
import static io.github.trendflex.Refusal.OUTPUT_LENGTH;
import static io.github.trendflex.Refusal.OVERLAP;
import static io.github.trendflex.Refusal.READ_ONLY;
import static io.github.trendflex.Refusal.SIZE_OVERFLOW;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks how every call that reads prices from one segment and writes to another one treats their
/// memory.
@ParameterizedClass
@EnumSource
class MemoryErrorsTest {
    /// The calls, each for as many results as there are prices.
    enum Call {
        SERIES {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlex.of(5).computeInto(prices, out);
            }
        },
        BATCH {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlexBatch.of(PeriodRange.closed(5, 5)).computeInto(prices, out);
            }
        },
        BATCH_WITH_PROGRESS {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlexBatch.of(PeriodRange.closed(5, 5))
                        .computeInto(prices, out, (_, _) -> true);
            }
        },
        STREAM {
            @Override
            void compute(MemorySegment prices, MemorySegment out) {
                TrendFlexStream.of(5).updateInto(prices, out);
            }
        };

        abstract void compute(MemorySegment prices, MemorySegment out);
    }

    private static final long ALMOST_2_TO_THE_63 = Long.MAX_VALUE - 7;

    private final Call call;
    private final MemorySegment prices = offHeap(ramp(10));
    private final MemorySegment out = offHeap(untouched(10));

    MemoryErrorsTest(Call call) {
        this.call = call;
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullIsNamed() {
        assertNullRefused("prices", () -> call.compute(null, out));
        assertNullRefused("out", () -> call.compute(prices, null));
        assertUntouched(out);
    }

    @Test
    void addressZeroIsNoMemory() {
        MemorySegment nowhere = MemorySegment.NULL.reinterpret(80);
        assertNullRefused("prices is at address 0", () -> call.compute(nowhere, out));
        assertNullRefused("out is at address 0", () -> call.compute(prices, nowhere));
        assertUntouched(out);
    }

    @Test
    void sizesAreMultiplesOfEight() {
        MemorySegment shortPrices = prices.asSlice(0, 79);
        MemorySegment shortOut = out.asSlice(0, 76);
        assertRefused(
                MISALIGNED,
                "prices has 79 bytes: doubles take a multiple of 8",
                () -> call.compute(shortPrices, out));
        assertRefused(
                MISALIGNED,
                "out has 76 bytes: doubles take a multiple of 8",
                () -> call.compute(prices, shortOut));
        assertUntouched(out);
    }

    @Test
    void addressesAreMultiplesOfEight() {
        MemorySegment shifted = offHeap(untouched(11)).asSlice(4, 80);
        String message =
                "begins at address 0x%x: it must be a multiple of 8".formatted(shifted.address());
        assertRefused(MISALIGNED, "prices " + message, () -> call.compute(shifted, out));
        assertRefused(MISALIGNED, "out " + message, () -> call.compute(prices, shifted));
        assertUntouched(out);
    }

    @Test
    void arraysOfSmallElementsHaveNoCertainAlignment() {
        MemorySegment bytes = MemorySegment.ofArray(new byte[80]);
        MemorySegment floats = MemorySegment.ofArray(new float[20]);
        MemorySegment shifted = MemorySegment.ofArray(new double[11]).asSlice(4, 80);
        String message = "is heap memory of no certain alignment: use a double[] or a long[]";
        assertRefused(MISALIGNED, "prices " + message, () -> call.compute(bytes, out));
        assertRefused(MISALIGNED, "out " + message, () -> call.compute(prices, floats));
        assertRefused(MISALIGNED, "out " + message, () -> call.compute(prices, shifted));
        assertUntouched(out);
    }

    @Test
    void readOnlyOutputIsRefused() {
        double[] array = untouched(10);
        MemorySegment onHeap = MemorySegment.ofArray(array).asReadOnly();
        assertRefused(READ_ONLY, "out is a read-only segment", () -> call.compute(prices, onHeap));
        assertRefused(
                READ_ONLY,
                "out is a read-only segment",
                () -> call.compute(prices, out.asReadOnly()));
        assertUntouched(array);
        assertUntouched(out);
    }

    @Test
    void computingInPlaceIsRefused() {
        double[] array = ramp(10);
        MemorySegment onHeap = MemorySegment.ofArray(array);
        String message = "prices and out share memory: out must be memory of its own";
        assertRefused(OVERLAP, message, () -> call.compute(prices, prices));
        assertRefused(OVERLAP, message, () -> call.compute(onHeap, onHeap));
        assertRefused(
                OVERLAP,
                message,
                () -> call.compute(onHeap.asReadOnly(), MemorySegment.ofArray(array)));
        assertSameBits(ramp(10), array(prices));
        assertSameBits(ramp(10), array);
    }

    @Test
    void oneDoubleInCommonIsAnOverlap() {
        MemorySegment memory = offHeap(untouched(19));
        MemorySegment head = memory.asSlice(0, 80);
        MemorySegment tail = memory.asSlice(72, 80);
        assertRefused(OVERLAP, () -> call.compute(head, tail));
        assertRefused(OVERLAP, () -> call.compute(tail, head));
        assertUntouched(memory);
    }

    @Test
    void neighboursDoNotOverlap() {
        MemorySegment memory = offHeap(untouched(20));
        MemorySegment head = memory.asSlice(0, 80).copyFrom(prices);
        MemorySegment tail = memory.asSlice(80);
        call.compute(head, tail);
        tail.copyFrom(prices);
        call.compute(tail, head);
        assertSameBits(TrendFlex.of(5).compute(ramp(10)), array(head));
    }

    @Test
    void outputHasOnePlaceForEachResult() {
        MemorySegment longer = offHeap(untouched(11));
        MemorySegment empty = MemorySegment.ofArray(new double[0]);
        assertRefused(
                OUTPUT_LENGTH,
                "out has 9 places: it must have 10, one for each result",
                () -> call.compute(prices, out.asSlice(8)));
        assertRefused(
                OUTPUT_LENGTH,
                "out has 11 places: it must have 10, one for each result",
                () -> call.compute(prices, longer));
        assertRefused(
                OUTPUT_LENGTH,
                "out has 0 places: it must have 10, one for each result",
                () -> call.compute(prices, empty));
        assertRefused(
                OUTPUT_LENGTH,
                "out has 10 places: it must have 0, one for each result",
                () -> call.compute(MemorySegment.NULL, out));
        assertUntouched(out);
        assertUntouched(longer);
    }

    @Test
    void firstErrorInOrderIsNamed() {
        MemorySegment memory = offHeap(untouched(20));
        MemorySegment misaligned = memory.asSlice(4, 80).asReadOnly();
        MemorySegment readOnly = memory.asSlice(0, 88).asReadOnly();
        MemorySegment longer = memory.asSlice(0, 88);
        assertRefused(MISALIGNED, () -> call.compute(memory, misaligned));
        assertRefused(READ_ONLY, () -> call.compute(memory, readOnly));
        assertRefused(OVERLAP, () -> call.compute(memory, longer));
        assertUntouched(memory);
    }

    @Test
    void sizesNear2ToThe63AreRefusedBeforeTheMemoryIsTouched() {
        MemorySegment low = MemorySegment.ofAddress(1 << 20).reinterpret(ALMOST_2_TO_THE_63);
        MemorySegment high = MemorySegment.ofAddress(1L << 62).reinterpret(ALMOST_2_TO_THE_63);
        MemorySegment beyond = MemorySegment.ofAddress(-64).reinterpret(128);
        MemorySegment array = MemorySegment.ofArray(new double[10]);
        assertRefused(OVERLAP, () -> call.compute(low, low));
        assertRefused(OVERLAP, () -> call.compute(low, high));
        assertRefused(OVERLAP, () -> call.compute(high, low));
        assertRefused(OVERLAP, () -> call.compute(low, out));
        assertRefused(OVERLAP, () -> call.compute(prices, low));
        assertRefused(OUTPUT_LENGTH, () -> call.compute(high, out));
        assertRefused(OUTPUT_LENGTH, () -> call.compute(low, array));
        assertRefused(OUTPUT_LENGTH, () -> call.compute(array, low));
        assertRefused(
                SIZE_OVERFLOW,
                "out has 128 bytes from address 0xffffffffffffffc0 on: that is beyond the last address",
                () -> call.compute(prices, beyond));
        assertUntouched(out);
    }

    @Test
    void closedArenaIsTheJdksError() {
        MemorySegment gone;
        try (Arena arena = Arena.ofShared()) {
            gone = arena.allocate(80, 8);
        }
        assertThrows(IllegalStateException.class, () -> call.compute(gone, out));
        assertThrows(IllegalStateException.class, () -> call.compute(prices, gone));
        assertThrows(
                IllegalStateException.class,
                () -> call.compute(gone, MemorySegment.ofArray(new double[10])));
        assertThrows(
                IllegalStateException.class,
                () -> call.compute(MemorySegment.ofArray(ramp(10)), gone));
        assertUntouched(out);
    }

    @Test
    void arenaConfinedToAnotherThreadIsTheJdksError() throws InterruptedException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment confined = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, untouched(10));
            assertInstanceOf(
                    WrongThreadException.class,
                    thrownByAnotherThread(() -> call.compute(confined, out)));
            assertInstanceOf(
                    WrongThreadException.class,
                    thrownByAnotherThread(() -> call.compute(prices, confined)));
            assertUntouched(confined);
        }
        assertUntouched(out);
    }

    private static Throwable thrownByAnotherThread(Runnable work) throws InterruptedException {
        FutureTask<Boolean> task = new FutureTask<>(work, true);
        Thread.ofPlatform().start(task);
        return assertThrows(ExecutionException.class, task::get).getCause();
    }
}
