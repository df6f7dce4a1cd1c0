package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStreamBank;
import java.util.Arrays;

/// Computes in a JVM that allows less direct memory than any of the calls takes outside the heap.
public final class NoDirectMemory {
    private NoDirectMemory() {}

    public static void main(String[] args) {
        double[] prices = new double[500_000];
        Arrays.setAll(prices, i -> 100 + i % 17);
        TrendFlexBatch batch = TrendFlexBatch.of(20, 30);
        batch.forEachRow(prices, (_, _) -> {});
        batch.computeInto(prices, new double[2 * prices.length]);
        TrendFlex.of(20).computeMany(new double[][] {prices, prices});
        System.out.println("calls with arrays: computed");
        try {
            System.out.println(TrendFlexStreamBank.of(1000, 1000));
        } catch (TrendFlexException e) {
            System.out.println("a bank: " + e.reason());
        }
        try {
            System.out.println(batch.compute(prices));
        } catch (OutOfMemoryError e) {
            System.out.println("a result: " + e.getMessage().replaceFirst(" \\(.*", ""));
        }
    }
}
