/// The program `trendflex`: [io.github.trendflex.cli.Main] starts it and reports how a command
/// ends, and the packages below hold what it consists of, each using only those after it:
/// `commands`; `input`, `output` and `chart`, which do not know each other; `format`; `terminal`.
@NullMarked
package io.github.trendflex.cli;

import org.jspecify.annotations.NullMarked;
