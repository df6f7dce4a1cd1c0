package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.CsvField;
import org.jspecify.annotations.Nullable;

/// A column in which all rows of a series have the same symbol.
public final class SymbolColumn {
    private @Nullable String first;

    /// Takes the field of the next row; returns what is wrong with it, or null.
    public @Nullable String add(String field) {
        if (first == null) {
            first = field;
        }
        return field.equals(first) || symbol(field).equals(symbol(first))
                ? null
                : "the symbol changes from %s to %s"
                        .formatted(CsvField.quoted(first), CsvField.quoted(field));
    }

    /// The symbol that a field states.
    public static String symbol(String field) {
        return CsvField.text(field).strip();
    }
}
