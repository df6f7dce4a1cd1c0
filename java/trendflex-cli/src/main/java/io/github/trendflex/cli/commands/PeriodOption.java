package io.github.trendflex.cli.commands;

import picocli.CommandLine.Option;

/// The period of the commands that have one.
final class PeriodOption {
    @Option(
            names = "--period",
            paramLabel = "N",
            defaultValue = "20",
            description = "The period in bars, at least 1. Default: ${DEFAULT-VALUE}.")
    int value;
}
