package io.github.trendflex.cli;

import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;

/// A series of prices that has been read.
sealed interface PriceInput permits CsvInput, NpyInput {
    /// Names the input in messages.
    String name();

    /// The prices, off the heap, in the arena that the input was opened with.
    MemorySegment prices();

    /// The number of prices.
    default long length() {
        return prices().byteSize() / Double.BYTES;
    }

    /// Gives the input's own columns and one more, record by record: first the columns' names, if
    /// they have any, then the rows.
    ///
    /// @param added the name of the column to add
    /// @param values its values, one for each price
    void copyWith(String added, MemorySegment values, Consumer<Iterable<String>> records);
}
