package io.github.trendflex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.output.HoldsOutputFile;
import io.github.trendflex.cli.terminal.Progress;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.File;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program as a process of its own.
@Timeout(60)
class ProcessTest {
    @TempDir private Path folder;

    @Test
    void aStreamAnswersEachPriceBeforeTheNextOneComes() throws IOException, InterruptedException {
        double[] prices = {100, 101.5, 99.25, 102};
        double[] values = TrendFlex.of(2).compute(prices);
        Process process = program("stream", "--period=2").start();
        try (BufferedReader out = process.inputReader()) {
            try (BufferedWriter in = process.outputWriter()) {
                for (int i = 0; i < prices.length; i++) {
                    in.write(prices[i] + "\n");
                    in.flush();
                    assertEquals(values[i], Csv.value(out.readLine()));
                }
            }
            assertEnds(0, "", process);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aStreamAnswersEachRowBeforeTheNextOneComes() throws IOException, InterruptedException {
        double[] prices = {1, 2, 4, 3};
        double[] values = TrendFlex.of(1).compute(prices);
        Process process = program("stream", "--period=1").start();
        try (BufferedReader out = process.inputReader()) {
            try (BufferedWriter in = process.outputWriter()) {
                in.write("t,close\n");
                in.flush();
                assertEquals("t,close,trendflex_1", out.readLine());
                for (int i = 0; i < prices.length; i++) {
                    in.write(i + "," + prices[i] + "\n");
                    in.flush();
                    String answer = out.readLine();
                    assertEquals(
                            values[i], Csv.value(answer.substring(answer.lastIndexOf(',') + 1)));
                }
            }
            assertEnds(0, "", process);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void anErrorIsOneLineOnStandardErrorAndAnExitCode() throws IOException, InterruptedException {
        assertEnds(
                1,
                "trendflex: nowhere.csv: no such file or directory; to try without a file, say --sample\n",
                program("compute", "nowhere.csv").start());
        assertEnds(
                2,
                "trendflex: period = 0: a period is at least 1\n",
                program("stream", "--period=0").start());
    }

    @Test
    void aReaderThatGoesAwayEndsTheProgramQuietly() throws IOException, InterruptedException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(100_000)));
        Process process = program("compute", in).start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("price,trendflex_20", out.readLine());
        }
        assertEnds(0, "", process);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aFullDiskBehindStandardOutputIsAnError() throws IOException, InterruptedException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(100)));
        Process process = program("compute", in).redirectOutput(new File("/dev/full")).start();
        assertEnds(1, "trendflex: standard output: No space left on device\n", process);
        Process version = program("--version").redirectOutput(new File("/dev/full")).start();
        assertEnds(1, "trendflex: standard output: No space left on device\n", version);
    }

    /// The system refuses what goes beyond the largest size that a file may have.
    @ParameterizedTest
    @ValueSource(strings = {"out.npy", "out.csv"})
    @EnabledOnOs(OS.LINUX)
    void aFileThatCannotBeWrittenToItsEndIsAnErrorAndLeavesTheOlderOne(String name)
            throws IOException, InterruptedException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(100_000)));
        String out = Samples.write(folder.resolve(name), "older");
        ProcessBuilder program = program("compute", in, "-o", out);
        program.command().addAll(0, List.of("bash", "-c", "ulimit -f 256; exec \"$@\"", "bash"));
        assertEnds(1, "trendflex: " + out + ": File too large\n", program.start());
        assertEquals("older", Files.readString(Path.of(out)));
        assertEquals(List.of("in.npy", name), Samples.names(folder));
    }

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "a process there is not told to end, but ended")
    void aProcessThatIsToldToEndLeavesNoFile() throws IOException, InterruptedException {
        Process process =
                Jvm.of(HoldsOutputFile.class.getName(), folder.resolve("out.csv").toString())
                        .start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("holding", out.readLine());
            assertEquals(1, Samples.names(folder).size());
            process.destroy();
            process.waitFor();
            assertEquals(List.of(), Samples.names(folder));
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    @DisabledOnOs(
            value = OS.WINDOWS,
            disabledReason = "a process there is not told to end, but ended")
    void aProcessThatIsToldToEndClearsItsBar() throws IOException, InterruptedException {
        Path err = folder.resolve("err");
        Process process = Jvm.of(HoldsBar.class.getName()).redirectError(err.toFile()).start();
        try (BufferedReader out = process.inputReader()) {
            assertEquals("holding", out.readLine());
            process.destroy();
            process.waitFor();
            String shown = Files.readString(err);
            assertTrue(shown.contains("\rcomputing "), shown);
            assertTrue(shown.matches("(?s).*\r {79}\r"), shown);
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compute -", "compute - --engine native", "info", "--version"})
    void aLibraryThatCannotBeLoadedIsOneLine(String arguments)
            throws IOException, InterruptedException {
        ProcessBuilder program = program(arguments.split(" ", -1));
        program.command().add(1, "-Dtrendflex.library.path=" + folder.resolve("nowhere"));
        Process process = program.start();
        process.outputWriter().append("close\n1\n2\n3\n").close();
        List<String> errors = process.errorReader().readAllLines();
        assertEquals(1, process.waitFor(), errors::toString);
        assertEquals(1, errors.size(), errors::toString);
        assertTrue(errors.getFirst().startsWith("trendflex: "), errors::toString);
        assertTrue(
                errors.getFirst().contains(folder.resolve("nowhere").toString()), errors::toString);
    }

    /// A process of its own, because the library chooses its engine once.
    @Test
    void javaComputesWhereNativeCodeIsDenied() throws IOException, InterruptedException {
        String prices = "close\n1\n2\n4\n3\n";
        String expected = Cli.runWithInput(prices, "compute", "-", "--period", "2").out();
        assertEquals(expected, inJava(prices, "compute", "-", "--period", "2", "--engine", "java"));
        String info = inJava("", "info", "--verify", "--engine", "java");
        assertTrue(info.contains("\nengine   java\nsystem   "), info);
        assertTrue(info.endsWith("\nverify   java: the bits are right\n"), info);
    }

    private String inJava(String input, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder program = program(arguments);
        program.command().remove("--enable-native-access=ALL-UNNAMED");
        program.command().add(1, "--illegal-native-access=deny");
        Process process = program.redirectErrorStream(true).start();
        process.outputWriter().append(input).close();
        String output = String.join("\n", process.inputReader().readAllLines()) + "\n";
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @ParameterizedTest
    @CsvSource({
        "'trendflex ba', batch",
        "'trendflex pl', plot",
        "'trendflex sa', sample",
        "'trendflex batch --sa', --sample",
        "'trendflex batch --heat', --heatmap",
        "'trendflex compute --kernel sc', scalar",
    })
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void bashCompletesWhatIsTyped(String typed, String completed)
            throws IOException, InterruptedException {
        String script =
                """
                source "$1"
                line="$2"
                COMP_WORDS=($line)
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                COMP_LINE="$line"
                COMP_POINT=${#line}
                $(complete -p trendflex | sed 's/.*-F \\([^ ]*\\) .*/\\1/') 2>/dev/null
                printf '%s\\n' "${COMPREPLY[@]}"
                """;
        String file = Samples.write(folder.resolve("completion"), Cli.run("completion").out());
        Process bash = new ProcessBuilder("bash", "-c", script, "bash", file, typed).start();
        String reply = String.join(" ", bash.inputReader().lines().toList()).strip();
        assertEquals(completed, reply);
        assertEnds(0, "", bash);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aSystemWithoutFontsIsNamedAsSuch() throws IOException, InterruptedException {
        String in = Samples.write(folder.resolve("in.npy"), Npy.of(Samples.walk(100)));
        String out = folder.resolve("out.png").toString();
        ProcessBuilder program = program("plot", in, "-o", out);
        program.command().add(1, "-Dsun.awt.fontconfig=" + folder.resolve("nowhere"));
        program.environment().put("FONTCONFIG_FILE", folder.resolve("nowhere").toString());
        Process process = program.start();
        List<String> errors = process.errorReader().readAllLines();
        assertEquals(1, process.waitFor(), errors::toString);
        String start = "trendflex: " + out + ": a picture needs fontconfig and a font";
        assertTrue(errors.getLast().startsWith(start), errors::toString);
        assertEquals(List.of("in.npy"), Samples.names(folder));
    }

    private static void assertEnds(int exitCode, String error, Process process)
            throws IOException, InterruptedException {
        assertEquals(
                error,
                String.join("", process.errorReader().lines().map(line -> line + "\n").toList()));
        assertEquals(exitCode, process.waitFor());
    }

    private static ProcessBuilder program(String... arguments) {
        return Jvm.of(Main.class.getName(), arguments);
    }

    /// Draws a bar and does not end by itself.
    static final class HoldsBar {
        private HoldsBar() {}

        public static void main(String[] args) throws IOException, InterruptedException {
            CountDownLatch drawn = new CountDownLatch(1);
            OutputStream watched =
                    new FilterOutputStream(System.err) {
                        @Override
                        public void write(byte[] bytes, int offset, int length) throws IOException {
                            out.write(bytes, offset, length);
                            drawn.countDown();
                        }
                    };
            StandardStreams streams =
                    new StandardStreams(
                            System.in,
                            System.out,
                            new PrintStream(watched, true, UTF_8),
                            () -> true,
                            Duration.ZERO);
            try (Progress progress = Progress.batch(10, false, streams)) {
                progress.step(1);
                drawn.await();
                System.out.println("holding");
                new CountDownLatch(1).await(); // what ends the process closes its input too
            }
        }
    }
}
