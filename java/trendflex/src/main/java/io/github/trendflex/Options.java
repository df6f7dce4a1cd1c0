package io.github.trendflex;

import static java.util.Objects.requireNonNull;

/// Holds the options that every calculator of whole series has.
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

    /// Shows the options, for the text of a calculator.
    @Override
    public String toString() {
        return "definition=%s, nanPolicy=%s, kernel=%s".formatted(definition, nanPolicy, kernel);
    }
}
