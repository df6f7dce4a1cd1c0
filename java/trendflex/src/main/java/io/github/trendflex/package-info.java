/// Ehlers' TrendFlex indicator, computed by native code in the caller's memory.
///
/// - [io.github.trendflex.TrendFlex] computes a whole series for one period,
/// - [io.github.trendflex.TrendFlexBatch] a whole series for many periods,
/// - [io.github.trendflex.TrendFlexStream] one price at a time.
///
/// All of them give the same bits for the same prices, on every kernel and every system. What
/// [io.github.trendflex.TrendFlex] says about prices, memory, errors and threads holds for all of them.
///
/// The package calls native code, so run Java with `--enable-native-access=io.github.trendflex`, or
/// `--enable-native-access=ALL-UNNAMED` where this library is on the class path. Without it, Java 25 prints a warning
/// that a restricted method has been called, and later releases will refuse. [io.github.trendflex.TrendFlexLibrary]
/// tells which native code runs and where it comes from.
@NullMarked
package io.github.trendflex;

import org.jspecify.annotations.NullMarked;
