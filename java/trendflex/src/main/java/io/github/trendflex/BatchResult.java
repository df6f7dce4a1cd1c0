package io.github.trendflex;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;
import java.util.Objects;

/// Holds the result of a batch: a matrix of doubles with a row for each period and a column for
/// each price, row by row in one segment.
///
/// Segments that this class returns are views of that segment and live as long as it does. Several
/// threads may read at once if its arena allows it.
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
        return periods.toArray();
    }

    /// {@return all values: the one of row `r` and column `c` has the index `r * columns() + c`}
    public MemorySegment values() {
        return values;
    }

    /// {@return one value}
    ///
    /// @param row from 0 to `rows() - 1`: not a period
    /// @param column from 0 to `columns() - 1`: the index of the price
    /// @throws IndexOutOfBoundsException if there is no such row or column
    public double get(long row, long column) {
        long index =
                Objects.checkIndex(row, rows()) * columns + Objects.checkIndex(column, columns);
        return values.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
    }

    /// {@return the `columns()` values of a row, a view}
    ///
    /// @param row from 0 to `rows() - 1`: not a period
    /// @throws IndexOutOfBoundsException if there is no such row
    public MemorySegment rowAt(long row) {
        long bytes = columns * Double.BYTES;
        return values.asSlice(Objects.checkIndex(row, rows()) * bytes, bytes);
    }

    /// {@return the `columns()` values of a period, a view: the first of its rows if there are
    /// several}
    ///
    /// @param period one of [#periods()]
    /// @throws NoSuchElementException if the batch has no row for the period
    public MemorySegment rowForPeriod(int period) {
        long row = periods.rowOf(period);
        if (row < 0) {
            throw new NoSuchElementException("period = " + period + ": it is not in " + periods);
        }
        return rowAt(row);
    }

    /// {@return the `columns()` values of a row, copied into a new array}
    ///
    /// @param row from 0 to `rows() - 1`: not a period
    /// @throws IndexOutOfBoundsException if there is no such row
    /// @throws IllegalStateException if the row is too long for an array
    public double[] arrayAt(long row) {
        return rowAt(row).toArray(ValueLayout.JAVA_DOUBLE);
    }

    /// {@return the `columns()` values of a period, copied into a new array: the first of its rows
    /// if there are several}
    ///
    /// @param period one of [#periods()]
    /// @throws NoSuchElementException if the batch has no row for the period
    /// @throws IllegalStateException if the row is too long for an array
    public double[] arrayForPeriod(int period) {
        return rowForPeriod(period).toArray(ValueLayout.JAVA_DOUBLE);
    }

    /// Shows the shape and the periods.
    @Override
    public String toString() {
        return "BatchResult[rows=%s, columns=%s, periods=%s]".formatted(rows(), columns, periods);
    }
}
