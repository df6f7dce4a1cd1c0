package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.benchmarks.report.Report.LARGE_SWEEP;
import static io.github.trendflex.benchmarks.report.Report.MILLION;
import static io.github.trendflex.benchmarks.report.Report.SWEEP;
import static io.github.trendflex.benchmarks.report.Report.UPSTREAM;
import static io.github.trendflex.report.Numbers.count;
import static io.github.trendflex.report.Numbers.percent;
import static io.github.trendflex.report.Numbers.ratio;
import static io.github.trendflex.report.Numbers.signedPercent;
import static io.github.trendflex.report.Numbers.threeDigits;

import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Writes the report as Markdown. Every figure in it is one of the report's, or follows from them.
public final class Page {
    private static final double SINGLE_TARGET = 6;
    private static final double BATCH_TARGET = 6;
    private static final double PLAIN_TARGET = 3;
    private static final double SINGLE_OVER_RUST_TARGET = 1.01;
    private static final double BATCH_OVER_RUST_TARGET = 1.02;

    private final Report report;
    private final Markdown page = new Markdown();

    private Page(Report report) {
        this.report = report;
    }

    /// Returns the page.
    public static String of(Report report) {
        return new Page(report).written();
    }

    private String written() {
        introduction();
        headline();
        shortfalls();
        single();
        works();
        if (report.firstValue() != null) {
            FirstValueSection.write(report.firstValue(), page);
        }
        ReviewSection.write(report, page);
        remarks();
        return page.toString();
    }

    /// Returns what the README says about speed, wrapped as it stands there.
    public static String summary(Report report) {
        Headline headline = report.headline();
        return Markdown.wrap(
                """
                Called from Java on one core (%s), TrendFlex of 1,002,240 prices takes %s ms: %s \
                times as fast as the default build of the crate `vector-ta` through the same \
                bridge, %s times as fast as the fastest plain Java, and within %s of the same call \
                from Rust. A sweep of 61 periods is %s times as fast as `vector-ta`'s. \
                [All figures](docs/reference/benchmarks.md), which `scripts/bench` measures anew.\
                """
                        .formatted(
                                report.machine().cpu() + ", " + report.machine().kernel(),
                                threeDigits(ours(report).millisACall()),
                                ratio(headline.singleVsUpstream()),
                                ratio(headline.singleVsPlainJava()),
                                percent(Math.abs(headline.javaOverRustSingle() - 1)),
                                ratio(headline.batchVsUpstream())));
    }

    private void introduction() {
        Machine machine = report.machine();
        page.paragraph("# What it costs, beside what else there is");
        page.paragraph(
                """
                `scripts/bench` measures everything on this page, writes its figures to \
                [benchmarks.json](benchmarks.json) and makes the page and the pictures of them; \
                `scripts/bench --quick` measures the main ratios.\
                """);
        page.paragraph(
                """
                This run: %s, %s, %d cores, %s, %s, the %s kernel. %s\
                """
                        .formatted(
                                report.date(),
                                machine.cpu(),
                                machine.cores(),
                                machine.system(),
                                machine.java(),
                                machine.kernel(),
                                machine.python().isEmpty()
                                        ? "The Python packages were skipped: there was no Python."
                                        : "Python %s with `vector-ta` %s and `wickra` %s."
                                                .formatted(machine.python().toArray())));
        page.paragraph(
                """
                All arms of a work compute the same prices (in cents, around 100, moving by about \
                0.3 a bar), in turns, round by round, in one process; the Python packages have a \
                process of their own that takes its turns with the others. Before it is timed, an \
                arm's whole output is held to TrendFlex's: bit for bit if it computes the same \
                arithmetic, else within 1e-9 from 50 outputs after the warm-up on. A time is the \
                median of its rounds. *Times TrendFlex* is the median of the ratios of each round, \
                which a change of the machine's speed does not touch; in brackets stands the ratio \
                of the two shortest times. All outputs are counted, the warm-up too.\
                """);
        page.bullets(
                "**TrendFlex, segment** and **array**: the Java library, on memory outside the heap"
                        + " and on arrays.",
                "**TrendFlex from Rust**: the same native function called by a loop in Rust, on the"
                        + " same memory, in the same process.",
                "**vector-ta**: the crate that defines the indicator, in the build that its users"
                        + " get by default and in one for this CPU alone, through the same bridge,"
                        + " on the same memory, in the same JVM. **vector-ta, Python**: its package"
                        + " from PyPI.",
                "**Wickra, Python**: another library from PyPI. It takes the square root of two"
                        + " where the others take 1.414, and is held to that.",
                "**plain Java**: the published recursion in doubles on arrays, with a sum over the"
                        + " window for each output or a running one; and the arithmetic of"
                        + " [numerics.md](../explanation/numerics.md), whose bits are TrendFlex's.",
                "**ta4j**: cached indicators as one writes them for ta4j, on its `DoubleNum`; the"
                        + " bar series is there already.",
                "Two floors: **memset** of the output, and **one square root and one division** for"
                        + " each output, vectorised, which the definition asks for.");
    }

    private void headline() {
        Headline it = report.headline();
        page.paragraph("## In short");
        page.paragraph("One thread, 1,002,240 prices, called from Java.");
        page.table(
                List.of("", "here", "wanted", ""),
                List.of(
                        goal(
                                "one period, times as fast as `vector-ta`",
                                it.singleVsUpstream(),
                                SINGLE_TARGET),
                        goal(
                                "61 periods, times as fast as `vector-ta`",
                                it.batchVsUpstream(),
                                BATCH_TARGET),
                        goal(
                                "one period, times as fast as the fastest plain Java",
                                it.singleVsPlainJava(),
                                PLAIN_TARGET),
                        overRust(
                                "one period, what Java adds to Rust",
                                it.javaOverRustSingle(),
                                SINGLE_OVER_RUST_TARGET),
                        overRust(
                                "61 periods, what Java adds to Rust",
                                it.javaOverRustBatch(),
                                BATCH_OVER_RUST_TARGET)));
        page.picture("Times TrendFlex, one period", Pictures.SINGLE);
        page.picture("Times TrendFlex, 61 periods", Pictures.BATCH);
    }

    private static List<String> goal(String what, double here, double wanted) {
        return List.of(what, ratio(here), "≥ " + (int) wanted, reached(here >= wanted));
    }

    private static List<String> overRust(String what, double here, double wanted) {
        return List.of(
                what, signedPercent(here - 1), "≤ " + percent(wanted - 1), reached(here <= wanted));
    }

    private void shortfalls() {
        Headline it = report.headline();
        if (it.singleVsUpstream() < SINGLE_TARGET || it.batchVsUpstream() < BATCH_TARGET) {
            page.paragraph("### Why not six times `vector-ta`");
            shortfall("One period", "single", "20", it.singleVsUpstream(), SINGLE_TARGET);
            shortfall("61 periods", "batch", SWEEP, it.batchVsUpstream(), BATCH_TARGET);
            page.paragraph(
                    """
                    What is left beside the root and the division is the filter, the exact sum of \
                    the window and the mean square: by [numerics.md](../explanation/numerics.md) about thirty \
                    operations for each output, half of them for the sum, so that the outputs do \
                    not depend on how long ago the series began. A reciprocal root to be refined, \
                    which many CPUs have in single precision, does not give the bits of a root and \
                    a division, and the same bits on every machine are worth more here. Vectors of \
                    eight doubles, where the CPU has AVX-512, are another matter; this one has %s. Two \
                    vectors in flight instead of one were tried and gained nothing.\
                    """
                            .formatted(report.machine().kernel()));
        }
        if (it.singleVsPlainJava() < PLAIN_TARGET) {
            page.paragraph("### Why not three times plain Java");
            page.paragraph(
                    """
                    The running sum in plain doubles does less: no exact sum of the window, no \
                    fused operations. Its error grows with the series and a flat price gives noise \
                    for it. With the same bits, plain Java takes %s times as long as TrendFlex.\
                    """
                            .formatted(
                                    ratio(
                                            report.find(
                                                            "single",
                                                            MILLION,
                                                            "20",
                                                            1,
                                                            "plain Java, same bits")
                                                    .orElseThrow()
                                                    .timesOurs()
                                                    .median())));
        }
    }

    private void shortfall(
            String what, String work, String periods, double reached, double target) {
        if (reached >= target) {
            return;
        }
        double upstream = median(work, periods, UPSTREAM);
        page.paragraph(
                """
                %s: `vector-ta` takes %s ns an output, so that six times as fast were %s ns; \
                TrendFlex takes %s ns. One square root and one division for each output, in \
                vectors of this CPU and with nothing else to do, take %s ns.\
                """
                        .formatted(
                                what,
                                threeDigits(upstream),
                                threeDigits(upstream / target),
                                threeDigits(median(work, periods, OwnArms.SEGMENT)),
                                threeDigits(median(work, periods, RustArms.ROOT_AND_DIVIDE))));
    }

    private double median(String work, String periods, String arm) {
        return report.find(work, MILLION, periods, 1, arm).orElseThrow().nsPerOutput().median();
    }

    private void single() {
        page.paragraph("## One series, one period");
        page.paragraph("Nanoseconds an output, period 20, one thread.");
        int[] sizes =
                report.of("single").stream().mapToInt(Result::bars).distinct().sorted().toArray();
        List<String> header = new ArrayList<>(List.of(""));
        IntStream.of(sizes).forEach(bars -> header.add(count(bars) + " prices"));
        header.add("times TrendFlex, " + count(MILLION));
        page.table(
                header,
                report.of("single").stream()
                        .map(Result::arm)
                        .distinct()
                        .map(arm -> sizes(arm, sizes))
                        .toList());
        page.picture("Nanoseconds an output by size", Pictures.SIZES);
    }

    private List<String> sizes(String arm, int[] sizes) {
        List<String> row = new ArrayList<>(List.of(arm));
        for (int bars : sizes) {
            row.add(
                    report.find("single", bars, "20", 1, arm)
                            .map(it -> threeDigits(it.nsPerOutput().median()))
                            .orElse(""));
        }
        row.add(report.find("single", MILLION, "20", 1, arm).map(Page::times).orElse(""));
        return row;
    }

    private void works() {
        work("## One series, 61 periods", "batch", MILLION, SWEEP);
        work("## One series, 227 periods", "batch", MILLION, LARGE_SWEEP);
        work("## 1,000 series of 10,000 prices", "many series", 10_000, "20");
        work("## A price at a time", "stream", MILLION, "20");
        report.of("bank").stream()
                .findFirst()
                .ifPresent(it ->
                        work(
                                "## A price of each of %s symbols at a time"
                                        .formatted(count(it.series())),
                                "bank",
                                it.bars(),
                                "20"));
    }

    /// Writes the tables of a work, one for each number of threads.
    private void work(String title, String work, int bars, String periods) {
        List<Result> all =
                report.of(work).stream()
                        .filter(it -> it.bars() == bars && it.periods().equals(periods))
                        .toList();
        if (all.isEmpty()) {
            return;
        }
        page.paragraph(title);
        for (int threads : all.stream().mapToInt(Result::threads).distinct().toArray()) {
            page.paragraph(
                    "Nanoseconds an output, %s %s, %s."
                            .formatted(
                                    periods.contains("..") ? "periods" : "period",
                                    periods,
                                    threads == 1 ? "one thread" : threads + " threads"));
            page.table(
                    List.of("", "median", "shortest", "longest", "times TrendFlex"),
                    all.stream()
                            .filter(it -> it.threads() == threads)
                            .map(it ->
                                    List.of(
                                            it.arm(),
                                            threeDigits(it.nsPerOutput().median()),
                                            threeDigits(it.nsPerOutput().min()),
                                            threeDigits(it.nsPerOutput().max()),
                                            times(it)))
                            .toList());
        }
    }

    private void remarks() {
        page.paragraph("## What to bear in mind");
        page.bullets(
                "A series of 1,000 prices is too short to fill the lanes of a vector, whose parts"
                        + " need a run-up of more than a thousand steps; it is computed one price at"
                        + " a time, at the cost of the exact sum. Many short series at once do fill"
                        + " them.",
                "The sum over the window makes the double loop and Wickra slower with the period;"
                        + " the others are not.",
                "TrendFlex's results are the same bits on every path and every machine, and right on"
                        + " prices that stand still. Those of the running sum and of `vector-ta` are"
                        + " not; see [numerics.md](../explanation/numerics.md).");
    }

    private static Result ours(Report report) {
        return report.find("single", MILLION, "20", 1, OwnArms.SEGMENT).orElseThrow();
    }

    static String reached(boolean it) {
        return it ? "reached" : "**not reached**";
    }

    private static String times(Result result) {
        return "%s (%s)"
                .formatted(ratio(result.timesOurs().median()), ratio(result.timesOurs().byMin()));
    }
}
