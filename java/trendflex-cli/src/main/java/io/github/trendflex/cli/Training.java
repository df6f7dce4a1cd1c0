package io.github.trendflex.cli;

import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A training run for the ahead-of-time cache that `scripts/trendflex` lets the JVM make. It runs
/// the commands that are so short that the start of the JVM matters.
final class Training {
    private Training() {}

    public static void main(String[] args) {
        String prices =
                IntStream.range(0, 200)
                        .mapToObj(i -> 100 + i % 7 / 4.0 + "\n")
                        .collect(Collectors.joining());
        run(prices, "stream");
        run("close\n" + prices, "compute", "-");
        run("close\n" + prices, "batch", "-", "--periods", "5:8");
        Main.main(new String[] {"info"}); // ends the process as all commands do
    }

    private static void run(String input, String... command) {
        StandardStreams process = StandardStreams.ofProcess();
        int exitCode =
                Main.run(
                        new StandardStreams(
                                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                                OutputStream.nullOutputStream(),
                                process.err(),
                                process.errIsTerminal(),
                                process.patience()),
                        command);
        if (exitCode != 0) {
            throw new IllegalStateException(List.of(command) + " ended with " + exitCode);
        }
    }
}
