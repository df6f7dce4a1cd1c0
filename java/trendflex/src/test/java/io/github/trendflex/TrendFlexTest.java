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
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Gatherer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendFlexTest {
    private static final double NAN = Double.NaN;

    @Test
    void rampGivesThePublishedValues() {
        double[] published = {
            NAN,
            NAN,
            NAN,
            NAN,
            NAN,
            5,
            3.623528655669866,
            3.0300048488075197,
            2.6295186761484857,
            2.3618568570902116
        };
        assertArrayEquals(published, TrendFlex.of(5).compute(ramp(10)), 1e-14);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 99})
    void outputsAreNumbersAfterTheLookback(int period) {
        TrendFlex trendFlex = TrendFlex.of(period);
        double[] out = trendFlex.compute(walk(100, 1));
        assertEquals(period, trendFlex.lookback());
        assertTrue(Arrays.stream(out, 0, period).allMatch(Double::isNaN));
        assertTrue(Arrays.stream(out, period, 100).noneMatch(Double::isNaN));
    }

    @Test
    void lookbackCountsFromTheFirstPrice() {
        double[] prices = withGaps(walk(100, 1), 0, 1, 2);
        double[] out = TrendFlex.of(20).compute(prices);
        assertTrue(Arrays.stream(out, 0, 23).allMatch(Double::isNaN));
        assertSameBits(
                TrendFlex.of(20).compute(Arrays.copyOfRange(prices, 3, 100)),
                Arrays.copyOfRange(out, 3, 100));
    }

    @Test
    void gapsPropagateByDefault() {
        double[] out = TrendFlex.of(5).compute(withGaps(walk(100, 1), 50));
        assertFalse(Double.isNaN(out[49]));
        assertTrue(Arrays.stream(out, 50, 100).allMatch(Double::isNaN));
    }

    @Test
    void skippedGapsChangeNothingElse() {
        double[] prices = walk(100, 1);
        double[] gappy = new double[200];
        Arrays.setAll(gappy, i -> i % 2 == 0 ? prices[i / 2] : NAN);
        double[] out = TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP).compute(gappy);
        assertSameBits(
                TrendFlex.of(5).compute(prices),
                IntStream.range(0, 100).mapToDouble(i -> out[2 * i]).toArray());
        assertTrue(IntStream.range(0, 100).allMatch(i -> Double.isNaN(out[2 * i + 1])));
    }

    @Test
    void rejectAcceptsMissingValuesBeforeTheFirstPrice() {
        double[] prices = withGaps(walk(100, 1), 0, 1);
        assertSameBits(
                TrendFlex.of(5).compute(prices),
                TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT).compute(prices));
    }

    @Test
    void definitionsDifferAtOddPeriodsOnly() {
        double[] prices = walk(100, 1);
        TrendFlex odd = TrendFlex.of(5);
        TrendFlex even = TrendFlex.of(6);
        assertFalse(
                Arrays.equals(
                        odd.compute(prices),
                        odd.withDefinition(Definition.EHLERS).compute(prices)));
        assertSameBits(
                even.compute(prices), even.withDefinition(Definition.EHLERS).compute(prices));
    }

    @ParameterizedTest
    @EnumSource
    void supportedKernelsGiveTheSameBits(Kernel kernel) {
        double[] prices = walk(3000, 1);
        if (kernel.isSupported()) {
            assertSameBits(
                    TrendFlex.of(20).compute(prices),
                    TrendFlex.of(20).withKernel(kernel).compute(prices));
        } else {
            assertRefused(
                    Refusal.KERNEL_UNAVAILABLE,
                    () -> TrendFlex.of(20).withKernel(kernel).compute(prices));
        }
    }

    @Test
    void arraysAndSegmentsOfAllKindsGiveTheSameBits(@TempDir Path directory) throws IOException {
        double[] prices = walk(500, 1);
        TrendFlex trendFlex = TrendFlex.of(20);
        double[] expected = trendFlex.compute(prices);

        double[] out = untouched(500);
        trendFlex.computeInto(prices, out);
        assertSameBits(expected, out);

        // Windows does not delete a file while it is mapped.
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment[] inputs = {
                offHeap(prices),
                MemorySegment.ofArray(prices).asReadOnly(),
                MemorySegment.ofArray(
                        Arrays.stream(prices).mapToLong(Double::doubleToLongBits).toArray()),
                mapped(directory.resolve("prices"), prices, arena),
                MemorySegment.ofBuffer(
                        ByteBuffer.allocateDirect(8 * 500)
                                .order(ByteOrder.nativeOrder())
                                .asDoubleBuffer()
                                .put(prices)
                                .flip()),
            };
            for (MemorySegment input : inputs) {
                MemorySegment onHeap = MemorySegment.ofArray(new double[500]);
                MemorySegment offHeap = offHeap(new double[500]);
                trendFlex.computeInto(input, onHeap);
                trendFlex.computeInto(input, offHeap);
                assertSameBits(expected, array(onHeap));
                assertSameBits(expected, array(offHeap));
                assertSameBits(expected, array(trendFlex.compute(input, Arena.ofAuto())));
            }
        }
    }

    private static MemorySegment mapped(Path file, double[] values, Arena arena)
            throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, 8L * values.length, arena)
                    .copyFrom(MemorySegment.ofArray(values));
        }
    }

    @ParameterizedTest
    @MethodSource("io.github.trendflex.BadData#all")
    void badDataIsRefusedInWords(BadData bad) {
        TrendFlex trendFlex =
                TrendFlex.of(bad.period()).withNanPolicy(bad.nanPolicy()).withKernel(bad.kernel());
        double[] prices = bad.prices();
        double[] out = untouched(prices.length);
        MemorySegment offHeap = offHeap(out);
        assertRefused(bad.error(), bad.message(), () -> trendFlex.compute(prices));
        assertRefused(bad.error(), bad.message(), () -> trendFlex.computeInto(prices, out));
        assertRefused(
                bad.error(),
                bad.message(),
                () -> trendFlex.compute(offHeap(prices), Arena.ofAuto()));
        assertRefused(
                bad.error(), bad.message(), () -> trendFlex.computeInto(offHeap(prices), offHeap));
        assertUntouched(out);
        assertUntouched(offHeap);
    }

    @Test
    void noMemoryAtAllIsEmptyInput() {
        assertRefused(
                Refusal.EMPTY_INPUT,
                () -> TrendFlex.of(1).computeInto(MemorySegment.NULL, MemorySegment.NULL));
    }

    @Test
    void emptyArrayOverlapsNothing() {
        double[] empty = {};
        assertRefused(Refusal.EMPTY_INPUT, () -> TrendFlex.of(1).computeInto(empty, empty));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void periodsBelowOneAreRefused(int period) {
        assertRefused(
                Refusal.INVALID_PERIOD,
                "period = " + period + ": a period is at least 1",
                () -> TrendFlex.of(period));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        TrendFlex trendFlex = TrendFlex.of(5);
        assertNullRefused("definition", () -> trendFlex.withDefinition(null));
        assertNullRefused("nanPolicy", () -> trendFlex.withNanPolicy(null));
        assertNullRefused("kernel", () -> trendFlex.withKernel(null));
        assertNullRefused("prices", () -> trendFlex.compute(null));
        assertNullRefused("prices", () -> trendFlex.computeInto(null, new double[10]));
        assertNullRefused("out", () -> trendFlex.computeInto(ramp(10), null));
        assertNullRefused("prices", () -> trendFlex.compute(null, Arena.ofAuto()));
        assertNullRefused("allocator", () -> trendFlex.compute(offHeap(ramp(10)), null));
    }

    @Test
    void outputArrayIsOneOfItsOwnWithAPlaceForEachPrice() {
        double[] prices = ramp(10);
        double[] out = untouched(9);
        TrendFlex trendFlex = TrendFlex.of(5);
        assertRefused(
                Refusal.OVERLAP,
                "prices and out share memory: out must be memory of its own",
                () -> trendFlex.computeInto(prices, prices));
        assertRefused(
                Refusal.OUTPUT_LENGTH,
                "out has 9 places: it must have 10, one for each result",
                () -> trendFlex.computeInto(prices, out));
        assertSameBits(ramp(10), prices);
        assertUntouched(out);
    }

    @Test
    void allocatorsAreNotTrusted() {
        MemorySegment prices = offHeap(ramp(10));
        SegmentAllocator inPlace = SegmentAllocator.prefixAllocator(prices);
        SegmentAllocator small = (size, alignment) -> prices.asSlice(0, 8);
        assertRefused(Refusal.OVERLAP, () -> TrendFlex.of(5).compute(prices, inPlace));
        assertRefused(
                Refusal.OUTPUT_LENGTH, () -> TrendFlex.of(5).compute(offHeap(ramp(10)), small));
        assertSameBits(ramp(10), array(prices));
    }

    @Test
    void optionsReplaceEachOther() {
        TrendFlex trendFlex = TrendFlex.of(20);
        assertEquals(20, trendFlex.withKernel(Kernel.SCALAR).period());
        assertEquals(
                "TrendFlex[period=20, threads=0, definition=EHLERS, nanPolicy=SKIP, kernel=SCALAR]",
                trendFlex
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.SKIP)
                        .withKernel(Kernel.SCALAR)
                        .toString());
        assertEquals(
                "TrendFlex[period=20, threads=0, definition=VECTOR_TA, nanPolicy=PROPAGATE, kernel=AUTO]",
                trendFlex.toString());
    }

    @Test
    void streamsBanksAndBatchesTakeTheOptionsOver() {
        TrendFlex calculator =
                TrendFlex.of(20)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.SKIP)
                        .withKernel(Kernel.SCALAR)
                        .withThreads(3);
        assertEquals(Definition.EHLERS, calculator.definition());
        assertEquals(NanPolicy.SKIP, calculator.nanPolicy());
        assertEquals(Kernel.SCALAR, calculator.kernel());
        assertEquals(3, calculator.threads());
        for (TrendFlexBatch batch :
                new TrendFlexBatch[] {
                    calculator.batch(PeriodRange.closed(30, 31)), calculator.batch(30, 31)
                }) {
            assertArrayEquals(new int[] {30, 31}, batch.periods());
            assertEquals(Definition.EHLERS, batch.definition());
            assertEquals(NanPolicy.SKIP, batch.nanPolicy());
            assertEquals(Kernel.SCALAR, batch.kernel());
            assertEquals(3, batch.threads());
        }
        assertEquals(
                "TrendFlexStream[period=20, definition=EHLERS, nanPolicy=SKIP, count=0]",
                calculator.stream().toString());
        assertEquals(
                "TrendFlexStreamBank[period=20, definition=EHLERS, nanPolicy=SKIP, symbols=7]",
                calculator.bank(7).toString());
        assertEquals(NanPolicy.PROPAGATE, TrendFlex.of(20).stream().nanPolicy());
    }

    @ParameterizedTest
    @EnumSource(names = {"PROPAGATE", "SKIP"})
    void oneCalculatorGivesTheSameBitsOfHistoryAndLive(NanPolicy nanPolicy) {
        double[] prices = withGaps(walk(200, 1), 0, 100, 150);
        TrendFlex calculator = TrendFlex.of(21).withNanPolicy(nanPolicy);
        double[] backtest = calculator.compute(prices);
        TrendFlexStream live = calculator.stream();
        TrendFlexStreamBank bank = calculator.bank(1);
        double[] trend = new double[1];
        for (int i = 0; i < prices.length; i++) {
            double[] expected = {backtest[i]};
            assertSameBits(expected, new double[] {live.update(prices[i])});
            bank.updateInto(new double[] {prices[i]}, trend);
            assertSameBits(expected, trend);
        }
        assertSameBits(backtest, calculator.batch(20, 21).compute(prices).arrayForPeriod(21));
    }

    @Test
    void gatheredPricesHaveTheBitsOfTheSeries() {
        double[] prices = withGaps(walk(100, 1), 0, 50);
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP);
        Gatherer<Double, ?, Double> gatherer = calculator.gatherer();
        for (int evaluation = 0; evaluation < 2; evaluation++) {
            double[] out =
                    Arrays.stream(prices)
                            .boxed()
                            .parallel()
                            .gather(gatherer)
                            .mapToDouble(Double::doubleValue)
                            .toArray();
            assertSameBits(calculator.compute(prices), out);
        }
        assertEquals(
                List.of(NAN, NAN), Stream.of(1.0, 2.0).gather(TrendFlex.of(5).gatherer()).toList());
        assertEquals(3, Stream.iterate(1.0, price -> price + 1).gather(gatherer).limit(3).count());
        assertRefused(
                Refusal.REJECT_IN_STREAM,
                () -> calculator.withNanPolicy(NanPolicy.REJECT).gatherer());
    }

    @Test
    void calculatorsAreValues() {
        TrendFlex skipping = TrendFlex.of(20).withNanPolicy(NanPolicy.SKIP);
        TrendFlex same = TrendFlex.of(20).withNanPolicy(NanPolicy.SKIP);
        assertEquals(skipping, same);
        assertEquals(skipping.hashCode(), same.hashCode());
        assertNotEquals(skipping, TrendFlex.of(21).withNanPolicy(NanPolicy.SKIP));
        assertNotEquals(skipping, TrendFlex.of(20));
        assertNotEquals(TrendFlex.of(21).hashCode(), TrendFlex.of(20).hashCode());
    }
}
