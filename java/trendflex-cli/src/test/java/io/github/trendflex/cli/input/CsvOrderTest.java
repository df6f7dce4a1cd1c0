package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
        assertRefused("lines 2 and 3, column 1: the times descend: say --time Time", text, command);
        assertEquals("", run(text, command + " --time=Time").err());
    }

    /// Without names for the columns, a date with its separators is plainly a time.
    @ParameterizedTest
    @MethodSource("commands")
    void newestFirstIsRefusedWithoutAHeaderToo(String command) {
        String[] rows = {"1,2024-01-01", "2,2024-01-02", "4,2024-01-03", "3,2024-01-04"};
        String noHeader = command + " --no-header --column-index=0";
        assertRefused(
                "lines 1 and 2, column 1: the times descend: put the oldest first, or give the columns names"
                        + " and say --time NAME",
                String.join("\n", List.of(rows).reversed()),
                noHeader);
        assertEquals("", run(String.join("\n", rows), noHeader).err());
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
    void equalTimesOfTwoSymbolsSuggestBy(String command) {
        assertRefused(
                "lines 2 and 3, column 0: the times are equal, of two symbols: say --by symbol",
                TWO_SYMBOLS,
                command);
        String bySymbol = "t,symbol,close\n1,A,1\n2,A,2\n3,A,4\n1,B,5\n2,B,4\n3,B,6\n";
        assertRefused(
                "lines 4 and 5, column 0: the times descend: say --by symbol",
                bySymbol.replaceFirst("t", "time"),
                command);
        assertRefused(
                "lines 2 and 5, column 0: the times are equal:"
                        + " if the rows are of several symbols, say --by symbol",
                bySymbol,
                command + " --time=t");
    }

    @Test
    void oneColumnOfTimesMayHaveSeveralSymbolsByAnyName() {
        assertRefused(
                "lines 3 and 4, column 0: the times descend: say --time date, and --by NAME if"
                        + " there are several symbols",
                "date,name,close\n2024-01-01,A,1\n2024-01-02,A,2\n2024-01-01,B,3\n",
                "compute -");
    }

    /// A symbol that trades several times in a second, or a column that only sounds like times.
    @ParameterizedTest
    @ValueSource(strings = {"1 1 2 2", "5 4 x 2", "1 1 1 1"})
    void whatHasAnOrderOrNoTimesIsComputedAsItStands(String times) {
        String[] time = times.split(" ", -1);
        String text =
                "time,symbol,close\n%s,A,1\n%s,A,2\n%s,A,4\n%s,A,3\n".formatted((Object[]) time);
        for (String command : commands().toList()) {
            Cli.Result result = run(text, command);
            assertEquals(0, result.exitCode(), result.err());
        }
    }

    @Test
    void theTimesOfASeriesMustNotDescend() {
        String ascending = TWO_SYMBOLS;
        assertEquals(0, run(ascending, "compute - --by=symbol --period=2").exitCode());
        assertRefused(
                "lines 3 and 4, column 0: the times descend: say --time date",
                "date,symbol,close\n2024-01-01,A,1\n2024-01-02,B,1\n2024-01-01,B,2\n",
                "compute - --by=symbol");
    }

    @Test
    void linesAreThoseOfTheFileAlsoWhereAFieldHasSeveral() {
        assertRefused(
                "lines 2 and 4, column 1: the times descend: say --time date",
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
                "line 3, column 2: the price is missing:"
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
                                + ": index 2: the price is missing:"
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
