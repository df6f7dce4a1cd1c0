package io.github.trendflex.cli.format;

import io.github.trendflex.cli.terminal.CommandException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The format of a file, which the end of its name tells.
public enum FileFormat {
    CSV,
    NPY;

    public static FileFormat of(Path file) {
        FileFormat format = find(file);
        if (format == null) {
            throw CommandException.usage(
                    file + ": the name must end in .csv, .csv.gz or .npy, or be - for a pipe");
        }
        return format;
    }

    /// The format of the file, or null if its name has none of the known ends.
    public static @Nullable FileFormat find(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return CSV;
        }
        return name.endsWith(".npy") ? NPY : null;
    }
}
