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
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The times that the fields of a CSV column state: dates, in UTC where they say nothing else, or
/// counts of seconds, milliseconds, microseconds or nanoseconds since 1970, all of them of the same
/// unit. A number of eight digits is a date.
final class TimeColumn {
    private static final int DATE_DIGITS = 8;
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
    private boolean complete = true;

    /// Adds the time that the next field states.
    ///
    /// @throws NumberFormatException if it states none, or a date among counts or a count among
    ///   dates, with a message that quotes it
    void add(String field) {
        values.add(read(field));
    }

    /// The time that the next field states, in the unit of the column and not kept.
    ///
    /// @throws NumberFormatException as [#add]
    long read(String field) {
        String text = field.strip();
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean count = digits && text.length() != DATE_DIGITS;
        long value;
        try {
            value = count ? Long.parseLong(text) : nanos((digits ? BASIC : ISO).parse(text));
        } catch (DateTimeException | ArithmeticException | NumberFormatException _) {
            throw refused("not a time: '" + text + "'");
        }
        if (counts != null && counts != count) {
            throw refused(
                    "'%s' is a %s, and the times before it are %s"
                            .formatted(text, count ? "count" : "date", count ? "dates" : "counts"));
        }
        counts = count;
        largest = count ? Math.max(largest, value) : largest;
        return value;
    }

    /// The times in nanoseconds since 1970, or null if a field stated none.
    long @Nullable [] nanos() {
        if (!complete) {
            return null;
        }
        long unit = counts != null && counts ? unit() : 1;
        return values.build().map(value -> value * unit).toArray();
    }

    /// The longest unit in which the largest count is a time that nanoseconds can state: none is
    /// after 2262.
    private long unit() {
        long unit = 1_000_000_000;
        while (largest > Long.MAX_VALUE / unit) {
            unit /= 1000;
        }
        return unit;
    }

    private NumberFormatException refused(String message) {
        complete = false;
        return new NumberFormatException(message);
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
