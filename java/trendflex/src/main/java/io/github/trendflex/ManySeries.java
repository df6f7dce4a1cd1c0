package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Computes many series at once. That may take long, and no garbage collection should have to wait
/// for it: so memory on the heap is copied once.
final class ManySeries {
    private ManySeries() {}

    /// Computes series in arrays, which [Checks#inputsAndOutputs] has checked, as a panel of their
    /// copies.
    static void arrays(
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
                Segments.copyInPieces(MemorySegment.ofArray(series[i]), places(prices, offsets, i));
            }
            Engine.current()
                    .panel(prices, offsets, results, period, Threads.atOnce(threads), options);
            for (int i = 0; i < series.length; i++) {
                Segments.copyInPieces(places(results, offsets, i), MemorySegment.ofArray(out[i]));
            }
        }
    }

    private static MemorySegment places(MemorySegment all, MemorySegment offsets, int series) {
        long from = offsets.getAtIndex(JAVA_LONG, series);
        long to = offsets.getAtIndex(JAVA_LONG, series + 1);
        return all.asSlice(from * Double.BYTES, (to - from) * Double.BYTES);
    }

    /// Computes series of one length.
    static void ofOneLength(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment results = Segments.placesOffHeap(out, arena);
            Engine.current()
                    .manySeries(
                            Segments.offHeap(prices, arena),
                            seriesCount,
                            layout,
                            results,
                            period,
                            Threads.atOnce(threads),
                            options);
            Segments.copyTo(out, results);
        }
    }

    /// Computes series of any lengths, end to end.
    static void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        if (offsets.byteSize() == 0) {
            throw Checks.invalidOffsets(0, 0, Segments.doubles(prices));
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment results = Segments.placesOffHeap(out, arena);
            Engine.current()
                    .panel(
                            Segments.offHeap(prices, arena),
                            Segments.offHeap(offsets, arena),
                            results,
                            period,
                            Threads.atOnce(threads),
                            options);
            Segments.copyTo(out, results);
        }
    }
}
