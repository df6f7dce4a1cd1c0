package io.github.trendflex.cli;

import static io.github.trendflex.Definition.EHLERS;
import static io.github.trendflex.Definition.VECTOR_TA;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.input.SampleBars;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// How far `docs/how-to/coming-from.md` says others are from this library on the sample. They are
/// modelled here by what the page says that they do otherwise.
class OtherLibrariesTest {
    private static final double[] SAMPLE =
            SampleBars.closes().lines().mapToDouble(Double::parseDouble).toArray();

    /// Computes as another library does.
    @FunctionalInterface
    private interface Model {
        double[] compute(int period);
    }

    @Test
    void wickraIsAsFarAwayAsThePageSays() throws IOException {
        Model wickra = period -> ehlersCode(period, Math.sqrt(2), Math.PI);
        assertEquals(
                differences(wickra, EHLERS),
                Pages.figures(
                        "coming-from.md", "Wickra 2.0.0, Python, beside `Definition.EHLERS`"));
        assertEquals(
                differences(wickra, VECTOR_TA),
                Pages.figures("coming-from.md", "Wickra 2.0.0, Python, beside the default"));
    }

    @Test
    void pandasTaIsAsFarAwayAsThePageSays() throws IOException {
        assertEquals(
                differences(OtherLibrariesTest::pandasTa, VECTOR_TA),
                Pages.figures("coming-from.md", "pandas-ta 0.4.71b0, `smooth` as `length`"));
    }

    @Test
    void aRoundedPiChangesLittle() {
        Model published = period -> ehlersCode(period, 1.414, 3.14159);
        double largest =
                IntStream.of(20, 21)
                        .mapToDouble(period -> largest(published.compute(period), period, EHLERS))
                        .max()
                        .orElseThrow();
        assertTrue(largest < 1e-6, () -> "largest difference: " + largest);
    }

    private static double[] ehlersCode(int period, double root, double pi) {
        double ratio = root / (0.5 * period);
        double decay = Math.exp(-pi * ratio);
        double[] smooth = SAMPLE.clone();
        smooth(smooth, 2 * decay * Math.cos(Math.toRadians(180 * ratio)), decay * decay);
        return normalised(smooth, period, period);
    }

    private static double[] pandasTa(int period) {
        double ratio = 1.414 / (0.5 * period);
        double decay = Math.exp(-3.14159 * ratio);
        double[] smooth = new double[SAMPLE.length];
        smooth(smooth, 2 * decay * Math.cos(180 * ratio), decay * decay);
        return normalised(smooth, period, period - 1);
    }

    /// Fills in all but the first two, which the next ones follow from.
    private static void smooth(double[] smooth, double last, double lastButOne) {
        for (int i = 2; i < smooth.length; i++) {
            smooth[i] =
                    (1 - last + lastButOne) * (SAMPLE[i] + SAMPLE[i - 1]) / 2
                            + last * smooth[i - 1]
                            - lastButOne * smooth[i - 2];
        }
    }

    private static double[] normalised(double[] smooth, int period, int differences) {
        double[] outputs = new double[smooth.length];
        Arrays.fill(outputs, 0, period, Double.NaN);
        double meanSquare = 0;
        for (int i = period; i < smooth.length; i++) {
            double sum = 0;
            for (int back = 1; back <= differences; back++) {
                sum += smooth[i] - smooth[i - back];
            }
            double mean = sum / period;
            meanSquare = 0.04 * mean * mean + 0.96 * meanSquare;
            outputs[i] = mean / Math.sqrt(meanSquare);
        }
        return outputs;
    }

    /// The cells of a row: the largest difference at periods 20 and 21, and where the sign differs.
    private static String differences(Model model, Definition definition) {
        return Stream.concat(
                        IntStream.of(20, 21)
                                .mapToObj(period ->
                                        String.format(
                                                Locale.ROOT,
                                                "%.2g",
                                                largest(
                                                        model.compute(period),
                                                        period,
                                                        definition))),
                        IntStream.of(20, 21)
                                .mapToObj(period ->
                                        otherSigns(model.compute(period), period, definition)))
                .collect(joining(" | ", "| ", " |"));
    }

    private static double largest(double[] theirs, int period, Definition definition) {
        double[] ours = TrendFlex.of(period).withDefinition(definition).compute(SAMPLE);
        return settled(period).mapToDouble(i -> Math.abs(ours[i] - theirs[i])).max().orElseThrow();
    }

    private static String otherSigns(double[] theirs, int period, Definition definition) {
        double[] ours = TrendFlex.of(period).withDefinition(definition).compute(SAMPLE);
        long others = settled(period).filter(i -> ours[i] * theirs[i] < 0).count();
        return others == 0
                ? "none"
                : String.format(
                        Locale.ROOT,
                        "%.1f %% of the bars",
                        100.0 * others / settled(period).count());
    }

    /// The bars that no longer depend on where the series begins.
    private static IntStream settled(int period) {
        return IntStream.range(period + TrendFlex.of(period).unstablePeriod(0.001), SAMPLE.length);
    }
}
