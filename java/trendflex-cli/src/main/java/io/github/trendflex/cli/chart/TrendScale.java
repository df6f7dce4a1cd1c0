package io.github.trendflex.cli.chart;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// How far from zero the vertical axis of TrendFlex has to reach. The first values after the
/// warm-up do not count: a value is divided by the root of a mean square that begins with the first
/// one alone, which makes them up to five times as large as later ones, whatever the prices do.
final class TrendScale {
    /// After how many values the mean square holds nearly nine tenths of what it is to hold.
    private static final int SETTLING = 50;

    private final BarAxis axis;
    private double reach = 1;

    TrendScale(BarAxis axis) {
        this.axis = axis;
    }

    /// Makes room for the values of a period. Of few values, the second half counts.
    ///
    /// @param values a value for each bar of the series, also those that are not on the axis
    void add(MemorySegment values) {
        int first = 0;
        while (first < axis.to() && Double.isNaN(at(values, first))) {
            first++;
        }
        int begin = Math.max(first, axis.from());
        int settled = Math.min(first + SETTLING, begin + (axis.to() - begin) / 2);
        for (int bar = Math.max(begin, settled); bar < axis.to(); bar++) {
            double size = Math.abs(at(values, bar));
            reach = size > reach ? size : reach; // NaN is larger than nothing
        }
    }

    /// The greatest magnitude of those values, but at least 1.
    double reach() {
        return reach;
    }

    private static double at(MemorySegment values, int bar) {
        return values.getAtIndex(ValueLayout.JAVA_DOUBLE, bar);
    }
}
