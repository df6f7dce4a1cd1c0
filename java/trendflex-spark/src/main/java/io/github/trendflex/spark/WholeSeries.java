package io.github.trendflex.spark;

import static io.github.trendflex.Refusal.EMPTY_INPUT;
import static io.github.trendflex.Refusal.NO_PRICES;
import static io.github.trendflex.Refusal.PERIOD_TOO_LONG;
import static io.github.trendflex.Refusal.TOO_FEW_PRICES;

import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;

/// Computes whole series. One short series among the many of a table must not fail a job: its
/// outputs are NaN.
final class WholeSeries {
    private static final Set<Refusal> TOO_SHORT =
            EnumSet.of(EMPTY_INPUT, PERIOD_TOO_LONG, NO_PRICES, TOO_FEW_PRICES);

    private WholeSeries() {}

    static double[] compute(TrendFlex calculator, double[] prices) {
        try {
            return calculator.compute(prices);
        } catch (TrendFlexException e) {
            requireTooShort(e);
            double[] none = new double[prices.length];
            if (none.length > 0) {
                // In a panel a short series is no error, but what the policy rejects still is.
                calculator
                        .withThreads(1)
                        .computePanelInto(
                                MemorySegment.ofArray(prices),
                                MemorySegment.ofArray(new long[] {0, prices.length}),
                                MemorySegment.ofArray(none));
            }
            return none;
        }
    }

    /// Throws the exception again unless it says that the series is too short.
    static void requireTooShort(TrendFlexException e) {
        if (!TOO_SHORT.contains(e.reason())) {
            throw e;
        }
    }
}
