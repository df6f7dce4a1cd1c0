/// Holds the figures, and makes the pages and the pictures of them.
@NullMarked
package io.github.trendflex.benchmarks.report;

import org.jspecify.annotations.NullMarked;
