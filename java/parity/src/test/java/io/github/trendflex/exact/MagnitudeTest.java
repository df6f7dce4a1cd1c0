package io.github.trendflex.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks the smallest and the largest prices.
class MagnitudeTest {
    private static final int LENGTH = 6000;
    private static final int[] PERIODS = {1, 2, 5, 20, 101, 500};

    @ParameterizedTest
    @EnumSource
    void scalingByAPowerOfTwoKeepsTheBits(Walk walk) {
        double[] prices = walk.prices(3000, 1);
        for (int period : PERIODS) {
            double[] outputs = TrendFlex.of(period).compute(prices);
            for (int exponent = -400; exponent <= 490; exponent += 10) {
                double[] scaled = TrendFlex.of(period).compute(scaled(prices, exponent));
                assertArrayEquals(
                        outputs, scaled, "period " + period + ", scaled by 2^" + exponent);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostileSeries")
    void outputsStayWithinFiveAndOneUlp(String name, double[] prices) {
        for (int period : PERIODS) {
            double[] outputs = TrendFlex.of(period).compute(prices);
            for (int j = period; j < LENGTH; j++) {
                double output = outputs[j];
                int bar = j;
                assertTrue(
                        Math.abs(output) <= Math.nextUp(5.0),
                        () -> name + ", period " + period + ", bar " + bar + ": " + output);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("hostileSeries")
    void firstOutputIsFiveMinusFiveOrZero(String name, double[] prices) {
        for (int period : PERIODS) {
            for (int start = 0; start < 200; start++) {
                double[] tail = Arrays.copyOfRange(prices, start, start + period + 1);
                double first = Math.abs(TrendFlex.of(period).compute(tail)[period]);
                assertEquals(
                        first == 0 ? 0 : 5,
                        first,
                        Math.ulp(5.0),
                        name + ", period " + period + ", from " + start);
            }
        }
    }

    static Stream<Arguments> hostileSeries() {
        Random random = new Random(1);
        return Stream.concat(
                Arrays.stream(Walk.values())
                        .map(walk -> Arguments.of(walk + " with seed 1", walk.prices(LENGTH, 1))),
                Stream.of(
                        hostile("denormal", i -> random.nextInt(-1000, 1000) * Double.MIN_VALUE),
                        hostile("squares near underflow", i -> magnitude(random, -560, -440)),
                        hostile("normalisation near its flush", i -> magnitude(random, -485, -470)),
                        hostile("all magnitudes", i -> magnitude(random, -1074, 500)),
                        hostile(
                                "largest, both signs",
                                i -> random.nextBoolean() ? 0x1p500 : -0x1p500),
                        hostile("still, then a jump", i -> i < LENGTH / 2 ? 0x1p-500 : 0x1p500),
                        hostile("fading", i -> Math.scalb(random.nextGaussian(), -i / 4)),
                        hostile("alternating", i -> i % 2 == 0 ? 100 : 100.01)));
    }

    private static Arguments hostile(String name, IntToDoubleFunction price) {
        return Arguments.of(name, IntStream.range(0, LENGTH).mapToDouble(price).toArray());
    }

    private static double[] scaled(double[] prices, int power) {
        return Arrays.stream(prices).map(price -> Math.scalb(price, power)).toArray();
    }

    private static double magnitude(Random random, int smallest, int largest) {
        return Math.scalb(random.nextDouble(-1, 1), random.nextInt(smallest, largest));
    }

    /// The prices are denormal, or so small that their mean square would be: it would normalise
    /// only rounding errors.
    @ParameterizedTest
    @ValueSource(ints = {-1074, -530, -492})
    void pricesTooSmallToNormaliseGiveZero(int power) {
        double[] prices = scaled(Walk.GAUSSIAN.prices(LENGTH, 1), power);
        for (int period : PERIODS) {
            double[] zeros = new double[LENGTH];
            Arrays.fill(zeros, 0, period, Double.NaN);
            assertArrayEquals(zeros, TrendFlex.of(period).compute(prices), "period " + period);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0x1.0000000000001p500, -0x1.0000000000001p500, Double.MAX_VALUE})
    void magnitudesBeyondTheLargestPriceAreMissing(double beyond) {
        TrendFlex trendFlex = TrendFlex.of(20);
        double[] prices = Walk.GAUSSIAN.prices(500, 1);
        double[] outputs = trendFlex.compute(prices);
        prices[300] = beyond;
        double[] withNan = prices.clone();
        withNan[300] = Double.NaN;

        double[] propagated = outputs.clone();
        Arrays.fill(propagated, 300, 500, Double.NaN);
        assertArrayEquals(propagated, trendFlex.compute(prices));

        TrendFlex skipping = trendFlex.withNanPolicy(NanPolicy.SKIP);
        assertArrayEquals(skipping.compute(withNan), skipping.compute(prices));

        TrendFlex rejecting = trendFlex.withNanPolicy(NanPolicy.REJECT);
        TrendFlexException refused =
                assertThrows(TrendFlexException.class, () -> rejecting.compute(prices));
        assertEquals(Refusal.MISSING_PRICE, refused.reason());
        assertTrue(refused.getMessage().contains("300"), refused.getMessage());
    }
}
