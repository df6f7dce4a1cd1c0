package io.github.trendflex.cli.format;

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

    /// The price in a field or a line. Empty text and NaN are a missing price, which is NaN.
    ///
    /// @throws NumberFormatException if it is neither that nor a decimal number, with a message
    ///   that quotes it
    public static double parse(String field) {
        String text = field.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("NaN")) {
            return Double.NaN;
        }
        try {
            // Java would also parse 1d, 0x1p3 and Infinity, which are no decimal numbers.
            if (text.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException _) {
            // Text such as 1.2.3 passes the check of its characters, and is no number.
        }
        throw new NumberFormatException("not a price: " + CsvField.quoted(text));
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
