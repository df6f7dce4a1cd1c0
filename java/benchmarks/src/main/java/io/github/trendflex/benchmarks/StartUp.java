package io.github.trendflex.benchmarks;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.benchmarks.arms.PlainJava;

/// The smallest of programs, to see what it takes until a fresh JVM has its first value. It prints
/// the last output.
///
/// Argument: how it is computed.
public final class StartUp {
    public static final String TRENDFLEX = "trendflex";
    public static final String PLAIN = "plain";
    public static final String NOTHING = "nothing";
    public static final int BARS = 100;
    public static final int PERIOD = 20;

    private StartUp() {}

    /// Runs it.
    public static void main(String[] args) {
        if (args[0].equals(NOTHING)) {
            return;
        }
        double[] prices = Prices.walk(BARS);
        double[] out = new double[BARS];
        if (args[0].equals(TRENDFLEX)) {
            TrendFlex.of(PERIOD).computeInto(prices, out);
        } else {
            PlainJava.sameBits(prices, PERIOD, out);
        }
        System.out.println(print(out));
    }

    /// What is printed.
    public static String print(double[] out) {
        return Double.toString(out[out.length - 1]);
    }
}
