package io.github.trendflex.cli.commands;

import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Samples;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    /// A line stays one, and what a person reads is no longer than a screen is wide.
    @ParameterizedTest
    @CsvSource({"stream, ''", "compute - --no-header, ', column 0'"})
    void aQuotedFieldIsCutAndHasNoControlCharacters(String command, String column) {
        String start = "trendflex: standard input: line 2%s: not a price: ".formatted(column);
        String[] arguments = command.split(" ", -1);
        assertEquals(
                start + "'" + "\u00e4".repeat(40) + "...'\n",
                Cli.runWithInput("1\n" + "\u00e4".repeat(41) + "\n", arguments).err());
        assertEquals(
                start + "'a b c" + "\u00e4".repeat(35) + "'\n",
                Cli.runWithInput("1\n\"a\u001Bb\u0085c" + "\u00e4".repeat(35) + "\"\n", arguments)
                        .err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"time,ticker,close", "t,Symbol,close"})
    void aChangeOfTheSymbolEndsTheStream(String header) {
        assertEquals(
                new Cli.Result(
                        1,
                        header + ",trendflex_1\n1,A,1,\n1, A ,2,5.0\n",
                        "trendflex: standard input: line 4, column '%s': the symbol changes from 'A' to 'B', and a stream is of one\n"
                                .formatted(header.split(",", -1)[1])),
                Cli.runWithInput(header + "\n1,A,1\n1, A ,2\n2,B,3\n", "stream", "--period=1"));
    }

    @Test
    void rowsWithAHeaderComeOutWithTheirValue() {
        double[] values = TrendFlex.of(1).compute(new double[] {100, 101.5, 99.25});
        String rows = "2024-01-01,100,\u00e4\n2024-01-02,101.50,\"a,b\"\n2024-01-03,99.25,\n";
        String expected =
                "2024-01-01,100,\u00e4,\n2024-01-02,101.50,\"a,b\",%s\n2024-01-03,99.25,,%s\n"
                        .formatted(values[1], values[2]);
        for (String options : List.of("--column=price", "--column=Price --time=time")) {
            assertEquals(
                    new Cli.Result(0, "time,price,note,trendflex_1\n" + expected, ""),
                    Cli.runWithInput(
                            "time,price,note\n" + rows,
                            ("stream --period=1 " + options).split(" ", -1)));
        }
        assertEquals(
                new Cli.Result(0, "t,close,note,trendflex_1\n" + expected, ""),
                Cli.runWithInput("\uFEFFt,close,note\n" + rows, "stream", "--period=1"));
        assertEquals(
                new Cli.Result(0, "price,trendflex_1\n1,\n,\n2,5.0\n", ""),
                Cli.runWithInput("price\n1\n\n2\n", "stream", "--period=1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "time,price;1,2 | '' | there is no column 'close': say --column NAME, one of [time, price]",
                "time,price;1,2 | --time=date | there is no column 'close': say --column NAME, one of [time, price]",
                "close,time;2,5;3,4 | '' | line 3, column 'time': the times '5' and '4' descend, and a stream cannot sort them",
                "close,t;2,5;3,4 | --time=t | line 3, column 't': the times '5' and '4' descend, and a stream cannot sort them",
                "close,t;2,5;3,x | --time=t | line 3, column 't': not a time: 'x'",
                "close,t;2,5;x,6 | '' | line 3, column 'close': not a price: 'x'",
                "close,t;2,5;3 | '' | line 3: 1 fields, but 2 in the first line",
                "close,trendflex_20;2,5 | '' | the result would have two columns 'trendflex_20'",
                "1,5;2,5 | '' | line 1: 2 fields, and no header that names them",
            })
    void whatHasNoPlaceOrOrderIsRefused(String lines, String option, String message) {
        String[] arguments = ("stream " + option).strip().split(" ", -1);
        Cli.Result result = Cli.runWithInput(lines.replace(';', '\n') + "\n", arguments);
        assertEquals(1, result.exitCode());
        assertEquals("trendflex: standard input: " + message + "\n", result.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'\"1,234\"' | line 2: '1,234' may be 1234.0 or 1.234: say --decimal . or --decimal ,",
                "'\"1,5\"' | line 2: not a price: '1,5'",
            })
    void aCommaThatMayBeADecimalCommaIsRefusedUnlessTheDecimalIsSaid(String line, String message) {
        assertEquals(
                new Cli.Result(1, "\n", "trendflex: standard input: " + message + "\n"),
                Cli.runWithInput("1.25\n" + line + "\n", "stream", "--period=1"));
    }

    /// As in a spreadsheet of a country where commas are before decimals. No later line can tell.
    @Test
    void whatLaterLinesCannotTellIsSaid() {
        double[] values = TrendFlex.of(1).compute(new double[] {1000.5, 1001.25, 999});
        String first = Double.toString(values[1]).replace('.', ',');
        String second = Double.toString(values[2]).replace('.', ',');
        assertEquals(
                new Cli.Result(0, "\n%s\n\n%s\n".formatted(first, second), ""),
                Cli.runWithInput(
                        "1.000,5\n1001,25\nHoliday\n999\n",
                        "stream",
                        "--period=1",
                        "--decimal=,",
                        "--missing=holiday"));
        assertEquals(
                new Cli.Result(
                        0,
                        "Time|Close|trendflex_1\n01/02/2024|1.000,5|\n02/02/2024|1001,25|%s\n"
                                .formatted(first),
                        ""),
                Cli.runWithInput(
                        "Time|Close\n01/02/2024|1.000,5\n02/02/2024|1001,25\n",
                        "stream",
                        "--period=1",
                        "--decimal=,",
                        "--separator=|",
                        "--time=Time",
                        "--time-format=dmy"));
        assertEquals(
                new Cli.Result(
                        1,
                        "close;a;trendflex_1\n",
                        "trendflex: standard input: line 2, column 'close': not a price: '1.5'\n"),
                Cli.runWithInput("close;a\n1.5;1\n", "stream", "--period=1", "--decimal=,"));
    }

    @Test
    void fieldsThatAreNoTimesAreToldOfOnceAndHideNoOrder() {
        String note =
                "trendflex: standard input: line 3, column 'time': not a time: 'x': the order of such rows is not"
                        + " checked; if another column has the times, say --time NAME\n";
        String expected = "time,close,trendflex_1\n3,1,\nx,1,0.0\n,1,0.0\n";
        assertEquals(
                new Cli.Result(0, expected + "4,1,0.0\n", note),
                Cli.runWithInput("time,close\n3,1\nx,1\n,1\n4,1\n", "stream", "--period=1"));
        assertEquals(
                new Cli.Result(
                        1,
                        expected,
                        note
                                + "trendflex: standard input: line 5, column 'time': the times '3' and '2' descend, and a stream cannot"
                                + " sort them\n"),
                Cli.runWithInput("time,close\n3,1\nx,1\n,1\n2,1\n", "stream", "--period=1"));
    }

    @Test
    void emptyLinesBehindRowsOfManyColumnsArePassedOver() {
        String rows = "close,a\n1,x\n2,y\n";
        String expected = "close,a,trendflex_1\n1,x,\n2,y,5.0\n";
        assertEquals(
                new Cli.Result(0, expected, ""),
                Cli.runWithInput(rows + "\n\n", "stream", "--period=1"));
        assertEquals(
                new Cli.Result(
                        1,
                        expected,
                        "trendflex: standard input: line 4 is empty, and rows follow: remove it, or give it 2"
                                + " fields\n"),
                Cli.runWithInput(rows + "\n\n3,z\n", "stream", "--period=1"));
    }

    @Test
    void theSampleHasItsColumnsToo() {
        List<String> rows = Cli.run("sample").out().lines().toList();
        String[] stream = {"stream", "--sample", "--column=high", "--time=time"};
        List<String> out = Cli.run(stream).out().lines().toList();
        assertEquals(rows.getFirst() + ",trendflex_20", out.getFirst());
        assertEquals(rows.size(), out.size());
        assertTrue(out.getLast().startsWith(rows.getLast() + ","), out.getLast());
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
