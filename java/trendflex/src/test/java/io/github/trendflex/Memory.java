package io.github.trendflex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Arrays;

/// The kinds of memory that prices and outputs can lie in.
enum Memory {
    DOUBLE_ARRAY {
        @Override
        MemorySegment holding(double[] values) {
            return MemorySegment.ofArray(values.clone());
        }
    },
    LONG_ARRAY {
        @Override
        MemorySegment holding(double[] values) {
            return MemorySegment.ofArray(
                    Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray());
        }
    },
    PART_OF_AN_ARRAY {
        @Override
        MemorySegment holding(double[] values) {
            double[] array = new double[values.length + 5];
            System.arraycopy(values, 0, array, 3, values.length);
            return MemorySegment.ofArray(array).asSlice(24, 8L * values.length);
        }
    },
    ARRAY_BUFFER {
        @Override
        MemorySegment holding(double[] values) {
            return MemorySegment.ofBuffer(DoubleBuffer.wrap(values.clone()));
        }
    },
    DIRECT_BUFFER {
        @Override
        MemorySegment holding(double[] values) {
            return MemorySegment.ofBuffer(
                    ByteBuffer.allocateDirect(values.length * Double.BYTES)
                            .order(ByteOrder.nativeOrder())
                            .asDoubleBuffer()
                            .put(values)
                            .flip());
        }
    },
    OFF_HEAP {
        @Override
        MemorySegment holding(double[] values) {
            return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, values);
        }
    };

    /// Returns new writable memory with these values in it.
    abstract MemorySegment holding(double[] values);
}
