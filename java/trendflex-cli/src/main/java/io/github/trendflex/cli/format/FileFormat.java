package io.github.trendflex.cli.format;

import io.github.trendflex.cli.terminal.CommandException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The format of a file, which the end of its name tells.
public enum FileFormat {
    CSV("[.](?:csv|tsv|txt)(?:[.]gz)?"),
    /// CSV that can be read only.
    ZIP("[.]zip"),
    /// Likewise.
    PARQUET("[.]parquet"),
    NPY("[.]npy");

    private final Pattern end;

    FileFormat(String end) {
        this.end = Pattern.compile(end + "\\z", Pattern.CASE_INSENSITIVE);
    }

    /// The format of a file to be read.
    public static FileFormat of(Path file) {
        FileFormat format = find(file);
        if (format == null) {
            throw CommandException.usage(
                    file
                            + ": the name must end in .csv, .tsv or .txt, or one of these and .gz, or in .zip, .parquet or .npy,"
                            + " or be - for a pipe");
        }
        return format;
    }

    /// The format of a file to be written.
    public static FileFormat ofResult(Path file) {
        FileFormat format = find(file);
        if (format != CSV && format != NPY) {
            throw CommandException.usage(
                    file
                            + ": the name must end in .csv, .tsv or .txt, or one of these and .gz, or in .npy, or be - for"
                            + " a pipe");
        }
        return format;
    }

    /// The format of the file, or null if its name has none of the known ends.
    public static @Nullable FileFormat find(Path file) {
        return Stream.of(values())
                .filter(format -> format.end.matcher(file.toString()).find())
                .findFirst()
                .orElse(null);
    }

    /// Whether the name says that tabs separate the fields.
    public static boolean hasTabs(Path file) {
        String name = file.toString().toLowerCase(Locale.ROOT);
        return name.endsWith(".tsv") || name.endsWith(".tsv.gz");
    }

    /// The name of a result for a file that is read.
    public static String resultName(Path file) {
        String name = String.valueOf(file.getFileName());
        FileFormat format = find(file);
        return format == ZIP || format == PARQUET
                ? name.substring(0, name.lastIndexOf('.')) + ".csv"
                : name;
    }
}
