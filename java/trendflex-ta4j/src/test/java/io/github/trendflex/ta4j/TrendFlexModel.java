package io.github.trendflex.ta4j;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What the indicator promises, in few words and slow: a whole computation for each read.
final class TrendFlexModel {
    private final int period;

    /// The prices of closed bars as of the last read, from the bar at `start` on.
    private final List<Double> closed = new ArrayList<>();

    private int start;

    TrendFlexModel(int period) {
        this.period = period;
    }

    /// The output of a bar of a series that has the bars from `first` on with these prices.
    double read(int index, int first, double[] prices) {
        if (first < start || first > start + closed.size()) {
            clear(first);
        }
        closed.subList(first - start, closed.size()).clear();
        for (double price : prices) {
            closed.add(price);
        }
        double[] all = closed.stream().mapToDouble(Double::doubleValue).toArray();
        closed.removeLast();
        return compute(period, all)[Math.max(index, first) - start];
    }

    void clear(int first) {
        closed.clear();
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
