package io.github.trendflex;

/// Says how series of one length lie in memory.
public enum SeriesLayout {
    /// One series after the other.
    SERIES_MAJOR,

    /// The values of all series for one time together, then those for the next.
    TIME_MAJOR
}
