package io.github.trendflex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory on and outside the heap.
///
/// A garbage collection has to wait for whoever works on the heap in place, so that is done in
/// pieces, or on a copy.
final class Segments {
    /// The most values that are worked on in one piece: half a millisecond. Shorter pieces cost
    /// more, 2 % with these, as each begins by bringing the vector lanes into step.
    static final int PIECE = 200_000;

    static final long PIECE_BYTES = (long) PIECE * Double.BYTES;

    private Segments() {}

    static boolean onHeap(MemorySegment... segments) {
        for (MemorySegment segment : segments) {
            if (!segment.isNative()) {
                return true;
            }
        }
        return false;
    }

    static long doubles(MemorySegment segment) {
        return segment.byteSize() / Double.BYTES;
    }

    /// The values, or a copy of them, outside the heap.
    static MemorySegment offHeap(MemorySegment values, Arena arena) {
        if (!onHeap(values)) {
            return values;
        }
        MemorySegment copy = arena.allocate(values.byteSize(), Double.BYTES);
        copyInPieces(values, copy);
        return copy;
    }

    /// The places for results, or as many outside the heap, which [#copyTo] copies to them.
    static MemorySegment placesOffHeap(MemorySegment out, Arena arena) {
        return onHeap(out) ? arena.allocate(out.byteSize(), Double.BYTES) : out;
    }

    static void copyTo(MemorySegment out, MemorySegment results) {
        if (onHeap(out)) {
            copyInPieces(results, out);
        }
    }

    /// Copies to or from the heap.
    static void copyInPieces(MemorySegment from, MemorySegment to) {
        for (long at = 0; at < from.byteSize(); at += PIECE_BYTES) {
            MemorySegment.copy(from, at, to, at, Math.min(PIECE_BYTES, from.byteSize() - at));
        }
    }
}
