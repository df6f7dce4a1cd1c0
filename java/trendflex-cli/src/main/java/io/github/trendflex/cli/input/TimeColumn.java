package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.CsvField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The times that the fields of a CSV column state: dates, in UTC where they say nothing else, or
/// counts of seconds, milliseconds, microseconds or nanoseconds since 1970, all of them of the same
/// unit. A number of eight digits is a date.
public final class TimeColumn {
    /// In the place of a time that is not known.
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final int DATE_DIGITS = 8;
    private static final String USUAL_SHAPE = "0000-00-00T00:00:00";
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter ISO =
            new DateTimeFormatterBuilder()
                    .parseCaseInsensitive()
                    .append(DateTimeFormatter.ISO_LOCAL_DATE)
                    .optionalStart()
                    .appendPattern("['T'][' ']")
                    .append(DateTimeFormatter.ISO_LOCAL_TIME)
                    .optionalStart()
                    .appendPattern("[' ']")
                    .appendOffset("+HH:mm", "Z")
                    .optionalEnd()
                    .optionalEnd()
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);

    private final LongStream.Builder values = LongStream.builder();
    private @Nullable Boolean counts;
    private long largest;

    /// Adds the time that the next field states, or [#UNKNOWN] before it throws.
    ///
    /// @throws NumberFormatException if it states none, or a date among counts or a count among
    ///   dates, with a message that quotes it
    void add(String field) {
        long value = UNKNOWN;
        try {
            value = read(field);
        } finally {
            values.add(value);
        }
    }

    /// Reads the time in the next field, in the unit of the column, without keeping it.
    ///
    /// @throws NumberFormatException as [#add]
    public long read(String field) {
        String text = field.strip();
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean count = digits && text.length() != DATE_DIGITS;
        long value;
        try {
            value = count ? Long.parseLong(text) : date(text, digits);
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            throw new NumberFormatException("not a time: " + CsvField.quoted(text));
        }
        if (counts != null && counts != count) {
            throw new NumberFormatException(
                    "%s is a %s, and the times before it are %s"
                            .formatted(
                                    CsvField.quoted(text),
                                    count ? "count" : "date",
                                    count ? "dates" : "counts"));
        }
        counts = count;
        largest = count ? Math.max(largest, value) : largest;
        return value;
    }

    /// Whether a field is a date with separators. Digits alone may be any number.
    static boolean isDate(String field) {
        try {
            date(field.strip(), false);
            return true;
        } catch (DateTimeException | ArithmeticException _) {
            return false;
        }
    }

    /// The times in nanoseconds since 1970, or [#UNKNOWN].
    long[] nanos() {
        long unit = counts != null && counts ? unit() : 1;
        return values.build().map(value -> value == UNKNOWN ? UNKNOWN : value * unit).toArray();
    }

    /// The longest unit in which the largest count still fits into nanoseconds, which end in 2262.
    private long unit() {
        long unit = 1_000_000_000;
        while (largest > Long.MAX_VALUE / unit) {
            unit /= 1000;
        }
        return unit;
    }

    private static long date(String text, boolean digits) {
        if (!isUsual(text)) {
            return nanos((digits ? BASIC : ISO).parse(text));
        }
        boolean day = text.length() == "0000-00-00".length();
        return nanos(
                LocalDateTime.of(
                        number(text, 0, 4),
                        number(text, 5, 7),
                        number(text, 8, 10),
                        day ? 0 : number(text, 11, 13),
                        day ? 0 : number(text, 14, 16),
                        day ? 0 : number(text, 17, 19)));
    }

    /// Whether a text has the shape of a day, or of a day with hours, minutes and seconds. These
    /// are read without a formatter, which would take longer than the rest of the row.
    private static boolean isUsual(String text) {
        int length = text.length();
        if (length != "0000-00-00".length() && length != USUAL_SHAPE.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean fits =
                    switch (USUAL_SHAPE.charAt(i)) {
                        case '0' -> c >= '0' && c <= '9';
                        case 'T' -> c == 'T' || c == ' ';
                        default -> c == USUAL_SHAPE.charAt(i);
                    };
            if (!fits) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int begin, int end) {
        return Integer.parseInt(text, begin, end, 10);
    }

    private static long nanos(TemporalAccessor time) {
        LocalTime clock = time.query(TemporalQueries.localTime());
        ZoneOffset offset = time.query(TemporalQueries.offset());
        LocalDateTime local =
                LocalDateTime.of(LocalDate.from(time), clock == null ? LocalTime.MIDNIGHT : clock);
        return ChronoUnit.NANOS.between(
                Instant.EPOCH, local.toInstant(offset == null ? ZoneOffset.UTC : offset));
    }
}
