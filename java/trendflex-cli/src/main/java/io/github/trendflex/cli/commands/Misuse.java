package io.github.trendflex.cli.commands;

import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The message about a command line that cannot be understood.
public final class Misuse {
    private Misuse() {}

    /// What is wrong, what was meant if that can be guessed, and where to read on.
    public static String message(ParameterException misuse) {
        return "%s%s; see %s --help"
                .formatted(
                        SampleOption.message(misuse),
                        suggestion(misuse),
                        misuse.getCommandLine().getCommandSpec().qualifiedName());
    }

    /// What may be meant by a word that names nothing.
    static String suggestion(ParameterException misuse) {
        return misuse instanceof UnmatchedArgumentException unmatched
                        && !unmatched.getSuggestions().isEmpty()
                ? "; did you mean " + unmatched.getSuggestions().getFirst() + "?"
                : "";
    }
}
