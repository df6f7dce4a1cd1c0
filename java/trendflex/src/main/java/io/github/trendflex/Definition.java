package io.github.trendflex;

/// How the period of the smoother follows from the period of the indicator. The two differ at odd
/// periods only, by a few hundredths on average at short ones and less at long ones.
public enum Definition {
    /// `period / 2`, rounded to the nearest integer and halves upwards: what the Rust crate
    /// `vector-ta` computes. The default.
    VECTOR_TA,

    /// `period / 2`, halves kept: what Ehlers published.
    EHLERS
}
