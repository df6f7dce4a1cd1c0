package io.github.trendflex.benchmarks.arms;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What an arm wrote, whichever way it lies in memory: a row for each series or period.
@FunctionalInterface
public interface Outputs {
    Outputs NONE =
            (row, _) -> {
                throw new IllegalArgumentException("no row " + row);
            };

    /// Copies a row.
    void copy(int row, double[] into);

    /// Rows one after the other.
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

    /// Rows one after the other in an array.
    static Outputs rows(double[] out) {
        return rows(MemorySegment.ofArray(out));
    }

    /// An array for each row.
    static Outputs arrays(double[][] out) {
        return (row, into) -> System.arraycopy(out[row], 0, into, 0, into.length);
    }

    /// The first values of all rows, then the second ones.
    static Outputs columns(MemorySegment out, int rows) {
        return (row, into) -> {
            for (int i = 0; i < into.length; i++) {
                into[i] = out.getAtIndex(ValueLayout.JAVA_DOUBLE, (long) i * rows + row);
            }
        };
    }
}
