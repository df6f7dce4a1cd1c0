package io.github.trendflex.cli;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trendflex stream`: a price comes in, and its value goes out before the next price is read.
@Command(
        name = "stream",
        sortOptions = false,
        header = "Computes the TrendFlex of prices as they come.",
        description =
                "Reads a price a line from standard input and writes its value to standard output at once, as a "
                        + "line that is empty where there is none. An empty line or NaN is a missing price.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class StreamCommand implements Runnable {
    private static final String INPUT = "standard input";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final StandardStreams streams;

    @Option(
            names = "--sample",
            description =
                    "Takes the closes of the built-in sample in place of standard input: made-up bars, which the "
                            + "command sample writes.")
    private boolean sample;

    @Mixin private PeriodOption period;

    @Mixin private DefinitionOption definition;

    @Option(
            names = "--nan-policy",
            paramLabel = "P",
            defaultValue = "skip",
            converter = Choice.OfNanPolicy.class,
            description =
                    "What a missing price after the first price does: propagate or skip. "
                            + "Default: ${DEFAULT-VALUE}.")
    private NanPolicy nanPolicy;

    StreamCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        TrendFlexStream stream = stream();
        BufferedReader lines =
                new BufferedReader(
                        sample
                                ? new StringReader(SampleBars.closes())
                                : new InputStreamReader(streams.in(), StandardCharsets.UTF_8));
        String line = read(lines);
        if (line != null && line.startsWith(BYTE_ORDER_MARK)) {
            line = line.substring(BYTE_ORDER_MARK.length());
        }
        for (long number = 1; line != null; number++) {
            write(stream.update(price(line, number)));
            line = read(lines);
        }
    }

    private TrendFlexStream stream() {
        try {
            return TrendFlex.of(period.value)
                    .withDefinition(definition.value)
                    .withNanPolicy(nanPolicy)
                    .stream();
        } catch (TrendFlexException e) {
            throw CommandException.refused(INPUT, e);
        }
    }

    private static @Nullable String read(BufferedReader lines) {
        try {
            return lines.readLine();
        } catch (IOException e) {
            throw CommandException.io(INPUT, e);
        }
    }

    private static double price(String line, long number) {
        try {
            return PriceText.parse(line);
        } catch (NumberFormatException e) {
            throw CommandException.data(INPUT, "line %d: %s".formatted(number, e.getMessage()));
        }
    }

    private void write(double value) {
        try {
            streams.out().write((PriceText.of(value) + "\n").getBytes(StandardCharsets.US_ASCII));
            streams.out().flush();
        } catch (IOException e) {
            throw CommandException.standardOutput(e);
        }
    }
}
