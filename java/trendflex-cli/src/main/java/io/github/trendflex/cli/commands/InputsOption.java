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

/// Where the prices of a command over any number of series come from.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class InputsOption {
    @Parameters(
            paramLabel = "IN",
            arity = "0..*",
            description =
                    "The prices: .csv, .tsv and .txt files, which may be in a .gz or .zip, .parquet files, .npy files of doubles in one dimension, or - for CSV on "
                            + "standard input. In CSV an empty field, NaN or another usual word is a missing price.")
    private List<Path> in = List.of();

    @Mixin private SampleOption sample;

    @Option(
            names = "--column",
            paramLabel = "NAME",
            description =
                    "A CSV column with prices; may be said several times. Default: close, or the only one.")
    private List<String> columnNames = List.of();

    @Option(
            names = "--column-index",
            paramLabel = "N",
            description = "The same by its place, which counts from 0.")
    private List<Integer> columnIndexes = List.of();

    @Option(
            names = "--by",
            paramLabel = "NAME",
            description =
                    "The CSV column that says which series a row belongs to, such as a symbol. The rows of a series "
                            + "need not stand together.")
    private @Nullable String by;

    @Mixin private CsvOptions csv;

    /// The files, of which there is one at least.
    List<Path> files() {
        return sample.orSample(in);
    }

    /// Reads the prices, which live as long as the arena.
    List<PriceInput> open(StandardStreams streams, Arena arena) {
        CsvColumns columns = csv.columns(columnNames, columnIndexes, by, null);
        return PriceInput.open(files(), columns, streams, arena);
    }
}
