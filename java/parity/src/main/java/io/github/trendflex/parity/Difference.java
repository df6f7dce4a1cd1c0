package io.github.trendflex.parity;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/// How far two series of outputs are apart.
///
/// @param largest the largest difference where both are numbers
/// @param unlike at how many bars one is a number and the other is not
record Difference(double largest, int unlike) {
    static Difference between(double[] a, double[] b) {
        return of(
                a.length,
                i -> Double.isFinite(a[i]) || Double.isFinite(b[i]) ? Math.abs(a[i] - b[i]) : 0);
    }

    /// From the exact outputs.
    static Difference of(double[] outputs, ExactOutputs exact) {
        return of(outputs.length, i -> exact.error(i, outputs[i]));
    }

    /// The difference at a bar is no number where only one output is.
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
