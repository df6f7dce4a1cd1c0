package io.github.trendflex.cli.format;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Fields of CSV for people. In the program they are Latin-1, whatever the encoding of the file.
public final class CsvField {
    private static final int LONGEST_QUOTE = 40;
    private static final Charset WINDOWS = Charset.forName("windows-1252");

    private CsvField() {}

    /// A field as a person reads it: UTF-8, or what Windows writes in the west if it is not.
    public static String text(String field) {
        if (isAscii(field)) {
            return field;
        }
        byte[] bytes = field.getBytes(StandardCharsets.ISO_8859_1);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException _) {
            return new String(bytes, WINDOWS);
        }
    }

    /// A field as messages quote it, or its beginning if it is long.
    public static String quoted(String field) {
        return quotedText(text(field).strip());
    }

    /// The same of a field that a person can read already.
    public static String quotedText(String text) {
        boolean fits = text.codePointCount(0, text.length()) <= LONGEST_QUOTE;
        int end = fits ? text.length() : text.offsetByCodePoints(0, LONGEST_QUOTE);
        return "'" + text.substring(0, end) + (fits ? "'" : "...'");
    }

    private static boolean isAscii(String field) {
        for (int i = 0; i < field.length(); i++) {
            if (field.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
