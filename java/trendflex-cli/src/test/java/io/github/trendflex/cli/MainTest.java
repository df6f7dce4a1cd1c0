package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Kernel;
import io.github.trendflex.TrendFlexLibrary;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--help",
                "compute --help",
                "batch --help",
                "plot --help",
                "stream --help",
                "help",
                "help help",
                "sample --help",
                "info --help",
                "completion --help"
            })
    void helpIsShownOnStandardOutput(String arguments) {
        Cli.Result result = Cli.run(arguments.split(" ", -1));
        assertEquals(0, result.exitCode());
        assertEquals("", result.err());
        assertTrue(result.out().contains("Usage: trendflex"), result.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"compute", "batch", "plot", "stream", "sample", "info", "completion"})
    void helpOfACommandIsWhatItsOptionShows(String command) {
        assertEquals(Cli.run(command, "--help"), Cli.run("help", command));
    }

    @Test
    void helpOfNoCommandIsThatOfTheProgram() {
        assertEquals(Cli.run("--help"), Cli.run("help"));
    }

    @Test
    void helpNamesTheChoicesAsTheyAreTyped() {
        String help = Cli.run("compute", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("auto, scalar, avx2, avx512, neon. Default: auto."), help);
        assertTrue(help.contains("propagate, skip, reject. Default: propagate."), help);
        assertTrue(help.contains("vector-ta, ehlers."), help);
    }

    @Test
    void theVersionNamesLibraryAndKernel() {
        String kernel = typed(TrendFlexLibrary.kernel());
        String expected = "trendflex %s, kernel %s\n".formatted(TrendFlexLibrary.version(), kernel);
        assertEquals(new Cli.Result(0, expected, ""), Cli.run("--version"));
    }

    @Test
    void infoSaysWhatRunsHere() {
        Cli.Result result = Cli.run("info");
        assertEquals(0, result.exitCode());
        assertTrue(result.out().startsWith("program  " + TrendFlexLibrary.version()), result.out());
        assertTrue(
                result.out()
                        .contains(
                                TrendFlexLibrary.version()
                                        + ", ABI "
                                        + TrendFlexLibrary.abiVersion()));
        assertTrue(result.out().contains("\nengine   native\n"), result.out());
        assertTrue(result.out().contains(TrendFlexLibrary.path().toString()));
        assertTrue(result.out().contains(typed(TrendFlexLibrary.kernel()) + " of scalar"));
    }

    @Test
    void infoVerifiesEveryKernelThatRunsHere() {
        String expected =
                Arrays.stream(Kernel.values())
                        .filter(kernel -> kernel != Kernel.AUTO && kernel.isSupported())
                        .map(kernel -> "verify   " + typed(kernel) + ": the bits are right\n")
                        .collect(Collectors.joining());
        Cli.Result result = Cli.run("info", "--verify");
        assertEquals(0, result.exitCode(), result.err());
        assertEquals(Cli.run("info").out() + expected, result.out());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                       | Missing required subcommand; see trendflex --help",
                "nope                     | Unmatched argument at index 0: 'nope'; see trendflex --help",
                "batch - more --periods=1:2 | Unmatched argument at index 2: 'more'; see trendflex batch --help",
                "compute a.csv b.csv      | several files need a folder for their results: -o FOLDER",
                "compute - --by=a --no-header | --by and --time need a header: --no-header excludes them",
                "plot -                   | Missing required option: '--output=FILE'; see trendflex plot --help",
                "plot - -o out.jpg        | out.jpg: the name of a picture must end in .png or .html",
                "batch - --periods=1:2 --heatmap=out.csv | out.csv: the name of a picture must end in .png or .html",
                "comptue                  | Unmatched argument at index 0: 'comptue'; did you mean compute?; see trendflex --help",
                "help comptue             | Unknown command: 'comptue'; did you mean compute?; see trendflex --help",
                "compute - --perod=5      | Unknown option: '--perod=5'; did you mean --period?; see trendflex compute --help",
                "help nopenope            | Unknown command: 'nopenope'; see trendflex --help",
                "compute - --nope         | Unknown option: '--nope'; did you mean --no-header?; see trendflex compute --help",
                "stream 5                 | Unmatched argument at index 1: '5'; see trendflex stream --help",
                "compute in.xls           | in.xls: the name must end in .csv, .tsv or .txt, or one of these and .gz, or in .zip, .parquet or .npy, or be - for a pipe",
                "compute - -o out.zip     | out.zip: the name must end in .csv, .tsv or .txt, or one of these and .gz, or in .npy, or be - for a pipe",
                "compute - --column=a --column-index=1 | --column and --column-index exclude each other",
                "compute - --column=a --no-header | --column needs a header: with --no-header use --column-index",
                "compute - --column-index=-1 | --column-index -1: columns count from 0",
            })
    void wrongUsageIsOneLineAndExitCode2(String arguments, String message) {
        assertMisused(message, arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20:", "20:x", "1:2:3:4", "1:3000000000", "20-30", "x", ""})
    void periodsThatAreNoRangeAreWrongUsage(String periods) {
        String message =
                "'%s' is not N, START:END or START:END:STEP in whole numbers".formatted(periods);
        assertMisused(
                "Invalid value for option '--periods': " + message + "; see trendflex batch --help",
                "batch",
                "-",
                "--periods=" + periods);
    }

    @ParameterizedTest
    @CsvSource({
        "--period, ' (N)', is not an int",
        "--kernel, '', 'is none of auto, scalar, avx2, avx512, neon'"
    })
    void aValueThatAnOptionDoesNotHaveIsWrongUsage(String option, String label, String message) {
        assertMisused(
                "Invalid value for option '%s'%s: 'x' %s; see trendflex compute --help"
                        .formatted(option, label, message),
                "compute",
                "-",
                option + "=x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nowhere.csv", "broken pipe.csv", "nowhere.npy"})
    void aFileThatIsNotThereIsNamed(String name) {
        String message =
                "trendflex: "
                        + name
                        + ": no such file or directory; to try without a file, say --sample\n";
        assertEquals(new Cli.Result(1, "", message), Cli.run("compute", name));
    }

    @ParameterizedTest
    @CsvSource({
        "Broken pipe, 0, ''",
        "No space left on device, 1, 'trendflex: standard output: No space left on device\n'",
    })
    void aReaderThatHasGoneIsNoFailureButAFullDiskIs(String reason, int exitCode, String message) {
        for (String arguments : List.of("--help", "--version", "info", "info --verify")) {
            assertEquals(
                    new Cli.Result(exitCode, "", message),
                    Cli.runWithoutOutput(reason, arguments.split(" ", -1)));
        }
    }

    private static void assertMisused(String message, String... arguments) {
        assertEquals(new Cli.Result(2, "", "trendflex: " + message + "\n"), Cli.run(arguments));
    }

    private static String typed(Kernel kernel) {
        return kernel.name().toLowerCase(Locale.ROOT);
    }
}
