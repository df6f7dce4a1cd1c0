/// Drawing prices and values as pictures.
@NullMarked
package io.github.trendflex.cli.chart;

import org.jspecify.annotations.NullMarked;
