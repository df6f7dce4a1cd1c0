package io.github.trendflex.cli.commands;

import io.github.trendflex.Definition;
import picocli.CommandLine.Option;

/// The definition that every command computes by.
@SuppressWarnings("NullAway.Init") // picocli sets the field
final class DefinitionOption {
    @Option(
            names = "--definition",
            paramLabel = "D",
            defaultValue = "vector-ta",
            converter = Choice.OfDefinition.class,
            completionCandidates = Choice.OfDefinition.class,
            description =
                    "What half an odd period is: ${COMPLETION-CANDIDATES}. vector-ta rounds it, ehlers does not. "
                            + "Default: ${DEFAULT-VALUE}.")
    Definition value;
}
