package io.github.trendflex.cli;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.Definition;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.input.SampleBars;
import java.io.IOException;
import java.util.DoubleSummaryStatistics;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/// How far apart `docs/how-to/java.md` says the two definitions are.
class DefinitionsPageTest {
    @Test
    void theDefinitionsDifferOnTheSampleAsThePageSays() throws IOException {
        assertEquals(
                differences(SampleBars.closes().lines().mapToDouble(Double::parseDouble).toArray()),
                Pages.figures("java.md", "the [sample]"));
    }

    @Test
    @EnabledIfSystemProperty(
            named = "trendflex.realData",
            matches = ".+",
            disabledReason = "needs -Dtrendflex.realData=FILE")
    void theDefinitionsDifferOnRealPricesAsThePageSays() throws IOException {
        assertEquals(differences(RealDataTest.closes()), Pages.figures("java.md", "Bitcoin"));
    }

    private static String differences(double[] prices) {
        return IntStream.of(3, 7, 21, 101)
                .mapToObj(period -> difference(period, prices))
                .collect(joining(" | ", "| ", " |"));
    }

    private static String difference(int period, double[] prices) {
        TrendFlex calculator = TrendFlex.of(period);
        double[] vectorTa = calculator.compute(prices);
        double[] ehlers = calculator.withDefinition(Definition.EHLERS).compute(prices);
        DoubleSummaryStatistics differences =
                IntStream.range(period + calculator.unstablePeriod(0.001), prices.length)
                        .mapToDouble(i -> Math.abs(vectorTa[i] - ehlers[i]))
                        .summaryStatistics();
        return String.format(
                Locale.ROOT, "%.3f, %.3f", differences.getAverage(), differences.getMax());
    }
}
