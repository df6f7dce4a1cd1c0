package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.benchmarks.report.Report.MILLION;
import static io.github.trendflex.benchmarks.report.Report.SWEEP;
import static io.github.trendflex.benchmarks.report.Report.UPSTREAM;
import static io.github.trendflex.benchmarks.report.Report.UPSTREAM_NATIVE;
import static io.github.trendflex.report.Numbers.count;
import static io.github.trendflex.report.Numbers.percent;
import static io.github.trendflex.report.Numbers.ratio;
import static io.github.trendflex.report.Numbers.signedPercent;
import static io.github.trendflex.report.Numbers.threeDigits;

import io.github.trendflex.benchmarks.arms.JavaEngineArms;
import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.PlainArms;
import io.github.trendflex.benchmarks.arms.RustArms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Says what is wanted of the figures of a report, and why some fall short.
final class Goals {
    private static final String MILLION_PRICES = "1,002,240 prices: ";
    private static final String A_MILLION = MILLION_PRICES + "times as fast as ";
    private static final String NATIVE = "`vector-ta`'s native build";

    /// How many times as fast as the native build a batch is to be, by its bars.
    private static final SortedMap<Integer, Double> BATCHES =
            new TreeMap<>(Map.of(1_000, 1.33, 5_000, 1.6, 20_000, 1.67, 100_000, 2.4));

    private static final Comparator<Result> BY_TIMES =
            Comparator.comparingDouble(it -> it.timesOurs().median());

    private static final String SHORT =
            """
            A short series is computed one price at a time, or in parts that need a run-up, which \
            weighs as much as their outputs. Each smoothed price waits for the one before it, and \
            the sum of the window is exact, which costs many more operations than a running sum.\
            """;
    private static final String SHORT_ROWS =
            """
            Short rows are computed a period to a lane, whose windows lie apart in memory, or in \
            parts that need a run-up, which weighs as much as their outputs.\
            """;
    private static final String PIECES =
            """
            Long arrays are computed in pieces, so that a garbage collection need not wait long, \
            and each piece has to fill the lanes of a vector again.\
            """;
    private static final String EXACT_SUM =
            """
            The sum of the window is exact and starts anew every thousand prices, which costs             three times as many operations as a running sum.\
            """;
    private static final String CALL =
            """
            A call from Java adds less than a microsecond, as short series show. More than that \
            is the spread of the measurement.\
            """;
    private static final String UPDATE =
            """
            An update makes sure that its state is one before it touches memory, and its sum of \
            the window is exact.\
            """;

    private final Report report;
    private final boolean avx512;
    private final List<Goal> goals = new ArrayList<>();

    private Goals(Report report) {
        this.report = report;
        this.avx512 = report.machine().kernel().equals("AVX512");
    }

    /// @param cause why it falls short if it does
    record Goal(String what, String here, String wanted, boolean reached, String cause) {}

    /// Returns the goals whose works were measured.
    static List<Goal> of(Report report) {
        Goals it = new Goals(report);
        it.lengths();
        it.million();
        it.batches();
        it.languages();
        it.inJava();
        it.ticks();
        return it.goals;
    }

    private void lengths() {
        times("single", 250, "20", UPSTREAM_NATIVE)
                .ifPresent(
                        it -> atLeast(0.95, "250 prices: times as fast as " + NATIVE, it, SHORT));
        Result besideNative = from(500, UPSTREAM_NATIVE).min(BY_TIMES).orElseThrow();
        atLeast(
                1,
                atWorst(500, besideNative, "times as fast as " + NATIVE),
                besideNative.timesOurs().median(),
                SHORT);
        times("single", 10_000, "20", UPSTREAM_NATIVE)
                .ifPresent(
                        it -> atLeast(1.5, "10,000 prices: times as fast as " + NATIVE, it, SHORT));
        Result besidePlain = from(1_000, PlainArms.RUNNING_SUM).min(BY_TIMES).orElseThrow();
        atLeast(
                1.3,
                atWorst(1_000, besidePlain, "times as fast as plain Java's running sum"),
                besidePlain.timesOurs().median(),
                SHORT);
        Result array = from(1_000, OwnArms.ARRAY).max(BY_TIMES).orElseThrow();
        atMost(
                1.05,
                atWorst(1_000, array, "an array's time over a segment's"),
                array.timesOurs().median(),
                PIECES);
    }

    private void million() {
        Headline it = report.headline();
        String arithmetic = arithmetic("single", "20");
        atLeast(avx512 ? 6 : 5, A_MILLION + "`vector-ta`", it.singleVsUpstream(), arithmetic);
        double nativeBuild = times("single", MILLION, "20", UPSTREAM_NATIVE).orElseThrow();
        atLeast(avx512 ? 3 : 2.2, A_MILLION + NATIVE, nativeBuild, arithmetic);
        atLeast(
                avx512 ? 4 : 3,
                A_MILLION + "the fastest plain Java",
                it.singleVsPlainJava(),
                plainJava());
        times("single", MILLION, "20", OwnArms.AVX2)
                .ifPresent(avx2 -> {
                    atLeast(
                            5,
                            A_MILLION + "`vector-ta`, with AVX2",
                            it.singleVsUpstream() / avx2,
                            arithmetic);
                    atLeast(
                            2.2,
                            A_MILLION + NATIVE + ", with AVX2",
                            nativeBuild / avx2,
                            arithmetic);
                });
    }

    private void batches() {
        BATCHES.forEach((bars, wanted) ->
                times("batch", bars, SWEEP, UPSTREAM_NATIVE)
                        .ifPresent(it ->
                                atLeast(
                                        wanted,
                                        "61 periods, %s prices: times as fast as %s"
                                                .formatted(count(bars), NATIVE),
                                        it,
                                        SHORT_ROWS)));
        report.of("batch").stream()
                .filter(it -> it.threads() == 1 && it.periods().equals(SWEEP))
                .filter(it -> it.arm().equals(OwnArms.AVX2))
                .mapToDouble(it -> 1 / it.timesOurs().median())
                .max()
                .ifPresent(it ->
                        atMost(
                                1,
                                "61 periods, at worst: AVX-512's time over AVX2's",
                                it,
                                SHORT_ROWS));
        atLeast(
                6,
                "61 periods, " + A_MILLION + "`vector-ta`",
                report.headline().batchVsUpstream(),
                arithmetic("batch", SWEEP));
    }

    private void languages() {
        Headline it = report.headline();
        overRust(1.01, "one period: what Java adds to Rust", it.javaOverRustSingle());
        overRust(1.02, "61 periods: what Java adds to Rust", it.javaOverRustBatch());
    }

    private void inJava() {
        times("single", MILLION, "20", JavaEngineArms.NAME)
                .ifPresent(engine ->
                        atMost(
                                1.4,
                                MILLION_PRICES
                                        + "the engine in Java's time over plain Java's running sum",
                                engine / runningSum("single"),
                                EXACT_SUM));
        times("stream", MILLION, "20", OwnArms.STREAM)
                .ifPresent(stream ->
                        atMost(
                                1.7,
                                "an update of a stream from Java: its time over plain Java's"
                                        + " running sum",
                                stream / runningSum("stream"),
                                EXACT_SUM));
    }

    private double runningSum(String work) {
        return times(work, MILLION, "20", PlainArms.RUNNING_SUM).orElseThrow();
    }

    private void ticks() {
        Headline it = report.headline();
        atMost(
                1.25,
                "an update of a stream: its time over that of %s, both from Rust".formatted(NATIVE),
                it.streamVsNative(),
                UPDATE);
        atMost(
                2,
                "a bank of 1,024 symbols: nanoseconds a symbol",
                it.bankNs(),
                """
                A bank reads and writes the state of every symbol at every tick, and its sums are \
                exact. One square root and one division for each symbol alone take %s ns.\
                """
                        .formatted(
                                threeDigits(
                                        report.of("bank").stream()
                                                .filter(arm ->
                                                        arm.arm().equals(RustArms.ROOT_AND_DIVIDE))
                                                .findFirst()
                                                .orElseThrow()
                                                .nsPerOutput()
                                                .median())));
    }

    private void atLeast(double wanted, String what, double here, String cause) {
        goals.add(new Goal(what, ratio(here), "≥ " + ratio(wanted), here >= wanted, cause));
    }

    /// Adds a goal that is reached if the number is not larger as it is written.
    private void atMost(double wanted, String what, double here, String cause) {
        boolean reached = Math.round(here * 100) <= Math.round(wanted * 100);
        goals.add(new Goal(what, ratio(here), "≤ " + ratio(wanted), reached, cause));
    }

    private void overRust(double wanted, String what, double here) {
        goals.add(
                new Goal(
                        what,
                        signedPercent(here - 1),
                        "≤ " + percent(wanted - 1),
                        here <= wanted,
                        CALL));
    }

    private Optional<Double> times(String work, int bars, String periods, String arm) {
        return report.find(work, bars, periods, 1, arm).map(it -> it.timesOurs().median());
    }

    private static String atWorst(int least, Result at, String what) {
        return "%s prices and more, at worst (%s): %s"
                .formatted(count(least), count(at.bars()), what);
    }

    /// Returns the results of an arm for single series of at least so many prices.
    private Stream<Result> from(int least, String arm) {
        return report.of("single").stream()
                .filter(it -> it.bars() >= least && it.arm().equals(arm));
    }

    private String arithmetic(String work, String periods) {
        return """
        `vector-ta` takes %s ns an output and TrendFlex %s ns. One square root and one division \
        for each output, in vectors of this CPU and with nothing else to do, take %s ns. The rest \
        is the filter, the exact sum of the window and the mean square: by \
        [numerics.md](../explanation/numerics.md) about thirty operations for each output, half of \
        them for the sum, so that the outputs do not depend on how long ago the series began. A \
        reciprocal root to be refined, which many CPUs have in single precision, does not give the \
        bits of a root and a division, and the same bits on every machine are worth more here.\
        """
                .formatted(
                        median(work, periods, UPSTREAM),
                        median(work, periods, OwnArms.SEGMENT),
                        median(work, periods, RustArms.ROOT_AND_DIVIDE));
    }

    private String plainJava() {
        return """
        The running sum in plain doubles does less: no exact sum of the window, no fused \
        operations. Its error grows with the series and a flat price gives noise for it. With the \
        same bits, plain Java takes %s times as long as TrendFlex.\
        """
                .formatted(
                        ratio(times("single", MILLION, "20", PlainArms.SAME_BITS).orElseThrow()));
    }

    private String median(String work, String periods, String arm) {
        return threeDigits(
                report.find(work, MILLION, periods, 1, arm).orElseThrow().nsPerOutput().median());
    }
}
