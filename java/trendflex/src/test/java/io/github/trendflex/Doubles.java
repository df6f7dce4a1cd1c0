package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Random;

/// Makes series for tests, and compares them.
final class Doubles {
    /// A value that no computation gives: a place that holds it has not been written.
    static final double UNTOUCHED = -12345.678;

    private Doubles() {}

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

    static double[] ramp(int length) {
        double[] prices = new double[length];
        Arrays.setAll(prices, i -> i + 1);
        return prices;
    }

    /// Returns a copy with missing values at the indexes.
    static double[] withGaps(double[] prices, int... indexes) {
        double[] gappy = prices.clone();
        for (int index : indexes) {
            gappy[index] = Double.NaN;
        }
        return gappy;
    }

    static double[] untouched(int length) {
        double[] values = new double[length];
        Arrays.fill(values, UNTOUCHED);
        return values;
    }

    static MemorySegment offHeap(double... values) {
        return Arena.ofAuto().allocateFrom(ValueLayout.JAVA_DOUBLE, values);
    }

    static MemorySegment copyOffHeap(MemorySegment segment) {
        return Arena.ofAuto().allocate(segment.byteSize(), 8).copyFrom(segment);
    }

    static double[] array(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_DOUBLE);
    }

    static void assertUntouched(double[] values) {
        assertSameBits(untouched(values.length), values);
    }

    static void assertUntouched(MemorySegment segment) {
        assertUntouched(array(segment));
    }

    static void assertSameBits(double[] expected, double[] actual) {
        if (expected.length != actual.length) {
            fail("length: expected " + expected.length + ", got " + actual.length);
        }
        for (int i = 0; i < expected.length; i++) {
            long wanted = Double.doubleToRawLongBits(expected[i]);
            long got = Double.doubleToRawLongBits(actual[i]);
            if (wanted != got) {
                fail(
                        "index %d: expected %s (%x), got %s (%x)"
                                .formatted(i, expected[i], wanted, actual[i], got));
            }
        }
    }
}
