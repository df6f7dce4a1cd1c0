package io.github.trendflex.cli.format;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Numbers as people write them: with a decimal point or a decimal comma, with thousands in groups,
/// and with a currency sign at either end.
public final class NumberText {
    private NumberText() {}

    /// The sign before the decimals. The other one may be between groups of thousands.
    public enum Decimal {
        POINT('.', ','),
        COMMA(',', '.');

        private final char sign;
        private final Pattern number;

        Decimal(char sign, char other) {
            this.sign = sign;
            String group = "[" + other + " '\u2019\u00A0\u202F]";
            String whole = "\\d+|[1-9]\\d{0,2}(?<group>" + group + ")\\d{3}(?:\\k<group>\\d{3})*";
            number =
                    Pattern.compile(
                            "(?<outer>[+-]?)(?<currency>\\p{Sc}\\h*)?(?<inner>[+-]?)"
                                    + ("(?<whole>" + whole + ")?")
                                    + ("(?:[" + sign + "](?<part>\\d*))?")
                                    + "(?<power>[eE][+-]?\\d+)?"
                                    + "(?<unit>\\h*\\p{Sc})?");
        }

        public char sign() {
            return sign;
        }

        /// The text of a number that has a decimal point.
        public String of(String text) {
            return this == POINT ? text : text.replace('.', sign);
        }
    }

    /// The number that a text without blanks around it states, or NaN if it states none.
    public static double read(String text, Decimal decimal) {
        boolean point = text.indexOf('.') >= 0;
        if (isPlain(text) && (decimal == Decimal.POINT || !point)) {
            return plain(text);
        }
        Matcher number = decimal.number.matcher(CsvField.text(text));
        if (!number.matches()) {
            return Double.NaN;
        }
        String sign = number.group("outer") + number.group("inner");
        String whole = text(number, "whole");
        String part = text(number, "part");
        boolean oneCurrency = number.group("currency") == null || number.group("unit") == null;
        if (sign.length() > 1 || whole.length() + part.length() == 0 || !oneCurrency) {
            return Double.NaN;
        }
        String power = text(number, "power");
        if (number.group("group") == null) {
            return plain(sign + whole + "." + part + power);
        }
        // A number with a power is never in groups: what looks so is the other sign.
        return power.isEmpty()
                ? plain(sign + whole.replaceAll("\\D", "") + "." + part)
                : Double.NaN;
    }

    /// Whether it matters in a number which sign is before the decimals.
    public static boolean hasMark(String number) {
        return number.indexOf('.') >= 0 || number.indexOf(',') >= 0;
    }

    private static String text(Matcher matcher, String group) {
        String text = matcher.group(group);
        return text == null ? "" : text;
    }

    /// Java would also parse 1d, 0x1p3 and Infinity, which are no decimal numbers.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean known =
                    (c >= '0' && c <= '9')
                            || c == '.'
                            || c == '-'
                            || c == '+'
                            || c == 'e'
                            || c == 'E';
            if (!known) {
                return false;
            }
        }
        return true;
    }

    private static double plain(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException _) {
            return Double.NaN; // such as 1.2.3, whose characters are all known
        }
    }
}
