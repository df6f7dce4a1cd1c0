package io.github.trendflex.ta4j;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBar;
import org.ta4j.core.num.NaN;
import org.ta4j.core.num.Num;

/// Makes bars for tests: each of a minute, after the one before, with one price.
final class Bars {
    private Bars() {}

    static void add(BarSeries series, double... prices) {
        for (double price : prices) {
            series.addBar(bar(series, series.getEndIndex() + 1, price));
        }
    }

    static void replaceLast(BarSeries series, double price) {
        series.addBar(bar(series, series.getEndIndex(), price), true);
    }

    static Bar bar(BarSeries series, int index, double price) {
        return bar(series, index, Double.isNaN(price) ? NaN.NaN : series.numFactory().numOf(price));
    }

    static Bar bar(BarSeries series, int index, @Nullable Num price) {
        Num zero = series.numFactory().zero();
        Instant end = Instant.EPOCH.plus(Duration.ofMinutes(index + 1));
        return new BaseBar(
                Duration.ofMinutes(1), null, end, price, price, price, price, zero, zero, 0);
    }

    /// Makes prices with two decimals, which every number factory holds exactly.
    static double[] walk(int length, long seed) {
        Random random = new Random(seed);
        double[] prices = new double[length];
        long cents = 1_000_000;
        for (int i = 0; i < length; i++) {
            cents += Math.round(100 * random.nextGaussian());
            prices[i] = cents / 100.0;
        }
        return prices;
    }
}
