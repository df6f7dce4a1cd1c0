package io.github.trendflex;

/// Computes how long outputs remember where their series begins.
///
/// Two things remember the beginning. In the mean square it fades by 0.96<sup>n</sup> over `n`
/// outputs; in the filter it fades by e<sup>-tn</sup> with t = 1.414 π / half the period. Both
/// together have to fade to a tenth of the tolerance, because outputs reach 5 and the mean square
/// may have shrunk in that time.
final class UnstablePeriod {
    private UnstablePeriod() {}

    /// Returns the smallest number of outputs after which both memories together are down to a
    /// tenth of the tolerance, or [Integer#MAX_VALUE].
    static int outputs(int period, Definition definition, double tolerance) {
        double faded = tolerance / 10;
        double half =
                switch (definition) {
                    case VECTOR_TA -> period / 2 + period % 2;
                    case EHLERS -> period / 2.0;
                };
        int low = 0;
        int high = Integer.MAX_VALUE;
        while (low < high) {
            int middle = low + (high - low) / 2;
            double left = Math.pow(0.96, middle) + Math.exp(-1.414 * Math.PI / half * middle);
            if (left <= faded) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }
}
