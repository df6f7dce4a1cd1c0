package io.github.trendflex.benchmarks.arms;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Runs packages of PyPI in a Python process, which lives as long as this object and takes a turn
/// when it is told to. Its own clock measures the turns. See `arms.py`.
public final class Python implements AutoCloseable {
    private final Path directory;
    private final Process process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    /// Starts the process.
    ///
    /// @param interpreter a Python interpreter that has the packages
    /// @param threads the number of threads that vector-ta may use; 0 leaves that to it
    public Python(Path interpreter, int threads) {
        try (InputStream script =
                Objects.requireNonNull(Python.class.getResourceAsStream("arms.py"))) {
            directory = Files.createTempDirectory("trendflex-benchmarks");
            String source = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            ProcessBuilder builder =
                    new ProcessBuilder(interpreter.toString(), "-c", source)
                            .redirectError(ProcessBuilder.Redirect.INHERIT);
            if (threads > 0) {
                builder.environment().put("RAYON_NUM_THREADS", Integer.toString(threads));
            }
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        commands = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        answers = process.inputReader(StandardCharsets.UTF_8);
    }

    /// Returns the versions of Python, vector-ta and Wickra.
    public List<String> versions() {
        return List.of(ask("versions").split(" "));
    }

    public List<Arm> single(Data data) {
        return List.of(
                arm(data, "vector-ta, Python", "vector-ta-single", Agreement.CLOSE),
                arm(data, "Wickra, Python", "wickra-single", Agreement.WICKRA));
    }

    public Arm batch(Data data) {
        return arm(data, "vector-ta, Python", "vector-ta-batch", Agreement.CLOSE);
    }

    public List<Arm> stream(Data data) {
        return List.of(
                arm(data, "vector-ta, Python", "vector-ta-stream", Agreement.CLOSE),
                arm(data, "Wickra, Python", "wickra-stream", Agreement.WICKRA));
    }

    private Arm arm(Data data, String name, String arm, Agreement agreement) {
        Work work = data.work;
        Path prices = directory.resolve("prices");
        Path out = directory.resolve("outputs");
        write(data, prices);
        ask("prices", prices, work.bars());
        return new Arm(
                name,
                agreement,
                calls ->
                        Long.parseLong(
                                ask("time", arm, work.firstPeriod(), work.lastPeriod(), calls)),
                (row, into) -> {
                    if (row == 0) {
                        ask("outputs", arm, work.firstPeriod(), work.lastPeriod(), out);
                    }
                    read(out, row, into);
                });
    }

    private String ask(Object... words) {
        commands.println(String.join("\t", Arrays.stream(words).map(Object::toString).toList()));
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IllegalStateException("Python has ended: see its message above");
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Data data, Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(0);
            channel.write(data.prices.asByteBuffer());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void read(Path file, int row, double[] into) {
        try (FileChannel channel = FileChannel.open(file);
                Arena arena = Arena.ofConfined()) {
            Outputs.rows(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena))
                    .copy(row, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the process.
    @Override
    public void close() throws IOException {
        commands.close();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(directory.resolve("prices"));
        Files.deleteIfExists(directory.resolve("outputs"));
        Files.delete(directory);
    }
}
