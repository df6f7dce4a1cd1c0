package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Takes the rows of a batch one after the other.
@FunctionalInterface
public interface RowConsumer {
    /// Is called for each period, in the order of the periods, on the thread that called the batch.
    ///
    /// An exception ends the batch, and the call of the batch throws it.
    ///
    /// @param period the period of the row
    /// @param row an output for each price, in memory outside the heap that may be written to. Only
    ///   this thread may use it, and only during this call: later the memory holds other rows.
    void accept(int period, MemorySegment row);
}
