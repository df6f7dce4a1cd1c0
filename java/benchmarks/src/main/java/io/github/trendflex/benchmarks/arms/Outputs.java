package io.github.trendflex.benchmarks.arms;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Gives what an arm wrote, a row for each series or period, however it lies in memory.
@FunctionalInterface
public interface Outputs {
    Outputs NONE =
            (row, _) -> {
                throw new IllegalArgumentException("no row " + row);
            };

    /// Copies a row.
    void copy(int row, double[] into);

    /// Returns rows that lie one after the other.
    static Outputs rows(MemorySegment out) {
        return (row, into) ->
                MemorySegment.copy(
                        out,
                        ValueLayout.JAVA_DOUBLE,
                        (long) row * into.length * Double.BYTES,
                        into,
                        0,
                        into.length);
    }

    /// Returns rows that lie one after the other in an array.
    static Outputs rows(double[] out) {
        return rows(MemorySegment.ofArray(out));
    }

    /// Returns rows that have an array each.
    static Outputs arrays(double[][] out) {
        return (row, into) -> System.arraycopy(out[row], 0, into, 0, into.length);
    }

    /// Returns rows of which the first values lie together, then the second ones, and so on.
    static Outputs columns(MemorySegment out, int rows) {
        return (row, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = out.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * rows + row);
            }
        };
    }
}
