package io.github.trendflex.benchmarks.report;

import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.report.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Holds all figures of a run. Pages and pictures take their figures only from here.
public record Report(
        LocalDate date,
        Machine machine,
        Headline headline,
        Review review,
        List<Result> results,
        @Nullable FirstValue firstValue) {

    static final int MILLION = 1_002_240;
    static final String SWEEP = "20..80";
    static final String LARGE_SWEEP = "10..236";
    public static final String UPSTREAM = "vector-ta";
    public static final String UPSTREAM_NATIVE = "vector-ta, native build";

    /// @param firstValue the first value in a fresh JVM, if it was measured
    public static Report of(
            LocalDate date,
            Machine machine,
            List<Result> results,
            @Nullable FirstValue firstValue) {
        Headline headline =
                new Headline(
                        timesOurs(results, "single", MILLION, "20", UPSTREAM),
                        timesOurs(results, "batch", MILLION, SWEEP, UPSTREAM),
                        timesOurs(results, "single", MILLION, "20", plainJava(results, MILLION)),
                        over(results, "single", "20", RustArms.NAME),
                        over(results, "batch", SWEEP, RustArms.NAME),
                        timesOurs(results, "single", 1_000, "20", UPSTREAM_NATIVE),
                        timesOurs(results, "single", 5_000, "20", UPSTREAM_NATIVE),
                        timesOurs(results, "single", 1_000, "20", plainJava(results, 1_000)),
                        arrayOverSegment(results),
                        Result.figure(
                                timesOurs(results, "stream", MILLION, "20", RustArms.NAME)
                                        / timesOurs(
                                                results,
                                                "stream",
                                                MILLION,
                                                "20",
                                                RustArms.fromRust(UPSTREAM_NATIVE))),
                        bankNs(results));
        return new Report(date, machine, headline, Review.PUBLISHED, results, firstValue);
    }

    /// Returns this report with a new measurement of the first value.
    public Report withFirstValue(FirstValue measured) {
        return new Report(date, machine, headline, review, results, measured);
    }

    private static double timesOurs(
            List<Result> results, String work, int bars, String periods, String arm) {
        return find(results, work, bars, periods, 1, arm).orElseThrow().timesOurs().median();
    }

    /// Returns how many times as long TrendFlex for Java takes as another arm.
    private static double over(List<Result> results, String work, String periods, String arm) {
        return Result.figure(1 / timesOurs(results, work, MILLION, periods, arm));
    }

    /// Returns the fastest arm of plain Java.
    private static String plainJava(List<Result> results, int bars) {
        return results.stream()
                .filter(it -> it.work().equals("single") && it.bars() == bars)
                .filter(it -> it.arm().startsWith("plain Java"))
                .min(Comparator.comparingDouble(it -> it.timesOurs().median()))
                .orElseThrow()
                .arm();
    }

    private static double arrayOverSegment(List<Result> results) {
        return results.stream()
                .filter(it -> it.work().equals("single") && it.bars() >= 1_000)
                .filter(it -> it.arm().equals(OwnArms.ARRAY))
                .mapToDouble(it -> it.timesOurs().median())
                .max()
                .orElseThrow();
    }

    private static double bankNs(List<Result> results) {
        return results.stream()
                .filter(it -> it.work().equals("bank") && it.arm().equals(OwnArms.BANK))
                .findFirst()
                .orElseThrow()
                .nsPerOutput()
                .median();
    }

    public static Report read(Path file) {
        return Json.SNAKE_CASE.read(file, Report.class);
    }

    public void write(Path file) throws IOException {
        Json.SNAKE_CASE.write(file, this);
    }

    /// Returns the results of a work, in the order of its arms.
    List<Result> of(String work, int bars, String periods, int threads) {
        return results.stream().filter(it -> it.isOf(work, bars, periods, threads)).toList();
    }

    /// Returns all results of works of that name.
    List<Result> of(String work) {
        return results.stream().filter(it -> it.work().equals(work)).toList();
    }

    Optional<Result> find(String work, int bars, String periods, int threads, String arm) {
        return find(results, work, bars, periods, threads, arm);
    }

    private static Optional<Result> find(
            List<Result> results, String work, int bars, String periods, int threads, String arm) {
        return results.stream()
                .filter(it -> it.isOf(work, bars, periods, threads) && it.arm().equals(arm))
                .findFirst();
    }
}
