package io.github.trendflex.cli.chart;

import io.github.trendflex.cli.format.PriceText;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;

/// The points of a line over bars. Where there are many more bars than the picture has columns,
/// only points are kept without which the line would look different.
///
/// @param x where they stand on the axis
/// @param y their values, NaN for a gap
record ChartLine(List<Double> x, List<Double> y) {
    /// @param values a value for each bar of the series, also those that are not on the axis
    /// @param columns how many columns the picture has
    static ChartLine of(BarAxis axis, MemorySegment values, int columns) {
        ChartLine line = new ChartLine(new ArrayList<>(), new ArrayList<>());
        int width = Math.max(1, axis.bars() / columns);
        for (int from = axis.from(); from < axis.to(); from += width) {
            line.addExtremes(axis, values, from, Math.min(from + width, axis.to()));
        }
        return line;
    }

    /// The least value.
    double low() {
        return y.stream().filter(value -> !value.isNaN()).min(Double::compare).orElse(0.0);
    }

    /// The greatest value.
    double high() {
        return y.stream().filter(value -> !value.isNaN()).max(Double::compare).orElse(0.0);
    }

    /// Adds the least and the greatest of neighbouring values, and a gap if there is one.
    private void addExtremes(BarAxis axis, MemorySegment values, int from, int to) {
        int least = -1;
        int greatest = -1;
        int gap = -1;
        for (int bar = from; bar < to; bar++) {
            double value = at(values, bar);
            if (Double.isNaN(value)) {
                gap = bar;
            } else {
                least = least < 0 || value < at(values, least) ? bar : least;
                greatest = greatest < 0 || value > at(values, greatest) ? bar : greatest;
            }
        }
        for (int bar = from; bar < to; bar++) {
            if (bar == least || bar == greatest || bar == gap) {
                x.add(axis.position(bar));
                y.add(at(values, bar));
            }
        }
    }

    private static double at(MemorySegment values, int bar) {
        double value = values.getAtIndex(ValueLayout.JAVA_DOUBLE, bar);
        // With values beyond the largest price the scale of the vertical axis could overflow.
        return PriceText.isMissing(value) ? Double.NaN : value;
    }
}
