package io.github.trendflex.cli;

import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a file holds, by the end of its name.
enum Format {
    CSV,
    NPY;

    static Format of(Path file) {
        Format format = find(file);
        if (format == null) {
            throw CommandException.usage(
                    file + ": the name must end in .csv, .csv.gz or .npy, or be - for a pipe");
        }
        return format;
    }

    /// The format of the file, or null if its name is that of no such file.
    static @Nullable Format find(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return CSV;
        }
        return name.endsWith(".npy") ? NPY : null;
    }
}
