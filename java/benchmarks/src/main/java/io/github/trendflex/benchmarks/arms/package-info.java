/// Has the arms that are compared, and the works that they do.
@NullMarked
package io.github.trendflex.benchmarks.arms;

import org.jspecify.annotations.NullMarked;
