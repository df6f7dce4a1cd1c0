package io.github.trendflex.internal;

import static java.util.Objects.requireNonNull;

import io.github.trendflex.Definition;
import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;

/// What every calculator of whole series can be asked for.
public record Options(Definition definition, NanPolicy nanPolicy, Kernel kernel) {
    public static final Options DEFAULT =
            new Options(Definition.VECTOR_TA, NanPolicy.PROPAGATE, Kernel.AUTO);

    public Options {
        requireNonNull(definition, "definition");
        requireNonNull(nanPolicy, "nanPolicy");
        requireNonNull(kernel, "kernel");
    }

    public Options with(Definition definition) {
        return new Options(definition, nanPolicy, kernel);
    }

    public Options with(NanPolicy nanPolicy) {
        return new Options(definition, nanPolicy, kernel);
    }

    public Options with(Kernel kernel) {
        return new Options(definition, nanPolicy, kernel);
    }

    /// The parts, to be shown among those of a calculator.
    @Override
    public String toString() {
        return "definition=%s, nanPolicy=%s, kernel=%s".formatted(definition, nanPolicy, kernel);
    }
}
