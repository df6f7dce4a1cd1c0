package io.github.trendflex.cli;

import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Runs the program in this process.
public final class Cli {
    private Cli() {}

    /// What a run ended in.
    public record Result(int exitCode, String out, String err) {
        public static final Result SILENT_SUCCESS = new Result(0, "", "");
    }

    public static Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    public static Result runWithInput(String input, String... arguments) {
        return runWithInput(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    public static Result runWithInput(byte[] input, String... arguments) {
        return run(input, false, new ByteArrayOutputStream(), arguments);
    }

    /// Runs the program for a person at a terminal who wants to see at once that work gets on.
    public static Result runAtTerminal(String... arguments) {
        return run(new byte[0], true, new ByteArrayOutputStream(), arguments);
    }

    /// Runs the program where standard output cannot be written, for the given reason.
    public static Result runWithoutOutput(String reason, String... arguments) {
        OutputStream out =
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException(reason);
                    }

                    @Override
                    public String toString() {
                        return "";
                    }
                };
        return run(new byte[0], false, out, arguments);
    }

    private static Result run(
            byte[] input, boolean errIsTerminal, OutputStream out, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StandardStreams streams =
                new StandardStreams(
                        new ByteArrayInputStream(input),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        () -> errIsTerminal,
                        Duration.ZERO);
        int exitCode = Main.run(streams, arguments);
        return new Result(exitCode, out.toString(), err.toString(StandardCharsets.UTF_8));
    }
}
