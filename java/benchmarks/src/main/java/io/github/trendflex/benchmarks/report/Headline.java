package io.github.trendflex.benchmarks.report;

/// The ratios that matter most, at one thread and 1,002,240 bars; a batch is of the periods 20..80.
/// All are medians over the rounds.
///
/// @param singleVsUpstream how many times as fast as vector-ta's default build, one period
/// @param batchVsUpstream the same of a batch
/// @param singleVsPlainJava how many times as fast as the fastest plain Java
/// @param javaOverRustSingle how many times as long as from Rust
/// @param javaOverRustBatch the same of a batch
public record Headline(
        double singleVsUpstream,
        double batchVsUpstream,
        double singleVsPlainJava,
        double javaOverRustSingle,
        double javaOverRustBatch) {}
