package io.github.trendflex.cli;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamCommandTest {
    private static final double[] PRICES = Samples.walk(300);

    @Test
    void everyPriceGivesALine() {
        double[] values = TrendFlex.of(2).compute(new double[] {100, 101.5, 99.25, 102});
        assertEquals(
                new Cli.Result(0, "\n\n%s\n%s\n".formatted(values[2], values[3]), ""),
                Cli.runWithInput("100\n101.5\n99.25\n102\n", "stream", "--period=2"));
    }

    @Test
    void theValuesAreThoseOfTheWholeSeries() {
        assertArrayEquals(bits(TrendFlex.of(20).compute(PRICES)), values(PRICES));
    }

    @Test
    void theDefinitionReachesTheLibrary() {
        TrendFlex trendFlex = TrendFlex.of(7).withDefinition(Definition.EHLERS);
        assertArrayEquals(
                bits(trendFlex.compute(PRICES)),
                values(PRICES, "--period=7", "--definition=ehlers"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "NaN", "nan"})
    void aMissingPriceIsSkippedUnlessItShallPropagate(String missing) {
        double[] gap = PRICES.clone();
        gap[100] = Double.NaN;
        String text = lines(gap).replace("NaN", missing);
        TrendFlex trendFlex = TrendFlex.of(20);
        assertEquals(
                lines(trendFlex.withNanPolicy(NanPolicy.SKIP).compute(gap)).replace("NaN", ""),
                Cli.runWithInput(text, "stream").out());
        assertEquals(
                lines(trendFlex.withNanPolicy(NanPolicy.PROPAGATE).compute(gap)).replace("NaN", ""),
                Cli.runWithInput(text, "stream", "--nan-policy=propagate").out());
    }

    @Test
    void linesMayEndAsOnWindowsAndTheLastOneNeedNot() {
        assertEquals(
                Cli.runWithInput("1\n2\n3\n", "stream", "--period=1"),
                Cli.runWithInput("1\r\n2\r\n3", "stream", "--period=1"));
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstPrice() {
        assertEquals(
                Cli.runWithInput("1\n2\n3\n", "stream", "--period=1"),
                Cli.runWithInput("\uFEFF1\n2\n3\n", "stream", "--period=1"));
        assertEquals(
                new Cli.Result(
                        1, "\n", "trendflex: standard input: line 2: not a price: '\uFEFF2'\n"),
                Cli.runWithInput("1\n\uFEFF2\n", "stream", "--period=1"));
    }

    @Test
    void badTextEndsTheStreamBehindTheValuesBeforeIt() {
        assertEquals(
                new Cli.Result(
                        1, "\n5.0\n", "trendflex: standard input: line 3: not a price: '3 EUR'\n"),
                Cli.runWithInput("1\n2\n3 EUR\n4\n", "stream", "--period=1"));
    }

    @Test
    void nothingInIsNothingOut() {
        assertEquals(Cli.Result.SILENT_SUCCESS, Cli.run("stream"));
    }

    private static long[] values(double[] prices, String... options) {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "stream";
        System.arraycopy(options, 0, arguments, 1, options.length);
        String out = Cli.runWithInput(lines(prices), arguments).out();
        return bits(out.lines().mapToDouble(Csv::value).toArray());
    }

    private static String lines(double[] values) {
        return DoubleStream.of(values)
                .mapToObj(value -> value + "\n")
                .collect(Collectors.joining());
    }
}
