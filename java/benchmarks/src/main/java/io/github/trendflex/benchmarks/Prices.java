package io.github.trendflex.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/// Makes prices to compute from.
public final class Prices {
    private Prices() {}

    /// Returns prices in whole cents around 100 that move by about 0.3 a bar; they are the same in
    /// every run.
    public static double[] walk(int length) {
        Random random = new Random(1);
        double[] prices = new double[length];
        double price = 100;
        for (int i = 0; i < length; i++) {
            price += 1.2 * (random.nextDouble() - 0.5) + 0.0001 * (100 - price);
            prices[i] = Math.rint(price * 100) / 100;
        }
        return prices;
    }

    static MemorySegment offHeap(double[] prices) {
        return Arena.global().allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
    }
}
