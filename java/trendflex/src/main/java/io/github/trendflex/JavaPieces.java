package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;

/// Brings the values of segments into a small array and back: an access to one value of a segment
/// takes longer than a step, because segments are of several kinds.
final class JavaPieces {
    /// The most values of a piece; they stay in the innermost cache.
    static final int MOST = 2048;

    private JavaPieces() {}

    /// Does something with some of the values, and puts results in their places.
    @FunctionalInterface
    interface Work {
        /// Does it for a piece.
        ///
        /// @param values the values are at 0 to `count - 1`
        /// @param from the index of the first one in the segment
        void accept(double[] values, int count, long from);
    }

    /// Writes what the work puts into the places of the values to `out`, or nowhere if that is
    /// [MemorySegment#NULL].
    static void forEach(MemorySegment values, MemorySegment out, Work work) {
        long length = Segments.doubles(values);
        boolean discard = out.equals(MemorySegment.NULL);
        double[] piece = new double[(int) Math.min(length, MOST)];
        if (length > 0 && !discard) {
            // Fails before the work if this thread may not use the memory.
            MemorySegment.copy(out, JAVA_DOUBLE, 0, piece, 0, 1);
        }
        for (long from = 0; from < length; from += piece.length) {
            int count = (int) Math.min(piece.length, length - from);
            MemorySegment.copy(values, JAVA_DOUBLE, from * Double.BYTES, piece, 0, count);
            work.accept(piece, count, from);
            if (!discard) {
                MemorySegment.copy(piece, 0, out, JAVA_DOUBLE, from * Double.BYTES, count);
            }
        }
    }
}
