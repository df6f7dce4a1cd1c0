package io.github.trendflex.benchmarks.report;

import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.report.Json;
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
                        timesOurs(results, "single", "20", UPSTREAM),
                        timesOurs(results, "batch", SWEEP, UPSTREAM),
                        timesOurs(results, "single", "20", fastestPlainJava(results)),
                        Result.figure(1 / timesOurs(results, "single", "20", RustArms.NAME)),
                        Result.figure(1 / timesOurs(results, "batch", SWEEP, RustArms.NAME)));
        return new Report(date, machine, headline, Review.PUBLISHED, results, firstValue);
    }

    /// Returns this report with a new measurement of the first value.
    public Report withFirstValue(FirstValue measured) {
        return new Report(date, machine, headline, review, results, measured);
    }

    private static double timesOurs(List<Result> results, String work, String periods, String arm) {
        return find(results, work, MILLION, periods, 1, arm).orElseThrow().timesOurs().median();
    }

    private static String fastestPlainJava(List<Result> results) {
        return results.stream()
                .filter(it -> it.work().equals("single") && it.bars() == MILLION)
                .filter(it -> it.arm().startsWith("plain Java"))
                .min(Comparator.comparingDouble(it -> it.timesOurs().median()))
                .orElseThrow()
                .arm();
    }

    public static Report read(Path file) {
        return Json.SNAKE_CASE.read(file, Report.class);
    }

    public void write(Path file) {
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
