@NullMarked
package io.github.trendflex.cli.input;

import org.jspecify.annotations.NullMarked;
