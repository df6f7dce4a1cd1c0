package io.github.trendflex.ta4j;

import static java.util.Objects.requireNonNull;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.ta4j.core.Bar;
import org.ta4j.core.BarSeries;

/// Holds the closed bars that a series still has, with their prices and outputs, and two streams.
/// One stream has taken the bars before these, so that these can be computed anew; the other has
/// taken these too. It also holds the bar after these, which is still forming, with the price that
/// was last read for it.
final class ClosedBars {
    private static final int INITIAL_CAPACITY = 64;

    private final TrendFlexStream before;
    private TrendFlexStream after;

    /// The index of the first bar ever taken, of the first that is left, and of the next to take.
    private int start;

    private int first;
    private int next;

    /// The prices by index; that of the bar at [#first] is at `offset`.
    private double[] prices = new double[INITIAL_CAPACITY];

    private double[] outputs = new double[INITIAL_CAPACITY];
    private @Nullable Bar[] bars = new Bar[INITIAL_CAPACITY];
    private int offset;

    /// The bar that was at [#next] when its price was last read, or null if it never was.
    private @Nullable Bar forming;

    private double formingPrice;

    ClosedBars(int period, Definition definition, NanPolicy nanPolicy) {
        before = TrendFlex.of(period).withDefinition(definition).withNanPolicy(nanPolicy).stream();
        after = before.copy();
    }

    int first() {
        return first;
    }

    int next() {
        return next;
    }

    /// Returns the index after that of the last bar whose price was ever read.
    int seen() {
        return forming == null ? next : next + 1;
    }

    /// Returns whether outputs depend on bars before an index.
    boolean dependOnBarsBefore(int index) {
        return index > start;
    }

    /// Returns whether a series has any of the seen bars at its old index. Another bar of the same
    /// values does not count, because the bars before it may be others.
    @SuppressWarnings("ReferenceEquality")
    boolean haveOneOf(BarSeries series, int from) {
        for (int index = Math.max(from, first); index < next; index++) {
            if (bars[at(index)] == series.getBar(index)) {
                return true;
            }
        }
        return forming != null && from <= next && forming == series.getBar(next);
    }

    /// Forgets everything; `index` is that of the next bar to take.
    void restartAt(int index) {
        before.reset();
        after.reset();
        start = index;
        first = index;
        next = index;
        offset = 0;
        forming = null;
    }

    /// Drops the bars before an index, which is at most [#seen]. The forming one, if it is among
    /// them, is taken to have closed at the price that was last read.
    void dropBefore(int index) {
        if (index > next) {
            take(next, 1, new Bar[] {requireNonNull(forming)}, new double[] {formingPrice});
        }
        int count = index - first;
        if (count > 0) {
            before.updateAll(MemorySegment.ofArray(prices).asSlice(bytes(offset), bytes(count)));
            Arrays.fill(bars, offset, offset + count, null);
            offset += count;
            first = index;
        }
    }

    /// Takes the first `count` of `newBars`, from an index on. They replace bars that were taken
    /// before, and add the next ones.
    void take(int index, int count, Bar[] newBars, double[] newPrices) {
        int end = index + count;
        if (end > next) {
            forming = null;
        }
        reserve(end - first);
        System.arraycopy(newBars, 0, bars, at(index), count);
        System.arraycopy(newPrices, 0, prices, at(index), count);
        if (index < next) {
            after = before.copy();
            next = first;
        }
        if (end - next == 1) {
            outputs[at(next)] = after.update(prices[at(next)]);
        } else if (end > next) {
            after.updateInto(fromNext(prices, end), fromNext(outputs, end));
        }
        next = end;
    }

    double output(int index) {
        return outputs[at(index)];
    }

    /// Keeps the price that the forming bar has now.
    void see(Bar bar, double price) {
        forming = bar;
        formingPrice = price;
    }

    /// Returns the output of the forming bar if it closed at the price that was last read.
    double peek() {
        return after.peek(formingPrice);
    }

    private MemorySegment fromNext(double[] values, int end) {
        return MemorySegment.ofArray(values).asSlice(bytes(at(next)), bytes(end - next));
    }

    private int at(int index) {
        return offset + index - first;
    }

    /// Makes room for `count` bars from [#first] on. Moves the bars to the front only if at least
    /// half of the room is free then, so that a bar costs the same however many there are.
    private void reserve(int count) {
        if (offset + count <= prices.length) {
            return;
        }
        int capacity = prices.length;
        while (capacity / 2 < count) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        boolean grow = capacity > prices.length;
        prices = moved(prices, grow ? new double[capacity] : prices);
        outputs = moved(outputs, grow ? new double[capacity] : outputs);
        bars = moved(bars, grow ? new Bar[capacity] : bars);
        offset = 0;
    }

    private <T> T moved(T from, T to) {
        System.arraycopy(from, offset, to, 0, next - first);
        return to;
    }

    private static long bytes(int count) {
        return (long) count * Double.BYTES;
    }
}
