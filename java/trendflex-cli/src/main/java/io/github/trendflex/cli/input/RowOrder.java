package io.github.trendflex.cli.input;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The order in which the rows of a file are computed: one series after the other, and in each as
/// the rows stand in the file or, where they have times, by those.
final class RowOrder {
    private final long[] offsets;
    private final int @Nullable [] places;

    private RowOrder(long[] offsets, int @Nullable [] places) {
        this.offsets = offsets;
        this.places = places;
    }

    /// One series of rows as they stand in the file.
    static RowOrder asInFile(long rows) {
        return new RowOrder(new long[] {0, rows}, null);
    }

    /// Rows of any number of series.
    ///
    /// @param groups the series of each row, from 0
    /// @param groupCount how many series there are
    /// @param times the time of each row, or null for the order of the file
    static RowOrder of(int[] groups, int groupCount, long @Nullable [] times) {
        long[] offsets = new long[groupCount + 1];
        for (int group : groups) {
            offsets[group + 1]++;
        }
        Arrays.parallelPrefix(offsets, Long::sum);
        int[] rows = new int[groups.length];
        long[] next = offsets.clone();
        for (int row = 0; row < groups.length; row++) {
            rows[(int) next[groups[row]]++] = row;
        }
        if (times != null) {
            for (int group = 0; group < groupCount; group++) {
                sort(rows, (int) offsets[group], (int) offsets[group + 1], times);
            }
        }
        int[] places = new int[rows.length];
        for (int place = 0; place < rows.length; place++) {
            places[rows[place]] = place;
        }
        return new RowOrder(offsets, places);
    }

    /// Where the series begin, and the number of rows behind that.
    long[] offsets() {
        return offsets;
    }

    long rows() {
        return offsets[offsets.length - 1];
    }

    boolean isAsInFile() {
        return places == null;
    }

    /// Where a row stands in this order.
    long place(long row) {
        return places == null ? row : places[(int) row];
    }

    /// The row that stands at a place, found by looking through all: for messages.
    long row(long place) {
        return places == null
                ? place
                : IntStream.range(0, places.length)
                        .filter(row -> places[row] == place)
                        .findFirst()
                        .orElseThrow();
    }

    private static void sort(int[] rows, int from, int to, long[] times) {
        boolean sorted =
                IntStream.range(from + 1, to).allMatch(i -> times[rows[i - 1]] <= times[rows[i]]);
        if (!sorted) {
            int[] ordered =
                    Arrays.stream(rows, from, to)
                            .boxed()
                            .sorted(Comparator.comparingLong(row -> times[row]))
                            .mapToInt(Integer::intValue)
                            .toArray();
            System.arraycopy(ordered, 0, rows, from, ordered.length);
        }
        for (int i = from + 1; i < to; i++) {
            if (times[rows[i - 1]] == times[rows[i]]) {
                throw new SameTimeException(rows[i - 1], rows[i]);
            }
        }
    }

    /// Two rows of a series have the same time, so that their order is not known.
    static final class SameTimeException extends RuntimeException {
        private static final long serialVersionUID = 1;

        final int first;
        final int second;

        private SameTimeException(int first, int second) {
            this.first = first;
            this.second = second;
        }
    }
}
