package io.github.trendflex.ta4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.ta4j.core.BaseBarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.num.DecimalNumFactory;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;
import org.ta4j.core.num.NumFactory;

/// Checks that values have the bits of a whole computation, whatever happens to a series between
/// reads and whichever bars are read.
class AnyHistoryTest {
    @Property
    void valuesHaveTheBitsOfAWholeComputation(
            @ForAll @IntRange(min = 1, max = 12) int period,
            @ForAll boolean decimal,
            @ForAll("steps") @Size(max = 120) List<Step> steps) {
        NumFactory numbers =
                decimal ? DecimalNumFactory.getInstance(17) : DoubleNumFactory.getInstance();
        BaseBarSeries series = new BaseBarSeriesBuilder().withNumFactory(numbers).build();
        TrendFlexIndicator trend = new TrendFlexIndicator(new ClosePriceIndicator(series), period);
        History history = new History(series, trend, new TrendFlexModel(period));
        for (Step step : steps) {
            history.apply(step);
        }
        history.readAll();
    }

    private enum Action {
        ADD,
        READ,
        READ_LAST,
        ADD_PRICE,
        ADD_TRADE,
        REPLACE_LAST,
        REPLACE,
        TICK_OFTEN,
        LIMIT,
        CLEAR
    }

    /// @param place where in the series, from 0 to 99
    private record Step(Action action, int place, double price) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Action> action =
                Arbitraries.frequency(
                        Tuple.of(30, Action.ADD),
                        Tuple.of(8, Action.READ),
                        Tuple.of(8, Action.READ_LAST),
                        Tuple.of(3, Action.ADD_PRICE),
                        Tuple.of(3, Action.ADD_TRADE),
                        Tuple.of(3, Action.REPLACE_LAST),
                        Tuple.of(2, Action.REPLACE),
                        Tuple.of(1, Action.TICK_OFTEN),
                        Tuple.of(1, Action.LIMIT),
                        Tuple.of(1, Action.CLEAR));
        Arbitrary<Integer> place = Arbitraries.integers().between(0, 99);
        Arbitrary<Double> price =
                Arbitraries.integers().between(9_000, 11_000).map(cents -> cents / 100.0);
        return Combinators.combine(action, place, price.injectNull(0.02))
                .as((what, where, amount) ->
                        new Step(what, where, amount == null ? Double.NaN : amount))
                .list();
    }

    private record History(BaseBarSeries series, TrendFlexIndicator trend, TrendFlexModel model) {
        void apply(Step step) {
            if (series.isEmpty() && step.action != Action.ADD && step.action != Action.LIMIT) {
                return;
            }
            int first = series.getRemovedBarsCount();
            int last = series.getEndIndex();
            int index = first + step.place * (last - first + 1) / 100;
            Num number = Bars.bar(series, 0, step.price).getClosePrice();
            switch (step.action) {
                case ADD -> Bars.add(series, step.price);
                case READ -> read(index - 1);
                case READ_LAST -> read(last);
                case ADD_PRICE -> {
                    series.addPrice(number);
                    readIfFirst(last);
                }
                case ADD_TRADE -> {
                    series.addTrade(series.numFactory().one(), number);
                    readIfFirst(last);
                }
                case REPLACE_LAST -> {
                    Bars.replaceLast(series, step.price);
                    readIfFirst(last);
                }
                case REPLACE -> {
                    // As in readIfFirst.
                    if (index > 0) {
                        series.replaceBar(index, Bars.bar(series, index, step.price));
                    }
                }
                case TICK_OFTEN -> {
                    // There are more changes than the series remembers.
                    read(last);
                    for (int i = 0; i < 100; i++) {
                        series.addPrice(number);
                    }
                    read(last);
                }
                case LIMIT -> series.setMaximumBarCount(1 + step.place);
                case CLEAR -> {
                    series.clear();
                    model.clear(0);
                }
            }
        }

        /// Reads after a change of the very first bar: without a read, the change may look like a
        /// series that was cleared.
        private void readIfFirst(int changed) {
            if (changed == 0) {
                read(changed);
            }
        }

        void readAll() {
            for (int i = series.getRemovedBarsCount(); i <= series.getEndIndex(); i++) {
                read(i);
            }
        }

        private void read(int index) {
            double[] prices =
                    series.getBarData().stream()
                            .mapToDouble(bar -> bar.getClosePrice().doubleValue())
                            .toArray();
            boolean limited = series.getMaximumBarCount() < Integer.MAX_VALUE;
            double expected = model.read(index, series.getRemovedBarsCount(), prices, limited);
            double actual = trend.getValue(index).doubleValue();
            assertEquals(
                    Double.doubleToLongBits(expected),
                    Double.doubleToLongBits(actual),
                    () -> "index %s: expected %s, got %s".formatted(index, expected, actual));
        }
    }
}
