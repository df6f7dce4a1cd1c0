package io.github.trendflex;

/// What the state of a stream says about it.
///
/// @param count the prices taken
record StreamInfo(int period, Definition definition, NanPolicy nanPolicy, long count) {}
