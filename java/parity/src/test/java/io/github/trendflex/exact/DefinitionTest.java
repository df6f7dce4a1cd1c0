package io.github.trendflex.exact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.Definition;
import io.github.trendflex.TrendFlex;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks where the two definitions differ, and by how much. [AccuracyTest] compares each with its
/// own exact outputs.
class DefinitionTest {
    @ParameterizedTest
    @ValueSource(ints = {2, 4, 10, 20, 100, 500})
    void definitionsGiveTheSameBitsAtEvenPeriods(int period) {
        double[] prices = Walk.GAUSSIAN.prices(3000, 1);
        assertArrayEquals(
                compute(Definition.VECTOR_TA, period, prices),
                compute(Definition.EHLERS, period, prices));
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 5, 7, 9, 15, 21})
    void definitionsDifferByAFewHundredthsAtShortOddPeriods(int period) {
        assertEquals(0.03, meanDifference(period), 0.015);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 501})
    void definitionsDifferByLessAtLongOnes(int period) {
        assertEquals(0.003, meanDifference(period), 0.0025);
    }

    private static double meanDifference(int period) {
        double[] prices = Walk.GAUSSIAN.prices(20_000, 1);
        double[] vectorTa = compute(Definition.VECTOR_TA, period, prices);
        double[] ehlers = compute(Definition.EHLERS, period, prices);
        return IntStream.range(period, prices.length)
                .mapToDouble(j -> Math.abs(vectorTa[j] - ehlers[j]))
                .average()
                .orElseThrow();
    }

    private static double[] compute(Definition definition, int period, double[] prices) {
        return TrendFlex.of(period).withDefinition(definition).compute(prices);
    }
}
