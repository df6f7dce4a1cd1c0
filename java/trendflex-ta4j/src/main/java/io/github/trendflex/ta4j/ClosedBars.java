package io.github.trendflex.ta4j;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.MemorySegment;

/// Prices and outputs of the closed bars that a series still has, and two streams: one that has
/// taken the bars before these, to compute them anew from, and one that has taken these too.
final class ClosedBars {
    private static final int INITIAL_CAPACITY = 64;

    private final TrendFlexStream before;
    private TrendFlexStream after;

    /// The index of the first bar ever taken, of the first that is left, and of the next to take.
    private int start;

    private int first;
    private int next;

    /// By index, from that of [#first] at `offset` on.
    private double[] prices = new double[INITIAL_CAPACITY];

    private double[] outputs = new double[INITIAL_CAPACITY];
    private int offset;

    ClosedBars(int period, Definition definition, NanPolicy nanPolicy) {
        before = TrendFlexStream.of(period, definition, nanPolicy);
        after = before.copy();
    }

    int first() {
        return first;
    }

    int next() {
        return next;
    }

    /// Whether outputs depend on bars that are gone.
    boolean dependOnGoneBars() {
        return first > start;
    }

    /// Forgets everything; `index` is that of the next bar to take.
    void restartAt(int index) {
        before.reset();
        after.reset();
        start = index;
        first = index;
        next = index;
        offset = 0;
    }

    /// Lets go of the bars before an index, which is at most [#next].
    void dropBefore(int index) {
        int count = index - first;
        if (count > 0) {
            before.updateAll(MemorySegment.ofArray(prices).asSlice(bytes(offset), bytes(count)));
            offset += count;
            first = index;
        }
    }

    /// Takes the prices of the bars from an index on: of bars taken before, whose prices these
    /// replace, and of the next ones.
    void take(int index, double[] newPrices, int count) {
        int end = index + count;
        reserve(end - first);
        System.arraycopy(newPrices, 0, prices, at(index), count);
        if (index < next) {
            after = before.copy();
            next = first;
        }
        if (end - next == 1) {
            outputs[at(next)] = after.update(prices[at(next)]);
        } else if (end > next) {
            after.updateInto(newBars(prices, end), newBars(outputs, end));
        }
        next = end;
    }

    double output(int index) {
        return outputs[at(index)];
    }

    /// The output of the next bar if it closed at a price.
    double peek(double price) {
        return after.peek(price);
    }

    private MemorySegment newBars(double[] values, int end) {
        return MemorySegment.ofArray(values).asSlice(bytes(at(next)), bytes(end - next));
    }

    private int at(int index) {
        return offset + index - first;
    }

    /// Room for so many bars from [#first] on. Moves them to the front only when at least half of
    /// the room is then free, so that a bar costs the same however many there are.
    private void reserve(int count) {
        if (offset + count <= prices.length) {
            return;
        }
        int capacity = prices.length;
        while (capacity / 2 < count) {
            capacity = Math.multiplyExact(capacity, 2);
        }
        prices = moved(prices, capacity);
        outputs = moved(outputs, capacity);
        offset = 0;
    }

    private double[] moved(double[] values, int capacity) {
        double[] moved = capacity > values.length ? new double[capacity] : values;
        System.arraycopy(values, offset, moved, 0, next - first);
        return moved;
    }

    private static long bytes(int count) {
        return (long) count * Double.BYTES;
    }
}
