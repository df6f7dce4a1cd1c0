package io.github.trendflex.benchmarks.report;

import io.github.trendflex.report.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes the report's files.
public final class Publication {
    public static final String PAGE = "benchmarks.md";
    public static final String CAPACITY = "capacity.md";
    public static final String FIGURES = "benchmarks.json";

    private static final String BEGIN = "<!-- from docs/reference/benchmarks.json -->\n";
    private static final String END = "<!-- end -->\n";

    private Publication() {}

    /// Writes to a directory the files that need only the main works.
    public static void write(Report report, Path directory) throws IOException {
        report.write(directory.resolve(FIGURES));
        WholeFile.write(directory.resolve(PAGE), Page.of(report));
        Pictures.write(report, directory);
    }

    /// Returns a README with a new paragraph on speed, which stands between two comments.
    public static String updated(String readme, Report report) {
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END, begin);
        return readme.substring(0, begin) + Page.summary(report) + '\n' + readme.substring(end);
    }

    /// Makes the pages and pictures again from the committed figures; runs at the root of the
    /// project.
    public static void main(String[] args) throws IOException {
        publish(Report.read(Path.of("docs/reference", FIGURES)), Path.of(""));
    }

    /// Writes the project's own files, which need all works.
    public static void publish(Report report, Path root) throws IOException {
        Path docs = root.resolve("docs/reference");
        write(report, docs);
        WholeFile.write(docs.resolve(CAPACITY), Capacity.of(report));
        Path readme = root.resolve("README.md");
        WholeFile.write(readme, updated(Files.readString(readme), report));
    }
}
