package io.github.trendflex.benchmarks.works;

import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.benchmarks.arms.NativeArms;
import io.github.trendflex.benchmarks.arms.Python;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.benchmarks.report.Machine;
import io.github.trendflex.benchmarks.report.Publication;
import io.github.trendflex.benchmarks.report.Report;
import io.github.trendflex.benchmarks.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/// Measures all works and publishes the report. `scripts/bench` runs it at the root of the project.
///
/// Arguments: `full` or `quick`, and a Python interpreter that has the packages, if there is one.
public final class Main {
    private static final String ORACLE = "rust/vector-ta-oracle/target/";

    private Main() {}

    /// Measures and publishes.
    public static void main(String[] args) throws IOException {
        boolean quick = args[0].equals("quick");
        TrendFlexLibrary.load();
        List<Python> pythons = new ArrayList<>();
        try {
            if (args.length > 1) {
                pythons.add(new Python(Path.of(args[1]), 1));
                pythons.add(new Python(Path.of(args[1]), 0));
            }
            Works works =
                    new Works(
                            new RustArms(
                                    library("rust/trendflex-bench/target/", "trendflex_bench")),
                            List.of(
                                    new NativeArms(
                                            Report.UPSTREAM, library(ORACLE, "vector_ta_oracle")),
                                    new NativeArms(
                                            Report.UPSTREAM_NATIVE,
                                            library(ORACLE + "native/", "vector_ta_oracle"))),
                            pythons,
                            quick,
                            System.out);
            List<Result> results = works.measure();
            List<String> versions =
                    pythons.stream().limit(1).flatMap(it -> it.versions().stream()).toList();
            Report report =
                    Report.of(
                            LocalDate.now(ZoneOffset.UTC),
                            Machine.here(versions),
                            results,
                            quick ? null : StartUps.measure());
            System.out.println(report.headline());
            write(report, quick, Path.of(""));
        } finally {
            for (Python python : pythons) {
                python.close();
            }
        }
    }

    /// Writes the pages of a run: the project's own pages, or for a quick run another page, which
    /// leaves those alone.
    static void write(Report report, boolean quick, Path root) throws IOException {
        if (quick) {
            Path directory = Files.createDirectories(root.resolve("target", "bench"));
            Publication.write(report, directory);
            System.out.println("written to " + directory.resolve(Publication.PAGE));
        } else {
            Publication.publish(report, root);
        }
    }

    private static Path library(String target, String name) {
        return Path.of(target + "release", System.mapLibraryName(name)).toAbsolutePath();
    }
}
