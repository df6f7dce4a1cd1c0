package io.github.trendflex.benchmarks;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;

/// Prices to compute from.
final class Prices {
    private Prices() {}

    static double[] walk(int length) {
        Random random = new Random(1);
        double[] prices = new double[length];
        double price = 100;
        for (int i = 0; i < length; i++) {
            price += random.nextDouble() - 0.5;
            prices[i] = price;
        }
        return prices;
    }

    static MemorySegment offHeap(double[] prices) {
        return Arena.global().allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
    }
}
