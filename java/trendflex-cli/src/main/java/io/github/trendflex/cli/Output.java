package io.github.trendflex.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Where a result goes. Nothing is opened before something is written.
sealed interface Output permits CsvOutput, NpyOutput {
    /// Takes the format from the name of the file.
    ///
    /// @param file the file, or a pipe for CSV on standard output
    static Output of(Path file, StandardStreams streams) {
        if (file.equals(PriceInput.PIPE)) {
            return new CsvOutput(null, streams.out());
        }
        return switch (Format.of(file)) {
            case CSV -> new CsvOutput(file, streams.out());
            case NPY -> new NpyOutput(file);
        };
    }

    /// Whether this is standard output.
    default boolean isStandardOutput() {
        return false;
    }

    /// Where the results of several files go.
    ///
    /// @param out the result's file if there is one input, or a folder, where each result is named
    ///   as its input is and replaces none
    static List<Output> of(Path out, List<Path> inputs, StandardStreams streams) {
        boolean folder = Files.isDirectory(out) && Format.find(out) == null;
        if (inputs.size() == 1 && !folder) {
            return List.of(of(out, streams));
        }
        if (!folder) {
            throw CommandException.usage(
                    "several files need a folder for their results: -o FOLDER");
        }
        Set<Path> inputFiles = inputs.stream().map(Output::real).collect(Collectors.toSet());
        Map<Path, Path> inputOf = new HashMap<>();
        return inputs.stream()
                .map(in -> {
                    if (in.equals(PriceInput.PIPE)) {
                        throw CommandException.usage(
                                "standard input has no name for a result in " + out);
                    }
                    if (in.equals(PriceInput.SAMPLE)) {
                        throw CommandException.usage(
                                SampleBars.NAME + " has no name for a result in " + out);
                    }
                    Format.of(in);
                    Path result = out.resolve(in.getFileName());
                    if (inputFiles.contains(real(result))) {
                        throw CommandException.usage(
                                "the result %s would replace an input".formatted(result));
                    }
                    Path other = inputOf.put(result, in);
                    if (other != null) {
                        throw CommandException.usage(
                                "the results of %s and %s would both be %s"
                                        .formatted(other, in, result));
                    }
                    return of(result, streams);
                })
                .toList();
    }

    /// The file that a path leads to, by its one real name, or the path if it leads to none.
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file;
        }
    }
}
