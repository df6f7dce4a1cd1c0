package io.github.trendflex.cli.commands;

import picocli.CommandLine.Option;

/// `--engine`, of the commands that compute whole series.
final class EngineOption {
    /// The engines that the library can be told to use.
    enum Engine {
        AUTO,
        NATIVE,
        JAVA
    }

    /// The library chooses at its first use, which comes after the options are read.
    @Option(
            names = "--engine",
            paramLabel = "E",
            converter = Choice.OfEngine.class,
            completionCandidates = Choice.OfEngine.class,
            description =
                    "What computes, the native library or Java; both give the same bits: ${COMPLETION-CANDIDATES}. "
                            + "Default: auto, Java where the native library cannot be had.")
    void choose(Engine engine) {
        System.setProperty("trendflex.engine", Choice.name(engine));
    }
}
