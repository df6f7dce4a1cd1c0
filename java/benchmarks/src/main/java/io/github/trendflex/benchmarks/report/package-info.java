/// The figures, and the pages and the pictures that are made of them.
@NullMarked
package io.github.trendflex.benchmarks.report;

import org.jspecify.annotations.NullMarked;
