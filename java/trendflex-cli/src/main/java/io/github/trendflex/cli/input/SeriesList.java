package io.github.trendflex.cli.input;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.stream.LongStream;

/// How the prices of a file are series, which lie end to end: those of the first column with
/// prices, then those of the next one.
///
/// @param columns how many columns have prices
/// @param order the order of the rows in each of them
/// @param many whether these are many series, none of which has to be long enough
public record SeriesList(int columns, RowOrder order, boolean many) {
    static SeriesList single(long length) {
        return new SeriesList(1, RowOrder.asInFile(length), false);
    }

    /// The number of rows in the file.
    public long rows() {
        return order.rows();
    }

    /// Where each series ends among the prices.
    public LongStream ends() {
        return LongStream.range(0, columns)
                .flatMap(column ->
                        LongStream.of(order.offsets()).skip(1).map(end -> column * rows() + end));
    }

    /// Where the price lies that a row has in a column.
    public long place(int column, long row) {
        return column * rows() + order.place(row);
    }

    /// The shape of an array of the values, as the file has them.
    public long[] shape() {
        return columns == 1 ? new long[] {rows()} : new long[] {columns, rows()};
    }

    /// The values, one for each price, in an array of that shape, which is their own memory where
    /// they are in the order of the file already.
    public MemorySegment inFileOrder(MemorySegment values, SegmentAllocator allocator) {
        if (order.isAsInFile()) {
            return values;
        }
        MemorySegment array = allocator.allocate(values.byteSize(), Double.BYTES);
        for (int column = 0; column < columns; column++) {
            for (long row = 0; row < rows(); row++) {
                array.setAtIndex(
                        ValueLayout.JAVA_DOUBLE,
                        column * rows() + row,
                        values.getAtIndex(ValueLayout.JAVA_DOUBLE, place(column, row)));
            }
        }
        return array;
    }
}
