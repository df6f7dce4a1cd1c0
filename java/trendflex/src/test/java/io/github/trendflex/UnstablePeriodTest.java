package io.github.trendflex;

import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.LongStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnstablePeriodTest {
    private static final int STARTS = 2000;

    /// So long that nothing is left of the start.
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

    @ParameterizedTest
    @CsvSource({
        "1, 0.01, 170",
        "20, 0.01, 170",
        "50, 0.01, 170",
        "20, 0.001, 226",
        "50, 0.001, 226",
        "1, 0.000001, 395",
        "50, 0.000001, 395"
    })
    void upToPeriod50OnlyTheToleranceCounts(int period, double tolerance, int outputs) {
        assertEquals(outputs, TrendFlex.of(period).unstablePeriod(tolerance));
    }

    @ParameterizedTest
    @ValueSource(ints = {1000, 100_000, 10_000_000})
    void longPeriodsTakeAsLongAsTheirFilter(int period) {
        assertEquals(
                Math.log(1e4) / (1.414 * Math.PI / (0.5 * period)),
                TrendFlex.of(period).unstablePeriod(1e-3),
                1);
    }

    @ParameterizedTest
    @CsvSource({"20, 0", "4.9E-324, 18254", "Infinity, 0", "19.9, 1"})
    void everyToleranceAboveZeroIsOne(double tolerance, int outputs) {
        assertEquals(outputs, TrendFlex.of(20).unstablePeriod(tolerance));
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "-0.5, -0.5", "NaN, NaN", "-Infinity, -Infinity"})
    void tolerancesAreAboveZero(double tolerance, String shown) {
        assertRefused(
                TrendFlexError.INVALID_TOLERANCE,
                "tolerance = " + shown + ": a tolerance is above 0",
                () -> TrendFlex.of(20).unstablePeriod(tolerance));
    }
}
