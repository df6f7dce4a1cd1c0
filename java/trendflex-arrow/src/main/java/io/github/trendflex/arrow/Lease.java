package io.github.trendflex.arrow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.ListVector;

/// Doubles in a buffer, which is not freed before this is closed, whoever else lets go of it.
record Lease(ArrowBuf buffer, MemorySegment doubles) implements AutoCloseable {
    /// Values of a vector where they are.
    static Lease of(Float8Vector vector, int from, int count) {
        ArrowBuf buffer = vector.getDataBuffer();
        buffer.getReferenceManager().retain();
        try {
            return new Lease(buffer, doubles(buffer, from, count));
        } catch (RuntimeException e) {
            buffer.getReferenceManager().release();
            throw e;
        }
    }

    /// Prices of a vector: where they are if none is null, else a copy with NaN for null, which
    /// [NanPolicy] is about.
    static Lease ofPrices(Float8Vector vector) {
        int count = vector.getValueCount();
        return vector.getNullCount() == 0 ? of(vector, 0, count) : copyOf(vector, 0, count);
    }

    /// The same for the prices of lists. Those of a list that is null are missing too: they are of
    /// no meaning.
    static Lease ofPrices(ListVector lists, Float8Vector vector, int from, int count) {
        boolean nulls = vector.getNullCount() > 0;
        for (int list = 0; list < lists.getValueCount() && !nulls; list++) {
            nulls = lists.isNull(list) && !isEmpty(lists, list);
        }
        if (!nulls) {
            return of(vector, from, count);
        }
        Lease copy = copyOf(vector, from, count);
        for (int list = 0; list < lists.getValueCount(); list++) {
            if (lists.isNull(list)) {
                for (int i = lists.getElementStartIndex(list);
                        i < lists.getElementEndIndex(list);
                        i++) {
                    copy.doubles.setAtIndex(ValueLayout.JAVA_DOUBLE, i - from, Double.NaN);
                }
            }
        }
        return copy;
    }

    private static boolean isEmpty(ListVector lists, int list) {
        return lists.getElementStartIndex(list) == lists.getElementEndIndex(list);
    }

    private static Lease copyOf(Float8Vector vector, int from, int count) {
        try (Lease original = of(vector, from, count)) {
            ArrowBuf buffer = vector.getAllocator().buffer(original.doubles.byteSize());
            MemorySegment doubles = doubles(buffer, 0, count).copyFrom(original.doubles);
            for (int i = 0; i < count; i++) {
                if (vector.isNull(from + i)) {
                    doubles.setAtIndex(ValueLayout.JAVA_DOUBLE, i, Double.NaN);
                }
            }
            return new Lease(buffer, doubles);
        }
    }

    /// The memory of a buffer, of which Arrow itself says no more than the address.
    static MemorySegment doubles(ArrowBuf buffer, long from, long count) {
        long begin = from * Double.BYTES;
        long bytes = count * Double.BYTES;
        if (begin + bytes > buffer.capacity()) {
            throw new IllegalArgumentException(
                    "values from index %s to before %s are in a buffer of %s bytes"
                            .formatted(from, from + count, buffer.capacity()));
        }
        return MemorySegment.ofAddress(buffer.memoryAddress() + begin).reinterpret(bytes);
    }

    @Override
    public void close() {
        buffer.getReferenceManager().release();
    }
}
