@NullMarked
package io.github.trendflex.cli.output;

import org.jspecify.annotations.NullMarked;
