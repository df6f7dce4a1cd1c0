package io.github.trendflex.arrow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.util.TransferPair;

/// Makes vectors for tests. A null in an array of prices is a null in the vector, over a value that
/// must not be read.
final class Vectors {
    private static final double NOT_TO_BE_READ = 1e9;

    private Vectors() {}

    static Float8Vector of(BufferAllocator allocator, Double... prices) {
        Float8Vector vector = new Float8Vector("prices", allocator);
        fill(vector, prices);
        return vector;
    }

    static Float8Vector of(BufferAllocator allocator, double... prices) {
        return of(allocator, boxed(prices));
    }

    /// Makes the vector as a slice of a larger one.
    static Float8Vector slice(BufferAllocator allocator, int before, Double... prices) {
        Double[] all = new Double[before + prices.length + 5];
        Arrays.fill(all, NOT_TO_BE_READ);
        System.arraycopy(prices, 0, all, before, prices.length);
        try (Float8Vector whole = of(allocator, all)) {
            TransferPair pair = whole.getTransferPair(allocator);
            pair.splitAndTransfer(before, prices.length);
            return (Float8Vector) pair.getTo();
        }
    }

    static ListVector lists(BufferAllocator allocator, Double[]... lists) {
        ListVector vector = ListVector.empty("lists", allocator);
        Float8Vector values =
                (Float8Vector)
                        vector.addOrGetVector(FieldType.nullable(MinorType.FLOAT8.getType()))
                                .getVector();
        vector.allocateNew();
        fill(values, Arrays.stream(lists).flatMap(Arrays::stream).toArray(Double[]::new));
        for (int list = 0; list < lists.length; list++) {
            vector.startNewValue(list);
            vector.endValue(list, lists[list].length);
        }
        vector.setValueCount(lists.length);
        return vector;
    }

    private static void fill(Float8Vector vector, Double... prices) {
        vector.allocateNew(Math.max(prices.length, 1));
        for (int i = 0; i < prices.length; i++) {
            vector.set(i, prices[i] == null ? NOT_TO_BE_READ : prices[i]);
            if (prices[i] == null) {
                vector.setNull(i);
            }
        }
        vector.setValueCount(prices.length);
    }

    static double[] walk(int length, long seed) {
        Random random = new Random(seed);
        double[] prices = new double[length];
        double price = 100;
        for (int i = 0; i < length; i++) {
            price += random.nextGaussian();
            prices[i] = price;
        }
        return prices;
    }

    static Double[] boxed(double... prices) {
        return Arrays.stream(prices).boxed().toArray(Double[]::new);
    }

    /// Returns the prices with NaN for null.
    static double[] unboxed(Double... prices) {
        return Arrays.stream(prices)
                .mapToDouble(price -> price == null ? Double.NaN : price)
                .toArray();
    }

    /// Asserts that the bits are the same, and that null is exactly where there is no number.
    static void assertOutputs(double[] expected, Float8Vector actual) {
        assertEquals(expected.length, actual.getValueCount());
        for (int i = 0; i < expected.length; i++) {
            String where = "index " + i;
            assertEquals(Double.isNaN(expected[i]), actual.isNull(i), where);
            assertEquals(
                    Double.doubleToRawLongBits(expected[i]),
                    actual.getDataBuffer().getLong((long) i * Double.BYTES),
                    where);
        }
        assertEquals(Arrays.stream(expected).filter(Double::isNaN).count(), actual.getNullCount());
    }
}
