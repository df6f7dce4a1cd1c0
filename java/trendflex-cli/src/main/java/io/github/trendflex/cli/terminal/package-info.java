/// Talking to the person at the terminal: the standard streams, errors in one line, and progress.
@NullMarked
package io.github.trendflex.cli.terminal;

import org.jspecify.annotations.NullMarked;
