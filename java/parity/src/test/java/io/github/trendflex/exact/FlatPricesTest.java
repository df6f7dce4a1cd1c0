package io.github.trendflex.exact;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.TrendFlex;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks that a price that does not move has no trend: the output is +0, and no rounding error is
/// normalised into a signal.
class FlatPricesTest {
    @ParameterizedTest
    @ValueSource(
            doubles = {
                0.0,
                -0.0,
                Double.MIN_VALUE,
                -Double.MIN_VALUE,
                1.7e-310,
                Double.MIN_NORMAL,
                0x1.123456789abcdp-480,
                0.1,
                -100.1,
                1e5 / 3,
                0x1.fffffffffffffp499,
                0x1p500,
                -0x1p500
            })
    void flatFromTheStartIsZeroAtAnyPeriod(double level) {
        for (int period = 1; period <= 2000; period += 1 + period / 10) {
            double[] prices = new double[rebuildInterval(period) + 2 * period];
            Arrays.fill(prices, level);
            for (Definition definition : Definition.values()) {
                double[] outputs = TrendFlex.of(period).withDefinition(definition).compute(prices);
                assertZero(outputs, period, definition + ", period " + period);
            }
        }
    }

    @RepeatedTest(300)
    void flatAfterAMoveIsZeroFromTheRebuildOn(RepetitionInfo repetition) {
        long seed = repetition.getCurrentRepetition();
        Random random = new Random(seed);
        int period = (int) Math.pow(500, random.nextDouble());
        Definition definition = any(random, Definition.values());
        Walk walk = any(random, Walk.values());
        double level = Math.scalb(random.nextDouble(-200, 200), -random.nextInt(60));

        // The last move is as late as possible for the rebuild still to clear it.
        double largest = 1000;
        int interval = rebuildInterval(period);
        int bars = barsToForget(period, definition, largest / Math.abs(level));
        int rebuild = (bars / interval + 2) * interval;
        int lastMove = rebuild - bars;
        double[] prices = walk.prices(rebuild + 2 * interval, seed);
        for (int j = 0; j < lastMove; j++) {
            prices[j] = Math.clamp(prices[j], -largest, largest);
        }
        Arrays.fill(prices, lastMove, prices.length, level);

        double[] outputs = TrendFlex.of(period).withDefinition(definition).compute(prices);
        String series =
                "seed %d: period %d, %s, %s, then %s"
                        .formatted(seed, period, definition, walk, level);
        assertTrue(outputs[lastMove] != 0, series);
        assertZero(outputs, rebuild, series);
    }

    /// While the smoothed price falls from 100.1 to nothing and jumps back, the values in the
    /// window have more bits than their sum can hold. The lost bits stay in the sum until it is
    /// rebuilt; without that they would keep the output at 1 or -1.
    @ParameterizedTest
    @ValueSource(ints = {3, 20, 50, 101, 200, 500})
    void priceAtZeroAndBackIsNotASignalForEver(int period) {
        int interval = rebuildInterval(period);
        int bars = barsToForget(period, Definition.VECTOR_TA, 2);
        double halfPeriod = ExactTrendFlex.halfPeriod(period, Definition.VECTOR_TA).doubleValue();
        for (int bits = 30; bits < 140; bits++) {
            int zero = 2 * interval;
            int back = zero + (int) (0.16 * halfPeriod * bits);
            int rebuild = (back + bars + interval - 1) / interval * interval;
            double[] prices = new double[rebuild + period];
            Arrays.fill(prices, 0, zero, 100.1);
            Arrays.fill(prices, back, prices.length, 100);
            assertZero(
                    TrendFlex.of(period).compute(prices),
                    rebuild,
                    "zeros from " + zero + " to " + back);
        }
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    /// Returns after how many bars the sum over the window is rebuilt, counted from the first
    /// price.
    private static int rebuildInterval(int period) {
        int interval = 1000;
        while (interval < 4 * period) {
            interval *= 2;
        }
        return interval;
    }

    /// Returns after how many flat bars a rebuild clears all of the last move; `ratio` is the
    /// largest price over the level.
    private static int barsToForget(int period, Definition definition, double ratio) {
        double halfPeriod = ExactTrendFlex.halfPeriod(period, definition).doubleValue();
        double bits = 53 + Math.log(ratio) / Math.log(2);
        return (int) Math.ceil(period + 0.16 * halfPeriod * bits + 10);
    }

    private static void assertZero(double[] outputs, int from, String series) {
        IntStream.range(from, outputs.length)
                .filter(j -> Double.doubleToRawLongBits(outputs[j]) != 0)
                .findFirst()
                .ifPresent(j -> {
                    throw new AssertionError(series + ": output " + outputs[j] + " at bar " + j);
                });
    }
}
