package io.github.trendflex;

import java.util.Objects;

/// Holds the periods from `start` to `end` by `step`. The last one is `end` only if a step reaches
/// it: 20 to 25 by 2 is 20, 22, 24. The periods descend if `start` is above `end`: 80 to 20 by 5 is
/// 80, 75, ... 20.
///
/// @param start the first period, at least 1
/// @param end the bound of the last period, at least 1
/// @param step the distance between neighbours, at least 1
public record PeriodRange(int start, int end, int step) {
    /// 250 periods, 20 to 269 by 1: the default sweep of the Rust crate `vector-ta`. This library
    /// uses it only where a caller names it.
    public static final PeriodRange DEFAULT = new PeriodRange(20, 269, 1);

    /// Creates a range of periods.
    ///
    /// @throws TrendFlexException [INVALID_RANGE][Refusal#INVALID_RANGE] if `start`, `end` or
    ///   `step` is below 1
    public PeriodRange {
        Checks.range(start, end, step);
    }

    /// {@return a range of one period, for a batch of one row}
    ///
    /// @param period the period, at least 1
    /// @throws TrendFlexException [INVALID_RANGE][Refusal#INVALID_RANGE] if it is below 1
    public static PeriodRange single(int period) {
        return closed(period, period);
    }

    /// {@return every period from `start` to `end`, both included}
    ///
    /// @param start the first period, at least 1
    /// @param end the last period, at least 1
    /// @throws TrendFlexException [INVALID_RANGE][Refusal#INVALID_RANGE] if `start` or `end` is
    ///   below 1
    public static PeriodRange closed(int start, int end) {
        return new PeriodRange(start, end, 1);
    }

    /// {@return the periods from `start` to `end` by `step`}
    ///
    /// @param start the first period, at least 1
    /// @param end the bound of the last period, at least 1
    /// @param step the distance between neighbours, at least 1
    /// @throws TrendFlexException [INVALID_RANGE][Refusal#INVALID_RANGE] if `start`, `end` or
    ///   `step` is below 1
    public static PeriodRange closed(int start, int end, int step) {
        return new PeriodRange(start, end, step);
    }

    /// {@return the number of periods, which is the number of rows of a batch}
    public long rows() {
        return Math.abs((long) end - start) / step + 1;
    }

    /// {@return the period of a row}
    ///
    /// @param row from 0 to `rows() - 1`
    /// @throws IndexOutOfBoundsException if there is no such row
    public int periodAt(long row) {
        long distance = Objects.checkIndex(row, rows()) * step;
        return (int) (start <= end ? start + distance : start - distance);
    }
}
