package io.github.trendflex.cli.commands;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static io.github.trendflex.cli.Samples.bits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComputeCommandTest {
    private static final double[] PRICES = Samples.walk(500);
    private static final double[] VALUES = TrendFlex.of(20).compute(PRICES);

    @TempDir private Path folder;

    @Test
    void aCsvFileComesOutWithOneMoreColumn() {
        String in =
                Samples.write(
                        folder.resolve("in.csv"), "day,close\nmon,1\ntue,2\nwed,4\nthu,3.50\n");
        double[] values = TrendFlex.of(2).compute(new double[] {1, 2, 4, 3.5});
        String expected =
                "day,close,trendflex_2\nmon,1,\ntue,2,\nwed,4,%s\nthu,3.50,%s\n"
                        .formatted(values[2], values[3]);
        assertEquals(new Cli.Result(0, expected, ""), Cli.run("compute", in, "--period", "2"));
    }

    @Test
    void thePeriodIs20WhereNoneIsGiven() {
        String out = Cli.runWithInput(Csv.of(PRICES), "compute", "-").out();
        assertEquals("close,trendflex_20", out.lines().findFirst().orElseThrow());
        assertArrayEquals(bits(VALUES), bits(Csv.lastColumn(out)));
    }

    @Test
    void everyPeriodHasAColumn() {
        String text = "open,close\n1,1\n2,3\n4,2\n3,5\n";
        double[] open = {1, 2, 4, 3};
        double[] close = {1, 3, 2, 5};
        Cli.Result one = Cli.runWithInput(text, "compute", "-", "--period=2,1", "--period=2");
        List<String> lines = one.out().lines().toList();
        assertEquals("open,close,trendflex_2,trendflex_1", lines.getFirst());
        assertEquals(
                "3,5,%s,%s"
                        .formatted(
                                TrendFlex.of(2).compute(close)[3],
                                TrendFlex.of(1).compute(close)[3]),
                lines.getLast());
        List<String> two =
                Cli.runWithInput(
                                text,
                                "compute",
                                "-",
                                "--period=2,1",
                                "--column=open",
                                "--column=close")
                        .out()
                        .lines()
                        .toList();
        assertEquals(
                "open,close,open_trendflex_2,open_trendflex_1,close_trendflex_2,close_trendflex_1",
                two.getFirst());
        assertEquals(
                "3,5,%s,%s,%s,%s"
                        .formatted(
                                TrendFlex.of(2).compute(open)[3],
                                TrendFlex.of(1).compute(open)[3],
                                TrendFlex.of(2).compute(close)[3],
                                TrendFlex.of(1).compute(close)[3]),
                two.getLast());
    }

    @Test
    void anNpyResultOfSeveralPeriodsIsPeriodsByPrices() {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(PRICES));
        String out = folder.resolve("out.npy").toString();
        assertEquals(SILENT_SUCCESS, Cli.run("compute", in, "--period=20,50", "-o", out));
        Npy matrix = Npy.read(Path.of(out));
        assertTrue(matrix.header().contains("'shape': (2, 500)"), matrix.header());
        assertArrayEquals(bits(VALUES), bits(matrix.row(0, 500)));
        assertArrayEquals(bits(TrendFlex.of(50).compute(PRICES)), bits(matrix.row(1, 500)));
    }

    @Test
    void aFileHoldsWhatStandardOutputShows() throws IOException {
        String in = Samples.write(folder.resolve("in.csv"), Csv.of(PRICES));
        Path out = folder.resolve("out.csv");
        assertEquals(SILENT_SUCCESS, Cli.run("compute", in, "-o", out.toString()));
        assertEquals(Cli.run("compute", in, "-o", "-").out(), Files.readString(out));
        assertEquals(List.of("in.csv", "out.csv"), Samples.names(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"in.csv", "in.npy", "IN.CSV", "IN.Npy"})
    void anNpyResultIsTheFileThatNumPyWouldWrite(String name) throws IOException {
        Path in = folder.resolve(name);
        if (name.toLowerCase(Locale.ROOT).endsWith("csv")) {
            Samples.write(in, Csv.of(PRICES));
        } else {
            Samples.write(in, Npy.of(PRICES));
        }
        Path out = folder.resolve("out.npy");
        assertEquals(SILENT_SUCCESS, Cli.run("compute", in.toString(), "-o", out.toString()));
        assertArrayEquals(Npy.of(VALUES), Files.readAllBytes(out));
    }

    @Test
    void thePricesOfAnNpyFileAreAColumnOfTheCsvResult() {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Double.NaN, 1, 2, 0.1));
        double value = TrendFlex.of(2).compute(new double[] {1, 2, 0.1})[2];
        String expected = "price,trendflex_2\n,\n1.0,\n2.0,\n0.1,%s\n".formatted(value);
        assertEquals(expected, Cli.run("compute", in, "--period=2").out());
    }

    @Test
    void definitionAndNanPolicyReachTheLibrary() {
        double[] prices = PRICES.clone();
        prices[100] = Double.NaN;
        double[] expected =
                TrendFlex.of(7)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.SKIP)
                        .compute(prices);
        Cli.Result result =
                Cli.runWithInput(
                        Csv.of(prices),
                        "compute",
                        "-",
                        "--period=7",
                        "--definition=ehlers",
                        "--nan-policy=skip");
        assertArrayEquals(bits(expected), bits(Csv.lastColumn(result.out())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--kernel=auto",
                "--kernel=SCALAR",
                "--definition=VECTOR_TA",
                "--definition=Vector-TA"
            })
    void optionsTakeTheirNamesInAnyCase(String option) {
        Cli.Result result = Cli.runWithInput(Csv.of(PRICES), "compute", "-", option);
        assertArrayEquals(bits(VALUES), bits(Csv.lastColumn(result.out())));
    }

    @Test
    void aLongSeriesArrivesInOrder() {
        double[] prices = Samples.walk(100_000);
        String out = Cli.runWithInput(Csv.of(prices), "compute", "-").out();
        assertArrayEquals(bits(TrendFlex.of(20).compute(prices)), bits(Csv.lastColumn(out)));
    }
}
