package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Many series, each in an array of its own: computed as a panel of their copies.
final class SeriesArrays {
    private SeriesArrays() {}

    /// Computes series that [Checks#inputsAndOutputs] has checked.
    static void compute(
            double[][] series, double[][] out, int period, int threads, Options options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment offsets = arena.allocate(JAVA_LONG, series.length + 1L);
            long values = 0;
            for (int i = 0; i < series.length; i++) {
                values += series[i].length;
                offsets.setAtIndex(JAVA_LONG, i + 1, values);
            }
            MemorySegment prices = arena.allocate(JAVA_DOUBLE, values);
            MemorySegment results = arena.allocate(JAVA_DOUBLE, values);
            for (int i = 0; i < series.length; i++) {
                NativeCalls.copyInPieces(
                        MemorySegment.ofArray(series[i]), places(prices, offsets, i));
            }
            NativeCalls.panel(prices, offsets, results, period, threads, options);
            for (int i = 0; i < series.length; i++) {
                NativeCalls.copyInPieces(
                        places(results, offsets, i), MemorySegment.ofArray(out[i]));
            }
        }
    }

    private static MemorySegment places(MemorySegment all, MemorySegment offsets, int series) {
        long from = offsets.getAtIndex(JAVA_LONG, series);
        long to = offsets.getAtIndex(JAVA_LONG, series + 1);
        return all.asSlice(from * Double.BYTES, (to - from) * Double.BYTES);
    }
}
