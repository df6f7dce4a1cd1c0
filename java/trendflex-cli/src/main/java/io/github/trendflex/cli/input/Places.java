package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.CsvField;
import java.util.List;

/// Places in a CSV text as messages name them. A column has its name or, where it has none of its
/// own, its index.
///
/// @param names the names of all columns, none where the text does not name them
public record Places(List<String> names) {
    public static final Places UNNAMED = new Places(List.of());

    /// A field of the row that begins on a line.
    public String field(long line, int column) {
        return "line %d, %s".formatted(line, column(column));
    }

    /// Fields of two rows.
    String fields(long firstLine, long secondLine, int column) {
        return "lines %d and %d, %s".formatted(firstLine, secondLine, column(column));
    }

    String column(int index) {
        String name = areNamed() ? names.get(index) : "";
        boolean own = !name.isEmpty() && names.indexOf(name) == names.lastIndexOf(name);
        return "column " + (own ? CsvField.quotedText(name) : index);
    }

    boolean areNamed() {
        return !names.isEmpty();
    }
}
