/// All works measured: every arm is held to its numbers, then takes turns with the others.
@NullMarked
package io.github.trendflex.benchmarks.works;

import org.jspecify.annotations.NullMarked;
