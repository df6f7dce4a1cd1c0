package io.github.trendflex.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Which columns of a CSV file hold what.
///
/// @param prices the columns with prices, at least one
/// @param by the column that says which series a row belongs to, or null if it is one
/// @param time the column that the rows of a series are ordered by, or null for the file's order
/// @param header whether the first line holds the columns' names
/// @param pictured whether the times are wanted, if need be from a column with a usual name for
///   them
record CsvColumns(
        List<CsvColumn> prices,
        @Nullable CsvColumn by,
        @Nullable CsvColumn time,
        boolean header,
        boolean pictured) {
    private static final Set<String> USUAL_TIMES = Set.of("time", "date", "datetime", "timestamp");

    /// The same columns for a picture, whose axis shows the times if there are any.
    CsvColumns forPicture() {
        return new CsvColumns(prices, by, time, header, true);
    }

    /// The index of the first column with a usual name for times, or -1 if a picture does not need
    /// or have it.
    int usualTime(List<String> first) {
        return IntStream.range(0, pictured && header ? first.size() : 0)
                .filter(i -> USUAL_TIMES.contains(first.get(i).strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(-1);
    }

    /// Whether nothing is said that a file without columns could not satisfy.
    boolean areUsual() {
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
