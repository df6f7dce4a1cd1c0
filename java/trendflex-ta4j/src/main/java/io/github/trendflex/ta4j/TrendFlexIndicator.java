package io.github.trendflex.ta4j;

import static java.util.Objects.requireNonNull;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BarSeries.BarSeriesChangeSnapshot;
import org.ta4j.core.Indicator;
import org.ta4j.core.indicators.AbstractIndicator;
import org.ta4j.core.num.NaN;
import org.ta4j.core.num.Num;

/// Computes TrendFlex of any indicator.
///
/// {@snippet :
/// Indicator<Num> trend = new TrendFlexIndicator(new ClosePriceIndicator(series), 20);
/// Rule entry = new CrossedUpIndicatorRule(trend, 0);
/// }
///
/// The first read computes the values of all closed bars in one call; a bar that is added later
/// costs one update of a stream. The last bar of the series may still change: each read of its
/// value computes it from the price that the bar has then.
///
/// ### Values
///
/// A value has the bits that [TrendFlex] computes from the prices of all bars up to its own,
/// converted by the number factory of the series: exactly for `DoubleNum`, and for `DecimalNum`
/// with a precision of at least 17 digits. It is [NaN] where there is no number: during the
/// warm-up, and where the price is missing, that is null, NaN or beyond 2<sup>500</sup>.
/// [NanPolicy] says what follows a missing price.
///
/// ### Bars that change or go
///
/// - The values of later bars still depend on a bar that a maximum bar count has removed, with the
///   price that it had when the indicator was last read. So values are the same as without a
///   maximum on two conditions: a value, of any bar, is read at least once in as many bars as the
///   maximum, and no bar changes after the last read that finds it.
/// - If a bar was removed before any read found it, the indicator starts anew at the first bar that
///   is left, with a warm-up.
/// - An index before the first bar that is left, or below 0, stands for that bar, as it does in the
///   series. An index beyond the last bar throws an [IndexOutOfBoundsException].
/// - If a closed bar that is left is replaced, the values of all bars that are left are computed
///   anew.
/// - If the series was cleared, the indicator starts anew.
///
/// A series must report such changes by `getBarSeriesChangeSnapshot`, as the series of ta4j do.
/// Like any indicator of ta4j, this one does not notice a change of a closed [Bar] that its series
/// does not know of.
///
/// ### Threads
///
/// An indicator is safe for use by any number of threads, as the cached indicators of ta4j are. A
/// thread may change the series during a read only if the series allows that: `ConcurrentBarSeries`
/// does, `BaseBarSeries` does not. Its maximum bar count may remove a bar between the choice of an
/// index and the read; the value is that of the index if `getRemovedBarsCount()` is not above the
/// index after the read.
///
/// A read holds a lock while it reads prices. So do not read while you hold a lock of a
/// `ConcurrentBarSeries`.
public final class TrendFlexIndicator extends AbstractIndicator<Num> {
    /// How much the values of stable bars may still depend on where the series begins.
    public static final double STABLE_TOLERANCE = 0.001;

    private final Indicator<Num> prices;
    private final int period;
    private final Definition definition;
    private final NanPolicy nanPolicy;

    // Transient because ta4j takes other fields for parameters of the indicator.
    private final transient Object lock = new Object();
    private final transient ClosedBars closed;
    private transient long revision = -1;

    /// Creates an indicator with [Definition#VECTOR_TA] and [NanPolicy#SKIP].
    ///
    /// @param prices an indicator whose values are the prices
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @throws TrendFlexException as [#TrendFlexIndicator(Indicator, int, Definition, NanPolicy)]
    public TrendFlexIndicator(Indicator<Num> prices, int period) {
        this(prices, period, Definition.VECTOR_TA, NanPolicy.SKIP);
    }

    /// Creates an indicator with any options.
    ///
    /// @param prices an indicator whose values are the prices
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @param definition how the period of the smoother follows from that of the indicator
    /// @param nanPolicy [NanPolicy#SKIP] or [NanPolicy#PROPAGATE]
    /// @throws TrendFlexException [INVALID_PERIOD][io.github.trendflex.Refusal#INVALID_PERIOD] if
    ///   `period` is below 1, [REJECT_IN_STREAM][io.github.trendflex.Refusal#REJECT_IN_STREAM] if
    ///   `nanPolicy` is [NanPolicy#REJECT]: prices that are yet to come cannot be rejected
    public TrendFlexIndicator(
            Indicator<Num> prices, int period, Definition definition, NanPolicy nanPolicy) {
        super(requireNonNull(prices, "prices").getBarSeries());
        this.prices = prices;
        this.period = period;
        this.definition = requireNonNull(definition, "definition");
        this.nanPolicy = requireNonNull(nanPolicy, "nanPolicy");
        this.closed = new ClosedBars(period, definition, nanPolicy);
    }

    /// {@return the value of a bar}
    ///
    /// @throws IndexOutOfBoundsException if the series ends before `index`
    @Override
    public Num getValue(int index) {
        BarSeries series = getBarSeries();
        double value;
        synchronized (lock) {
            value = value(index, series);
        }
        return Double.isNaN(value) ? NaN.NaN : series.numFactory().numOf(value);
    }

    private double value(int index, BarSeries series) {
        while (true) {
            BarSeriesChangeSnapshot now = series.getBarSeriesChangeSnapshot(revision);
            int first = firstLeft(now);
            int last = now.endIndex();
            int bar = Math.max(index, first);
            if (bar > last) {
                throw new IndexOutOfBoundsException(
                        "index = %s: the series ends at %s".formatted(index, last));
            }
            if (isAnotherSeries(now, series)) {
                closed.restartAt(first);
            }
            closed.dropBefore(first);
            int from = closed.next();
            int changed = now.earliestChangedIndex();
            if (changed >= 0 && changed < from) {
                from = Math.max(changed, first);
            }
            // The forming bar may be gone at the next read.
            boolean readsForming = bar == last || now.maximumBarCount() < Integer.MAX_VALUE;
            int to = readsForming ? last + 1 : last;
            Bar[] bars = bars(series, from, to);
            double[] read = prices(from, to);
            if (from < to && hasLost(from, now, series)) {
                continue;
            }
            if (from < last) {
                closed.take(from, last - from, bars, read);
            }
            if (readsForming) {
                closed.see(bars[last - from], read[last - from]);
            }
            revision = now.revision();
            return bar < last ? closed.output(bar) : closed.peek();
        }
    }

    /// Returns whether bars from an index on were removed during the read, so that others were read
    /// in their place.
    private boolean hasLost(int from, BarSeriesChangeSnapshot before, BarSeries series) {
        BarSeriesChangeSnapshot now = series.getBarSeriesChangeSnapshot(before.revision());
        return firstLeft(now) > from || isAnotherSeries(now, series);
    }

    private static int firstLeft(BarSeriesChangeSnapshot snapshot) {
        return snapshot.removedThroughIndex() + 1;
    }

    /// Returns whether the series no longer continues the bars that were seen.
    private boolean isAnotherSeries(BarSeriesChangeSnapshot now, BarSeries series) {
        int first = firstLeft(now);
        if (first < closed.first() || first > closed.seen()) {
            return true;
        }
        if (closed.next() > Math.max(first, now.endIndex())) {
            return true;
        }
        // A series reports a change of its very first bar if it is cleared, but also if it does not
        // remember how much has changed. In the second case it still has bars that it had before.
        return now.earliestChangedIndex() == 0
                && closed.dependOnBarsBefore(first)
                && !closed.haveOneOf(series, first);
    }

    private static Bar[] bars(BarSeries series, int from, int to) {
        Bar[] bars = new Bar[to - from];
        Arrays.setAll(bars, i -> series.getBar(from + i));
        return bars;
    }

    private double[] prices(int from, int to) {
        double[] values = new double[to - from];
        for (int i = 0; i < values.length; i++) {
            @Nullable Num price = prices.getValue(from + i);
            values[i] = price == null ? Double.NaN : price.doubleValue();
        }
        return values;
    }

    /// {@return the number of bars after which a value depends on where the series begins by no
    /// more than [#STABLE_TOLERANCE]}
    ///
    /// It is the sum of the warm-up, [TrendFlex#lookback()], the bars that
    /// [TrendFlex#unstablePeriod(double)] counts, and the unstable bars of the indicator of the
    /// prices.
    @Override
    public int getCountOfUnstableBars() {
        TrendFlex calculator = TrendFlex.of(period).withDefinition(definition);
        long bars =
                (long) calculator.lookback()
                        + calculator.unstablePeriod(STABLE_TOLERANCE)
                        + prices.getCountOfUnstableBars();
        return (int) Math.min(bars, Integer.MAX_VALUE);
    }

    /// Shows the period and the options.
    @Override
    public String toString() {
        return "TrendFlexIndicator[period=%s, definition=%s, nanPolicy=%s]"
                .formatted(period, definition, nanPolicy);
    }
}
