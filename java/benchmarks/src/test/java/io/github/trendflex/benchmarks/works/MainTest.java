package io.github.trendflex.benchmarks.works;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.benchmarks.report.Report;
import io.github.trendflex.benchmarks.report.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks what a run writes, with the published figures in place of measured ones.
class MainTest {
    private static final Path PROJECT = Path.of("..", "..");
    private static final Report PUBLISHED =
            Report.read(PROJECT.resolve("docs/reference/benchmarks.json"));

    @TempDir Path root;

    @BeforeEach
    void aProject() throws IOException {
        Files.createDirectories(root.resolve("docs/reference"));
        Files.copy(PROJECT.resolve("README.md"), root.resolve("README.md"));
    }

    @Test
    void aQuickRunHasAllThatItsPageAsksFor() throws IOException {
        Main.write(reportOf(true), true, root);
        assertEquals(
                Set.of(
                        "README.md",
                        "target/bench/benchmarks-batch.png",
                        "target/bench/benchmarks-single.png",
                        "target/bench/benchmarks-sizes.png",
                        "target/bench/benchmarks.json",
                        "target/bench/benchmarks.md"),
                files());
        assertEquals(
                Files.readString(PROJECT.resolve("README.md")),
                Files.readString(root.resolve("README.md")));
    }

    @Test
    void aWholeRunHasAllThatThePublishedPagesAskFor() throws IOException {
        Main.write(reportOf(false), false, root);
        assertEquals(
                Set.of(
                        "README.md",
                        "docs/reference/benchmarks-batch.png",
                        "docs/reference/benchmarks-single.png",
                        "docs/reference/benchmarks-sizes.png",
                        "docs/reference/benchmarks.json",
                        "docs/reference/benchmarks.md",
                        "docs/reference/capacity.md"),
                files());
    }

    /// Returns the published results of the works that such a run measures.
    private static Report reportOf(boolean quick) {
        List<Result> results =
                PUBLISHED.results().stream()
                        .filter(it ->
                                Works.plan(quick).stream().anyMatch(planned -> isOf(planned, it)))
                        .toList();
        return Report.of(
                PUBLISHED.date(),
                PUBLISHED.machine(),
                results,
                quick ? null : PUBLISHED.firstValue());
    }

    private static boolean isOf(Works.Planned planned, Result result) {
        return result.equals(
                Result.of(
                        planned.work(),
                        result.arm(),
                        result.rounds(),
                        result.nsPerOutput(),
                        result.timesOurs()));
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(it -> root.relativize(it).toString().replace('\\', '/'))
                    .collect(Collectors.toSet());
        }
    }
}
