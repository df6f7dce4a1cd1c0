package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.input.CsvColumns;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Where the prices of a command over one series come from.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InputOption {
    @Parameters(
            paramLabel = "IN",
            arity = "0..1",
            description =
                    "The prices: a .csv, .tsv or .txt file, which may be in a .gz or .zip, a .parquet file, an .npy file of doubles in one dimension, or - for CSV on "
                            + "standard input. In CSV an empty field, NaN or another usual word is a missing price.")
    private @Nullable Path in;

    @Mixin private SampleOption sample;

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

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description =
                    "The CSV column that says which symbol a row belongs to, for a file of several symbols.")
    private @Nullable String by;

    @Option(
            names = "--symbol",
            paramLabel = "VALUE",
            description = "The symbol whose rows are the series. Default: the only one.")
    private @Nullable String symbol;

    @Mixin private CsvOptions csv;

    /// Reads the prices, which live as long as the arena.
    PriceInput open(StandardStreams streams, Arena arena) {
        CsvColumns columns =
                csv.columns(
                        columnName == null ? List.of() : List.of(columnName),
                        columnIndex == null ? List.of() : List.of(columnIndex),
                        by,
                        symbol);
        List<Path> files = sample.orSample(in == null ? List.of() : List.of(in));
        PriceInput input = PriceInput.open(files, columns, streams, arena).getFirst();
        input.requireOneSeries();
        return input;
    }
}
