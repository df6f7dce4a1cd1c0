package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.format.CsvStyle;
import io.github.trendflex.cli.input.SampleBars;
import io.github.trendflex.cli.output.CsvOutput;
import io.github.trendflex.cli.output.NpyOutput;
import io.github.trendflex.cli.output.Output;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `trendflex sample`: the built-in sample as a file.
@Command(
        name = "sample",
        sortOptions = false,
        header = "Writes the built-in sample, which other commands take with --sample.",
        description =
                "Made-up bars of the weekdays of ten years, the same everywhere: time, open, high, low, close "
                        + "and volume.")
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class SampleCommand implements Runnable {
    private final StandardStreams streams;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            defaultValue = "-",
            description =
                    "The sample's file, .csv or .csv.gz, or - for standard output, which is the default. It "
                            + "appears when it is complete.")
    private Path out;

    SampleCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        switch (Output.of(out, streams)) {
            case CsvOutput csv ->
                    csv.write(CsvStyle.USUAL, records -> SampleBars.records().forEach(records));
            case NpyOutput _ ->
                    throw CommandException.usage(
                            out + ": the sample is CSV: its name must end in .csv or .csv.gz");
        }
    }
}
