package io.github.trendflex.parity;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// Says how far two series of outputs are apart.
///
/// @param largest the largest difference where both are numbers
/// @param unlike the number of bars at which only one is a number
record Difference(double largest, int unlike) {
    static Difference between(double[] a, double[] b) {
        return of(
                a.length,
                i -> Double.isFinite(a[i]) || Double.isFinite(b[i]) ? Math.abs(a[i] - b[i]) : 0);
    }

    /// Returns the difference from the exact outputs.
    static Difference of(double[] outputs, ExactOutputs exact) {
        return of(outputs.length, i -> exact.error(i, outputs[i]));
    }

    /// Returns the difference over all bars; `difference` is NaN where only one output is a number.
    private static Difference of(int bars, IntToDoubleFunction difference) {
        double[] all = IntStream.range(0, bars).mapToDouble(difference).toArray();
        double largest = 0;
        int unlike = 0;
        for (double one : all) {
            if (Double.isFinite(one)) {
                largest = Math.max(largest, one);
            } else {
                unlike++;
            }
        }
        return new Difference(largest, unlike);
    }
}
