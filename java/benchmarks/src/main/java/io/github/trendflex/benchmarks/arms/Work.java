package io.github.trendflex.benchmarks.arms;

/// A piece of work that several arms do: TrendFlex of each of the series at each of the periods.
///
/// @param name what the report calls it
/// @param series how many series, or symbols of a bank
/// @param bars prices of each
/// @param firstPeriod the first period
/// @param lastPeriod the last one, itself included
/// @param threads how many threads may do it
public record Work(
        String name, int series, int bars, int firstPeriod, int lastPeriod, int threads) {
    static final int PERIOD = 20;

    /// One series, one period and one thread.
    public static Work of(String name, int bars) {
        return of(name, 1, bars, 1);
    }

    /// Some series of one period.
    public static Work of(String name, int series, int bars, int threads) {
        return new Work(name, series, bars, PERIOD, PERIOD, threads);
    }

    public int periods() {
        return lastPeriod - firstPeriod + 1;
    }

    /// Series or periods.
    public int rows() {
        return series * periods();
    }

    public long outputs() {
        return (long) rows() * bars;
    }
}
