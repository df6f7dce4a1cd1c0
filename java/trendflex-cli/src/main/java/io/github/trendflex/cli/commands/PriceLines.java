package io.github.trendflex.cli.commands;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.trendflex.cli.format.CsvField;
import io.github.trendflex.cli.format.CsvStyle;
import io.github.trendflex.cli.format.NumberText;
import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.format.PriceText;
import io.github.trendflex.cli.input.CsvColumn;
import io.github.trendflex.cli.input.CsvColumns;
import io.github.trendflex.cli.input.CsvTable;
import io.github.trendflex.cli.input.Places;
import io.github.trendflex.cli.input.SymbolColumn;
import io.github.trendflex.cli.input.TimeColumn;
import io.github.trendflex.cli.input.UnknownTimes;
import io.github.trendflex.cli.terminal.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/// Answers lines with prices one by one. The answer to a price alone is its value. The answer to a
/// row of a CSV text with a header is the row with the value as one more field.
final class PriceLines {
    private final String name;
    private final CsvColumns columns;
    private final CsvStyle style;
    private final String added;
    private final DoubleUnaryOperator value;
    private final OutputStream out;
    private final CsvWriter writer;
    private final SymbolColumn symbols = new SymbolColumn();
    private final TimeColumn times;
    private final Consumer<String> notes;

    private int width;
    private long emptyLine;
    private int price;
    private int time = -1;
    private int symbol = -1;
    private boolean headed;
    private Places places = Places.UNNAMED;
    private UnknownTimes unknownTimes = new UnknownTimes(places);
    private long lastTime = Long.MIN_VALUE;
    private String lastField = "";

    /// @param name names the lines in messages
    /// @param columns what the columns hold if there is a header
    /// @param style how the lines and the answers are written
    /// @param added the name of the column with the values
    /// @param value computes the value of the next price
    /// @param notes takes what a person should know though all goes on
    PriceLines(
            String name,
            CsvColumns columns,
            CsvStyle style,
            String added,
            DoubleUnaryOperator value,
            OutputStream out,
            Consumer<String> notes) {
        this.name = name;
        this.columns = columns;
        this.style = style;
        times = new TimeColumn(columns.hints().timeFormat());
        this.added = added;
        this.value = value;
        this.out = out;
        this.notes = notes;
        writer =
                CsvWriter.builder()
                        .fieldSeparator(style.separator())
                        .lineDelimiter(LineDelimiter.LF)
                        .autoFlush(true)
                        .build(out, StandardCharsets.ISO_8859_1);
    }

    /// Answers the first line, which is a header if something is said about columns or if its
    /// fields are names.
    void first(List<String> fields) {
        width = fields.size();
        headed = !columns.areUsual() || areNames(fields);
        if (!headed) {
            next(fields, 1);
            return;
        }
        List<String> names = fields.stream().map(CsvField::text).map(String::strip).toList();
        places = new Places(names);
        unknownTimes = new UnknownTimes(places);
        price = columns.prices().getFirst().find(name, names, true);
        CsvColumn timeColumn = columns.time();
        time = timeColumn == null ? columns.usualTime(names) : timeColumn.find(name, names, true);
        symbol = columns.usualSymbol(names, List.of(price));
        if (names.contains(added)) {
            throw CommandException.data(name, "the result would have two columns '" + added + "'");
        }
        write(fields, added);
    }

    /// Answers a line behind the first one.
    void next(List<String> fields, long line) {
        if (CsvTable.isEmptyLine(fields, width)) {
            emptyLine = emptyLine == 0 ? line : emptyLine;
            return;
        }
        if (emptyLine > 0) {
            throw CommandException.data(name, CsvTable.emptyLine(emptyLine, width));
        }
        if (fields.size() != width) {
            throw bad(
                    "line " + line,
                    "%d fields, but %d in the first line".formatted(fields.size(), width));
        }
        if (!headed && width > 1) {
            throw bad("line " + line, width + " fields, and no header that names them");
        }
        if (symbol >= 0) {
            checkSymbol(fields.get(symbol), line);
        }
        if (time >= 0) {
            checkTime(fields.get(time), line);
        }
        double computed;
        try {
            computed = value.applyAsDouble(price(fields.get(price)));
        } catch (NumberFormatException e) {
            throw bad(place(line, price), String.valueOf(e.getMessage()));
        }
        write(fields, style.decimal().of(PriceText.of(computed)));
    }

    private void checkSymbol(String field, long line) {
        String change = symbols.add(field);
        if (change != null) {
            throw bad(place(line, symbol), change + ", and a stream is of one");
        }
    }

    /// Times must not descend. A column that only has the usual name may hold something else.
    private void checkTime(String field, long line) {
        try {
            long now = times.read(field);
            if (now < lastTime) {
                throw bad(
                        place(line, time),
                        "the times %s and %s descend, and a stream cannot sort them"
                                .formatted(CsvField.quoted(lastField), CsvField.quoted(field)));
            }
            lastTime = now;
            lastField = field;
        } catch (NumberFormatException e) {
            String message = String.valueOf(e.getMessage());
            if (columns.time() != null) {
                throw bad(place(line, time), message);
            }
            if (unknownTimes.add(line, time, message)) {
                notes.accept(name + ": " + unknownTimes.note());
            }
        }
    }

    private void write(List<String> fields, String answer) {
        try {
            if (headed) {
                List<String> record = new ArrayList<>(fields);
                record.add(answer);
                writer.writeRecord(record);
            } else {
                out.write((answer + "\n").getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        } catch (UncheckedIOException e) {
            throw CommandException.standardOutput(Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw CommandException.standardOutput(e);
        }
    }

    /// Whether no field is a price, and one at least begins as a name does.
    private boolean areNames(List<String> fields) {
        boolean named = false;
        for (String field : fields) {
            String text = CsvField.text(field).strip();
            try {
                if (!text.isEmpty()) {
                    price(text);
                    return false;
                }
            } catch (NumberFormatException _) {
                named |= Character.isLetter(text.codePointAt(0));
            }
        }
        return named;
    }

    private double price(String field) {
        double price = PriceText.parse(field, style.decimal(), columns.hints().missing());
        boolean unclear =
                columns.hints().decimal() == null
                        && field.indexOf(',') >= 0
                        && !Double.isNaN(price)
                        && !Double.isNaN(NumberText.read(field.strip(), Decimal.COMMA));
        if (unclear) {
            throw new NumberFormatException(
                    PriceText.meanings(field.strip()) + ": say --decimal . or --decimal ,");
        }
        return price;
    }

    private String place(long line, int column) {
        return headed ? places.field(line, column) : "line " + line;
    }

    private CommandException bad(String place, String message) {
        return CommandException.data(name, place + ": " + message);
    }
}
