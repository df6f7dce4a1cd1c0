package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.benchmarks.report.Report.MILLION;
import static io.github.trendflex.benchmarks.report.Report.UPSTREAM;
import static io.github.trendflex.report.Numbers.count;
import static io.github.trendflex.report.Numbers.fixed;
import static io.github.trendflex.report.Numbers.percent;
import static io.github.trendflex.report.Numbers.ratio;
import static io.github.trendflex.report.Numbers.signedPercent;
import static io.github.trendflex.report.Numbers.threeDigits;

import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.report.Markdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Writes the page's section about VectorTA's review of its bindings, and the same table for this
/// library.
final class ReviewSection {
    private ReviewSection() {}

    static void write(Report report, Markdown page) {
        Review review = report.review();
        page.paragraph("## A review of bindings, done again");
        page.paragraph(
                """
                VectorTA's authors [reviewed](%s) what their Python bindings of TrendFlex add to \
                Rust. Their figures, in milliseconds:\
                """
                        .formatted(review.source()));
        page.table(
                List.of("", "Rust", "Python", "Python over Rust"),
                List.of(
                        List.of(
                                "one period",
                                fixed(2, review.singleRust()),
                                fixed(2, review.singlePython()),
                                signedPercent(review.singlePython() / review.singleRust() - 1)
                                        + " (stated: 0.4 %)"),
                        List.of(
                                review.batchPeriods() + " periods, as stated",
                                fixed(2, review.batchRust()),
                                fixed(2, review.batchPython()),
                                signedPercent(review.batchPython() / review.batchRust() - 1))));
        double pythonRow = review.batchPython() / review.batchPeriods();
        double rustRow = review.batchRust() / review.rustBenchmarkPeriods();
        page.paragraph(
                """
                The second line most likely compares two different sweeps. %s ms over %d periods \
                are %s ms a period. If VectorTA's benchmark in Rust ran the periods 20 to 80, %d \
                of them, its %s ms are %s ms a period, the same but for %s. And a sweep of %d \
                periods is %s larger than one of %d, which is nearly the overhead that the review \
                reports. Taken as %d periods, Rust would have spent %s ms on each, %s times less \
                than on a single one. This is an inference from the published figures; by it \
                the bindings themselves cost next to nothing then.\
                """
                        .formatted(
                                fixed(2, review.batchPython()),
                                review.batchPeriods(),
                                fixed(3, pythonRow),
                                review.rustBenchmarkPeriods(),
                                fixed(2, review.batchRust()),
                                fixed(3, rustRow),
                                percent(Math.abs(rustRow / pythonRow - 1)),
                                review.batchPeriods(),
                                percent(
                                        (double) review.batchPeriods()
                                                        / review.rustBenchmarkPeriods()
                                                - 1),
                                review.rustBenchmarkPeriods(),
                                review.batchPeriods(),
                                fixed(3, review.batchRust() / review.batchPeriods()),
                                ratio(
                                        review.singleRust()
                                                * review.batchPeriods()
                                                / review.batchRust())));
        page.paragraph(
                """
                The same table for this library, %s prices, the same periods and threads on both \
                sides, in milliseconds:\
                """
                        .formatted(count(MILLION)));
        page.table(
                List.of("", "threads", "Rust", "Java", "Java over Rust"),
                rows(report, OwnArms.SEGMENT, RustArms.NAME));
        List<List<String>> python = rows(report, "vector-ta, Python", UPSTREAM);
        if (!python.isEmpty()) {
            page.paragraph(
                    """
                    And for `vector-ta` on this machine: its crate in the default build through \
                    the bridge, and its package from PyPI, which is of an earlier release and \
                    allocates its output in every call:\
                    """);
            page.table(List.of("", "threads", "crate", "Python", "Python over crate"), python);
        }
    }

    /// Returns a line for each work that has both arms.
    private static List<List<String>> rows(Report report, String arm, String base) {
        List<List<String>> rows = new ArrayList<>();
        for (Result of : report.results()) {
            if (!of.arm().equals(arm)
                    || of.bars() != MILLION
                    || !(of.work().equals("single") || of.work().equals("batch"))) {
                continue;
            }
            Optional<Result> other =
                    report.find(of.work(), MILLION, of.periods(), of.threads(), base);
            other.ifPresent(it ->
                    rows.add(
                            List.of(
                                    of.work().equals("single")
                                            ? "one period"
                                            : "periods " + of.periods(),
                                    Integer.toString(of.threads()),
                                    threeDigits(it.millisACall()),
                                    threeDigits(of.millisACall()),
                                    signedPercent(
                                            of.timesOurs().median() / it.timesOurs().median()
                                                    - 1))));
        }
        return rows;
    }
}
