package io.github.trendflex.benchmarks.arms;

import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.CachedIndicator;
import org.ta4j.core.indicators.RecursiveCachedIndicator;
import org.ta4j.core.indicators.helpers.RunningTotalIndicator;
import org.ta4j.core.num.NaN;
import org.ta4j.core.num.Num;

/// Computes TrendFlex as a usual indicator for ta4j does: from indicators that are computed on
/// demand and cached.
final class Ta4jTrendFlexIndicator extends CachedIndicator<Num> {
    private final int period;
    private final Indicator<Num> slope;
    private final Indicator<Num> meanSquare;

    Ta4jTrendFlexIndicator(Indicator<Num> price, int period) {
        super(price);
        this.period = period;
        this.slope = new Slope(new Smoother(price, period), period);
        this.meanSquare = new MeanSquare(slope, period);
    }

    @Override
    protected Num calculate(int index) {
        if (index < period) {
            return NaN.NaN;
        }
        Num square = meanSquare.getValue(index);
        return square.isZero() ? square : slope.getValue(index).dividedBy(square.sqrt());
    }

    @Override
    public int getCountOfUnstableBars() {
        return period;
    }

    private static final class Smoother extends RecursiveCachedIndicator<Num> {
        private final Indicator<Num> price;
        private final Num c1;
        private final Num c2;
        private final Num c3;

        Smoother(Indicator<Num> price, int period) {
            super(price);
            this.price = price;
            double angle = PlainJava.ROOT_OF_TWO * Math.PI / Math.round(period / 2.0);
            double decay = Math.exp(-angle);
            double first = 2 * decay * Math.cos(angle);
            double second = -decay * decay;
            c1 = numOf((1 - first - second) / 2);
            c2 = numOf(first);
            c3 = numOf(second);
        }

        private Num numOf(double number) {
            return getBarSeries().numFactory().numOf(number);
        }

        @Override
        protected Num calculate(int index) {
            if (index < 2) {
                return price.getValue(index);
            }
            return c1.multipliedBy(price.getValue(index).plus(price.getValue(index - 1)))
                    .plus(c2.multipliedBy(getValue(index - 1)))
                    .plus(c3.multipliedBy(getValue(index - 2)));
        }

        @Override
        public int getCountOfUnstableBars() {
            return 2;
        }
    }

    /// Computes how far the smoothed price is from its mean over the window before it.
    private static final class Slope extends CachedIndicator<Num> {
        private final Indicator<Num> smooth;
        private final Indicator<Num> total;
        private final Num period;

        Slope(Indicator<Num> smooth, int period) {
            super(smooth);
            this.smooth = smooth;
            this.total = new RunningTotalIndicator(smooth, period);
            this.period = getBarSeries().numFactory().numOf(period);
        }

        @Override
        protected Num calculate(int index) {
            return smooth.getValue(index).minus(total.getValue(index - 1).dividedBy(period));
        }

        @Override
        public int getCountOfUnstableBars() {
            return total.getCountOfUnstableBars() + 1;
        }
    }

    private static final class MeanSquare extends RecursiveCachedIndicator<Num> {
        private final Indicator<Num> slope;
        private final int period;
        private final Num now;
        private final Num before;

        MeanSquare(Indicator<Num> slope, int period) {
            super(slope);
            this.slope = slope;
            this.period = period;
            this.now = getBarSeries().numFactory().numOf(0.04);
            this.before = getBarSeries().numFactory().numOf(0.96);
        }

        @Override
        protected Num calculate(int index) {
            if (index < period) {
                return getBarSeries().numFactory().zero();
            }
            Num value = slope.getValue(index);
            return now.multipliedBy(value)
                    .multipliedBy(value)
                    .plus(before.multipliedBy(getValue(index - 1)));
        }

        @Override
        public int getCountOfUnstableBars() {
            return period;
        }
    }
}
