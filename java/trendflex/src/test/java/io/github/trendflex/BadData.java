package io.github.trendflex;

import static io.github.trendflex.Doubles.ramp;
import static io.github.trendflex.Doubles.withGaps;
import static io.github.trendflex.Kernel.AUTO;
import static io.github.trendflex.NanPolicy.PROPAGATE;
import static io.github.trendflex.NanPolicy.REJECT;
import static io.github.trendflex.NanPolicy.SKIP;
import static io.github.trendflex.Refusal.EMPTY_INPUT;
import static io.github.trendflex.Refusal.KERNEL_UNAVAILABLE;
import static io.github.trendflex.Refusal.MISSING_PRICE;
import static io.github.trendflex.Refusal.NO_PRICES;
import static io.github.trendflex.Refusal.PERIOD_TOO_LONG;
import static io.github.trendflex.Refusal.TOO_FEW_PRICES;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Holds data that no whole-series call accepts, and how each call has to refuse it.
@SuppressWarnings("ArrayRecordComponent") // nobody compares two of them
record BadData(
        double[] prices,
        int period,
        NanPolicy nanPolicy,
        Kernel kernel,
        Refusal error,
        String message) {

    /// Returns each error by itself, then together with the ones that are checked after it.
    static Stream<BadData> all() {
        double[] empty = {};
        double[] missing = {
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Math.nextUp(0x1p500)
        };
        double[] startsLate = withGaps(ramp(30), IntStream.range(0, 10).toArray());
        double[] gappy = withGaps(ramp(30), 3, 17);
        Kernel foreign = foreignKernel();
        String none = "length = 0: there are no prices";
        String every =
                "length = 4: every value is missing: NaN, infinite, or above 2^500 in magnitude";
        String third =
                "index = 3: the price is missing: NaN, infinite, or above 2^500 in magnitude";
        return Stream.of(
                new BadData(empty, 1, PROPAGATE, AUTO, EMPTY_INPUT, none),
                new BadData(ramp(30), 30, PROPAGATE, AUTO, PERIOD_TOO_LONG, tooLong(30, 30)),
                new BadData(ramp(30), 31, SKIP, AUTO, PERIOD_TOO_LONG, tooLong(31, 30)),
                new BadData(
                        ramp(1),
                        Integer.MAX_VALUE,
                        REJECT,
                        AUTO,
                        PERIOD_TOO_LONG,
                        tooLong(Integer.MAX_VALUE, 1)),
                new BadData(missing, 3, PROPAGATE, AUTO, NO_PRICES, every),
                new BadData(missing, 3, SKIP, AUTO, NO_PRICES, every),
                new BadData(gappy, 5, REJECT, AUTO, MISSING_PRICE, third),
                new BadData(startsLate, 20, PROPAGATE, AUTO, TOO_FEW_PRICES, tooFew(20, 20)),
                new BadData(startsLate, 20, REJECT, AUTO, TOO_FEW_PRICES, tooFew(20, 20)),
                new BadData(gappy, 28, SKIP, AUTO, TOO_FEW_PRICES, tooFew(28, 28)),
                new BadData(
                        ramp(30), 29, PROPAGATE, foreign, KERNEL_UNAVAILABLE, unavailable(foreign)),
                new BadData(empty, 1, REJECT, foreign, EMPTY_INPUT, none),
                new BadData(missing, 4, REJECT, foreign, PERIOD_TOO_LONG, tooLong(4, 4)),
                new BadData(missing, 3, REJECT, foreign, NO_PRICES, every),
                new BadData(gappy, 29, REJECT, foreign, MISSING_PRICE, third),
                new BadData(startsLate, 20, PROPAGATE, foreign, TOO_FEW_PRICES, tooFew(20, 20)));
    }

    /// Returns a kernel that the engine does not run.
    static Kernel foreignKernel() {
        return Arrays.stream(Kernel.values())
                .filter(kernel -> !kernel.isSupported())
                .findFirst()
                .orElseThrow();
    }

    private static String tooLong(int period, int length) {
        return "period = "
                + period
                + ", length = "
                + length
                + ": the period must be below the number of values";
    }

    private static String tooFew(int period, int prices) {
        return "period = "
                + period
                + ", prices = "
                + prices
                + ": at least period + 1 prices are needed";
    }

    private static String unavailable(Kernel kernel) {
        String reason =
                switch (TrendFlexLibrary.engine()) {
                    case NATIVE -> "this CPU does not run it";
                    case JAVA -> "it needs the native engine, and Java computes";
                };
        return "kernel = " + kernel + ": " + reason;
    }
}
