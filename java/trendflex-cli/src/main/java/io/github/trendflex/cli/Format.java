package io.github.trendflex.cli;

import java.nio.file.Path;
import java.util.Locale;

/// What a file holds, by the end of its name.
enum Format {
    CSV,
    NPY;

    static Format of(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return CSV;
        }
        if (name.endsWith(".npy")) {
            return NPY;
        }
        throw CommandException.usage(
                file + ": the name must end in .csv or .npy, or be - for a pipe");
    }
}
