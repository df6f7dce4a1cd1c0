/// Writing results: files that appear complete or not at all, and standard output.
@NullMarked
package io.github.trendflex.cli.output;

import org.jspecify.annotations.NullMarked;
