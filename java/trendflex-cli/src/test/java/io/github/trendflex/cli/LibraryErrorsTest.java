package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.Kernel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the library refuses becomes one line that states the values, an exit code, and no output.
class LibraryErrorsTest {
    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                    | 20         | propagate | column 'close': length = 0: there are no prices",
                "1,2,3,4,5             | 5          | propagate | column 'close': period = 5, length = 5: ",
                "1,2,3,4,5             | 2147483647 | skip      | column 'close': period = 2147483647, length = 5: ",
                "NaN,1e200,-1e200,NaN  | 2          | propagate | column 'close': length = 4: every value is missing",
                "NaN,1,2,NaN,3         | 2          | reject    | line 5, column 'close': the price 'NaN' is missing: empty, NaN",
                "NaN,NaN,NaN,1,2,3     | 3          | propagate | column 'close': period = 3, prices = 3: ",
                "1,NaN,2,NaN,3         | 3          | skip      | column 'close': period = 3, prices = 3: ",
            })
    void badPricesAreRefused(String prices, String period, String policy, String message) {
        String in = write(prices);
        String option = "--nan-policy=" + policy;
        assertRefused(1, in + ": " + message, "compute", in, "--period=" + period, option);
        assertRefused(
                1,
                in + ": " + message,
                "batch",
                in,
                "--periods=%s:1:%s".formatted(period, period),
                option);
    }

    @Test
    void aColumnWithTooFewPricesIsNamed() {
        String text = "symbol,open,close\nA,1,2\nB,3,4\nA,5,6\n";
        for (String command :
                List.of("batch - --periods=5", "plot - --period=5 -o " + folder + "/a.png")) {
            Cli.Result result =
                    Cli.runWithInput(text, (command + " --by=symbol --symbol=A").split(" ", -1));
            assertEquals(
                    "trendflex: standard input: column 'close', symbol A: period = 5, length = 2: the period must be below"
                            + " the number of values\n",
                    result.err());
        }
        Cli.Result open =
                Cli.runWithInput(text.replace("symbol", "venue"), "compute", "-", "--column=open");
        assertTrue(
                open.err()
                        .startsWith(
                                "trendflex: standard input: column 'open': period = 20, length = 3: "),
                open.err());
    }

    @Test
    void theLargestPeriodOfABatchDecidesBeforeAnythingIsWritten() {
        String in = write("1,2,3,4,5");
        assertRefused(
                1, in + ": column 'close': period = 5, length = 5: ", "batch", in, "--periods=1:5");
        assertRefused(
                1, in + ": column 'close': period = 5, length = 5: ", "batch", in, "--periods=5:1");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-2147483648"})
    void aPeriodBelow1IsWrongUsage(String period) {
        String in = write("1,2,3,4,5");
        String message = "period = " + period + ": a period is at least 1";
        assertRefused(2, message, "compute", in, "--period=" + period);
        assertEquals(
                new Cli.Result(2, "", "trendflex: " + message + "\n"),
                Cli.run("stream", "--period=" + period));
    }

    @ParameterizedTest
    @CsvSource({"0:5:1", "5:0:1", "5:-1:1", "-2147483648:2147483647:2147483647"})
    void aRangeBelow1IsWrongUsage(String range) {
        String[] parts = range.split(":", -1);
        String message =
                "Invalid value for option '--periods': start = %s, end = %s: both are at least 1"
                        .formatted(parts[0], parts[1]);
        assertRefused(2, message, "batch", write("1,2,3,4,5"), "--periods=" + range);
    }

    @ParameterizedTest
    @CsvSource({"0", "-1", "-2147483648"})
    void aStepBelow1IsWrongUsage(String step) {
        String message =
                "Invalid value for option '--periods': step = " + step + ": a step is at least 1";
        assertRefused(2, message, "batch", write("1,2,3,4,5"), "--periods=2:3:" + step);
    }

    @Test
    void aPeriodBelow1OfABatchIsWrongUsage() {
        String message = "Invalid value for option '--periods': period = 0: a period is at least 1";
        assertRefused(2, message, "batch", write("1,2,3,4,5"), "--periods=2,0");
    }

    @Test
    void aKernelThatThisCpuDoesNotRunIsWrongUsage() {
        Kernel foreign =
                Arrays.stream(Kernel.values())
                        .filter(kernel -> !kernel.isSupported())
                        .findFirst()
                        .orElseThrow();
        String in = write("1,2,3,4,5");
        String message = "kernel = " + foreign + ": this CPU does not run it";
        assertRefused(2, message, "compute", in, "--period=2", "--kernel=" + foreign);
        assertRefused(2, message, "batch", in, "--periods=1:2", "--kernel=" + foreign);
    }

    @Test
    void aStreamThatShallRejectIsWrongUsage() {
        Cli.Result result = Cli.run("stream", "--nan-policy=reject");
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("a stream cannot look ahead"), result.err());
    }

    private String write(String prices) {
        return Samples.write(folder.resolve("in.csv"), "close\n" + prices.replace(',', '\n'));
    }

    /// Refused with every kind of output, in one line, and without a trace in the folder.
    private void assertRefused(int exitCode, String message, String... arguments) {
        for (String out :
                List.of(
                        "-",
                        folder.resolve("out.csv").toString(),
                        folder.resolve("out.npy").toString())) {
            String[] withOutput = Arrays.copyOf(arguments, arguments.length + 1);
            withOutput[arguments.length] = "--output=" + out;
            Cli.Result result = Cli.run(withOutput);
            assertEquals(exitCode, result.exitCode());
            assertEquals("", result.out());
            assertTrue(result.err().startsWith("trendflex: " + message), result.err());
            assertEquals(1, result.err().lines().count());
            assertEquals(List.of("in.csv"), Samples.names(folder));
        }
    }
}
