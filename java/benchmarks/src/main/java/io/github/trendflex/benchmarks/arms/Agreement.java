package io.github.trendflex.benchmarks.arms;

/// Which numbers an arm has to write before it is timed.
public enum Agreement {
    /// Ours, bit for bit.
    BITS,
    /// Ours within 1e-9.
    CLOSE,
    /// Within 1e-9 those of Wickra, which takes the square root of two where the others take 1.414.
    WICKRA,
    /// None: a floor computes something else.
    NONE
}
