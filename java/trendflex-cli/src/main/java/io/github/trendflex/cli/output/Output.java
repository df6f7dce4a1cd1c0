package io.github.trendflex.cli.output;

import io.github.trendflex.cli.format.FileFormat;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.nio.file.Path;

/// Where a result goes. Nothing is opened before something is written.
public sealed interface Output permits CsvOutput, NpyOutput {
    /// Takes the format from the name of the file.
    ///
    /// @param file the file, or a pipe for CSV on standard output
    static Output of(Path file, StandardStreams streams) {
        if (file.equals(StandardStreams.PIPE)) {
            return new CsvOutput(null, streams.out());
        }
        return switch (FileFormat.ofResult(file)) {
            case NPY -> new NpyOutput(file);
            default -> new CsvOutput(file, streams.out());
        };
    }

    /// Whether this is standard output.
    default boolean isStandardOutput() {
        return false;
    }
}
