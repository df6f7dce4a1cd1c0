package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Takes the rows of a batch one after the other.
@FunctionalInterface
public interface RowConsumer {
    /// Called for each period, in the order of the periods, on the thread that computes the batch.
    ///
    /// An exception ends the batch and comes out of the call that computes it.
    ///
    /// @param period the period of the row
    /// @param row an output for each price, outside the heap and for this thread and this call
    ///   alone: its memory gets other rows later. It may be written to.
    void accept(int period, MemorySegment row);
}
