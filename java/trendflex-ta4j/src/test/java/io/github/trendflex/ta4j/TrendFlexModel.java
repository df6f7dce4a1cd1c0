package io.github.trendflex.ta4j;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Does what the indicator promises in little and slow code: a whole computation for each read.
final class TrendFlexModel {
    private final int period;

    /// The prices as of the last read, beginning with that of the bar at `start`. The last one is
    /// that of the forming bar if it was ever read.
    private final List<Double> seen = new ArrayList<>();

    private int start;

    TrendFlexModel(int period) {
        this.period = period;
    }

    /// Returns the output of a bar of a series that has the bars from `first` on with these prices.
    double read(int index, int first, double[] prices, boolean limited) {
        if (first < start || first > start + seen.size()) {
            clear(first);
        }
        int bar = Math.max(index, first);
        int last = first + prices.length - 1;
        List<Double> forming =
                List.copyOf(seen.subList(Math.min(last - start, seen.size()), seen.size()));
        seen.subList(first - start, seen.size()).clear();
        for (double price : prices) {
            seen.add(price);
        }
        double[] all = seen.stream().mapToDouble(Double::doubleValue).toArray();
        if (bar < last && !limited) {
            seen.removeLast();
            seen.addAll(forming);
        }
        return compute(period, all)[bar - start];
    }

    void clear(int first) {
        seen.clear();
        start = first;
    }

    static double[] compute(int period, double[] prices) {
        long count = Arrays.stream(prices).filter(price -> !Double.isNaN(price)).count();
        if (count > period) {
            return TrendFlex.of(period).withNanPolicy(NanPolicy.SKIP).compute(prices);
        }
        double[] outputs = new double[prices.length];
        Arrays.fill(outputs, Double.NaN);
        return outputs;
    }
}
