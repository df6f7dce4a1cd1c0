package io.github.trendflex.benchmarks.report;

import io.github.trendflex.benchmarks.arms.Work;
import java.math.BigDecimal;
import java.math.MathContext;

/// Holds the time that one arm took for one work.
///
/// @param work the work's name
/// @param arm the arm's name
/// @param periods one period, or the first and the last
/// @param rounds the number of rounds in which it was measured
/// @param timesOurs the ratio to the first arm of the work, which is TrendFlex for Java
public record Result(
        String work,
        String arm,
        int series,
        int bars,
        String periods,
        int threads,
        int rounds,
        NsPerOutput nsPerOutput,
        TimesOurs timesOurs) {

    /// Holds nanoseconds an output.
    public record NsPerOutput(double min, double median, double max) {}

    /// @param median the median of the ratios of each round
    /// @param byMin the ratio of the shortest times of each
    public record TimesOurs(double median, double byMin) {}

    public static Result of(
            Work work, String arm, int rounds, NsPerOutput nsPerOutput, TimesOurs timesOurs) {
        return new Result(
                work.name(),
                arm,
                work.series(),
                work.bars(),
                periods(work.firstPeriod(), work.lastPeriod()),
                work.threads(),
                rounds,
                new NsPerOutput(
                        figure(nsPerOutput.min()),
                        figure(nsPerOutput.median()),
                        figure(nsPerOutput.max())),
                new TimesOurs(figure(timesOurs.median()), figure(timesOurs.byMin())));
    }

    static String periods(int first, int last) {
        return first == last ? Integer.toString(first) : first + ".." + last;
    }

    /// Rounds a figure to five digits, which are more than any figure is worth.
    static double figure(double value) {
        return new BigDecimal(value).round(new MathContext(5)).doubleValue();
    }

    boolean isOf(String name, int length, String range, int threadCount) {
        return work.equals(name)
                && bars == length
                && periods.equals(range)
                && threads == threadCount;
    }

    /// Returns how many outputs a call gives.
    private long outputs() {
        String[] ends = periods.split("\\.\\.");
        int rows = ends.length == 1 ? 1 : Integer.parseInt(ends[1]) - Integer.parseInt(ends[0]) + 1;
        return (long) series * bars * rows;
    }

    double millisACall() {
        return nsPerOutput.median * outputs() / 1e6;
    }

    /// Returns a line of a table.
    @Override
    public String toString() {
        return "%-34s ns an output %12.3f  (%.3f to %.3f)  times ours %9.3f  (by min %.3f)"
                .formatted(
                        arm,
                        nsPerOutput.median,
                        nsPerOutput.min,
                        nsPerOutput.max,
                        timesOurs.median,
                        timesOurs.byMin);
    }
}
