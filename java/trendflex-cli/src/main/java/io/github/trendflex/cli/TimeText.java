package io.github.trendflex.cli;

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

/// Times as text in CSV fields.
final class TimeText {
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

    private TimeText() {}

    /// The time that a field states, in nanoseconds since 1970. It is in UTC where it says nothing
    /// else. A number of eight digits is a date; any other one counts seconds, milliseconds,
    /// microseconds or nanoseconds, whichever makes it a time of this age.
    ///
    /// @throws NumberFormatException if it is no time, with a message that quotes it
    static long parse(String field) {
        String text = field.strip();
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return text.length() == 8
                        ? nanos(LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE))
                        : number(Long.parseLong(text));
            }
            return nanos(ISO.parse(text));
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            throw new NumberFormatException("not a time: '" + text + "'");
        }
    }

    private static long number(long value) {
        long limit = 100_000_000_000L; // seconds reach the year 5138, milliseconds go back to 1973
        long unit = 1_000_000_000L;
        while (value >= limit && unit > 1) {
            limit *= 1000;
            unit /= 1000;
        }
        return Math.multiplyExact(value, unit);
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
