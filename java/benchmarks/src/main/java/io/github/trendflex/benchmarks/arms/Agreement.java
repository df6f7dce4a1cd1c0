package io.github.trendflex.benchmarks.arms;

/// Says which numbers an arm has to write before it is timed.
public enum Agreement {
    /// Our numbers, bit for bit.
    BITS,
    /// Our numbers within 1e-9.
    CLOSE,
    /// The numbers of Wickra within 1e-9: it takes the square root of two where the others take
    /// 1.414.
    WICKRA,
    /// No numbers: a floor computes something else.
    NONE
}
