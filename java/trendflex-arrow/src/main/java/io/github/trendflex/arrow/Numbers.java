package io.github.trendflex.arrow;

import java.util.function.IntToDoubleFunction;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/// Copies numbers of other types than double, each rounded to the nearest double.
final class Numbers {
    private Numbers() {}

    /// Returns values of a vector as a new vector.
    static Float8Vector copy(FieldVector vector, int from, int count, BufferAllocator allocator) {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        if (encoding != null) {
            throw new IllegalArgumentException(
                    "%s holds indices of dictionary %s, which was not given"
                            .formatted(name(vector), encoding.getId()));
        }
        return copy(vector, from, count, values(vector), allocator);
    }

    /// Returns the values that a vector of indices stands for as a new vector.
    static Float8Vector decode(
            FieldVector vector, Dictionary dictionary, BufferAllocator allocator) {
        FieldVector values = dictionary.getVector();
        int size = values.getValueCount();
        IntToDoubleFunction indices = values(vector);
        try (Float8Vector prices = copy(values, 0, size, allocator)) {
            return copy(
                    vector,
                    0,
                    vector.getValueCount(),
                    i -> {
                        double index = indices.applyAsDouble(i);
                        if (index < 0 || index >= size) {
                            throw new IllegalArgumentException(
                                    "%s has at %s the index %.0f in a dictionary of %s values"
                                            .formatted(name(vector), i, index, size));
                        }
                        int at = (int) index;
                        return prices.isNull(at) ? Double.NaN : prices.get(at);
                    },
                    allocator);
        }
    }

    private static Float8Vector copy(
            FieldVector vector,
            int from,
            int count,
            IntToDoubleFunction values,
            BufferAllocator allocator) {
        Float8Vector copy = new Float8Vector(vector.getName(), allocator);
        try {
            copy.allocateNew(count);
            for (int i = 0; i < count; i++) {
                if (vector.isNull(from + i)) {
                    copy.setNull(i);
                } else {
                    copy.set(i, values.applyAsDouble(from + i));
                }
            }
            copy.setValueCount(count);
            return copy;
        } catch (RuntimeException e) {
            copy.close();
            throw e;
        }
    }

    private static IntToDoubleFunction values(FieldVector vector) {
        return switch (vector) {
            case FloatingPointVector floats -> floats::getValueAsDouble;
            // Has 64 bits, and the eight of its name are bytes.
            case UInt8Vector integers -> i -> integers.getObjectNoOverflow(i).doubleValue();
            case BaseIntVector integers -> integers::getValueAsLong;
            case DecimalVector decimals -> i -> decimals.getObject(i).doubleValue();
            case Decimal256Vector decimals -> i -> decimals.getObject(i).doubleValue();
            case NullVector _ -> _ -> Double.NaN;
            default ->
                    throw new IllegalArgumentException(
                            "%s is a vector of %s: prices must be numbers"
                                    .formatted(name(vector), vector.getField().getType()));
        };
    }

    private static String name(FieldVector vector) {
        return "'" + vector.getName() + "'";
    }
}
