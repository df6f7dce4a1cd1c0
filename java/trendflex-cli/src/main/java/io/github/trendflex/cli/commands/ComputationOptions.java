package io.github.trendflex.cli.commands;

import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of the commands that compute whole series.
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ComputationOptions {
    @Mixin private DefinitionOption definition;

    @Mixin
    @SuppressWarnings("unused") // picocli acts on it
    private EngineOption engine;

    @Option(
            names = "--kernel",
            paramLabel = "K",
            defaultValue = "auto",
            converter = Choice.OfKernel.class,
            completionCandidates = Choice.OfKernel.class,
            description =
                    "The code that computes; all give the same bits: ${COMPLETION-CANDIDATES}. "
                            + "Default: ${DEFAULT-VALUE}.")
    private Kernel kernel;

    @Option(
            names = "--nan-policy",
            paramLabel = "P",
            defaultValue = "propagate",
            converter = Choice.OfNanPolicy.class,
            completionCandidates = Choice.OfNanPolicy.class,
            description =
                    "What a missing price after the first price does: ${COMPLETION-CANDIDATES}. "
                            + "Default: ${DEFAULT-VALUE}.")
    private NanPolicy nanPolicy;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "How many series or periods to compute at once; by default as many as there are cores.")
    private int threads;

    NanPolicy nanPolicy() {
        return nanPolicy;
    }

    TrendFlex trendFlex(int period) {
        return TrendFlex.of(period)
                .withDefinition(definition.value)
                .withNanPolicy(nanPolicy)
                .withKernel(kernel)
                .withThreads(threads);
    }

    /// The given batch, computed as the options say.
    TrendFlexBatch apply(TrendFlexBatch batch) {
        return batch.withDefinition(definition.value)
                .withNanPolicy(nanPolicy)
                .withKernel(kernel)
                .withThreads(threads);
    }
}
