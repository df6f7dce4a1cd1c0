package io.github.trendflex.cli;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// `compute` with several columns, several files, and tables of many symbols.
class ManySeriesTest {
    private static final TrendFlex TREND = TrendFlex.of(3);

    @TempDir private Path folder;

    @Test
    void everyColumnAskedForGetsOneOfItsOwn() {
        double[] opens = Samples.walk(50);
        double[] closes = Arrays.stream(opens).map(price -> price + 1).toArray();
        StringBuilder text = new StringBuilder("close,day,open\n");
        StringBuilder expected =
                new StringBuilder("close,day,open,open_trendflex_3,close_trendflex_3\n");
        double[] ofOpens = TREND.compute(opens);
        double[] ofCloses = TREND.compute(closes);
        for (int i = 0; i < opens.length; i++) {
            String row = "%s,d%d,%s".formatted(closes[i], i, opens[i]);
            text.append(row).append('\n');
            expected.append("%s,%s,%s\n".formatted(row, text(ofOpens[i]), text(ofCloses[i])));
        }
        assertEquals(
                new Cli.Result(0, expected.toString(), ""),
                Cli.runWithInput(
                        text.toString(),
                        "compute",
                        "-",
                        "--period=3",
                        "--column=open",
                        "--column=close"));

        Path out = folder.resolve("out.npy");
        assertEquals(
                SILENT_SUCCESS,
                Cli.runWithInput(
                        text.toString(),
                        "compute",
                        "-",
                        "--period=3",
                        "--column-index=2",
                        "--column-index=0",
                        "-o",
                        out.toString()));
        Npy matrix = Npy.read(out);
        assertTrue(matrix.header().contains("'shape': (2, 50)"), matrix.header());
        assertArrayEquals(bits(ofOpens), bits(matrix.row(0, 50)));
        assertArrayEquals(bits(ofCloses), bits(matrix.row(1, 50)));
    }

    @Test
    void everyFileGetsOneOfItsNameInTheFolder() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        double[] prices = Samples.walk(40);
        String csv = Samples.write(folder.resolve("a.csv"), Csv.of(prices));
        String npy = Samples.write(folder.resolve("b.npy"), Npy.of(Samples.walk(60)));
        String tooShort = Samples.write(folder.resolve("c.csv"), "close\n1\n2\n");
        String empty = Samples.write(folder.resolve("d.csv"), "close\n");
        String note =
                "trendflex: %s: 2 of 4 series, the first from line 2, column 'close' on, have too few prices for period 3:"
                                .formatted(tooShort)
                        + " the first has 2 prices\n";
        assertEquals(
                new Cli.Result(0, "", note),
                Cli.run(
                        "compute",
                        csv,
                        npy,
                        tooShort,
                        empty,
                        "--period=3",
                        "-o",
                        results.toString()));
        assertEquals(List.of("a.csv", "b.npy", "c.csv", "d.csv"), Samples.names(results));
        assertArrayEquals(
                bits(TREND.compute(prices)),
                bits(Csv.lastColumn(Files.readString(results.resolve("a.csv")))));
        assertArrayEquals(
                bits(TREND.compute(Samples.walk(60))),
                bits(Npy.read(results.resolve("b.npy")).values()));
        assertEquals("close,trendflex_3\n1,\n2,\n", Files.readString(results.resolve("c.csv")));
        assertEquals("close,trendflex_3\n", Files.readString(results.resolve("d.csv")));
    }

    @Test
    void aSingleFileMayGoToAFolderToo() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        String csv = Samples.write(folder.resolve("a.csv"), Csv.of(Samples.walk(40)));
        assertEquals(SILENT_SUCCESS, Cli.run("compute", csv, "-o", results.toString()));
        assertEquals(Cli.run("compute", csv).out(), Files.readString(results.resolve("a.csv")));
    }

    @Test
    void resultsThatWouldBeTheSameFileAreRefusedBeforeAnythingIsRead() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        String first = Path.of("x", "a.csv").toString();
        String second = Path.of("y", "a.csv").toString();
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "trendflex: the results of %s and %s would both be %s\n"
                                .formatted(first, second, results.resolve("a.csv"))),
                Cli.run("compute", first, second, "-o", results.toString()));
        assertEquals(List.of(), Samples.names(results));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nowhere.csv     | no such file or directory; to try without a file, say --sample",
                "bad.csv         | line 3, column 'close': not a price: 'x'",
                "other.csv       | there is no column 'close': say --column NAME, one of [a, b]",
                "text.npy        | not an .npy file: it does not begin with NumPy's magic string",
            })
    void oneBadFileOfManyLeavesNoResult(String name, String message) throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        Samples.write(folder.resolve("bad.csv"), "close\n1\nx\n");
        Samples.write(folder.resolve("other.csv"), "a,b\n1,2\n");
        Samples.write(folder.resolve("text.npy"), "some text");
        String good = Samples.write(folder.resolve("good.csv"), Csv.of(Samples.walk(40)));
        String bad = folder.resolve(name).toString();
        assertEquals(
                new Cli.Result(1, "", "trendflex: " + bad + ": " + message + "\n"),
                Cli.run("compute", good, bad, "-o", results.toString()));
        assertEquals(List.of(), Samples.names(results));
    }

    @Test
    void aResultInAFolderReplacesNoInput() throws IOException {
        String text = Csv.of(Samples.walk(40));
        String a = Samples.write(folder.resolve("a.csv"), text);
        String b = Samples.write(folder.resolve("b.csv"), text);
        String sameFolder = folder.resolve("x").resolve("..").toString();
        Files.createDirectory(folder.resolve("x"));
        for (String[] inputs : new String[][] {{a}, {a, b}}) {
            for (String results : List.of(folder.toString(), sameFolder)) {
                String[] arguments =
                        Stream.of(Stream.of("compute"), Stream.of(inputs), Stream.of("-o", results))
                                .flatMap(part -> part)
                                .toArray(String[]::new);
                assertEquals(
                        new Cli.Result(
                                2,
                                "",
                                "trendflex: the result %s would replace an input\n"
                                        .formatted(Path.of(results, "a.csv"))),
                        Cli.run(arguments));
            }
        }
        assertEquals(text, Files.readString(folder.resolve("a.csv")));
    }

    @Test
    void whatHasNoNameForAFolderIsNoFileOfPrices() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "trendflex: "
                                + Path.of("/")
                                + ": the name must end in .csv, .tsv or .txt, or one of these and .gz,"
                                + " or in .zip, .parquet or .npy, or be - for a pipe\n"),
                Cli.run("compute", "/", "a.csv", "-o", folder.toString()));
    }

    @Test
    void aResultThatWouldHaveAColumnTwiceIsRefused() throws IOException {
        Path results = Files.createDirectory(folder.resolve("results"));
        String good = Samples.write(folder.resolve("good.csv"), Csv.of(Samples.walk(40)));
        String again = folder.resolve("again.csv").toString();
        Cli.run("compute", good, "--period=3", "-o", again);
        String message = "trendflex: %s: the result would have two columns '%s'\n";
        assertEquals(
                new Cli.Result(1, "", message.formatted(again, "trendflex_3")),
                Cli.run("compute", good, again, "--period=3", "-o", results.toString()));
        assertEquals(List.of(), Samples.names(results));
        assertEquals(
                new Cli.Result(1, "", message.formatted(good, "close_trendflex_3")),
                Cli.run("compute", good, "--column=close", "--column=close", "--period=3"));
        assertEquals(
                new Cli.Result(1, "", message.formatted("standard input", "É_trendflex_3")),
                Cli.runWithInput(
                        "É,É\n1,2\n",
                        "compute",
                        "-",
                        "--column-index=0",
                        "--column-index=1",
                        "--period=3"));
        assertEquals(0, Cli.run("compute", again, "--period=4").exitCode());
        String npy = results.resolve("again.npy").toString();
        assertEquals(SILENT_SUCCESS, Cli.run("compute", again, "--period=3", "-o", npy));
    }

    @Test
    void standardInputHasNoNameForAFolder() {
        assertEquals(
                new Cli.Result(
                        2,
                        "",
                        "trendflex: standard input has no name for a result in " + folder + "\n"),
                Cli.run("compute", "-", "-o", folder.toString()));
    }

    /// Rows of many symbols in any order, among them symbols without enough bars: each symbol is
    /// computed as if its rows were a file.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everySymbolIsASeriesOfItsRowsInTheOrderOfTheFile(long seed) {
        List<String> symbols = new ArrayList<>();
        IntStream.range(0, 12)
                .forEach(i -> symbols.addAll(Collections.nCopies(1 + i * i, "S" + i)));
        Collections.shuffle(symbols, new Random(seed));
        double[] prices = Samples.walk(symbols.size());
        StringBuilder text = new StringBuilder("symbol,close\n");
        Map<String, DoubleStream.Builder> bySymbol = new TreeMap<>();
        for (int row = 0; row < prices.length; row++) {
            text.append("%s,%s\n".formatted(symbols.get(row), prices[row]));
            bySymbol.computeIfAbsent(symbols.get(row), _ -> DoubleStream.builder())
                    .add(prices[row]);
        }
        Map<String, double[]> values = new TreeMap<>();
        bySymbol.forEach((symbol, of) -> values.put(symbol, trend(of.build().toArray())));
        Map<String, Integer> next = new TreeMap<>();
        double[] expected = new double[prices.length];
        for (int row = 0; row < prices.length; row++) {
            int bar = next.merge(symbols.get(row), 1, Integer::sum) - 1;
            expected[row] = values.get(symbols.get(row))[bar];
        }

        Cli.Result result =
                Cli.runWithInput(text.toString(), "compute", "-", "--by=symbol", "--period=3");
        assertTrue(result.err().contains(": 2 of 12 series, the first from line "), result.err());
        assertArrayEquals(bits(expected), bits(Csv.lastColumn(result.out())), "seed " + seed);
        for (String threads : List.of("1", "3")) {
            assertEquals(
                    result,
                    Cli.runWithInput(
                            text.toString(),
                            "compute",
                            "-",
                            "--by=SYMBOL",
                            "--period=3",
                            "--threads=" + threads));
        }
        Path out = folder.resolve("out.npy");
        Cli.runWithInput(
                text.toString(), "compute", "-", "--by=symbol", "--period=3", "-o", out.toString());
        assertArrayEquals(bits(expected), bits(Npy.read(out).values()), "seed " + seed);
    }

    @Test
    void rowsAreComputedInTheOrderOfTheirTimesAndStayWhereTheyAre() {
        double[] values = TREND.compute(new double[] {1, 2, 4, 3, 5});
        String newestFirst =
                "date,close\n2024-01-05,5\n2024-01-04,3\n2024-01-03,4\n2024-01-02,2\n2024-01-01,1\n";
        assertArrayEquals(
                bits(values[4], values[3], Double.NaN, Double.NaN, Double.NaN),
                bits(
                        Csv.lastColumn(
                                Cli.runWithInput(
                                                newestFirst,
                                                "compute",
                                                "-",
                                                "--period=3",
                                                "--time=date")
                                        .out())));
    }

    @Test
    void theOrderOfTheTimesIsThatWithinASymbol() {
        double[] values = TREND.compute(new double[] {1, 2, 4, 3});
        String text = "t,s,close\n4,a,3\n1,b,7\n2,a,2\n3,a,4\n2,b,8\n1,a,1\n";
        assertArrayEquals(
                bits(values[3], Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN),
                bits(
                        Csv.lastColumn(
                                Cli.runWithInput(
                                                text,
                                                "compute",
                                                "-",
                                                "--period=3",
                                                "--time=t",
                                                "--by=s")
                                        .out())));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t,s,close;1,a,1;1,b,2;2,a,3;1,b,4 | lines 3 and 5, column 't': the times '1' and '1' are equal, both of b",
                "t,s,close;1,a,1;x,b,2             | line 3, column 't': not a time: 'x'",
                "t,s,close;1,a,1;,b,2              | line 3, column 't': not a time: ''",
                "time,s,close;1,a,1                | there is no column 't': say --time NAME, one of [time, s, close]",
                "t,symbol,close;1,a,1              | there is no column 's': say --by NAME, one of [t, symbol, close]",
                "t,s,s,close;1,a,a,1               | columns [1, 2] are all named 's'",
            })
    void tablesWhoseRowsHaveNoOrderAreRefused(String lines, String message) {
        assertEquals(
                new Cli.Result(1, "", "trendflex: standard input: " + message + "\n"),
                Cli.runWithInput(
                        lines.replace(';', '\n') + "\n", "compute", "-", "--by=s", "--time=t"));
    }

    @Test
    void aMissingPriceThatIsRefusedIsNamedWithItsSeries() {
        String text = "s,open,close\na,1,1\nb,1,1\nb,2,2\nb,3,\nb,4,4\na,2,2\n";
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: standard input: line 5, column 'close': the price '' is missing:"
                                + " empty, NaN, infinite, or above 2^500 in magnitude\n"),
                Cli.runWithInput(
                        text,
                        "compute",
                        "-",
                        "--period=2",
                        "--by=s",
                        "--column=open",
                        "--column=close",
                        "--nan-policy=reject"));
    }

    @Test
    void aTableWithoutRowsIsRefused() {
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: standard input: column 'close': length = 0: there are no prices\n"),
                Cli.runWithInput("s,close\n", "compute", "-", "--by=s"));
    }

    private static double[] trend(double[] prices) {
        double[] missing = new double[prices.length];
        Arrays.fill(missing, Double.NaN);
        return prices.length > TREND.period() ? TREND.compute(prices) : missing;
    }

    private static String text(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }
}
