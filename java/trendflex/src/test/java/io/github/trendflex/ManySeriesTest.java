package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Doubles.withGaps;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/// Checks that many series at once give what each gives alone.
class ManySeriesTest {
    @Property
    void seriesOfOneLengthGiveTheBitsOfEach(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int count,
            @ForAll @IntRange(min = 60, max = 300) int length,
            @ForAll @IntRange(min = 1, max = 50) int period,
            @ForAll @IntRange(max = 3) int threads,
            @ForAll Definition definition,
            @ForAll boolean skip,
            @ForAll Memory from,
            @ForAll Memory to) {
        TrendFlex calculator = calculator(period, threads, definition, skip);
        double[][] series = new double[count][];
        Arrays.setAll(series, i -> gappy(length, seed + i));
        double[][] expected = each(calculator, series);

        MemorySegment out = to.holding(untouched(count * length));
        MemorySegment bySeries = from.holding(concatenated(series));
        calculator.computeManyInto(bySeries, count, SeriesLayout.SERIES_MAJOR, out);
        assertSameBits(concatenated(expected), array(out));

        MemorySegment byTime = from.holding(transposed(series));
        calculator.computeManyInto(byTime, count, SeriesLayout.TIME_MAJOR, out);
        assertSameBits(transposed(expected), array(out));

        double[] results = untouched(count * length);
        calculator.computeManyInto(transposed(series), count, SeriesLayout.TIME_MAJOR, results);
        assertSameBits(transposed(expected), results);
    }

    @Property
    void seriesOfAPanelGiveTheBitsOfEach(
            @ForAll List<@IntRange(max = 400) Integer> lengths,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 50) int period,
            @ForAll @IntRange(max = 3) int threads,
            @ForAll Definition definition,
            @ForAll boolean skip,
            @ForAll Memory from,
            @ForAll Memory to,
            @ForAll boolean offsetsOnHeap) {
        TrendFlex calculator = calculator(period, threads, definition, skip);
        List<Integer> all = new ArrayList<>(lengths);
        all.add(7);
        double[][] series = new double[all.size()][];
        Arrays.setAll(series, i -> gappy(all.get(i), seed + i));
        long[] offsets = new long[series.length + 1];
        for (int i = 0; i < series.length; i++) {
            offsets[i + 1] = offsets[i] + series[i].length;
        }
        double[] prices = concatenated(series);

        MemorySegment heap = MemorySegment.ofArray(offsets);
        MemorySegment ends = offsetsOnHeap ? heap : Doubles.copyOffHeap(heap);
        MemorySegment out = to.holding(untouched(prices.length));
        double[] expected = concatenated(each(calculator, series));
        calculator.computePanelInto(from.holding(prices), ends, out);
        assertSameBits(expected, array(out));

        double[] results = untouched(prices.length);
        calculator.computePanelInto(prices, offsets, results);
        assertSameBits(expected, results);
        int[] narrow = Arrays.stream(offsets).mapToInt(Math::toIntExact).toArray();
        Arrays.fill(results, 0);
        calculator.computePanelInto(prices, narrow, results);
        assertSameBits(expected, results);

        assertSameBits(expected, concatenated(calculator.computeMany(series)));
        double[][] rows =
                Arrays.stream(series).map(one -> new double[one.length]).toArray(double[][]::new);
        calculator.computeManyInto(series, rows);
        assertSameBits(expected, concatenated(rows));
    }

    @Test
    void whatIsWrongIsSaidAndNothingIsWritten() {
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        MemorySegment prices = offHeap(withGaps(walk(20, 1), 13));
        MemorySegment out = offHeap(untouched(20));
        SeriesLayout bySeries = SeriesLayout.SERIES_MAJOR;
        assertRefused(
                Refusal.INVALID_SHAPE,
                "seriesCount = 3, values = 20: the series must be of one length",
                () -> calculator.computeManyInto(prices, 3, bySeries, out));
        for (long count : new long[] {0, -1, Long.MIN_VALUE}) {
            assertRefused(
                    Refusal.INVALID_SHAPE,
                    () -> calculator.computeManyInto(prices, count, bySeries, out));
        }
        assertMissing(1, 3, () -> calculator.computeManyInto(prices, 2, bySeries, out));
        assertMissing(
                1, 6, () -> calculator.computeManyInto(prices, 2, SeriesLayout.TIME_MAJOR, out));
        assertRefused(
                Refusal.OUTPUT_LENGTH,
                () -> calculator.computeManyInto(prices, 2, bySeries, offHeap(0)));
        assertRefused(
                Refusal.OVERLAP, () -> calculator.computeManyInto(prices, 2, bySeries, prices));
        assertRefused(
                Refusal.READ_ONLY,
                () -> calculator.computeManyInto(prices, 2, bySeries, out.asReadOnly()));
        Kernel missing = Kernel.NEON.isSupported() ? Kernel.AVX2 : Kernel.NEON;
        TrendFlex lenient = TrendFlex.of(5).withKernel(missing);
        assertRefused(
                Refusal.KERNEL_UNAVAILABLE,
                () -> lenient.computeManyInto(prices, 2, bySeries, out));
        assertUntouched(out);
    }

    private static void assertMissing(long series, long index, Executable call) {
        TrendFlexException refusal = assertThrows(TrendFlexException.class, call);
        assertEquals(Refusal.MISSING_PRICE, refusal.reason());
        assertEquals(OptionalLong.of(series), refusal.series());
        assertEquals(OptionalLong.of(index), refusal.index());
        assertEquals(
                "series = %s, index = %s: the price is missing: NaN, infinite, or above 2^500 in magnitude"
                        .formatted(series, index),
                refusal.getMessage());
    }

    @Test
    void seriesThatAreAllTooShortAreNaN() {
        TrendFlex calculator = TrendFlex.of(5);
        MemorySegment prices = offHeap(walk(20, 1));
        double[] none = new double[20];
        Arrays.fill(none, Double.NaN);
        for (SeriesLayout layout : SeriesLayout.values()) {
            MemorySegment out = offHeap(untouched(20));
            calculator.computeManyInto(prices, 4, layout, out);
            assertSameBits(none, array(out));
        }
        MemorySegment out = offHeap(untouched(20));
        calculator.computePanelInto(prices, longs(0, 5, 5, 10, 13, 18, 20), out);
        assertSameBits(none, array(out));
    }

    @Test
    void withoutAnyValueThereIsNothingToDo() {
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        for (MemorySegment empty :
                List.of(offHeap(), MemorySegment.NULL, MemorySegment.ofArray(new double[0]))) {
            for (SeriesLayout layout : SeriesLayout.values()) {
                calculator.computeManyInto(empty, 2, layout, empty);
                calculator.computeManyInto(empty, 0, layout, empty);
            }
            calculator.computePanelInto(empty, longs(0, 0, 0), empty);
            calculator.computePanelInto(empty, longs(0), empty);
            assertRefused(
                    Refusal.INVALID_SHAPE,
                    "offsets[1] = 1: offsets go from 0 to the number of values, 0, and do not fall",
                    () -> calculator.computePanelInto(empty, longs(0, 1), empty));
        }
    }

    @Test
    void whatIsWrongWithAPanelIsSaidAndNothingIsWritten() {
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        MemorySegment prices = offHeap(withGaps(walk(20, 1), 13));
        MemorySegment out = offHeap(untouched(20));
        assertRefused(
                Refusal.INVALID_SHAPE,
                "offsets[1] = 21: offsets go from 0 to the number of values, 20, and do not fall",
                () -> calculator.computePanelInto(prices, longs(0, 21, 20), out));
        for (long[] offsets :
                new long[][] {{}, {0}, {1, 20}, {0, 19}, {0, 9, 8, 20}, {0, -1, 20}}) {
            assertRefused(
                    Refusal.INVALID_SHAPE,
                    () -> calculator.computePanelInto(prices, longs(offsets), out));
        }
        assertMissing(1, 5, () -> calculator.computePanelInto(prices, longs(0, 8, 20), out));
        assertMissing(1, 1, () -> calculator.computePanelInto(prices, longs(0, 12, 20, 20), out));
        assertMissing(
                3, 1, () -> calculator.computePanelInto(prices, longs(0, 0, 12, 12, 20), out));
        assertRefused(
                Refusal.MISALIGNED,
                () -> calculator.computePanelInto(prices, longs(0, 20).asSlice(0, 12), out));
        assertRefused(
                Refusal.OVERLAP,
                () -> calculator.computePanelInto(prices, out.asSlice(0, 16), out));
        assertRefused(
                Refusal.OVERLAP, () -> calculator.computePanelInto(prices, longs(0, 20), prices));
        assertRefused(
                Refusal.READ_ONLY,
                () -> calculator.computePanelInto(prices, longs(0, 20), out.asReadOnly()));
        assertUntouched(out);
    }

    @Test
    void whatIsWrongWithArraysOfSeriesIsSaidAndNothingIsWritten() {
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        double[][] series = {walk(20, 1), withGaps(walk(10, 2), 7)};
        double[][] out = {untouched(20), untouched(10)};
        assertRefused(Refusal.MISSING_PRICE, () -> calculator.computeManyInto(series, out));
        assertRefused(Refusal.MISSING_PRICE, () -> calculator.computeMany(series));
        assertRefused(
                Refusal.OUTPUT_LENGTH,
                "out has 1 arrays: it must have 2, one for each series",
                () -> calculator.computeManyInto(series, new double[][] {out[0]}));
        assertRefused(
                Refusal.OUTPUT_LENGTH,
                "out[1] has 20 places: it must have 10, one for each result",
                () -> calculator.computeManyInto(series, new double[][] {untouched(20), out[0]}));
        double[][] equal = {walk(20, 1), walk(20, 2)};
        assertRefused(
                Refusal.OVERLAP,
                "another array and out[1] share memory: out[1] must be memory of its own",
                () -> calculator.computeManyInto(equal, new double[][] {out[0], out[0]}));
        assertRefused(
                Refusal.OVERLAP,
                () -> calculator.computeManyInto(equal, new double[][] {equal[1], out[0]}));
        assertSameBits(walk(20, 2), equal[1]);
        double[] empty = {};
        double[][] some = {empty, empty, walk(20, 1)};
        assertSameBits(calculator.compute(some[2]), concatenated(calculator.computeMany(some)));
        calculator.computeManyInto(some, new double[][] {empty, empty, untouched(20)});
        assertRefused(
                Refusal.INVALID_SHAPE,
                "offsets[1] = 21: offsets go from 0 to the number of values, 20, and do not fall",
                () -> calculator.computePanelInto(walk(20, 1), new int[] {0, 21, 20}, out[0]));
        assertRefused(
                Refusal.OVERLAP,
                () -> calculator.computePanelInto(equal[0], new long[] {0, 20}, equal[0]));
        assertRefused(
                Refusal.OUTPUT_LENGTH,
                () ->
                        calculator.computeManyInto(
                                equal[0], 2, SeriesLayout.TIME_MAJOR, new double[10]));
        assertUntouched(out[0]);
        assertUntouched(out[1]);
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        TrendFlex calculator = TrendFlex.of(5);
        MemorySegment some = offHeap(1, 2, 3);
        SeriesLayout layout = SeriesLayout.TIME_MAJOR;
        assertNullRefused("prices", () -> calculator.computeManyInto(null, 1, layout, some));
        assertNullRefused("layout", () -> calculator.computeManyInto(some, 1, null, offHeap(1)));
        assertNullRefused("out", () -> calculator.computeManyInto(some, 1, layout, null));
        assertNullRefused("prices", () -> calculator.computePanelInto(null, some, some));
        assertNullRefused("offsets", () -> calculator.computePanelInto(some, null, offHeap(1)));
        assertNullRefused("out", () -> calculator.computePanelInto(some, some, null));
        double[] array = {1, 2, 3};
        long[] offsets = {0, 3};
        assertNullRefused("prices", () -> calculator.computeManyInto(null, 1, layout, array));
        assertNullRefused(
                "layout", () -> calculator.computeManyInto(array, 1, null, new double[3]));
        assertNullRefused("out", () -> calculator.computeManyInto(array, 1, layout, null));
        assertNullRefused("prices", () -> calculator.computePanelInto(null, offsets, array));
        assertNullRefused(
                "offsets", () -> calculator.computePanelInto(array, (int[]) null, new double[3]));
        assertNullRefused(
                "offsets", () -> calculator.computePanelInto(array, (long[]) null, new double[3]));
        assertNullRefused("out", () -> calculator.computePanelInto(array, offsets, null));
        double[][] series = {array, null};
        assertNullRefused("series", () -> calculator.computeMany(null));
        assertNullRefused("series", () -> calculator.computeManyInto(null, series));
        assertNullRefused("out", () -> calculator.computeManyInto(series, null));
        assertNullRefused("series[1]", () -> calculator.computeMany(series));
        assertNullRefused(
                "out[1]",
                () ->
                        calculator.computeManyInto(
                                new double[][] {array, array},
                                new double[][] {new double[3], null}));
    }

    @Test
    void threadsArePartOfACalculator() {
        TrendFlex calculator = TrendFlex.of(5);
        assertRefused(Refusal.INVALID_THREADS, () -> calculator.withThreads(-1));
        assertNotEquals(calculator, calculator.withThreads(1));
        assertEquals(calculator, calculator.withThreads(1).withThreads(0));
        assertEquals(calculator.hashCode(), calculator.withThreads(0).hashCode());
    }

    private static TrendFlex calculator(
            int period, int threads, Definition definition, boolean skip) {
        return TrendFlex.of(period)
                .withThreads(threads)
                .withDefinition(definition)
                .withNanPolicy(skip ? NanPolicy.SKIP : NanPolicy.PROPAGATE);
    }

    private static double[][] each(TrendFlex calculator, double[][] series) {
        return Arrays.stream(series).map(one -> alone(calculator, one)).toArray(double[][]::new);
    }

    /// Returns the outputs of a series alone, or NaN if there are too few prices.
    private static double[] alone(TrendFlex calculator, double[] series) {
        try {
            return calculator.compute(series);
        } catch (TrendFlexException _) {
            double[] out = new double[series.length];
            Arrays.fill(out, Double.NaN);
            return out;
        }
    }

    /// Returns prices with some gaps; most series have none.
    private static double[] gappy(int length, long seed) {
        Random random = new Random(seed);
        double[] prices = walk(length, random.nextLong());
        if (length > 0 && random.nextInt(4) == 0) {
            Arrays.fill(prices, 0, random.nextInt(length), Double.NaN);
        }
        return length > 0 && random.nextInt(4) == 0
                ? withGaps(prices, random.nextInt(length))
                : prices;
    }

    private static double[] concatenated(double[][] series) {
        return Arrays.stream(series).flatMapToDouble(Arrays::stream).toArray();
    }

    private static double[] transposed(double[][] series) {
        double[] all = new double[series.length * series[0].length];
        Arrays.setAll(all, i -> series[i % series.length][i / series.length]);
        return all;
    }

    private static MemorySegment longs(long... values) {
        return Doubles.copyOffHeap(MemorySegment.ofArray(values));
    }
}
