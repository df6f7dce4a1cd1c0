/// Computes TrendFlex in Apache Flink: an output for each element of a keyed stream, as
/// [io.github.trendflex.flink.TrendFlexFunction] says.
@NullMarked
package io.github.trendflex.flink;

import org.jspecify.annotations.NullMarked;
