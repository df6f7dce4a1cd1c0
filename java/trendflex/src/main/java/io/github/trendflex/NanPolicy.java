package io.github.trendflex;

/// Says what a missing value does at or after the first price.
///
/// A *price* is a value whose magnitude is at most 2<sup>500</sup>. Everything else is *missing*:
/// NaN, the infinities, and larger magnitudes, whose squares could overflow. Missing values before
/// the first price are skipped under every policy, and their outputs are NaN.
public enum NanPolicy {
    /// Every output from there on is NaN. This is the default of calls over a whole series.
    PROPAGATE,

    /// Its output is NaN and nothing else changes: the other outputs are those of the series
    /// without the missing values. This is the default of streams, where a gap in a feed must not
    /// silence the indicator for ever.
    SKIP,

    /// The call fails with [Refusal#MISSING_PRICE], which states the index of the first such value,
    /// and writes nothing. Only calls over a whole series take this policy: a stream cannot look
    /// ahead.
    REJECT
}
