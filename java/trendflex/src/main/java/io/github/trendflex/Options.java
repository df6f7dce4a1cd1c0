package io.github.trendflex;

import static java.util.Objects.requireNonNull;

/// What every calculator of whole series can be asked for.
record Options(Definition definition, NanPolicy nanPolicy, Kernel kernel) {
    static final Options DEFAULT =
            new Options(Definition.VECTOR_TA, NanPolicy.PROPAGATE, Kernel.AUTO);

    Options {
        requireNonNull(definition, "definition");
        requireNonNull(nanPolicy, "nanPolicy");
        requireNonNull(kernel, "kernel");
    }

    Options with(Definition definition) {
        return new Options(definition, nanPolicy, kernel);
    }

    Options with(NanPolicy nanPolicy) {
        return new Options(definition, nanPolicy, kernel);
    }

    Options with(Kernel kernel) {
        return new Options(definition, nanPolicy, kernel);
    }

    /// The parts, to be shown among those of a calculator.
    @Override
    public String toString() {
        return "definition=%s, nanPolicy=%s, kernel=%s".formatted(definition, nanPolicy, kernel);
    }
}
