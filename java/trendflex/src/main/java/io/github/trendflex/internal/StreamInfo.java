package io.github.trendflex.internal;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;

/// What the state of a stream says about it.
///
/// @param count the prices taken
public record StreamInfo(int period, Definition definition, NanPolicy nanPolicy, long count) {}
