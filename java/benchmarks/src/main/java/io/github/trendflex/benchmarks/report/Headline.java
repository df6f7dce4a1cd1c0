package io.github.trendflex.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonProperty;

/// Holds the figures that matter most, at one thread and 1,002,240 bars if no other number is
/// named. A batch has the periods 20 to 80. All are medians over the rounds.
///
/// @param singleVsUpstream how many times as fast as vector-ta's default build TrendFlex is, at one
///   period
/// @param batchVsUpstream the same for a batch
/// @param singleVsPlainJava how many times as fast as the fastest plain Java it is
/// @param javaOverRustSingle how many times as long a call from Java takes as one from Rust
/// @param javaOverRustBatch the same for a batch
/// @param single1000VsNative how many times as fast as vector-ta's native build it is over 1,000
///   bars
/// @param single5000VsNative the same over 5,000 bars
/// @param single1000VsPlainJava how many times as fast as the fastest plain Java it is over 1,000
///   bars
/// @param arrayOverSegment how many times as long an array takes as a segment, at the length from
///   1,000 on where it is the most
/// @param streamVsNative how many times as long the update of a stream takes as that of vector-ta's
///   native build, both called from Rust
/// @param bankNs the nanoseconds that a bank of 1,024 symbols takes for each
public record Headline(
        double singleVsUpstream,
        double batchVsUpstream,
        double singleVsPlainJava,
        double javaOverRustSingle,
        double javaOverRustBatch,
        @JsonProperty("single_1000_vs_native") double single1000VsNative,
        @JsonProperty("single_5000_vs_native") double single5000VsNative,
        @JsonProperty("single_1000_vs_plain_java") double single1000VsPlainJava,
        double arrayOverSegment,
        double streamVsNative,
        double bankNs) {}
