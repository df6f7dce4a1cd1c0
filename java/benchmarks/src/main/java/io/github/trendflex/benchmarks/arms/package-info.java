/// The ways to do a piece of work that are compared, and the pieces of work.
@NullMarked
package io.github.trendflex.benchmarks.arms;

import org.jspecify.annotations.NullMarked;
