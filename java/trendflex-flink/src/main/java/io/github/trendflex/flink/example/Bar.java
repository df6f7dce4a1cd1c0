package io.github.trendflex.flink.example;

/// Holds a price of a symbol.
///
/// @param symbol the symbol whose price it is
/// @param time the time of the price, in milliseconds
/// @param close the price
public record Bar(String symbol, long time, double close) {}
