package io.github.trendflex.cli.input;

import io.github.trendflex.cli.terminal.CommandException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Which columns of a CSV file hold what.
///
/// @param prices the columns with prices, at least one
/// @param by the column that says which series a row belongs to, or null if it is one
/// @param symbol the value of that column in the rows that are read, or null for all rows
/// @param time the column that the rows of a series are ordered by, or null for the file's order
/// @param header whether the first line holds the columns' names
/// @param hints what is said about the way in which the text is written
public record CsvColumns(
        List<CsvColumn> prices,
        @Nullable CsvColumn by,
        @Nullable String symbol,
        @Nullable CsvColumn time,
        boolean header,
        CsvHints hints) {
    private static final Set<String> USUAL_TIMES = Set.of("time", "date", "datetime", "timestamp");
    private static final Set<String> USUAL_SYMBOLS = Set.of("symbol", "ticker");

    /// The index of the first column with a usual name for times or, where columns have no names,
    /// of the only one with a date in the first row; -1 if there is none.
    public int usualTime(List<String> first) {
        if (header) {
            return indexOf(USUAL_TIMES, first);
        }
        int[] dates =
                IntStream.range(0, first.size())
                        .filter(i -> TimeColumn.isDate(first.get(i)))
                        .toArray();
        return dates.length == 1 ? dates[0] : -1;
    }

    /// The index of the first column with a usual name for symbols, or -1 if there is none or if it
    /// has prices.
    public int usualSymbol(List<String> first, List<Integer> prices) {
        int found = header ? indexOf(USUAL_SYMBOLS, first) : -1;
        return prices.contains(found) ? -1 : found;
    }

    private static int indexOf(Set<String> usual, List<String> names) {
        return IntStream.range(0, names.size())
                .filter(i -> usual.contains(CsvColumn.bare(names.get(i))))
                .findFirst()
                .orElse(-1);
    }

    /// Whether the columns that are asked for are in the file of the given name and first line.
    boolean areIn(String file, List<String> first) {
        try {
            placesOfPrices(file, first);
            Stream.of(by, time)
                    .filter(Objects::nonNull)
                    .forEach(column -> column.find(file, first, header));
            return true;
        } catch (CommandException _) {
            return false;
        }
    }

    /// The indexes of the columns with prices.
    List<Integer> placesOfPrices(String file, List<String> first) {
        return prices.stream().map(column -> column.find(file, first, header)).toList();
    }

    /// Whether nothing is said that a file without columns could not satisfy.
    public boolean areUsual() {
        return prices.equals(List.of(CsvColumn.USUAL_PRICES))
                && by == null
                && time == null
                && header;
    }

    /// Whether the file holds several series, none of which has to be long enough.
    boolean areMany() {
        return by != null || prices.size() > 1;
    }
}
