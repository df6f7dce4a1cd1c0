/// How the smoother's period follows from the indicator's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Definition {
    /// `round(period / 2)`, halves away from zero: the crate `vector-ta`.
    #[default]
    VectorTa,
    /// `period / 2`: Ehlers' published code. Differs from `VectorTa` at odd periods.
    Ehlers,
}

/// What a missing value (NaN, infinite, or of magnitude above 2<sup>500</sup>) does at or after
/// the first price. Before it, missing values are skipped under every policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum NanPolicy {
    /// Every output from there on is NaN.
    #[default]
    Propagate,
    /// Its output is NaN and nothing else changes.
    Skip,
    /// The call fails with [`Error::MissingPrice`](crate::Error::MissingPrice). Whole series only.
    Reject,
}
