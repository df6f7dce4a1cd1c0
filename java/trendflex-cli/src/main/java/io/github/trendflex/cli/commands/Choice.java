package io.github.trendflex.cli.commands;

import io.github.trendflex.Definition;
import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The values of an option that is one of a few constants, by the names that a person types:
/// `vector-ta` is `VECTOR_TA`, in any case.
abstract sealed class Choice<E extends Enum<E>> implements ITypeConverter<E>, Iterable<String> {
    private final List<E> constants;

    private Choice(Class<E> type) {
        constants = List.of(type.getEnumConstants());
    }

    /// The name of a constant on the command line.
    static String name(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public E convert(String value) {
        return constants.stream()
                .filter(constant -> name(constant).equalsIgnoreCase(value.replace('_', '-')))
                .findFirst()
                .orElseThrow(() ->
                        new TypeConversionException(
                                "'" + value + "' is none of " + String.join(", ", this)));
    }

    /// The names, in order.
    @Override
    public Iterator<String> iterator() {
        return constants.stream().map(Choice::name).iterator();
    }

    static final class OfDefinition extends Choice<Definition> {
        OfDefinition() {
            super(Definition.class);
        }
    }

    static final class OfEngine extends Choice<EngineOption.Engine> {
        OfEngine() {
            super(EngineOption.Engine.class);
        }
    }

    static final class OfKernel extends Choice<Kernel> {
        OfKernel() {
            super(Kernel.class);
        }
    }

    static final class OfNanPolicy extends Choice<NanPolicy> {
        OfNanPolicy() {
            super(NanPolicy.class);
        }
    }
}
