package io.github.trendflex.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.TrendFlex;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks how far the outputs are from the exact ones.
class AccuracyTest {
    @ParameterizedTest
    @MethodSource
    void errorOnWalksStaysWithinItsBound(Walk walk, Definition definition, int period) {
        long seed = period;
        // They are long enough for the sum over the window to be rebuilt at least twice.
        double[] prices = walk.prices(5000 + 10 * period, seed);
        assertErrorWithinBound(prices, period, definition, walk + " with seed " + seed);
    }

    static Stream<Arguments> errorOnWalksStaysWithinItsBound() {
        int[] periods = {1, 2, 3, 5, 8, 13, 20, 35, 50, 101, 200, 333, 500, 1000, 1500, 2000};
        // The two definitions are equal at even periods.
        int[] oddPeriods = {1, 3, 7, 21, 101, 333, 999};
        return Arrays.stream(Walk.values())
                .flatMap(walk ->
                        Stream.concat(
                                Arrays.stream(periods)
                                        .mapToObj(period ->
                                                Arguments.of(walk, Definition.VECTOR_TA, period)),
                                Arrays.stream(oddPeriods)
                                        .mapToObj(period ->
                                                Arguments.of(walk, Definition.EHLERS, period))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 50, 101, 200, 500, 1000})
    void errorOnTwoDecimalPricesStaysBelow1e11(int period) {
        int length = 100_000;
        long seed = period;
        double[] prices = Walk.TICKS.prices(length, seed);
        double[] outputs = TrendFlex.of(period).compute(prices);
        ExactTrendFlex exact = new ExactTrendFlex(prices, period, Definition.VECTOR_TA);
        for (int j = period; j < length; j++) {
            double error = exact.error(j, outputs[j]);
            int bar = j;
            assertTrue(error <= 1e-11, () -> "seed " + seed + ", bar " + bar + ": error " + error);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 101, 500})
    void errorStaysWithinItsBoundAfterPricesWereZero(int period) {
        double[] prices = Walk.GAUSSIAN.prices(12_000, 1);
        Arrays.fill(prices, 0, 3000, 100.1);
        Arrays.fill(prices, 3000, 6000, 0);
        assertErrorWithinBound(
                prices, period, Definition.VECTOR_TA, "100.1, zeros, GAUSSIAN with seed 1");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 101, 500})
    void errorStaysWithinItsBoundAfterPricesWereDenormal(int period) {
        double[] prices = Walk.GAUSSIAN.prices(9000, 2);
        for (int j = 0; j < 3000; j++) {
            prices[j] = Math.rint(prices[j]) * Double.MIN_VALUE;
        }
        assertErrorWithinBound(
                prices, period, Definition.VECTOR_TA, "denormal, then GAUSSIAN with seed 2");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 101, 500})
    void errorStaysWithinItsBoundUpToTheLargestPrice(int period) {
        double largest = 0x1p500;
        double[] prices = Walk.GAUSSIAN.prices(6000, 3);
        for (int j = 0; j < prices.length; j++) {
            prices[j] = Math.clamp(Math.scalb(prices[j], 493), -largest, largest);
        }
        assertTrue(IntStream.range(period, prices.length).anyMatch(j -> prices[j] == largest));
        assertErrorWithinBound(
                prices, period, Definition.VECTOR_TA, "GAUSSIAN with seed 3, up to 2^500");
    }

    /// Checks the reference itself, with the figures that the Rust crate `vector-ta` publishes.
    @Test
    void exactOutputsOfARampAreThePublishedOnes() {
        double[] published = {
            5, 3.623528655669866, 3.0300048488075197, 2.6295186761484857, 2.3618568570902116
        };
        double[] ramp = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
        ExactTrendFlex exact = new ExactTrendFlex(ramp, 5, Definition.VECTOR_TA);
        double[] outputs = IntStream.range(5, 10).mapToDouble(exact::output).toArray();
        assertArrayEquals(published, outputs, 1e-14);
    }

    /// Leaves out bars where the price has been flat for long or the arithmetic nears underflow,
    /// about which the claim says nothing. The largest price is that up to each bar, because later
    /// prices cannot make an earlier output worse.
    private static void assertErrorWithinBound(
            double[] prices, int period, Definition definition, String series) {
        double[] outputs = TrendFlex.of(period).withDefinition(definition).compute(prices);
        ExactTrendFlex exact = new ExactTrendFlex(prices, period, definition);
        double halfPeriod = ExactTrendFlex.halfPeriod(period, definition).doubleValue();

        double largest = Math.abs(prices[0]);
        int lastMove = 0;
        for (int j = 1; j < prices.length; j++) {
            largest = Math.max(largest, Math.abs(prices[j]));
            if (prices[j] != prices[j - 1]) {
                lastMove = j;
            }
            boolean flat = j - lastMove >= 2 * halfPeriod;
            if (j < period || flat || Math.abs(exact.meanDifference(j)) < 0x1p-470) {
                continue;
            }
            double error = exact.error(j, outputs[j]);
            double bound =
                    (1 + Math.abs(exact.output(j)))
                            * (3 + Math.sqrt(halfPeriod))
                            * (0x1p-53 * largest / exact.rootMeanSquare(j));
            int bar = j;
            assertTrue(
                    error <= bound,
                    () ->
                            "%s, period %d, %s, bar %d: output %s, error %s, bound %s"
                                    .formatted(
                                            series,
                                            period,
                                            definition,
                                            bar,
                                            outputs[bar],
                                            error,
                                            bound));
        }
    }
}
