package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.CsvField;
import io.github.trendflex.cli.format.MissingWords;
import io.github.trendflex.cli.format.NumberText;
import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.format.PriceText;
import io.github.trendflex.cli.terminal.CommandException;
import org.jspecify.annotations.Nullable;

/// The prices that the fields of a column state. Whether they have a decimal point or a decimal
/// comma is decided by the whole column: by any value that can mean only one thing.
final class PriceColumn {
    private final String file;
    private final Places places;
    private final int column;
    private final MissingWords missing;
    private @Nullable Decimal decimal;

    private @Nullable Seen point;
    private @Nullable Seen comma;
    private @Nullable Seen either;
    private @Nullable Seen eitherWithComma;

    /// @param file names the file in messages
    /// @param places names its fields in messages
    /// @param column its index
    PriceColumn(String file, Places places, int column, CsvHints hints) {
        this.file = file;
        this.places = places;
        this.column = column;
        missing = hints.missing();
        decimal = hints.decimal();
    }

    /// A value and the line on which it is.
    private record Seen(String text, long line) {}

    /// The price in the next field, or NaN if it is missing. Until the column is
    /// [decided][#decide], a number that may have a decimal point is taken for one that has.
    ///
    /// @throws NumberFormatException if it states none, with a message that quotes it
    double read(String field, long line) {
        String text = field.strip();
        if (missing.contain(text)) {
            return Double.NaN;
        }
        double price = NumberText.read(text, decimal());
        if (decimal == null && (point == null || Double.isNaN(price))) {
            return weigh(text, line, price);
        }
        if (Double.isNaN(price)) {
            throw PriceText.notAPrice(text);
        }
        return price;
    }

    /// Decides the column when all its fields have been read; returns whether they have to be read
    /// again, because some were taken for what they are not.
    ///
    /// @param pointIsUsual whether numbers with one point that may be between thousands, such as
    ///   1.234, have a decimal point if no other value says otherwise
    boolean decide(boolean pointIsUsual) {
        boolean wrong = decimal == null && comma != null && either != null;
        if (decimal == null && comma == null && point == null) {
            Seen unclear = pointIsUsual ? eitherWithComma : either;
            if (unclear != null) {
                throw CommandException.data(
                        file,
                        "%s: %s, and no price of the column tells which: say --decimal . or --decimal ,"
                                .formatted(
                                        places.field(unclear.line, column),
                                        PriceText.meanings(unclear.text)));
            }
        }
        decimal = decimal == null && comma != null ? Decimal.COMMA : decimal();
        return wrong;
    }

    /// Whether one of its fields has shown a decimal comma.
    boolean hasDecimalComma() {
        return comma != null;
    }

    /// What has been decided.
    Decimal decimal() {
        return decimal == null ? Decimal.POINT : decimal;
    }

    /// Notes what a number says about the column, and returns it.
    ///
    /// @param withPoint the number if it has a decimal point, or NaN
    private double weigh(String text, long line, double withPoint) {
        if (!Double.isNaN(withPoint) && !NumberText.hasMark(text)) {
            return withPoint;
        }
        double withComma = NumberText.read(text, Decimal.COMMA);
        Seen seen = new Seen(text, line);
        if (Double.isNaN(withPoint) && Double.isNaN(withComma)) {
            throw PriceText.notAPrice(text);
        } else if (Double.isNaN(withPoint)) {
            comma = comma == null ? seen : comma;
        } else if (Double.isNaN(withComma)) {
            point = seen;
        } else {
            either = either == null ? seen : either;
            boolean first = eitherWithComma == null && text.indexOf(',') >= 0;
            eitherWithComma = first ? seen : eitherWithComma;
        }
        if (point != null && comma != null) {
            Seen former = point.line < comma.line ? point : comma;
            Seen latter = former.equals(point) ? comma : point;
            throw CommandException.data(
                    file,
                    "%s: one of %s and %s has a decimal comma, the other a decimal point"
                            .formatted(
                                    places.fields(former.line, latter.line, column),
                                    CsvField.quoted(former.text),
                                    CsvField.quoted(latter.text)));
        }
        return Double.isNaN(withPoint) ? withComma : withPoint;
    }
}
