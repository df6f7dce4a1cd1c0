package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class UnstablePeriodOnWalksTest {
    private static final int STARTS = 2000;

    /// The length of a history after which outputs no longer depend on the start.
    private static final int HISTORY = 3000;

    @Property(tries = 20)
    void startIsForgottenToTheToleranceOnNearlyAllWalks(
            @ForAll @IntRange(min = 1, max = 100) int period,
            @ForAll Definition definition,
            @ForAll("tolerances") double tolerance,
            @ForAll int seed) {
        TrendFlex calculator = TrendFlex.of(period).withDefinition(definition);
        long forgotten =
                LongStream.range(0, STARTS)
                        .filter(start -> isForgotten(calculator, tolerance, seed + start))
                        .count();
        assertTrue(forgotten >= 0.95 * STARTS, () -> forgotten + " of " + STARTS);
    }

    @Provide
    Arbitrary<Double> tolerances() {
        return Arbitraries.of(1e-2, 1e-3, 1e-6);
    }

    private static boolean isForgotten(TrendFlex calculator, double tolerance, long seed) {
        int stable = calculator.lookback() + calculator.unstablePeriod(tolerance);
        double[] prices = Doubles.walk(HISTORY + stable + 100, seed);
        double[] whole = calculator.compute(prices);
        double[] late = calculator.compute(Arrays.copyOfRange(prices, HISTORY, prices.length));
        for (int i = stable; i < late.length; i++) {
            if (Math.abs(late[i] - whole[HISTORY + i]) > tolerance) {
                return false;
            }
        }
        return true;
    }
}
