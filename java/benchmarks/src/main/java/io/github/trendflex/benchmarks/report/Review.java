package io.github.trendflex.benchmarks.report;

/// Holds the figures of VectorTA's own review of its Python bindings, in milliseconds, as
/// published.
///
/// @param batchPeriods the number of periods that it states for both of its batches
/// @param rustBenchmarkPeriods the number of periods that VectorTA's benchmark in Rust computes
public record Review(
        String source,
        double singleRust,
        double singlePython,
        double batchRust,
        double batchPython,
        int batchPeriods,
        int rustBenchmarkPeriods) {

    static final Review PUBLISHED =
            new Review(
                    "https://github.com/VectorAlpha-dev/VectorTA/blob/"
                            + "0a7a4acfe732303da63fcc88b4b892767c2e5fea/TRENDFLEX_FINAL_REVIEW.md",
                    7.39,
                    7.32,
                    95.04,
                    352.03,
                    227,
                    61);
}
