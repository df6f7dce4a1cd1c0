package io.github.trendflex;

import io.github.trendflex.internal.Periods;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;
import java.util.Objects;

/// The result of a batch: a matrix of doubles with a row for each period and a column for each
/// price, row by row in one segment.
///
/// Segments that this class gives are views of that one and live as long as it does. Reading from
/// several threads at once is safe if its arena allows it.
public final class BatchResult {
    private final Periods periods;
    private final long columns;
    private final MemorySegment values;

    BatchResult(Periods periods, long columns, MemorySegment values) {
        this.periods = periods;
        this.columns = columns;
        this.values = values;
    }

    /// {@return the number of periods}
    public long rows() {
        return periods.rows();
    }

    /// {@return the number of prices}
    public long columns() {
        return columns;
    }

    /// {@return the period of each row, in a new array}
    public int[] periods() {
        int[] result = new int[Math.toIntExact(rows())];
        for (int row = 0; row < result.length; row++) {
            result[row] = periods.periodAt(row);
        }
        return result;
    }

    /// {@return all values: that of row `r` and column `c` has the index `r * columns() + c`}
    public MemorySegment values() {
        return values;
    }

    /// {@return the `columns()` values of a row}
    ///
    /// @param row from 0 to `rows() - 1`
    /// @throws IndexOutOfBoundsException if there is no such row
    public MemorySegment row(long row) {
        long bytes = columns * Double.BYTES;
        return values.asSlice(Objects.checkIndex(row, rows()) * bytes, bytes);
    }

    /// {@return the `columns()` values of a period, the first of its rows if there are several}
    ///
    /// @throws NoSuchElementException if the batch has no row for the period
    public MemorySegment rowForPeriod(int period) {
        long row = periods.rowOf(period);
        if (row < 0) {
            throw new NoSuchElementException("period = " + period + ": it is not in " + periods);
        }
        return row(row);
    }

    /// {@return the `columns()` values of a row, copied into a new array}
    ///
    /// @param row from 0 to `rows() - 1`
    /// @throws IndexOutOfBoundsException if there is no such row
    /// @throws IllegalStateException if the row is too long for an array
    public double[] rowToArray(long row) {
        return row(row).toArray(ValueLayout.JAVA_DOUBLE);
    }

    /// The shape and the periods.
    @Override
    public String toString() {
        return "BatchResult[rows=%s, columns=%s, periods=%s]".formatted(rows(), columns, periods);
    }
}
