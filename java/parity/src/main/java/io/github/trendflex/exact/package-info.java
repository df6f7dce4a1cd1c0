/// Computes TrendFlex in exact arithmetic, and makes the walks on which the library is compared
/// with it.
@NullMarked
package io.github.trendflex.exact;

import org.jspecify.annotations.NullMarked;
