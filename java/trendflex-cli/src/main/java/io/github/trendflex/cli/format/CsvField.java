package io.github.trendflex.cli.format;

import java.nio.charset.StandardCharsets;

/// Fields of CSV for people. In the program they are Latin-1, whatever the encoding of the file.
public final class CsvField {
    private static final int LONGEST_QUOTE = 40;

    private CsvField() {}

    /// A field as a person reads it.
    public static String text(String field) {
        return new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// A field as messages quote it, or its beginning if it is long.
    public static String quoted(String field) {
        String text = text(field).strip();
        boolean fits = text.codePointCount(0, text.length()) <= LONGEST_QUOTE;
        int end = fits ? text.length() : text.offsetByCodePoints(0, LONGEST_QUOTE);
        return "'" + text.substring(0, end) + (fits ? "'" : "...'");
    }
}
