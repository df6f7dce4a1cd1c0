package io.github.trendflex.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where a result goes. Nothing is opened before something is written.
sealed interface Output permits CsvOutput, NpyOutput {
    /// Takes the format from the name of the file.
    ///
    /// @param file the file, or null for CSV on standard output
    static Output of(@Nullable Path file, StandardStreams streams) {
        if (file == null) {
            return new CsvOutput(null, streams.out());
        }
        return switch (Format.of(file)) {
            case CSV -> new CsvOutput(file, streams.out());
            case NPY -> new NpyOutput(file);
        };
    }
}
