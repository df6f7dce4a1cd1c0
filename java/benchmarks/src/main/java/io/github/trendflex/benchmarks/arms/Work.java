package io.github.trendflex.benchmarks.arms;

/// Is a work that several arms do: TrendFlex of each of the series at each of the periods.
///
/// @param name what the report calls it
/// @param series the number of series, or of symbols of a bank
/// @param bars the number of prices of each
/// @param firstPeriod the first period
/// @param lastPeriod the last period, included
/// @param threads the number of threads that may do it
public record Work(
        String name, int series, int bars, int firstPeriod, int lastPeriod, int threads) {
    static final int PERIOD = 20;

    /// Returns a work of one series, one period and one thread.
    public static Work of(String name, int bars) {
        return of(name, 1, bars, 1);
    }

    /// Returns a work of several series at one period.
    public static Work of(String name, int series, int bars, int threads) {
        return new Work(name, series, bars, PERIOD, PERIOD, threads);
    }

    public int periods() {
        return lastPeriod - firstPeriod + 1;
    }

    /// Returns the number of series or periods.
    public int rows() {
        return series * periods();
    }

    public long outputs() {
        return (long) rows() * bars;
    }
}
