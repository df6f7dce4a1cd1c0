package io.github.trendflex;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Is the state of a stream, and takes its prices. [TrendFlexStream] has checked the arguments.
sealed interface StreamState permits JavaStream, NativeStream {
    int period();

    Definition definition();

    NanPolicy nanPolicy();

    /// Returns the number of prices taken.
    long count();

    double update(double price);

    double peek(double price);

    /// Takes all prices and writes an output for each to `out`, or nowhere if that is
    /// [MemorySegment#NULL].
    void updateInto(MemorySegment prices, MemorySegment out);

    /// Takes all prices, of which there is one at least, and returns the output of the last one.
    default double updateAll(MemorySegment history) {
        long last = history.byteSize() - Double.BYTES;
        double lastPrice = history.get(ValueLayout.JAVA_DOUBLE, last);
        updateInto(history.asSlice(0, last), MemorySegment.NULL);
        return update(lastPrice);
    }

    /// Begins anew.
    void reset();

    /// Returns a state without prices that has other options: a new one, or this one if it is in
    /// memory of the caller's.
    StreamState with(Definition definition, NanPolicy nanPolicy);

    /// Returns a state of its own that goes on from here.
    JavaStream copy();

    byte[] snapshot();

    /// Returns the memory of the caller's that holds the state, or [MemorySegment#NULL].
    MemorySegment memory();

    /// Names a stream in messages.
    static String name(int period) {
        return "stream of period = " + period;
    }
}
