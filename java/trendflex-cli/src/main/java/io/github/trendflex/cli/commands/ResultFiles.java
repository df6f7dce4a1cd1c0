package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.format.FileFormat;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.input.SampleBars;
import io.github.trendflex.cli.output.Output;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// Where the results of one or several files go.
final class ResultFiles {
    private ResultFiles() {}

    /// @param out the result's file if there is one input, or a folder, where each result is named
    ///   as its input is and replaces none
    static List<Output> of(Path out, List<Path> inputs, StandardStreams streams) {
        boolean folder = Files.isDirectory(out) && FileFormat.find(out) == null;
        if (inputs.size() == 1 && !folder) {
            return List.of(Output.of(out, streams));
        }
        if (!folder) {
            throw CommandException.usage(
                    "several files need a folder for their results: -o FOLDER");
        }
        Set<Path> inputFiles = inputs.stream().map(ResultFiles::real).collect(Collectors.toSet());
        Map<Path, Path> inputOf = new HashMap<>();
        return inputs.stream()
                .map(in -> {
                    if (in.equals(StandardStreams.PIPE)) {
                        throw CommandException.usage(
                                "standard input has no name for a result in " + out);
                    }
                    if (in.equals(PriceInput.SAMPLE)) {
                        throw CommandException.usage(
                                SampleBars.NAME + " has no name for a result in " + out);
                    }
                    FileFormat.of(in);
                    Path result = out.resolve(FileFormat.resultName(in));
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
                    return Output.of(result, streams);
                })
                .toList();
    }

    /// The path without links and detours, or as it is if there is no such file.
    private static Path real(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException _) {
            return file;
        }
    }
}
