package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows whose order is wrong or unknown are refused alike by all commands that read files.
class CsvOrderTest {
    private static final String TWO_SYMBOLS =
            """
            date,symbol,close
            2024-01-01,A,1
            2024-01-01,B,5
            2024-01-02,A,2
            2024-01-02,B,4
            2024-01-03,A,4
            2024-01-03,B,6
            2024-01-04,A,3
            2024-01-04,B,5
            """;

    @TempDir private Path folder;

    static Stream<String> commands() {
        return Stream.of(
                "compute - --period=2",
                "compute - --period=2 -o out.npy",
                "batch - --periods=1:2",
                "batch - --periods=1:2 -o out.npy",
                "batch - --periods=1:2 --heatmap out.png",
                "plot - --period=2 -o out.png");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void newestFirstIsRefusedWithTheRemedy(String command) {
        String text = "close,Time\n3,2024-01-03\n2,2024-01-02\n1,2024-01-01\n";
        assertRefused(
                "lines 2 and 3, column 'Time': the times '2024-01-03' and '2024-01-02' descend: say --time Time",
                text,
                command);
        assertEquals("", run(text, command + " --time=Time").err());
    }

    /// Without names for the columns, a date with its separators is plainly a time.
    @ParameterizedTest
    @MethodSource("commands")
    void newestFirstIsRefusedWithoutAHeaderToo(String command) {
        String[] rows = {"1,2024-01-01", "2,2024-01-02", "4,2024-01-03", "3,2024-01-04"};
        String noHeader = command + " --no-header --column-index=0";
        assertRefused(
                "lines 1 and 2, column 1: the dates '2024-01-04' and '2024-01-03', taken for the times, descend: put the oldest first, or"
                        + " give the columns names and say --time NAME",
                String.join("\n", List.of(rows).reversed()),
                noHeader);
        assertEquals("", run(String.join("\n", rows), noHeader).err());
    }

    /// Which of two dates is the time, and which the expiry of a contract, nobody knows.
    @Test
    void twoDatesWithoutAHeaderAreNoTimes() {
        String rows =
                "2016-06-28,2016-01-04,99.25\n2016-03-28,2016-01-05,97.97\n2016-03-28,2016-01-06,98.1\n";
        for (String command : commands().toList()) {
            assertEquals("", run(rows, command + " --no-header --column-index=2").err());
        }
        String out = run(rows, "batch - --periods=1 --no-header --column-index=2").out();
        assertTrue(out.startsWith("trendflex_1\n"), out);
    }

    @Test
    void dateOfARowWithoutAHeaderIsTheTimeOfABatch() {
        assertEquals(
                "time,trendflex_1\n2024-01-01,\n2024-01-02,5.0\n",
                run(
                                "2024-01-01,1\n2024-01-02,2\n",
                                "batch - --periods=1 --no-header --column-index=1")
                        .out());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void rowsOfTwoSymbolsSuggestBy(String command) {
        assertRefused(
                "line 3, column 'symbol': the symbol changes from 'A' to 'B': say --by symbol",
                TWO_SYMBOLS,
                command);
        String equalTimes = "time,Ticker,close\n1,A,1\n1, A ,2\n1,B,3\n2,B,4\n";
        String change =
                "line 4, column 'Ticker': the symbol changes from 'A' to 'B': say --by Ticker";
        assertRefused(change, equalTimes, command);
        assertRefused(change, equalTimes, command + " --time=time");
        assertRefused(change, equalTimes.replace("time", "t"), command);
        assertEquals("", run(equalTimes.replace("B", "A "), command).err());
    }

    /// Where a column says that the rows are of one symbol, no other column can tell more of them.
    @Test
    void rowsOfOneSymbolDoNotSuggestBy() {
        String text = "date,symbol,close\n2024-01-01,A,1\n2024-01-02,A,2\n2024-01-01,A,3\n";
        assertRefused(
                "lines 3 and 4, column 'date': the times '2024-01-02' and '2024-01-01' descend: say --time date",
                text,
                "compute -");
        assertRefused(
                "lines 2 and 4, column 'date': the times '2024-01-01' and '2024-01-01' are equal",
                text,
                "compute - --time=date");
        assertRefused(
                "lines 2 and 4, column 'date': the times '2024-01-01' and '2024-01-01' are equal: if the rows are of several symbols,"
                        + " say --by NAME",
                text.replace("symbol", "name"),
                "compute - --time=date");
    }

    @Test
    void aColumnOfPricesMayHaveTheNameOfOneOfSymbols() {
        assertEquals("", run("ticker\n1\n2\n3\n", "compute - --period=1").err());
        assertEquals(
                new Cli.Result(0, "ticker,trendflex_1\n1,\n2,5.0\n", ""),
                run("ticker\n1\n2\n", "stream --period=1"));
    }

    @Test
    void oneColumnOfTimesMayHaveSeveralSymbolsByAnyName() {
        assertRefused(
                "lines 3 and 4, column 'date': the times '2024-01-02' and '2024-01-01' descend: say --time date, and --by NAME if"
                        + " there are several symbols",
                "date,name,close\n2024-01-01,A,1\n2024-01-02,A,2\n2024-01-01,B,3\n",
                "compute -");
    }

    /// A symbol that trades several times in a second.
    @ParameterizedTest
    @ValueSource(strings = {"1 1 2 2", "1 1 1 1"})
    void equalTimesOfOneSymbolAreComputedAsTheyStand(String times) {
        String[] time = times.split(" ", -1);
        String text =
                "time,symbol,close\n%s,A,1\n%s,A,2\n%s,A,4\n%s,A,3\n".formatted((Object[]) time);
        for (String command : commands().toList()) {
            Cli.Result result = run(text, command);
            assertEquals(0, result.exitCode(), result.err());
        }
    }

    /// A field that is no time, such as a single empty one, hides the order of no others.
    @ParameterizedTest
    @MethodSource("commands")
    void timesThatDescendAroundAFieldThatIsNoneAreRefused(String command) {
        for (String none : List.of("", "n/a", "5")) {
            String text = "date,close\n2024-01-02,1\n%s,2\n2024-01-01,4\n%1$s,3\n".formatted(none);
            assertRefused(
                    "lines 2 and 4, column 'date': the times '2024-01-02' and '2024-01-01' descend: say --time date, once every field of"
                            + " that column is a time",
                    text,
                    command);
        }
    }

    @ParameterizedTest
    @MethodSource("commands")
    void fieldsThatAreNoTimesAreToldOf(String command) {
        assertTold(
                "line 2, column 'Date': not a time: '03/28/16': the order of 4 of 4 rows was not checked;"
                        + " if another column has the times, say --time NAME",
                "close,Date\n1,03/28/16\n2,03/25/16\n4,03/24/16\n3,03/23/16\n",
                command);
        assertTold(
                "line 4, column 0: '7' is a count, and the times before it are dates: the order of 1 of 4"
                        + " rows was not checked",
                "2024-01-01,1\n2024-01-02,2\n2024-01-03,4\n7,3\n",
                command + " --no-header --column-index=1");
    }

    @ParameterizedTest
    @MethodSource("commands")
    void theMonthMayBeFirst(String command) {
        String text = "close,Date\n1,3/28/2016\n2,3/9/2016\n4,3/8/2016\n3,3/7/2016\n";
        assertRefused(
                "lines 2 and 3, column 'Date': the times '3/28/2016' and '3/9/2016' descend: say --time Date",
                text,
                command);
        String unclear = text.replace("28", "10");
        String message =
                "line 2, column 'Date': '3/10/2016' may have the day or the month first: say --time-format dmy"
                        + " or --time-format mdy";
        assertRefused(message, unclear, command + " --time=Date");
        assertTold(
                message
                        + ": the order of 4 of 4 rows was not checked; if another column has the times,"
                        + " say --time NAME",
                unclear,
                command);
        assertEquals("", run(text, command + " --time=Date").err());
        assertEquals("", run(unclear, command + " --time=Date --time-format=mdy").err());
        assertEquals("", run(unclear, command + " --time=Date --time-format=d/M/yyyy").err());
    }

    @Test
    void fieldsThatAreNoTimesAreToldOfOnceForAllFiles() throws IOException {
        String text = "time,close\n09:30,1\n09:31,2\n";
        String good = Samples.write(folder.resolve("a.csv"), "close\n1\n2\n");
        String first = Samples.write(folder.resolve("b.csv"), text);
        String second = Samples.write(folder.resolve("c.csv"), text);
        assertEquals(
                new Cli.Result(
                        0,
                        "",
                        "trendflex: %s: line 2, column 'time': not a time: '09:30': the order of 2 of 2 rows was not"
                                        .formatted(first)
                                + " checked, nor that of rows in other files; if another column has the"
                                + " times, say --time NAME\n"),
                Cli.run(
                        "compute",
                        good,
                        first,
                        second,
                        "--period=1",
                        "-o",
                        Files.createDirectory(folder.resolve("results")).toString()));
    }

    @Test
    void theTimesOfASeriesMustNotDescend() {
        String ascending = TWO_SYMBOLS;
        assertEquals(0, run(ascending, "compute - --by=symbol --period=2").exitCode());
        assertRefused(
                "lines 3 and 4, column 'date': the times '2024-01-02' and '2024-01-01' descend: say --time date",
                "date,symbol,close\n2024-01-01,A,1\n2024-01-02,B,1\n2024-01-01,B,2\n",
                "compute - --by=symbol");
    }

    @Test
    void linesAreThoseOfTheFileAlsoWhereAFieldHasSeveral() {
        assertRefused(
                "lines 2 and 4, column 'date': the times '2024-01-02' and '2024-01-01' descend: say --time date",
                "note,date,close\n\"a\nb\",2024-01-02,1\nc,2024-01-01,2\n",
                "compute -");
    }

    @Test
    void oneSymbolOfAFileIsASeries() throws IOException {
        String alone = "date,close\n2024-01-01,5\n2024-01-02,4\n2024-01-03,6\n2024-01-04,5\n";
        String chosen = " --by=symbol --symbol=B";
        for (String command :
                List.of("batch - --periods=1:2 -o out.npy", "plot - --period=2 -o out.png")) {
            Path file = folder.resolve(command.replaceFirst(".* ", ""));
            assertEquals(SILENT_SUCCESS, run(alone, command));
            byte[] expected = Files.readAllBytes(file);
            assertEquals(SILENT_SUCCESS, run(TWO_SYMBOLS, command + chosen));
            assertArrayEquals(expected, Files.readAllBytes(file));
        }
        assertEquals(
                run(alone, "batch - --periods=1:2"),
                run(TWO_SYMBOLS, "batch - --periods=1:2" + chosen));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--by=symbol | the rows are of 2 symbols, A, B: choose one with --symbol",
                "--by=symbol --symbol=C | no row is of the symbol 'C'",
            })
    void oneSeriesIsOneSymbol(String options, String message) {
        assertRefused(message, TWO_SYMBOLS, "batch - --periods=1:2 " + options);
        assertRefused(message, TWO_SYMBOLS, "plot - --period=2 -o out.png " + options);
    }

    @Test
    void aSymbolNeedsItsColumn() {
        assertEquals(
                new Cli.Result(
                        2, "", "trendflex: --symbol needs the column of the symbols: --by NAME\n"),
                run("", "plot - -o out.png --symbol=A"));
    }

    /// A missing price is named where it stands in the file, not where it is computed.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "compute - --period=1 --time=date --by=symbol",
                "batch - --periods=1:1 --time=date --by=symbol --symbol=B",
                "plot - --period=1 --time=date --by=symbol --symbol=B -o out.png",
            })
    void aPriceThatIsRejectedIsNamedByItsLine(String command) {
        String text =
                """
                date,symbol,close
                2024-01-04,B,4
                2024-01-03,B,
                2024-01-01,A,1
                2024-01-02,B,2
                2024-01-02,A,2
                2024-01-01,B,3
                2024-01-03,A,2
                """;
        assertRefused(
                "line 3, column 'close': the price '' is missing:"
                        + " empty, NaN, infinite, or above 2^500 in magnitude",
                text,
                command + " --nan-policy=reject");
    }

    @Test
    void aPriceThatIsRejectedIsNamedByItsFile() throws IOException {
        String good = Samples.write(folder.resolve("a.csv"), "close\n1\n2\n3\n");
        String bad = Samples.write(folder.resolve("b.npy"), Npy.of(1, 2, Double.NaN, 3));
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: "
                                + bad
                                + ": index 2: the price NaN is missing:"
                                + " empty, NaN, infinite, or above 2^500 in magnitude\n"),
                Cli.run(
                        "compute",
                        good,
                        bad,
                        "--period=1",
                        "--nan-policy=reject",
                        "-o",
                        Files.createDirectory(folder.resolve("results")).toString()));
    }

    private void assertTold(String note, String text, String command) {
        Cli.Result result = run(text, command);
        assertEquals("trendflex: standard input: " + note + "\n", result.err());
        assertEquals(0, result.exitCode());
    }

    private void assertRefused(String message, String text, String command) {
        assertEquals(
                new Cli.Result(1, "", "trendflex: standard input: " + message + "\n"),
                run(text, command));
        assertEquals(List.of(), Samples.names(folder));
    }

    private Cli.Result run(String text, String command) {
        return Cli.runWithInput(
                text, command.replace("out.", folder.resolve("out.").toString()).split(" ", -1));
    }
}
