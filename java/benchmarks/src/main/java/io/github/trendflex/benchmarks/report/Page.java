package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.benchmarks.report.Report.LARGE_SWEEP;
import static io.github.trendflex.benchmarks.report.Report.MILLION;
import static io.github.trendflex.benchmarks.report.Report.SWEEP;
import static io.github.trendflex.report.Numbers.count;
import static io.github.trendflex.report.Numbers.percent;
import static io.github.trendflex.report.Numbers.ratio;
import static io.github.trendflex.report.Numbers.threeDigits;

import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.report.Goals.Goal;
import io.github.trendflex.report.Markdown;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Writes the report as Markdown. Every figure in it is one of the report's, or follows from them.
public final class Page {
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
        goals();
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
                        + " and on arrays; **AVX2**: with that kernel, where the CPU has AVX-512 and"
                        + " all other arms use it.",
                "**TrendFlex, bare downcall**: the generated binding of the native function, with no"
                        + " check around it.",
                "**TrendFlex, engine in Java**: the same calls where the native library cannot be had"
                        + " or `-Dtrendflex.engine=java` is set; it uses one thread. A **stream** is"
                        + " in Java with either engine, unless its state is **in the caller's"
                        + " memory**.",
                "**TrendFlex from Rust**: the same native function called by a loop in Rust, on the"
                        + " same memory, in the same process. **From Rust**, an update of `vector-ta` is called by the same"
                        + " loop.",
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

    private void goals() {
        List<Goal> goals = Goals.of(report);
        page.paragraph("## In short");
        page.paragraph("One thread, called from Java, one period of 20 or the 61 from 20 to 80.");
        page.table(
                List.of("", "here", "wanted", ""),
                goals.stream()
                        .map(it ->
                                List.of(it.what(), it.here(), it.wanted(), reached(it.reached())))
                        .toList());
        List<Goal> missed = goals.stream().filter(it -> !it.reached()).toList();
        if (!missed.isEmpty()) {
            page.paragraph("### What falls short, and why");
            page.bullets(
                    missed.stream()
                            .collect(
                                    Collectors.groupingBy(
                                            Goal::cause, LinkedHashMap::new, Collectors.toList()))
                            .entrySet()
                            .stream()
                            .map(it -> "**%s.** %s".formatted(names(it.getValue()), it.getKey()))
                            .toArray(String[]::new));
        }
        page.picture("Times TrendFlex, one period", Pictures.SINGLE);
        page.picture("Times TrendFlex, 61 periods", Pictures.BATCH);
    }

    private static String names(List<Goal> goals) {
        String names = goals.stream().map(Goal::what).collect(Collectors.joining("; "));
        return Character.toUpperCase(names.charAt(0)) + names.substring(1);
    }

    private void single() {
        page.paragraph("## One series, one period");
        page.paragraph("Nanoseconds an output by the number of prices, period 20, one thread.");
        bySize("single", "20");
        page.picture("Nanoseconds an output by size", Pictures.SIZES);
    }

    /// Writes a table with a line for each arm and a column for each number of prices. It leaves
    /// out arms that were measured at one alone.
    private void bySize(String work, String periods) {
        List<Result> all =
                report.of(work).stream()
                        .filter(it -> it.periods().equals(periods) && it.threads() == 1)
                        .toList();
        int[] sizes = all.stream().mapToInt(Result::bars).distinct().sorted().toArray();
        Map<String, Long> measured =
                all.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Result::arm, LinkedHashMap::new, Collectors.counting()));
        List<String> header = new ArrayList<>(List.of(""));
        IntStream.of(sizes).forEach(bars -> header.add(count(bars)));
        header.add("times TrendFlex, " + count(MILLION));
        page.table(
                header,
                measured.keySet().stream()
                        .filter(arm -> measured.get(arm) > 1)
                        .map(arm -> bySize(work, periods, arm, sizes))
                        .toList());
    }

    private List<String> bySize(String work, String periods, String arm, int[] sizes) {
        List<String> row = new ArrayList<>(List.of(arm));
        for (int bars : sizes) {
            row.add(
                    report.find(work, bars, periods, 1, arm)
                            .map(it -> threeDigits(it.nsPerOutput().median()))
                            .orElse(""));
        }
        row.add(report.find(work, MILLION, periods, 1, arm).map(Page::times).orElse(""));
        return row;
    }

    private void works() {
        page.paragraph("## One series, 61 periods, by length");
        page.paragraph(
                "Nanoseconds an output by the number of prices, periods 20..80, one thread.");
        bySize("batch", SWEEP);
        work("## One series of 1,002,240 prices, 61 periods", "batch", MILLION, SWEEP);
        work("## One series of 1,002,240 prices, 227 periods", "batch", MILLION, LARGE_SWEEP);
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
