package io.github.trendflex.arrow;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;

/// Keeps doubles of a vector in use: no buffer of them is freed before this is closed, even if all
/// other references are released.
record Lease(ArrowBuf data, ArrowBuf validity, int from, int count) implements AutoCloseable {
    /// Returns values of a vector: doubles where they are, other numbers in a copy.
    static Lease ofNumbers(FieldVector vector, int from, int count, BufferAllocator allocator) {
        if (vector instanceof Float8Vector doubles) {
            return of(doubles, from, count);
        }
        try (Float8Vector copy = Numbers.copy(vector, from, count, allocator)) {
            return of(copy, 0, count);
        }
    }

    /// Returns values of a vector where they are.
    static Lease of(Float8Vector vector, int from, int count) {
        ArrowBuf data = vector.getDataBuffer();
        ArrowBuf validity = vector.getValidityBuffer();
        checkHolds(data, from, count, ((long) from + count) * Double.BYTES);
        checkHolds(validity, from, count, validityBytes(from + count));
        retain(data);
        try {
            return new Lease(data, retain(validity), from, count);
        } catch (RuntimeException e) {
            data.close();
            throw e;
        }
    }

    private static int validityBytes(int count) {
        return BitVectorHelper.getValidityBufferSizeFromCount(count);
    }

    /// Checks the bounds, because Arrow does not if it is told so.
    static void checkHolds(ArrowBuf buffer, int from, int count, long bytes) {
        if (bytes > buffer.capacity()) {
            throw new IllegalArgumentException(
                    "values from index %s to before %s are in a buffer of %s bytes"
                            .formatted(from, from + count, buffer.capacity()));
        }
    }

    /// Returns another reference to a buffer; closing the buffer releases it.
    static ArrowBuf retain(ArrowBuf buffer) {
        buffer.getReferenceManager().retain();
        return buffer;
    }

    /// Returns the values as prices, with NaN for nulls and for the indices in `missing`, which are
    /// counted from the first value. The prices stay where they are if they can be read there; if
    /// not, they are copied.
    Lease prices(BufferAllocator allocator, BitSet missing) {
        boolean aligned = doubles().address() % Double.BYTES == 0;
        int nulls = BitVectorHelper.getNullCount(validity, from + count);
        if (aligned && nulls == 0 && missing.isEmpty()) {
            retain(data);
            retain(validity);
            return this;
        }
        ArrowBuf buffer = allocator.buffer((long) count * Double.BYTES);
        Lease copy = new Lease(buffer, allocator.getEmpty(), 0, count);
        MemorySegment prices = copy.doubles().copyFrom(doubles());
        for (int i = 0; i < count; i++) {
            if (missing.get(i) || BitVectorHelper.get(validity, from + i) == 0) {
                prices.setAtIndex(ValueLayout.JAVA_DOUBLE, i, Double.NaN);
            }
        }
        return copy;
    }

    MemorySegment doubles() {
        return memory(data, (long) from * Double.BYTES, (long) count * Double.BYTES);
    }

    /// Returns whether the vector still has the buffers that it had.
    boolean isOf(Float8Vector vector) {
        return data.equals(vector.getDataBuffer()) && validity.equals(vector.getValidityBuffer());
    }

    boolean overlaps(Lease other) {
        return memories()
                .anyMatch(mine ->
                        other.memories()
                                .anyMatch(theirs -> mine.asOverlappingSlice(theirs).isPresent()));
    }

    private Stream<MemorySegment> memories() {
        return Stream.of(doubles(), memory(validity, 0, validityBytes(from + count)));
    }

    /// Returns the memory of a buffer, of which Arrow itself gives only the address.
    static MemorySegment memory(ArrowBuf buffer, long from, long bytes) {
        return MemorySegment.ofAddress(buffer.memoryAddress() + from).reinterpret(bytes);
    }

    @Override
    public void close() {
        data.close();
        validity.close();
    }
}
