package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlexLibrary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"--help", "compute --help", "batch --help", "stream --help", "info --help"})
    void helpIsShownOnStandardOutput(String arguments) {
        Cli.Result result = Cli.run(arguments.split(" "));
        assertEquals(0, result.exitCode());
        assertEquals("", result.err());
        assertTrue(result.out().contains("Usage: trendflex"), result.out());
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
        String kernel = Choice.name(TrendFlexLibrary.kernel());
        String expected = "trendflex %s, kernel %s\n".formatted(TrendFlexLibrary.version(), kernel);
        assertEquals(new Cli.Result(0, expected, ""), Cli.run("--version"));
    }

    @Test
    void infoSaysWhatRunsHere() {
        Cli.Result result = Cli.run("info");
        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains(TrendFlexLibrary.version() + ", ABI " + TrendFlexLibrary.abiVersion()));
        assertTrue(result.out().contains(TrendFlexLibrary.path().toString()));
        assertTrue(result.out().contains(Choice.name(TrendFlexLibrary.kernel()) + " of scalar"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                        | Missing required subcommand; see trendflex --help",
                "nope                                      | Unmatched argument at index 0: 'nope'; see trendflex --help",
                "compute                                   | Missing required parameter: 'IN'; see trendflex compute --help",
                "compute - more                            | Unmatched argument at index 2: 'more'; see trendflex compute --help",
                "compute - --nope                          | Unknown option: '--nope'; see trendflex compute --help",
                "compute - --period=x                      | Invalid value for option '--period': 'x' is not an int; see trendflex compute --help",
                "compute - --kernel=x                      | Invalid value for option '--kernel': 'x' is none of auto, scalar, avx2, avx512, neon; see trendflex compute --help",
                "compute in.txt                            | in.txt: the name must end in .csv or .npy, or be - for a pipe",
                "compute - -o out.txt                      | out.txt: the name must end in .csv or .npy, or be - for a pipe",
                "compute - --column=a --column-index=1     | --column and --column-index exclude each other",
                "compute - --column=a --no-header          | --column needs a header: with --no-header use --column-index",
                "compute - --column-index=-1               | --column-index -1: columns count from 0",
                "batch -                                   | Missing required option: '--periods=START:END[:STEP]'; see trendflex batch --help",
                "batch - --periods=20                      | Invalid value for option '--periods': '20' is not START:END or START:END:STEP in whole numbers; see trendflex batch --help",
                "batch - --periods=1:2:3:4                 | Invalid value for option '--periods': '1:2:3:4' is not START:END or START:END:STEP in whole numbers; see trendflex batch --help",
                "batch - --periods=1:3000000000            | Invalid value for option '--periods': '1:3000000000' is not START:END or START:END:STEP in whole numbers; see trendflex batch --help",
                "stream - 5                                | Unmatched arguments from index 1: '-', '5'; see trendflex stream --help",
            })
    void wrongUsageIsOneLineAndExitCode2(String arguments, String message) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ");
        assertEquals(new Cli.Result(2, "", "trendflex: " + message + "\n"), Cli.run(words));
    }
}
