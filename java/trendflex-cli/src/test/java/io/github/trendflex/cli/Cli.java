package io.github.trendflex.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// Runs the program in this process.
final class Cli {
    private Cli() {}

    /// What a run ended in.
    record Result(int exitCode, String out, String err) {
        static final Result SILENT_SUCCESS = new Result(0, "", "");
    }

    static Result run(String... arguments) {
        return runWithInput("", arguments);
    }

    static Result runWithInput(String input, String... arguments) {
        return runWithInput(input.getBytes(StandardCharsets.UTF_8), arguments);
    }

    static Result runWithInput(byte[] input, String... arguments) {
        return run(input, false, arguments);
    }

    static Result runAtTerminal(String... arguments) {
        return run(new byte[0], true, arguments);
    }

    private static Result run(byte[] input, boolean terminal, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        StandardStreams streams =
                new StandardStreams(
                        new ByteArrayInputStream(input),
                        out,
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        () -> terminal);
        int exitCode = Main.run(streams, arguments);
        return new Result(
                exitCode,
                out.toString(StandardCharsets.UTF_8),
                err.toString(StandardCharsets.UTF_8));
    }
}
