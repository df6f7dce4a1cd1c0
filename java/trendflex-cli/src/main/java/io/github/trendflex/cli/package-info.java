/// TrendFlex from the command line: `compute`, `batch`, `plot`, `stream`, `info` and `completion`.
/// [io.github.trendflex.cli.Main] is where to start reading; each command is a class of its own.
@NullMarked
package io.github.trendflex.cli;

import org.jspecify.annotations.NullMarked;
