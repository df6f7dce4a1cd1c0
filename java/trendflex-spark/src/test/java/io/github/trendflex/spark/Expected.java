package io.github.trendflex.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.TrendFlex;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Series with everything that a table may hold, and what the library makes of them.
final class Expected {
    private static final Double[] MISSING = {
        null, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0x1p501
    };

    private Expected() {}

    /// Returns a walk; in half of them, some values are missing.
    static List<@Nullable Double> prices(Random random, int length) {
        double chance = random.nextBoolean() ? 0.05 : 0;
        List<@Nullable Double> prices = new ArrayList<>(length);
        double price = 100;
        for (int i = 0; i < length; i++) {
            price += random.nextGaussian();
            prices.add(
                    random.nextDouble() < chance
                            ? MISSING[random.nextInt(MISSING.length)]
                            : (Double) price);
        }
        return prices;
    }

    /// Returns the outputs of a series in a panel: with too few prices they are all NaN.
    static double[] outputs(TrendFlex calculator, List<@Nullable Double> prices) {
        double[] values =
                prices.stream().mapToDouble(price -> price == null ? Double.NaN : price).toArray();
        double[] outputs = new double[values.length];
        if (values.length > 0) {
            calculator.computePanelInto(
                    MemorySegment.ofArray(values),
                    MemorySegment.ofArray(new long[] {0, values.length}),
                    MemorySegment.ofArray(outputs));
        }
        return outputs;
    }

    static void assertSameBits(double[] expected, List<Double> actual, String what) {
        assertEquals(expected.length, actual.size(), what);
        for (int i = 0; i < expected.length; i++) {
            assertSameBits(expected[i], actual.get(i), what + ", index " + i);
        }
    }

    static void assertSameBits(double expected, double actual, String what) {
        assertEquals(
                Double.doubleToRawLongBits(expected),
                Double.doubleToRawLongBits(actual),
                () -> "%s: expected %s, got %s".formatted(what, expected, actual));
    }
}
