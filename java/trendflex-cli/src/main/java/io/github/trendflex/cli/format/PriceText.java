package io.github.trendflex.cli.format;

import io.github.trendflex.cli.format.NumberText.Decimal;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Prices and values as text, in CSV fields and in lines.
public final class PriceText {
    /// The largest price. The library treats anything larger as missing.
    private static final double LARGEST = 0x1p500;

    private PriceText() {}

    /// Whether the library treats this price as missing.
    public static boolean isMissing(double price) {
        return !(Math.abs(price) <= LARGEST);
    }

    /// The price in a field, or NaN if it is missing.
    ///
    /// @throws NumberFormatException if it is neither, with a message that quotes it
    public static double parse(String field, Decimal decimal, MissingWords missing) {
        String text = field.strip();
        if (missing.contain(text)) {
            return Double.NaN;
        }
        double price = NumberText.read(text, decimal);
        if (Double.isNaN(price)) {
            throw notAPrice(text);
        }
        return price;
    }

    /// What a number means with a decimal point and with a decimal comma, if that differs.
    public static String meanings(String number) {
        return "%s may be %s or %s"
                .formatted(
                        CsvField.quoted(number),
                        NumberText.read(number, Decimal.POINT),
                        NumberText.read(number, Decimal.COMMA));
    }

    /// A field that is neither a number nor a word for a missing price.
    public static NumberFormatException notAPrice(String field) {
        return new NumberFormatException("not a price: " + CsvField.quoted(field));
    }

    /// The shortest text that reads back to the same bits, and empty text for NaN.
    public static String of(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    /// The text of a value in an array.
    public static String at(MemorySegment values, long index) {
        return of(values.getAtIndex(ValueLayout.JAVA_DOUBLE, index));
    }
}
