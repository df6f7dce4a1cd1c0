package io.github.trendflex.cli.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// One line on standard error tells which values are empty for another reason than the warm-up.
class EmptyValuesTest {
    private static final String IN_VAIN = ", where a price is missing";
    private static final String REMEDY = IN_VAIN + ": --nan-policy skip computes those after it";

    @TempDir private Path folder;

    /// As many values are told as are empty, save those of the warm-up.
    @ParameterizedTest
    @CsvSource({
        "3, 60, 40", // after the warm-up
        "20, 60, 40",
        "20, 10, 80", // within it
        "20, 20, 80",
        "20, 99, 1",
        "20, 0, 0", // the warm-up begins later
    })
    void aGapIsCountedAndNamed(int period, int gap, int lost) {
        double[] prices = Samples.walk(100);
        prices[gap] = Double.NaN;
        String in = Samples.write(folder.resolve("in.csv"), Csv.of(prices));
        String note =
                lost == 0
                        ? ""
                        : "trendflex: %s: %d %s empty from line %d, column 'close' on%s\n"
                                .formatted(
                                        in,
                                        lost,
                                        lost == 1 ? "value is" : "values are",
                                        gap + 2,
                                        gap == 99 ? IN_VAIN : REMEDY);
        Cli.Result result = Cli.run("compute", in, "--period=" + period);
        assertEquals(0, result.exitCode());
        assertEquals(note, result.err());
        long empty = result.out().lines().filter(line -> line.endsWith(",")).count();
        assertEquals(empty, lost + period + (gap == 0 ? 1 : 0));
        String out = folder.resolve("out").toString();
        for (String command :
                List.of(
                        "batch %s --periods=%d -o %s.csv",
                        "batch %s --periods=%d -o %s.npy",
                        "plot %s --period=%d -o %s.png",
                        "compute %s --period=%d -o %s.npy")) {
            String[] arguments = command.formatted(in, period, out).split(" ", -1);
            assertEquals(new Cli.Result(0, "", note), Cli.run(arguments));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "compute - --no-header --period=2",
                "batch - --no-header --periods=2",
                "stream --period=2"
            })
    void whatIsSkippedIsNotTold(String command) {
        String[] arguments = (command + " --nan-policy=skip").split(" ", -1);
        assertEquals("", Cli.runWithInput("1\n2\n3\n\n4\n", arguments).err());
    }

    @Test
    void everyPeriodCounts() {
        String text = "close\n1\n2\n3\n4\n\n6\n";
        String note =
                "trendflex: standard input: 5 values are empty from line 6, column 'close' on";
        String[][] commands = {
            {"compute", "-", "--period=1,2,5"}, {"batch", "-", "--periods=5,1:2"},
        };
        for (String[] command : commands) {
            assertEquals(note + REMEDY + "\n", Cli.runWithInput(text, command).err());
        }
    }

    @Test
    void allSeriesAreToldInOneLine() {
        String text = "s,close\na,1\na,\na,3\na,4\nb,1\nc,1\nc,2\nc,\nc,4\nd,1\nd,2\nd,3\nd,4\n";
        assertEquals(
                "trendflex: standard input: 4 values of 2 series are empty, the first from line 3,"
                        + " column 'close' on"
                        + REMEDY.replace("a price", "the first of 2 prices")
                        + "; 1 of 4 series, the one from line 6, column 'close' on, has 1 price, too few for period 2\n",
                Cli.runWithInput(text, "compute", "-", "--by=s", "--period=2").err());
    }

    /// Of rows that are as many, some have no price, or too few after the first one.
    @ParameterizedTest
    @CsvSource({
        "'1,2,3,4', ',,,', 'no price at all'",
        "'1,2,3,4', ',,3,', '1 price, too few for period 2'",
        "'1,2,3,4', ',,1,3', '2 prices, too few for period 2'",
        "'', '1,2,3,4', 'no price at all'"
    })
    void aSeriesWithTooFewPricesIsNotCalledShort(String one, String other, String few) {
        String in = Samples.write(folder.resolve("a.csv"), lines(one));
        String rest = Samples.write(folder.resolve("b.csv"), lines(other));
        String results = folder.resolve("results").toString();
        assertTrue(folder.resolve("results").toFile().mkdir());
        String err = Cli.run("compute", in, rest, "--period=2", "-o", results).err();
        assertTrue(err.contains("1 of 2 series"), err);
        assertTrue(err.endsWith(" has " + few + "\n"), err);
    }

    @Test
    void skippingIsNotSuggestedWhereNothingComesOfIt() {
        String start = "trendflex: standard input: ";
        String[] compute = {"compute", "-", "--period=2"};
        for (String text : List.of("1,2,,,", "1,,,,")) {
            String err = Cli.runWithInput(lines(text), compute).err();
            int missing = text.startsWith("1,2") ? 3 : 4;
            String inVain = ", where the first of %d prices is missing\n".formatted(missing);
            assertTrue(err.endsWith(inVain), err);
        }
        for (String text : List.of("1,2,,4,", "1,,3,4,,")) {
            String err = Cli.runWithInput(lines(text), compute).err();
            int missing = text.startsWith("1,2") ? 2 : 3;
            String some = "the first of %d prices".formatted(missing);
            assertTrue(err.endsWith(REMEDY.replace("a price", some) + "\n"), err);
        }
        assertEquals(
                start
                        + "3 values of 2 series are empty, the first from line 5, column 'close' on"
                        + REMEDY.replace("a price", "the first of 2 prices")
                        + "\n",
                Cli.runWithInput(
                                "s,close\na,1\na,2\na,3\na,\nb,1\nb,2\nb,\nb,3\n",
                                "compute",
                                "-",
                                "--by=s",
                                "--period=2")
                        .err());
    }

    private static String lines(String prices) {
        return "close\n" + prices.replace(',', '\n') + (prices.isEmpty() ? "" : "\n");
    }

    /// What has values for a shorter period is not said to have none.
    @Test
    void theFileThatIsTooShortIsNamedAndThePeriodForWhichItIs() throws IOException {
        String in = Samples.write(folder.resolve("a.csv"), Csv.of(Samples.walk(30)));
        String shorter = Samples.write(folder.resolve("b.csv"), Csv.of(Samples.walk(20)));
        String results = Files.createDirectory(folder.resolve("results")).toString();
        assertEquals(
                new Cli.Result(
                        0,
                        "",
                        "trendflex: "
                                + shorter
                                + ": 1 of 2 series, the one from line 2, column 'close' on, has 20 prices, too few for"
                                + " period 20\n"),
                Cli.run("compute", in, shorter, "--period=5,20", "-o", results));
    }

    @Test
    void ofManySeriesThatAreTooShortNoneFails() {
        String note = "column '%s' on, have too few prices for period 20: the first has %s\n";
        String start = "trendflex: standard input: 2 of 2 series, the first from line 2, " + note;
        Cli.Result symbols = Cli.runWithInput("s,close\na,1\nb,2\na,3\n", "compute", "-", "--by=s");
        assertEquals(
                new Cli.Result(
                        0,
                        "s,close,trendflex_20\na,1,\nb,2,\na,3,\n",
                        start.formatted("close", "2 prices")),
                symbols);
        Cli.Result columns =
                Cli.runWithInput("a,b\n1,1\n", "compute", "-", "--column=a", "--column=b");
        assertEquals(start.formatted("a", "1 price"), columns.err());
        assertEquals(1, Cli.runWithInput("close\n1\n", "compute", "-").exitCode());
    }
}
