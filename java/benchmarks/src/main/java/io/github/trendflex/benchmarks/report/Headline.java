package io.github.trendflex.benchmarks.report;

/// Holds the ratios that matter most, at one thread and 1,002,240 bars. A batch has the periods 20
/// to 80. All are medians over the rounds.
///
/// @param singleVsUpstream how many times as fast as vector-ta's default build TrendFlex is, at one
///   period
/// @param batchVsUpstream the same for a batch
/// @param singleVsPlainJava how many times as fast as the fastest plain Java it is
/// @param javaOverRustSingle how many times as long a call from Java takes as one from Rust
/// @param javaOverRustBatch the same for a batch
public record Headline(
        double singleVsUpstream,
        double batchVsUpstream,
        double singleVsPlainJava,
        double javaOverRustSingle,
        double javaOverRustBatch) {}
