/// TrendFlex in exact arithmetic, and the walks that the library is held to it on.
@NullMarked
package io.github.trendflex.exact;

import org.jspecify.annotations.NullMarked;
