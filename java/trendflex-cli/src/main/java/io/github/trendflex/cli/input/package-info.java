/// Reading prices: files, standard input and the built-in sample as series in native memory.
@NullMarked
package io.github.trendflex.cli.input;

import org.jspecify.annotations.NullMarked;
