package io.github.trendflex;

/// Says how the period of the smoother follows from the period of the indicator. The outputs of the
/// two definitions differ at odd periods only, by a few hundredths on average at short periods and
/// less at long ones.
public enum Definition {
    /// `period / 2`, rounded to the nearest integer and halves upwards: what the Rust crate
    /// `vector-ta` computes. This is the default.
    VECTOR_TA,

    /// `period / 2`, with halves kept: what Ehlers published.
    EHLERS
}
