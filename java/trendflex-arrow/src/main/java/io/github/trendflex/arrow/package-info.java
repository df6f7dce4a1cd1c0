/// Computes TrendFlex of Apache Arrow's vectors.
@NullMarked
package io.github.trendflex.arrow;

import org.jspecify.annotations.NullMarked;
