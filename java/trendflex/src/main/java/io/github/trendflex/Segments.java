package io.github.trendflex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Handles memory on and outside the heap.
///
/// A garbage collection has to wait for native code that works on a heap array in place. So such
/// work is done in pieces, or on a copy.
final class Segments {
    /// The most values that are copied at once, or computed before it is known how long that takes.
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

    /// Returns the values if they are outside the heap, and a copy outside the heap if not.
    static MemorySegment offHeap(MemorySegment values, Arena arena) {
        if (!onHeap(values)) {
            return values;
        }
        MemorySegment copy = arena.allocate(values.byteSize(), Double.BYTES);
        copyInPieces(values, copy);
        return copy;
    }

    /// Returns `out` if it is outside the heap; if not, as many places outside the heap, whose
    /// results [#copyTo] copies to `out`.
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
