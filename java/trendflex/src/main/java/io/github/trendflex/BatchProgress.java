package io.github.trendflex;

/// Receives the progress of a batch, and can end it.
@FunctionalInterface
public interface BatchProgress {
    /// Is called now and then on the thread that called the batch: after each 8 MB of results, or
    /// after a row for each thread if that is more. In the last call `done` is `total`.
    ///
    /// An exception ends the batch, and the call of the batch throws it.
    ///
    /// @param done the number of rows that are computed, which are the first ones
    /// @param total the number of rows of the batch
    /// @return whether to go on
    boolean continueAfter(long done, long total);
}
