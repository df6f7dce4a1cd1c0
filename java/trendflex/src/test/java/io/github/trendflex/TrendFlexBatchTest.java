package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.ramp;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Doubles.withGaps;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendFlexBatchTest {
    @ParameterizedTest
    @MethodSource
    void rowsHaveTheBitsOfTheirPeriods(PeriodRange range) {
        double[] prices = withGaps(walk(300, 1), 0, 200);
        BatchResult result =
                TrendFlexBatch.of(range)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.SKIP)
                        .withKernel(Kernel.SCALAR.isSupported() ? Kernel.SCALAR : Kernel.AUTO)
                        .compute(prices);
        assertEquals(range.rows(), result.rows());
        for (long row = 0; row < result.rows(); row++) {
            TrendFlex single =
                    TrendFlex.of(range.periodAt(row))
                            .withDefinition(Definition.EHLERS)
                            .withNanPolicy(NanPolicy.SKIP);
            assertSameBits(single.compute(prices), result.arrayAt(row));
        }
    }

    static Stream<PeriodRange> rowsHaveTheBitsOfTheirPeriods() {
        return Stream.of(
                PeriodRange.closed(1, 40),
                PeriodRange.closed(40, 1, 3),
                PeriodRange.closed(20, 25, 2),
                PeriodRange.single(7),
                PeriodRange.closed(297, 297));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 1000})
    void threadsChangeNoBit(int threads) {
        double[] prices = walk(1000, 1);
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(1, 50));
        assertSameBits(
                array(batch.withThreads(1).compute(prices).values()),
                array(batch.withThreads(threads).compute(prices).values()));
    }

    @Test
    void arraysAndSegmentsOfAllKindsGiveTheSameBits() {
        double[] prices = walk(500, 1);
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(30, 11, 2));
        double[] expected = array(batch.compute(prices).values());
        double[] out = new double[10 * 500];
        batch.computeInto(prices, out);
        assertSameBits(expected, out);
        double[] reported = new double[10 * 500];
        batch.computeInto(prices, reported, (done, total) -> done == total);
        assertSameBits(expected, reported);
        List<Integer> shown = new ArrayList<>();
        batch.forEachRow(
                prices,
                (period, row) -> {
                    assertSameBits(TrendFlex.of(period).compute(prices), array(row));
                    shown.add(period);
                });
        assertEquals(Arrays.stream(batch.periods()).boxed().toList(), shown);
        for (MemorySegment input :
                new MemorySegment[] {offHeap(prices), MemorySegment.ofArray(prices)}) {
            MemorySegment onHeap = MemorySegment.ofArray(new double[10 * 500]);
            MemorySegment offHeap = offHeap(new double[10 * 500]);
            batch.computeInto(input, onHeap);
            batch.computeInto(input, offHeap);
            assertSameBits(expected, array(onHeap));
            assertSameBits(expected, array(offHeap));
            assertSameBits(expected, array(batch.compute(input, Arena.ofAuto()).values()));
        }
    }

    @Test
    void resultsForTheHeapOfManyMegabytesAreComplete() {
        double[] prices = walk(400_000, 1);
        PeriodRange range = PeriodRange.closed(90, 11, 2);
        MemorySegment out = MemorySegment.ofArray(new double[40 * prices.length]);
        TrendFlexBatch.of(range).computeInto(MemorySegment.ofArray(prices), out);
        for (long row = 0; row < range.rows(); row++) {
            MemorySegment values = out.asSlice(row * 8 * prices.length, 8L * prices.length);
            assertSameBits(TrendFlex.of(range.periodAt(row)).compute(prices), array(values));
        }
    }

    @Test
    void largestPeriodIsCheckedBeforeTheHeapIsWritten() {
        double[] prices = walk(400_000, 1);
        double[] out = untouched(40 * prices.length);
        assertRefused(
                Refusal.PERIOD_TOO_LONG,
                () ->
                        TrendFlexBatch.of(PeriodRange.closed(399_961, 400_000))
                                .computeInto(
                                        MemorySegment.ofArray(prices), MemorySegment.ofArray(out)));
        assertUntouched(out);
    }

    @ParameterizedTest
    @MethodSource("io.github.trendflex.BadData#all")
    void badDataForTheLargestPeriodIsRefusedInWords(BadData bad) {
        PeriodRange up = PeriodRange.closed(1, bad.period(), Math.max(1, bad.period() - 1));
        PeriodRange down = PeriodRange.closed(bad.period(), 1, Math.max(1, bad.period() - 1));
        for (PeriodRange range : new PeriodRange[] {up, down}) {
            TrendFlexBatch batch =
                    TrendFlexBatch.of(range)
                            .withNanPolicy(bad.nanPolicy())
                            .withKernel(bad.kernel());
            MemorySegment prices = offHeap(bad.prices());
            double[] onHeap = untouched((int) range.rows() * bad.prices().length);
            MemorySegment offHeap = offHeap(onHeap);
            assertRefused(bad.error(), bad.message(), () -> batch.compute(bad.prices()));
            assertRefused(bad.error(), bad.message(), () -> batch.compute(prices, Arena.ofAuto()));
            assertRefused(bad.error(), bad.message(), () -> batch.computeInto(prices, offHeap));
            assertRefused(
                    bad.error(),
                    bad.message(),
                    () -> batch.computeInto(prices, MemorySegment.ofArray(onHeap)));
            assertRefused(
                    bad.error(),
                    bad.message(),
                    () -> batch.computeInto(prices, offHeap, (_, _) -> fail("progress")));
            assertRefused(
                    bad.error(),
                    bad.message(),
                    () -> batch.forEachRow(prices, (_, _) -> fail("a row")));
            assertUntouched(onHeap);
            assertUntouched(offHeap);
        }
    }

    @Test
    void outputHasOnePlaceForEachResult() {
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(2, 5));
        MemorySegment out = offHeap(untouched(30));
        String message = "out has 30 places: it must have 40, one for each result";
        assertRefused(
                Refusal.OUTPUT_LENGTH, message, () -> batch.computeInto(offHeap(ramp(10)), out));
        assertRefused(
                Refusal.OUTPUT_LENGTH,
                message,
                () -> batch.computeInto(offHeap(ramp(10)), out, (_, _) -> fail("progress")));
        assertUntouched(out);
    }

    @Test
    void halfAPriceIsMisalignedRatherThanNone() {
        MemorySegment half = offHeap(1).asSlice(0, 4);
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(2, 5));
        assertRefused(Refusal.MISALIGNED, () -> batch.compute(half, Arena.ofAuto()));
    }

    @Test
    void resultsBeyond63BitsAreRefused() {
        MemorySegment prices = MemorySegment.ofAddress(1L << 62).reinterpret(1L << 60);
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(1, 8));
        String message =
                "rows = 8, columns = 144115188075855872: the size of the result exceeds 2^63 - 1 bytes";
        assertRefused(Refusal.SIZE_OVERFLOW, message, () -> batch.compute(prices, Arena.ofAuto()));
        assertRefused(
                Refusal.SIZE_OVERFLOW, message, () -> batch.computeInto(prices, offHeap(ramp(10))));
    }

    @Test
    void allocatorsAreNotTrusted() {
        MemorySegment prices = offHeap(ramp(10));
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(5, 5));
        double[] array = ramp(10);
        assertRefused(Refusal.OVERLAP, () -> batch.computeInto(array, array));
        assertRefused(Refusal.OUTPUT_LENGTH, () -> batch.computeInto(array, new double[9]));
        assertRefused(
                Refusal.OVERLAP,
                () -> batch.compute(prices, SegmentAllocator.prefixAllocator(prices)));
        assertSameBits(ramp(10), array(prices));
    }

    @Test
    void dataIsCheckedBeforeTheResultIsAllocated() {
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(1, 2_000_000_000, 1));
        assertRefused(Refusal.PERIOD_TOO_LONG, () -> batch.compute(ramp(100)));
    }

    @Test
    void negativeThreadsAreRefused() {
        assertRefused(
                Refusal.INVALID_THREADS,
                "threads = -1: it is 0 for all cores, or the number of threads",
                () -> TrendFlexBatch.of(PeriodRange.DEFAULT).withThreads(-1));
    }

    @Test
    void listsOfPeriodsAreCheckedAndCompared() {
        assertRefused(
                Refusal.EMPTY_INPUT, "length = 0: there are no periods", () -> TrendFlexBatch.of());
        assertRefused(
                Refusal.INVALID_PERIOD,
                "period = 0: a period is at least 1",
                () -> TrendFlexBatch.of(5, 0));
        int[] periods = {7, 3, 7};
        TrendFlexBatch batch = TrendFlexBatch.of(periods);
        periods[0] = 1;
        assertEquals(TrendFlexBatch.of(7, 3, 7), batch);
        assertEquals(TrendFlexBatch.of(7, 3, 7).hashCode(), batch.hashCode());
        assertNotEquals(TrendFlexBatch.of(7, 3), batch);
        assertEquals(true, batch.toString().contains("[7, 3, 7]"));
        int[] many = IntStream.rangeClosed(20, 269).toArray();
        assertEquals(
                "TrendFlexBatch[periods=250 periods: 20, 21, 22, 23, 24, 25, 26, ... 269, threads=0,"
                        + " definition=VECTOR_TA, nanPolicy=PROPAGATE, kernel=AUTO]",
                TrendFlexBatch.of(many).toString());
        assertEquals(
                "BatchResult[rows=9, columns=20, periods=9 periods: 1, 2, 3, 4, 5, 6, 7, ... 9]",
                TrendFlexBatch.of(1, 2, 3, 4, 5, 6, 7, 8, 9).compute(ramp(20)).toString());
        assertRefused(
                Refusal.PERIOD_TOO_LONG,
                "period = 7, length = 7: the period must be below the number of values",
                () -> batch.compute(new double[7]));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(5, 5));
        assertNullRefused("periods", () -> TrendFlexBatch.of((PeriodRange) null));
        assertNullRefused("definition", () -> batch.withDefinition(null));
        assertNullRefused("nanPolicy", () -> batch.withNanPolicy(null));
        assertNullRefused("kernel", () -> batch.withKernel(null));
        assertNullRefused("prices", () -> batch.compute(null));
        assertNullRefused("prices", () -> batch.compute(null, Arena.ofAuto()));
        assertNullRefused(
                "progress", () -> batch.computeInto(offHeap(ramp(10)), offHeap(ramp(10)), null));
        assertNullRefused("prices", () -> batch.forEachRow((MemorySegment) null, (_, _) -> {}));
        assertNullRefused("prices", () -> batch.forEachRow((double[]) null, (_, _) -> {}));
        assertNullRefused("consumer", () -> batch.forEachRow(ramp(10), null));
        assertNullRefused("prices", () -> batch.computeInto(null, ramp(10)));
        assertNullRefused("out", () -> batch.computeInto(ramp(10), null));
        assertNullRefused("out", () -> batch.computeInto(ramp(10), null, (_, _) -> true));
        assertNullRefused("progress", () -> batch.computeInto(ramp(10), ramp(10), null));
        assertNullRefused("consumer", () -> batch.forEachRow(offHeap(ramp(10)), null));
        assertNullRefused("allocator", () -> batch.compute(offHeap(ramp(10)), null));
    }

    @Test
    void calculatorsAreValues() {
        TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.closed(20, 80));
        TrendFlexBatch same = TrendFlexBatch.of(PeriodRange.closed(20, 80)).withThreads(0);
        assertEquals(61, batch.rows());
        assertEquals(batch, same);
        assertEquals(batch.hashCode(), same.hashCode());
        assertNotEquals(batch, batch.withThreads(1));
        assertNotEquals(batch.hashCode(), batch.withThreads(1).hashCode());
        assertNotEquals(batch, batch.withNanPolicy(NanPolicy.SKIP));
        assertNotEquals(batch, TrendFlexBatch.of(PeriodRange.closed(20, 81)));
        assertEquals(
                "TrendFlexBatch[periods=PeriodRange[start=20, end=80, step=1], threads=2, definition=VECTOR_TA,"
                        + " nanPolicy=PROPAGATE, kernel=AUTO]",
                batch.withThreads(2).toString());
    }
}
