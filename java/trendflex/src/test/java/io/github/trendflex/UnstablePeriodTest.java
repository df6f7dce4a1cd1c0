package io.github.trendflex;

import static io.github.trendflex.Refusals.assertRefused;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnstablePeriodTest {
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
    @ValueSource(strings = {"0.01", "0.001", "0.000001"})
    void thePageSaysAsMuch(String tolerance) throws IOException {
        String row =
                IntStream.of(50, 200, 1000)
                        .map(period ->
                                TrendFlex.of(period).unstablePeriod(Double.parseDouble(tolerance)))
                        .mapToObj(Integer::toString)
                        .collect(joining(" | ", "| " + tolerance + " | ", " |"));
        assertTrue(Files.readAllLines(Path.of("../../docs/how-to/java.md")).contains(row), row);
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
                Refusal.INVALID_TOLERANCE,
                "tolerance = " + shown + ": a tolerance is above 0",
                () -> TrendFlex.of(20).unstablePeriod(tolerance));
    }
}
