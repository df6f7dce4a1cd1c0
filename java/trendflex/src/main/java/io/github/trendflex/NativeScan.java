package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.Predicate;

/// Looks through a series for its prices.
final class NativeScan {
    /// The bytes that a scan begins with, because the first few prices may be enough.
    private static final long LEAST = 1 << 12;

    private NativeScan() {}

    static Scan whole(MemorySegment prices) {
        return scan(prices, _ -> false);
    }

    /// Scans until it is clear whether the prices can be computed, and leaves out the rest.
    static Scan untilEnough(MemorySegment prices, int period, Options options) {
        return scan(prices, scan -> scan.isEnough(period, options.nanPolicy()));
    }

    private static Scan scan(MemorySegment prices, Predicate<Scan> enough) {
        Scan scan = Scan.EMPTY;
        long bytes;
        for (long from = 0; from < prices.byteSize() && !enough.test(scan); from += bytes) {
            bytes =
                    Math.min(
                            Math.clamp(from, LEAST, Segments.PIECE_BYTES),
                            prices.byteSize() - from);
            MemorySegment piece = prices.asSlice(from, bytes);
            scan = scan.then(Segments.onHeap(piece) ? onHeap(piece) : offHeap(piece));
        }
        return scan.ofSeries(Segments.doubles(prices));
    }

    /// Lets the results go to arrays: in code that is not compiled yet, an arena takes longer than
    /// all else.
    private static Scan onHeap(MemorySegment piece) {
        long length = Segments.doubles(piece);
        long[] first = new long[1];
        long[] count = new long[1];
        long[] missing = new long[1];
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_scan(
                        piece,
                        length,
                        MemorySegment.ofArray(first),
                        MemorySegment.ofArray(count),
                        MemorySegment.ofArray(missing)));
        return new Scan(length, first[0], count[0], missing[0]);
    }

    private static Scan offHeap(MemorySegment piece) {
        long length = Segments.doubles(piece);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(JAVA_LONG);
            MemorySegment count = arena.allocate(JAVA_LONG);
            MemorySegment missing = arena.allocate(JAVA_LONG);
            NativeStatus.requireOk(TrendflexH.trendflex_scan(piece, length, first, count, missing));
            return new Scan(
                    length,
                    first.get(JAVA_LONG, 0),
                    count.get(JAVA_LONG, 0),
                    missing.get(JAVA_LONG, 0));
        }
    }
}
