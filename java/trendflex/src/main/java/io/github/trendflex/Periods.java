package io.github.trendflex;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/// Holds the periods of a batch, one for each row.
sealed interface Periods {
    long rows();

    int periodAt(long row);

    /// Returns the period of each row.
    default int[] toArray() {
        int[] result = new int[Math.toIntExact(rows())];
        Arrays.setAll(result, this::periodAt);
        return result;
    }

    /// Returns the first row of a period, or -1 if there is none.
    long rowOf(int period);

    int largest();

    /// Returns some of the rows, at least one.
    Periods rows(long from, long count);

    /// Holds the periods of a range.
    record Range(PeriodRange range) implements Periods {
        @Override
        public long rows() {
            return range.rows();
        }

        @Override
        public int periodAt(long row) {
            return range.periodAt(row);
        }

        @Override
        public long rowOf(int period) {
            long distance =
                    range.start() <= range.end()
                            ? (long) period - range.start()
                            : (long) range.start() - period;
            long row = distance / range.step();
            return row >= 0 && row < rows() && periodAt(row) == period ? row : -1;
        }

        @Override
        public int largest() {
            return Math.max(range.start(), periodAt(rows() - 1));
        }

        @Override
        public Periods rows(long from, long count) {
            return new Range(
                    new PeriodRange(periodAt(from), periodAt(from + count - 1), range.step()));
        }

        @Override
        public String toString() {
            return range.toString();
        }
    }

    /// Holds periods one by one.
    record Listed(List<Integer> periods) implements Periods {
        /// The most periods that are shown one by one.
        private static final int SHOWN = 8;

        @Override
        public long rows() {
            return periods.size();
        }

        @Override
        public int periodAt(long row) {
            return periods.get(Math.toIntExact(row));
        }

        @Override
        public long rowOf(int period) {
            return periods.indexOf(period);
        }

        @Override
        public int largest() {
            return Collections.max(periods);
        }

        @Override
        public Periods rows(long from, long count) {
            return new Listed(periods.subList((int) from, (int) (from + count)));
        }

        @Override
        public String toString() {
            int count = periods.size();
            return count <= SHOWN
                    ? periods.toString()
                    : "%s periods: %s, ... %s"
                            .formatted(
                                    count,
                                    periods.stream()
                                            .limit(SHOWN - 1)
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", ")),
                                    periods.getLast());
        }
    }
}
