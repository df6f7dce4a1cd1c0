package io.github.trendflex.benchmarks.works;

import io.github.trendflex.Kernel;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.benchmarks.arms.Agreement;
import io.github.trendflex.benchmarks.arms.Arm;
import io.github.trendflex.benchmarks.arms.Data;
import io.github.trendflex.benchmarks.arms.PlainJava;
import io.github.trendflex.benchmarks.arms.Work;

/// Checks that an arm writes the numbers that it has to write, so that none is timed doing
/// something else.
final class Check {
    private static final double TOLERANCE = 1e-9;

    /// The number of first outputs that only have to be numbers: their divisor may be close to 0,
    /// where rounding shows.
    private static final int SETTLED = 50;

    private Check() {}

    /// Runs an arm once, and checks its numbers.
    ///
    /// @throws IllegalStateException if the arm's numbers are not what they have to be
    static void run(Data data, Arm arm) {
        arm.repeated().nanos(1);
        if (arm.agreement() == Agreement.NONE) {
            return;
        }
        Work work = data.work();
        double[] found = new double[work.bars()];
        double[] prices = data.series(0);
        for (int row = 0; row < work.rows(); row++) {
            int period = work.firstPeriod() + row % work.periods();
            if (work.series() > 1) {
                prices = data.series(row);
            }
            double[] expected = expected(arm.agreement(), prices, period);
            arm.outputs().copy(row, found);
            for (int i = 0; i < expected.length; i++) {
                if (!agree(arm.agreement(), period, i, expected[i], found[i])) {
                    throw new IllegalStateException(
                            "%s: %s, row %d, output %d is %s and not %s"
                                    .formatted(work, arm.name(), row, i, found[i], expected[i]));
                }
            }
        }
    }

    private static double[] expected(Agreement agreement, double[] prices, int period) {
        if (agreement == Agreement.WICKRA) {
            double[] out = new double[prices.length];
            PlainJava.runningSum(prices, period, Math.sqrt(2), out);
            return out;
        }
        return TrendFlex.of(period).withKernel(Kernel.SCALAR).compute(prices);
    }

    private static boolean agree(
            Agreement agreement, int period, int index, double expected, double found) {
        if (agreement == Agreement.BITS || index < period) {
            return Double.compare(expected, found) == 0;
        }
        return index < period + SETTLED
                ? Double.isFinite(found)
                : Math.abs(expected - found) <= TOLERANCE;
    }
}
