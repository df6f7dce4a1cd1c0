@NullMarked
package io.github.trendflex.cli.commands;

import org.jspecify.annotations.NullMarked;
