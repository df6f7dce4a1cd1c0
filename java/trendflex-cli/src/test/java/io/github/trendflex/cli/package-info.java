@NullMarked
package io.github.trendflex.cli;

import org.jspecify.annotations.NullMarked;
