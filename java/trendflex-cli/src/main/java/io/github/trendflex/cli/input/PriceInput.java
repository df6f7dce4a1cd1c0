package io.github.trendflex.cli.input;

import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.cli.format.CsvStyle;
import io.github.trendflex.cli.format.FileFormat;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.Progress;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Prices that have been read: one series, or several end to end.
public sealed interface PriceInput permits CsvInput, NpyInput {
    /// Stands for the built-in sample where a file could be named.
    Path SAMPLE = Path.of("--sample");

    /// The name of prices that have none.
    String UNNAMED = "price";

    /// Reads the prices of files, of [standard input][StandardStreams#PIPE] or of the
    /// [sample][#SAMPLE], and shows how far this is. The prices live as long as the arena.
    static List<PriceInput> open(
            List<Path> files, CsvColumns columns, StandardStreams streams, Arena arena) {
        long bytes =
                files.stream()
                        .filter(Files::isRegularFile)
                        .filter(file -> !isReadInParts(file))
                        .mapToLong(file -> file.toFile().length())
                        .sum();
        try (Progress progress = Progress.reading(bytes, streams)) {
            return files.stream()
                    .map(file -> open(file, columns, streams.in(), arena, progress))
                    .toList();
        }
    }

    private static PriceInput open(
            Path in,
            CsvColumns columns,
            InputStream standardInput,
            Arena arena,
            Progress progress) {
        if (in.equals(StandardStreams.PIPE)) {
            CsvTable pipe = CsvTable.of("standard input", standardInput, columns, progress);
            return CsvInput.open(pipe, columns, arena, progress);
        }
        if (in.equals(SAMPLE)) {
            InputStream text =
                    new ByteArrayInputStream(SampleBars.csv().getBytes(StandardCharsets.US_ASCII));
            CsvTable sample = CsvTable.of(SampleBars.NAME, text, columns, progress);
            return CsvInput.open(sample, columns, arena, progress);
        }
        FileFormat format = FileFormat.of(in);
        if (Files.notExists(in)) {
            throw CommandException.data(
                    in.toString(),
                    "no such file or directory; to try without a file, say --sample");
        }
        return switch (format) {
            case CSV, ZIP ->
                    CsvInput.open(CsvTable.of(in, columns, progress), columns, arena, progress);
            case PARQUET ->
                    CsvInput.open(CsvTable.ofParquet(in, columns), columns, arena, progress);
            case NPY -> {
                if (!columns.areUsual()) {
                    throw CommandException.usage(
                            in
                                    + ": --column, --column-index, --no-header, --by and --time are for CSV");
                }
                if (!columns.hints().equals(CsvHints.NONE)) {
                    throw CommandException.usage(
                            in
                                    + ": --separator, --decimal, --missing, --skip-lines and --time-format are for CSV");
                }
                yield NpyInput.open(in, arena);
            }
        };
    }

    /// Whether how far a file has been read cannot be told in bytes.
    private static boolean isReadInParts(Path file) {
        FileFormat format = FileFormat.find(file);
        return format == FileFormat.NPY || format == FileFormat.PARQUET;
    }

    /// Names the input in messages.
    String name();

    /// How a CSV result is written.
    default CsvStyle style() {
        return CsvStyle.USUAL;
    }

    /// Names the prices of the first column.
    String priceName();

    /// Names in messages the prices of a single series as a whole.
    default String allPrices() {
        return name();
    }

    /// Says for messages where in the input one of the prices stands.
    default String where(long price) {
        return "index " + price;
    }

    /// One of the prices as messages quote it.
    default String text(long price) {
        return Double.toString(prices().getAtIndex(ValueLayout.JAVA_DOUBLE, price));
    }

    /// The library refused the options, or the prices of one of the series.
    ///
    /// @param first where the prices of that series begin among those of the input
    default CommandException refused(long first, TrendFlexException cause) {
        if (cause.reason() != Refusal.MISSING_PRICE) {
            return CommandException.refused(allPrices(), cause);
        }
        long price = first + cause.index().orElseThrow();
        String message =
                "%s: the price %s is missing: empty, NaN, infinite, or above 2^500 in magnitude"
                        .formatted(where(price), text(price));
        return CommandException.data(name(), message, cause);
    }

    /// Fails if there are several symbols, or not the one that was asked for.
    default void requireOneSeries() {}

    /// The prices, off the heap, in the arena that the input was opened with.
    MemorySegment prices();

    /// The number of prices.
    default long length() {
        return prices().byteSize() / Double.BYTES;
    }

    /// Which of the prices are which series.
    default SeriesList series() {
        return SeriesList.single(length());
    }

    /// The times of the prices, in nanoseconds since 1970, or null where not all are known.
    default long @Nullable [] times() {
        return null;
    }

    /// What is in the place of times and states none.
    default UnknownTimes unknownTimes() {
        return new UnknownTimes(Places.UNNAMED);
    }

    /// Fails if [copying][#copyWith] all columns would give two of them the same name.
    ///
    /// @param added the names of the columns to add for each that has prices
    default void requireNew(List<String> added) {}

    /// Gives the input's own columns and those that are added for each that has prices, record by
    /// record: first the columns' names, then the rows.
    ///
    /// @param kept which columns of its own
    /// @param added the names of the columns to add
    /// @param values the values of each, one for each price
    void copyWith(
            Kept kept,
            List<String> added,
            List<MemorySegment> values,
            Consumer<Iterable<String>> records);

    /// Which of an input's own columns are in a result.
    enum Kept {
        ALL,
        /// The column of the times, if there is one.
        TIME
    }
}
