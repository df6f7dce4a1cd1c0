package io.github.trendflex.flink.example;

/// A price of a symbol.
///
/// @param symbol whose price it is
/// @param time when, in milliseconds
/// @param close the price
public record Bar(String symbol, long time, double close) {}
