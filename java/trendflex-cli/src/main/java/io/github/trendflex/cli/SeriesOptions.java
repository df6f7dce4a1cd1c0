package io.github.trendflex.cli;

import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What the commands over a whole series have in common: where the prices come from, how they are
/// computed with, and where the result goes.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SeriesOptions {
    private static final Path PIPE = Path.of("-");

    @Parameters(
            paramLabel = "IN",
            description =
                    "The prices: a .csv file, an .npy file of doubles in one dimension, or - for CSV on standard "
                            + "input. In CSV an empty field or NaN is a missing price.")
    private Path in;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            defaultValue = "-",
            description =
                    "The result: a .csv file, an .npy file, or - for CSV on standard output, which is the "
                            + "default. A file appears when it is complete.")
    private Path out;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description = "The CSV column with the prices. Default: close, or the only one.")
    private @Nullable String columnName;

    @Option(
            names = "--column-index",
            paramLabel = "N",
            description = "The same by its place, which counts from 0.")
    private @Nullable Integer columnIndex;

    @Option(names = "--no-header", description = "The first CSV line holds no names, but prices.")
    private boolean noHeader;

    @Mixin DefinitionOption definition;

    @Option(
            names = "--kernel",
            paramLabel = "K",
            defaultValue = "auto",
            converter = Choice.OfKernel.class,
            completionCandidates = Choice.OfKernel.class,
            description =
                    "The code that computes; all give the same bits: ${COMPLETION-CANDIDATES}. "
                            + "Default: ${DEFAULT-VALUE}.")
    Kernel kernel;

    @Option(
            names = "--nan-policy",
            paramLabel = "P",
            defaultValue = "propagate",
            converter = Choice.OfNanPolicy.class,
            completionCandidates = Choice.OfNanPolicy.class,
            description =
                    "What a missing price after the first price does: ${COMPLETION-CANDIDATES}. "
                            + "Default: ${DEFAULT-VALUE}.")
    NanPolicy nanPolicy;

    /// Reads the prices, which live as long as the arena.
    PriceInput open(StandardStreams streams, Arena arena) {
        if (!in.equals(PIPE) && Format.of(in) == Format.NPY) {
            if (columnName != null || columnIndex != null || noHeader) {
                throw CommandException.usage(
                        in + ": --column, --column-index and --no-header are for CSV");
            }
            return NpyInput.open(in, arena);
        }
        CsvColumn column = new CsvColumn(columnName, columnIndex, !noHeader);
        return in.equals(PIPE)
                ? CsvInput.open("standard input", streams.in(), column, arena)
                : CsvInput.open(in, column, arena);
    }

    Output output(StandardStreams streams) {
        return Output.of(out.equals(PIPE) ? null : out, streams);
    }
}
