package io.github.trendflex.parity;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.exact.Walk;
import io.github.trendflex.parity.Report.Answer;
import io.github.trendflex.parity.Report.Behaviour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Lists what differs from upstream on purpose. The examples run here, and the page shows what they
/// print.
final class Behaviours {
    private static final int PERIOD = 20;

    private final Upstream upstream;

    Behaviours(Upstream upstream) {
        this.upstream = upstream;
    }

    List<Behaviour> all() {
        return List.of(
                flat(),
                atZeroAndBack(),
                nanInStream(),
                nanFirstInStream(),
                streamAndSeries(),
                periodOne(),
                batchOfPeriodZero(),
                infinityFirst(),
                squareOverflows(),
                tooFewPrices());
    }

    private Behaviour flat() {
        double[] prices = new double[1000];
        Arrays.fill(prices, 100.1);
        int[] bars = {20, 21, 500, 999};
        return new Behaviour(
                "A price that does not move",
                """
                has no trend. Rounding moves upstream's smoothed price all the same, and the
                normalisation makes a full signal of it.\
                """,
                "100.1 a thousand times, period 20; the outputs 20, 21, 500 and 999",
                List.of(
                        answer("ours", () -> numbers(ours(prices), bars)),
                        answer("upstream", () -> numbers(upstream.compute(prices, PERIOD), bars)),
                        answer("exact", () -> exact(prices, PERIOD, bars))));
    }

    private Behaviour atZeroAndBack() {
        double[] prices = new double[5000];
        Arrays.fill(prices, 0, 1000, 100.1);
        Arrays.fill(prices, 1050, prices.length, 100);
        int[] bars = {1050, 1500, 3000, 4999};
        return new Behaviour(
                "A price that was 0",
                """
                and came back leaves nothing behind: the window's sum is rebuilt from time to
                time. Upstream's keeps what it once lost.\
                """,
                """
                100.1 a thousand times, 0 fifty times, then 100, period 20; \
                the outputs 1050, 1500, 3000 and 4999\
                """,
                List.of(
                        answer("ours", () -> numbers(ours(prices), bars)),
                        answer("upstream", () -> numbers(upstream.compute(prices, PERIOD), bars)),
                        answer("exact", () -> exact(prices, PERIOD, bars))));
    }

    private Behaviour nanInStream() {
        double[] prices = with(50, Double.NaN);
        return new Behaviour(
                "A NaN inside",
                """
                silences a whole series from there on, ours and upstream's; ours may be told to skip
                it. Streams run for long, so in ours a NaN is a gap unless told otherwise.
                Upstream's stream answers 0 for ever, which is no NaN and no trend.\
                """,
                "a hundred ticks, the one at 50 NaN, period 20",
                List.of(
                        answer("ours, series", () -> runs(ours(prices))),
                        answer(
                                "ours, series, SKIP",
                                () ->
                                        runs(
                                                TrendFlex.of(PERIOD)
                                                        .withNanPolicy(NanPolicy.SKIP)
                                                        .compute(prices))),
                        answer("ours, stream", () -> runs(stream(prices, NanPolicy.SKIP))),
                        answer(
                                "ours, stream, PROPAGATE",
                                () -> runs(stream(prices, NanPolicy.PROPAGATE))),
                        answer("upstream, series", () -> runs(upstream.compute(prices, PERIOD))),
                        answer("upstream, stream", () -> runs(upstream.stream(prices, PERIOD)))));
    }

    private Behaviour nanFirstInStream() {
        double[] prices = with(0, Double.NaN);
        return new Behaviour(
                "A NaN before the first price",
                "is passed over. Upstream's stream takes it for a price, and answers 0 for ever.",
                "a hundred ticks, the first NaN, period 20",
                List.of(
                        answer("ours, series", () -> runs(ours(prices))),
                        answer("ours, stream", () -> runs(stream(prices, NanPolicy.SKIP))),
                        answer("upstream, series", () -> runs(upstream.compute(prices, PERIOD))),
                        answer("upstream, stream", () -> runs(upstream.stream(prices, PERIOD)))));
    }

    private Behaviour streamAndSeries() {
        double[] prices = Walk.TICKS.prices(20_000, 1);
        return new Behaviour(
                "A stream",
                "gives the bits of the whole series; upstream's gives others.",
                "20,000 ticks, period 20; outputs of the stream that are not those of the series",
                List.of(
                        answer("ours", () -> unequal(stream(prices, NanPolicy.SKIP), ours(prices))),
                        answer(
                                "upstream",
                                () ->
                                        unequal(
                                                upstream.stream(prices, PERIOD),
                                                upstream.compute(prices, PERIOD)))));
    }

    private Behaviour periodOne() {
        double[] prices = {100, 101, 103, 102, 104};
        int[] bars = {0, 1, 2, 3, 4};
        return new Behaviour(
                "Period 1",
                """
                is a period like others. Upstream's single call leaves the first output as
                it was, and the sum over its window keeps the first price for ever.\
                """,
                "100, 101, 103, 102, 104 into memory full of 7",
                List.of(
                        answer(
                                "ours",
                                () -> {
                                    double[] out = sevens(prices.length);
                                    TrendFlex.of(1).computeInto(prices, out);
                                    return numbers(out, bars);
                                }),
                        answer(
                                "upstream",
                                () -> {
                                    double[] out = sevens(prices.length);
                                    upstream.computeInto(prices, 1, out);
                                    return numbers(out, bars);
                                }),
                        answer("exact", () -> exact(prices, 1, bars))));
    }

    private Behaviour batchOfPeriodZero() {
        double[] prices = Walk.TICKS.prices(100, 1);
        return new Behaviour(
                "A batch with period 0",
                """
                is refused. Upstream panics; across the boundary to C or Java an uncaught panic
                ends the process.\
                """,
                "a hundred ticks, periods 0 to 3",
                List.of(
                        answer(
                                "ours",
                                () -> {
                                    PeriodRange periods = PeriodRange.closed(0, 3);
                                    return TrendFlexBatch.of(periods).compute(prices).toString();
                                }),
                        answer("upstream", () -> runs(upstream.batch(prices, 0, 3, 1)))));
    }

    private Behaviour infinityFirst() {
        double[] prices = with(0, Double.POSITIVE_INFINITY);
        return new Behaviour(
                "An infinity before the first price",
                "is missing as a NaN is. Upstream takes it for a price.",
                "a hundred ticks, the first infinite, period 20",
                List.of(
                        answer("ours", () -> runs(ours(prices))),
                        answer("upstream", () -> runs(upstream.compute(prices, PERIOD)))));
    }

    private Behaviour squareOverflows() {
        double[] prices = with(50, 1e160);
        return new Behaviour(
                "A value beyond 2^500",
                """
                is missing: its square is more than a double can hold. Upstream divides by that
                infinity, and says 0 from there on.\
                """,
                "a hundred ticks, the one at 50 1e160, period 20",
                List.of(
                        answer("ours", () -> runs(ours(prices))),
                        answer("upstream", () -> runs(upstream.compute(prices, PERIOD)))));
    }

    private Behaviour tooFewPrices() {
        double[] prices = Arrays.copyOf(with(0, Double.NaN), PERIOD + 1);
        return new Behaviour(
                "As many prices as the period",
                """
                come to no output. That is refused, as it is by both where there are as many
                values; where the others are NaN, upstream gives NaNs.\
                """,
                "21 ticks, the first NaN, period 20",
                List.of(
                        answer("ours", () -> runs(ours(prices))),
                        answer("upstream", () -> runs(upstream.compute(prices, PERIOD)))));
    }

    /// Returns the result of the example, or how it is refused.
    private static Answer answer(String side, Supplier<String> example) {
        try {
            return new Answer(side, example.get());
        } catch (TrendFlexException e) {
            return new Answer(side, e.reason() + ": " + e.getMessage());
        } catch (Upstream.Refused e) {
            return new Answer(side, e.status());
        }
    }

    private static double[] ours(double[] prices) {
        return TrendFlex.of(PERIOD).compute(prices);
    }

    private static double[] stream(double[] prices, NanPolicy nanPolicy) {
        TrendFlexStream stream = TrendFlexStream.of(PERIOD).withNanPolicy(nanPolicy);
        return Arrays.stream(prices).map(stream::update).toArray();
    }

    private static String exact(double[] prices, int period, int... bars) {
        ExactOutputs exact = new ExactOutputs(prices, period);
        return numbers(
                IntStream.range(0, prices.length).mapToDouble(exact::output).toArray(), bars);
    }

    /// Returns a hundred ticks, one of them replaced.
    private static double[] with(int bar, double value) {
        double[] prices = Walk.TICKS.prices(100, 1);
        prices[bar] = value;
        return prices;
    }

    private static double[] sevens(int length) {
        double[] out = new double[length];
        Arrays.fill(out, 7);
        return out;
    }

    private static String numbers(double[] out, int... bars) {
        return Arrays.stream(bars)
                .mapToObj(bar -> String.valueOf(out[bar]))
                .collect(Collectors.joining("  "));
    }

    private static String unequal(double[] a, double[] b) {
        long unequal =
                IntStream.range(0, a.length)
                        .filter(i -> Double.doubleToLongBits(a[i]) != Double.doubleToLongBits(b[i]))
                        .count();
        return unequal + " of " + a.length;
    }

    /// Says how many outputs of each kind follow each other.
    private static String runs(double[] out) {
        List<String> runs = new ArrayList<>();
        for (int from = 0, to; from < out.length; from = to) {
            String kind = kind(out[from]);
            to = from;
            while (to < out.length && kind(out[to]).equals(kind)) {
                to++;
            }
            runs.add(to - from + " " + kind);
        }
        return String.join(", ", runs);
    }

    private static String kind(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        return value == 0 ? "zeros" : "numbers";
    }
}
