@NullMarked
package io.github.trendflex.cli.terminal;

import org.jspecify.annotations.NullMarked;
