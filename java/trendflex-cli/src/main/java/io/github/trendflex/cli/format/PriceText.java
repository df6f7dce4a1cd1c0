package io.github.trendflex.cli.format;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Prices and values as text, in CSV fields and in lines.
public final class PriceText {
    /// The largest price that the library does not take for a missing one.
    private static final double LARGEST = 0x1p500;

    private PriceText() {}

    /// Whether the library takes a price for a missing one.
    public static boolean isMissing(double price) {
        return !(Math.abs(price) <= LARGEST);
    }

    /// The price that a field or a line states: NaN for a missing one, written as nothing or as
    /// NaN.
    ///
    /// @throws NumberFormatException if it is neither that nor a decimal number, with a message
    ///   that quotes it
    public static double parse(String field) {
        String text = field.strip();
        if (text.isEmpty() || text.equalsIgnoreCase("NaN")) {
            return Double.NaN;
        }
        try {
            // Java's own literals are more than decimal numbers: 1d, 0x1p3, Infinity.
            if (text.chars().allMatch(c -> "0123456789.+-eE".indexOf(c) >= 0)) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException _) {
            // 1.2.3 and the like are as little a price as any other text.
        }
        throw new NumberFormatException("not a price: '" + text + "'");
    }

    /// The shortest text that reads back to the same bits; nothing for NaN.
    public static String of(double value) {
        return Double.isNaN(value) ? "" : Double.toString(value);
    }

    /// The text of a value in an array.
    public static String at(MemorySegment values, long index) {
        return of(values.getAtIndex(ValueLayout.JAVA_DOUBLE, index));
    }
}
