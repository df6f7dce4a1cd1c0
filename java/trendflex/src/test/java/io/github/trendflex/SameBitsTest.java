package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.untouched;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/// Checks that for any prices, outputs never change later, and every way gives the same ones.
class SameBitsTest {
    @Property
    void nothingRepaints(
            @ForAll("series") double[] prices,
            @ForAll @IntRange(min = 1, max = 50) int period,
            @ForAll Definition definition,
            @ForAll("lenient") NanPolicy nanPolicy,
            @ForAll @IntRange(min = 100, max = 199) int cut) {
        TrendFlex calculator =
                TrendFlex.of(period).withDefinition(definition).withNanPolicy(nanPolicy);
        double[] out = calculator.compute(prices);
        assertSameBits(Arrays.copyOf(out, cut), calculator.compute(Arrays.copyOf(prices, cut)));
    }

    @Property
    void everyWayToComputeASeriesGivesTheSameBits(
            @ForAll("series") double[] prices,
            @ForAll @IntRange(min = 1, max = 50) int period,
            @ForAll Definition definition,
            @ForAll("lenient") NanPolicy nanPolicy,
            @ForAll("supported") Kernel kernel,
            @ForAll Memory from,
            @ForAll Memory to) {
        TrendFlex calculator =
                TrendFlex.of(period).withDefinition(definition).withNanPolicy(nanPolicy);
        double[] expected = calculator.compute(prices);
        MemorySegment input = from.holding(prices);
        MemorySegment out = to.holding(untouched(prices.length));

        calculator.withKernel(kernel).computeInto(input, out);
        assertSameBits(expected, array(out));

        assertSameBits(expected, array(calculator.compute(input, Arena.ofAuto())));

        TrendFlexStream stream = calculator.withKernel(kernel).stream();
        assertSameBits(expected, Arrays.stream(prices).map(stream::update).toArray());

        stream.reset();
        stream.updateInto(input, out.fill((byte) 0));
        assertSameBits(expected, array(out));
    }

    @Property
    void everyWayToComputeABatchGivesTheBitsOfItsSeries(
            @ForAll("series") double[] prices,
            @ForAll("ranges") PeriodRange periods,
            @ForAll @IntRange(max = 4) int threads,
            @ForAll Definition definition,
            @ForAll("lenient") NanPolicy nanPolicy,
            @ForAll("supported") Kernel kernel,
            @ForAll Memory from,
            @ForAll Memory to) {
        int rows = (int) periods.rows();
        int columns = prices.length;
        double[] expected = new double[rows * columns];
        for (int row = 0; row < rows; row++) {
            TrendFlex single =
                    TrendFlex.of(periods.periodAt(row))
                            .withDefinition(definition)
                            .withNanPolicy(nanPolicy);
            System.arraycopy(single.compute(prices), 0, expected, row * columns, columns);
        }
        TrendFlexBatch batch =
                TrendFlexBatch.of(periods)
                        .withThreads(threads)
                        .withDefinition(definition)
                        .withNanPolicy(nanPolicy)
                        .withKernel(kernel);
        MemorySegment input = from.holding(prices);
        MemorySegment out = to.holding(untouched(expected.length));

        batch.computeInto(input, out);
        assertSameBits(expected, array(out));

        batch.computeInto(input, out.fill((byte) 0), (_, _) -> true);
        assertSameBits(expected, array(out));

        assertSameBits(expected, array(batch.compute(input, Arena.ofAuto()).values()));

        MemorySegment rowsShown = MemorySegment.ofArray(new double[expected.length]);
        AtomicLong at = new AtomicLong();
        batch.forEachRow(
                input,
                (_, row) ->
                        rowsShown
                                .asSlice(at.getAndAdd(row.byteSize()), row.byteSize())
                                .copyFrom(row));
        assertSameBits(expected, array(rowsShown));
    }

    @Property
    void listedPeriodsGiveTheBitsOfTheirSeries(
            @ForAll("series") double[] prices,
            @ForAll("periods") int[] periods,
            @ForAll @IntRange(max = 4) int threads,
            @ForAll Definition definition,
            @ForAll("lenient") NanPolicy nanPolicy) {
        TrendFlexBatch batch =
                TrendFlexBatch.of(periods)
                        .withThreads(threads)
                        .withDefinition(definition)
                        .withNanPolicy(nanPolicy);
        BatchResult result = batch.compute(prices);
        assertEquals(periods.length, result.rows());
        assertArrayEquals(periods, result.periods());
        List<Integer> shown = new ArrayList<>();
        batch.forEachRow(
                MemorySegment.ofArray(prices),
                (period, row) -> {
                    assertSameBits(result.arrayAt(shown.size()), array(row));
                    shown.add(period);
                });
        assertEquals(Arrays.stream(periods).boxed().toList(), shown);
        for (int row = 0; row < periods.length; row++) {
            double[] expected =
                    TrendFlex.of(periods[row])
                            .withDefinition(definition)
                            .withNanPolicy(nanPolicy)
                            .compute(prices);
            assertSameBits(expected, result.arrayAt(row));
            assertSameBits(expected, array(result.rowForPeriod(periods[row])));
        }
    }

    @Property
    void streamsMayBeFedInAnyPieces(
            @ForAll("series") double[] prices,
            @ForAll @IntRange(min = 1, max = 50) int period,
            @ForAll("lenient") NanPolicy nanPolicy,
            @ForAll List<@IntRange(max = 40) Integer> pieces) {
        TrendFlexStream stream = TrendFlexStream.of(period).withNanPolicy(nanPolicy);
        double[] out = new double[prices.length];
        int from = 0;
        for (int piece : pieces) {
            int to = Math.min(from + piece, prices.length);
            double[] outputs = new double[to - from];
            stream.updateInto(Arrays.copyOfRange(prices, from, to), outputs);
            System.arraycopy(outputs, 0, out, from, outputs.length);
            from = to;
        }
        assertSameBits(
                Arrays.copyOf(TrendFlex.of(period).withNanPolicy(nanPolicy).compute(prices), from),
                Arrays.copyOf(out, from));
    }

    @Provide
    Arbitrary<int[]> periods() {
        return Arbitraries.integers().between(1, 50).array(int[].class).ofMinSize(1).ofMaxSize(20);
    }

    /// 200 values, some of them missing at the start and in between; the first hundred have enough
    /// prices for any period.
    @Provide
    Arbitrary<double[]> series() {
        Arbitrary<Long> seed = Arbitraries.longs();
        Arbitrary<Integer> exponent = Arbitraries.of(-1000, -500, 0, 300, 480);
        Arbitrary<Double> missing = Arbitraries.of(0.0, 0.0, 0.01, 0.2);
        Arbitrary<Double> flat = Arbitraries.of(0.0, 0.5, 0.99);
        return Combinators.combine(seed, exponent, missing, flat).as(SameBitsTest::series);
    }

    private static double[] series(long seed, int exponent, double missing, double flat) {
        Random random = new Random(seed);
        double[] prices = new double[200];
        double price = 100;
        for (int i = 0; i < prices.length; i++) {
            if (random.nextDouble() >= flat) {
                price += random.nextGaussian();
            }
            prices[i] = random.nextDouble() < missing ? Double.NaN : Math.scalb(price, exponent);
        }
        return prices;
    }

    @Provide
    Arbitrary<PeriodRange> ranges() {
        Arbitrary<Integer> period = Arbitraries.integers().between(1, 50);
        Arbitrary<Integer> step = Arbitraries.integers().between(1, 9);
        return Combinators.combine(period, period, step).as(PeriodRange::closed);
    }

    @Provide
    Arbitrary<Kernel> supported() {
        return Arbitraries.of(Kernel.class).filter(Kernel::isSupported);
    }

    /// The policies that streams take.
    @Provide
    Arbitrary<NanPolicy> lenient() {
        return Arbitraries.of(NanPolicy.PROPAGATE, NanPolicy.SKIP);
    }
}
