package io.github.trendflex.cli.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a person at a terminal sees of work that gets on.
class ProgressTest {
    private static final int ROWS = 20_000;

    @TempDir private Path folder;

    private String csv = "";
    private String npy = "";
    private String out = "";

    @BeforeEach
    void writePrices() {
        double[] prices = Samples.walk(ROWS);
        csv = Samples.write(folder.resolve("in.csv"), Csv.of(prices));
        npy = Samples.write(folder.resolve("in.npy"), Npy.of(prices));
        out = folder.resolve("out.csv").toString();
    }

    @Test
    void computeShowsReadingThenWriting() throws IOException {
        String expected = Cli.run("compute", csv).out();
        Cli.Result result = Cli.runAtTerminal("compute", csv, "-o", out);
        assertEquals(0, result.exitCode());
        assertBars(
                result, "reading 100% .* MB .* MB/s", "writing 100% .* 20000/20000 rows .* rows/s");
        assertEquals("", result.out());
        assertEquals(expected, Files.readString(Path.of(out)));
    }

    @Test
    void aMappedFileIsOnlyWritten() {
        assertBars(Cli.runAtTerminal("compute", npy, "-o", out), "writing 100% .*");
    }

    @Test
    void severalFilesAreOneBar() {
        String other = Samples.write(folder.resolve("other.csv"), Csv.of(Samples.walk(ROWS)));
        String results = folder.resolve("results").toString();
        assertTrue(Path.of(results).toFile().mkdir());
        assertBars(
                Cli.runAtTerminal("compute", csv, other, npy, "-o", results),
                "reading 100% .*",
                "writing 100% .* 60000/60000 rows .*");
    }

    @Test
    void plotShowsReading() {
        String picture = folder.resolve("out.png").toString();
        assertBars(Cli.runAtTerminal("plot", csv, "-o", picture), "reading 100% .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.npy"})
    void batchShowsThePeriods(String name) {
        String file = folder.resolve(name).toString();
        String computing = "computing 100% .* 5/5 periods .* periods/s";
        String[] bars =
                name.endsWith("npy")
                        ? new String[] {computing}
                        : new String[] {computing, "writing 100% .* 20000/20000 rows .*"};
        assertBars(Cli.runAtTerminal("batch", npy, "--periods=20:24", "-o", file), bars);
    }

    @ParameterizedTest
    @ValueSource(strings = {"compute", "batch --periods=20:24"})
    void valuesOnStandardOutputHaveNoBarBesideThem(String command) {
        String[] arguments = (command + " " + npy).split(" ", -1);
        assertEquals(Cli.run(arguments), Cli.runAtTerminal(arguments));
    }

    @Test
    void anErrorHasALineOfItsOwnBelowTheBar() throws IOException {
        Files.writeString(Path.of(csv), Files.readString(Path.of(csv)) + "x\n");
        Cli.Result result = Cli.runAtTerminal("compute", csv, "-o", out);
        assertEquals(1, result.exitCode());
        List<String> lines = result.err().lines().toList();
        assertTrue(lines.get(lines.size() - 2).startsWith("reading "), result.err());
        assertEquals(
                "trendflex: %s: line %d, column 'close': not a price: 'x'".formatted(csv, ROWS + 2),
                lines.getLast());
        assertEquals(List.of("in.csv", "in.npy"), Samples.names(folder));
    }

    /// A bar is drawn again and again in its line, and stays there as it was drawn last.
    private static void assertBars(Cli.Result result, String... bars) {
        List<String> shown =
                result.err().replaceAll("[^\n]*\r([^\r\n]+)\n", "$1\n").lines().toList();
        assertEquals(bars.length, shown.size(), result.err());
        for (int i = 0; i < bars.length; i++) {
            assertTrue(shown.get(i).matches(bars[i]), shown::toString);
        }
    }
}
