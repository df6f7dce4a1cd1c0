package io.github.trendflex;

/// Holds what the state of a stream says about the stream.
///
/// @param count the number of prices taken
record StreamInfo(int period, Definition definition, NanPolicy nanPolicy, long count) {}
