package io.github.trendflex.parity;

import io.github.trendflex.Definition;
import io.github.trendflex.exact.ExactTrendFlex;
import java.util.Arrays;

/// Computes the exact outputs for prices some of which are NaN. There is no number before the end
/// of the first price's warm-up, nor from the first NaN after that price on.
final class ExactOutputs {
    private final int start;
    private final int firstNumber;
    private final int end;
    private final ExactTrendFlex exact;

    ExactOutputs(double[] prices, int period) {
        int first = 0;
        while (Double.isNaN(prices[first])) {
            first++;
        }
        int last = first;
        while (last < prices.length && !Double.isNaN(prices[last])) {
            last++;
        }
        start = first;
        firstNumber = first + period;
        end = last;
        exact =
                new ExactTrendFlex(
                        Arrays.copyOfRange(prices, start, end), period, Definition.VECTOR_TA);
    }

    /// Returns the output of bar `i`, to the nearest double.
    double output(int i) {
        return isNumber(i) ? exact.output(i - start) : Double.NaN;
    }

    /// Returns how far a value is from the output of bar `i`, or NaN if only one of them is a
    /// number.
    double error(int i, double value) {
        if (isNumber(i)) {
            return exact.error(i - start, value);
        }
        return Double.isFinite(value) ? Double.NaN : 0;
    }

    private boolean isNumber(int i) {
        return firstNumber <= i && i < end;
    }
}
