package io.github.trendflex;

/// Hears how far a batch is, and can end it.
@FunctionalInterface
public interface BatchProgress {
    /// Called on the thread that computes the batch, now and then: after each 8 MB of results or,
    /// if that is more, each row for every thread. The last time it is called, `done` is `total`.
    ///
    /// An exception ends the batch and comes out of the call that computes it.
    ///
    /// @param done the rows that are computed: the first ones
    /// @param total the rows of the batch
    /// @return whether to go on
    boolean continueAfter(long done, long total);
}
