package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlexStream;

/// Streams prices in every way, and does nothing else.
public final class OnlyStreams {
    private OnlyStreams() {}

    public static void main(String[] args) {
        TrendFlexStream stream = TrendFlexStream.of(2);
        stream.updateAll(new double[] {1, 2});
        stream.updateInto(new double[] {3, 4}, new double[2]);
        stream.peek(5);
        TrendFlexStream.restore(stream.copy().snapshot()).update(5);
        System.out.println("streamed " + stream.count());
    }
}
