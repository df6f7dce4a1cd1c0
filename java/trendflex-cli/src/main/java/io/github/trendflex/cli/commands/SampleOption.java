package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.terminal.CommandException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The built-in sample in place of a file.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class SampleOption {
    private static final String OPTION = "--sample";
    private static final String INSTEAD = "'IN', or --sample to try without a file";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = OPTION,
            description =
                    "Takes the built-in sample in place of IN: ten years of made-up daily bars, which the command "
                            + "sample writes.")
    private boolean sample;

    /// The files that are given, or the sample.
    List<Path> orSample(List<Path> files) {
        if (sample && !files.isEmpty()) {
            throw CommandException.usage("IN and --sample exclude each other");
        }
        if (!sample && files.isEmpty()) {
            throw new ParameterException(
                    command.commandLine(), "Missing required parameter: " + INSTEAD);
        }
        return sample ? List.of(PriceInput.SAMPLE) : files;
    }

    /// The message of a misuse; where options are missing and the prices are too, it names both.
    static String message(ParameterException misuse) {
        String message = String.valueOf(misuse.getMessage());
        // Where an option lacks its value, picocli has not read what follows: IN may be there.
        if (!message.startsWith("Missing required option")) {
            return message;
        }
        CommandSpec called = misuse.getCommandLine().getCommandSpec();
        OptionSpec option = called.findOption(OPTION);
        boolean lacksInput =
                option != null
                        && option.stringValues().isEmpty()
                        && called.positionalParameters().stream()
                                .anyMatch(in -> in.stringValues().isEmpty());
        return lacksInput ? message + ", and " + INSTEAD : message;
    }
}
