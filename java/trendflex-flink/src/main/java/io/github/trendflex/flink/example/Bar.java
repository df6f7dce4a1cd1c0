package io.github.trendflex.flink.example;

/// A price of a symbol; the time is in milliseconds.
public record Bar(String symbol, long time, double close) {}
