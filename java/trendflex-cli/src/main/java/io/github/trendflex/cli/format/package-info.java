/// How files and numbers are written down, for those that read them and those that write them.
@NullMarked
package io.github.trendflex.cli.format;

import org.jspecify.annotations.NullMarked;
