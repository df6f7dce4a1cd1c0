/// Ehlers' TrendFlex indicator, computed by native code in the caller's memory, or in Java where
/// that cannot be had.
///
/// The prices are smoothed by a two-pole filter of half the period. The output is the mean of the
/// differences between the smoothed price and the `period` smoothed prices before it, divided by
/// the root of that mean's exponentially weighted mean square. It is a number between -5 and 5
/// without a unit, above 0 while prices rise. The definition is that of John F. Ehlers, "Reflex: A
/// New Zero-Lag Indicator", Technical Analysis of Stocks & Commodities, February 2020.
///
/// - [io.github.trendflex.TrendFlex] computes a whole series for one period; many series, of one
///   length or end to end in a panel; and a stream of boxed prices, as a gatherer,
/// - [io.github.trendflex.TrendFlexBatch] computes a whole series for many periods, all at once or
///   row by row,
/// - [io.github.trendflex.TrendFlexStream] takes one price at a time,
/// - [io.github.trendflex.TrendFlexStreamBank] takes a price of each of many symbols at a time.
///
/// A missing value makes all later outputs NaN in the first two and is skipped in the last two,
/// unless a [io.github.trendflex.NanPolicy] says otherwise. With the same policy, which
/// [io.github.trendflex.TrendFlex] hands on to the others, all of them give the same bits for the
/// same prices, on every kernel and every system. What [io.github.trendflex.TrendFlex] says about
/// prices, memory, errors and threads holds for all of them.
///
/// The package calls native code, except for streams. Java warns at the first use, unless it has
/// been told to allow that:
///
/// ```
/// WARNING: A restricted method in java.lang.foreign.Linker has been called
/// WARNING: java.lang.foreign.Linker::downcallHandle has been called by io.github.trendflex.internal.load.LibraryCache in module io.github.trendflex
/// WARNING: Use --enable-native-access=io.github.trendflex to avoid a warning for callers in this module
/// WARNING: Restricted methods will be blocked in a future release unless native access is enabled
/// ```
///
/// So start Java with `--enable-native-access=io.github.trendflex`, or with
/// `--enable-native-access=ALL-UNNAMED` if this library is on the class path. With
/// `-Dtrendflex.engine=java` the package calls none. [io.github.trendflex.TrendFlexLibrary] tells
/// what computes and where it comes from.
@NullMarked
package io.github.trendflex;

import org.jspecify.annotations.NullMarked;
