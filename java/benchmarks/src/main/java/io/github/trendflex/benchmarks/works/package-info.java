/// Measures all works: every arm has its numbers checked, then takes turns with the others.
@NullMarked
package io.github.trendflex.benchmarks.works;

import org.jspecify.annotations.NullMarked;
