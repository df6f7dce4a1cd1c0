/// The commands that a person types, a class for each, and the options that several of them share.
@NullMarked
package io.github.trendflex.cli.commands;

import org.jspecify.annotations.NullMarked;
