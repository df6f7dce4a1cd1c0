package io.github.trendflex.jvm;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Computes in a JVM that has room for the prices and the results, but for no copy of them.
public final class LittleMemory {
    /// The number of prices: they take 32 MB, and each row of results takes as much.
    private static final int LENGTH = 4_000_000;

    private LittleMemory() {}

    public static void main(String[] args) {
        switch (args[0]) {
            case "heap" -> {
                double[] prices = new double[LENGTH];
                double[] out = new double[LENGTH];
                Arrays.setAll(prices, LittleMemory::price);
                TrendFlex.of(20).computeInto(prices, out);
                TrendFlexStream.of(20).updateInto(prices, out);
            }
            case "off-heap" -> {
                MemorySegment prices = offHeapPrices();
                MemorySegment out = offHeap(LENGTH);
                TrendFlex.of(20).computeInto(prices, out);
                TrendFlexStream.of(20).updateInto(prices, out);
            }
            case "batch" ->
                    TrendFlexBatch.of(PeriodRange.closed(20, 22))
                            .computeInto(offHeapPrices(), offHeap(3 * LENGTH));
            case "blocks" -> {
                double[] prices = new double[20_000];
                Arrays.setAll(prices, LittleMemory::price);
                TrendFlexBatch.of(PeriodRange.closed(20, 319))
                        .computeInto(prices, new double[300 * prices.length]);
            }
            default -> throw new IllegalArgumentException(args[0]);
        }
        System.out.println("enough memory");
    }

    private static MemorySegment offHeapPrices() {
        MemorySegment prices = offHeap(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            prices.setAtIndex(ValueLayout.JAVA_DOUBLE, i, price(i));
        }
        return prices;
    }

    private static MemorySegment offHeap(long length) {
        return Arena.global().allocate(ValueLayout.JAVA_DOUBLE, length);
    }

    private static double price(int i) {
        return 100 + i % 17;
    }
}
