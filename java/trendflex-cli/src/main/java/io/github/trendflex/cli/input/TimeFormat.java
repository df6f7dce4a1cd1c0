package io.github.trendflex.cli.input;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What is said about the times in a column.
///
/// @param dayFirst whether the day is before the month, or null if there is a pattern
/// @param pattern how all times are written, or null if there is none
public record TimeFormat(@Nullable Boolean dayFirst, @Nullable DateTimeFormatter pattern) {
    /// What a text says about them.
    ///
    /// @param text `dmy`, `mdy`, or a pattern of [DateTimeFormatter] with English names
    /// @throws IllegalArgumentException if it is none of them
    public static TimeFormat of(String text) {
        return switch (text) {
            case "dmy" -> new TimeFormat(true, null);
            case "mdy" -> new TimeFormat(false, null);
            default ->
                    new TimeFormat(
                            null,
                            new DateTimeFormatterBuilder()
                                    .parseCaseInsensitive()
                                    .appendPattern(text)
                                    .parseDefaulting(ChronoField.ERA, 1)
                                    .toFormatter(Locale.ENGLISH)
                                    .withResolverStyle(ResolverStyle.STRICT));
        };
    }

    /// The time in nanoseconds since 1970 that a text states by the pattern.
    ///
    /// @throws java.time.DateTimeException if it states none
    static long nanos(String text, DateTimeFormatter pattern) {
        TemporalAccessor time = pattern.parse(text);
        LocalTime clock = time.query(TemporalQueries.localTime());
        ZoneId zone = time.query(TemporalQueries.zone());
        LocalDateTime local =
                LocalDateTime.of(LocalDate.from(time), clock == null ? LocalTime.MIDNIGHT : clock);
        return TimeText.nanos(local, zone == null ? ZoneOffset.UTC : zone);
    }
}
