package io.github.trendflex.cli.input;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A date with separators, with or without a time of the day in 24 or twice 12 hours, and with or
/// without an offset or the name of a time zone.
///
/// @param first the month or, where the year does not come first, perhaps the day
/// @param second the other one
/// @param zone the zone, UTC where none is named
record TimeText(boolean yearFirst, int year, int first, int second, LocalTime clock, ZoneId zone) {
    private static final Pattern SHAPE =
            Pattern.compile(
                    "(?:(?<year>\\d{4})(?:-(?<m>\\d\\d)-(?<d>\\d\\d)|(?<mark>[./])(?<month>\\d\\d?)\\k<mark>(?<day>\\d\\d?))"
                            + "|(?<first>\\d\\d?)(?<sign>[-./])(?<second>\\d\\d?)\\k<sign>(?<last>\\d{4}))"
                            + "(?:(?:[Tt]|,? )(?<hour>\\d\\d?)"
                            + "(?::(?<minute>\\d\\d)(?::(?<s>\\d\\d)(?:[.](?<part>\\d{1,9}))?)?)?"
                            + "(?:[ -]?(?<half>[AaPp])[Mm])?"
                            + "(?: ?(?<offset>[Zz]|[+-]\\d\\d(?::?\\d\\d)?)| (?<zone>[A-Za-z][\\w/+-]*))?"
                            + "(?:\\[(?<region>[A-Za-z][\\w/+-]*)])?)?");

    /// @throws DateTimeException if the text has another shape
    static TimeText of(String text) {
        Matcher shape = SHAPE.matcher(text);
        if (!shape.matches()) {
            throw new DateTimeException("no date");
        }
        boolean yearFirst = shape.group("year") != null;
        return new TimeText(
                yearFirst,
                number(shape, "year", "last"),
                number(shape, "m", "month", "first"),
                number(shape, "d", "day", "second"),
                clock(shape),
                zone(shape));
    }

    /// Whether the day can only be the first part.
    boolean isDayFirst() {
        return !yearFirst && first > 12;
    }

    /// Whether the month can only be the first part.
    boolean isMonthFirst() {
        return yearFirst || second > 12;
    }

    /// The time in nanoseconds since 1970.
    ///
    /// @param dayFirst whether the first part is the day
    /// @throws DateTimeException if there is no such day, or no such time in the zone, or two
    long nanos(boolean dayFirst) {
        LocalDate date = LocalDate.of(year, dayFirst ? second : first, dayFirst ? first : second);
        return nanos(date.atTime(clock), zone);
    }

    /// A time of a zone in nanoseconds since 1970.
    ///
    /// @throws DateTimeException if the zone has no such time, or two
    /// @throws ArithmeticException if it is after 2262
    static long nanos(LocalDateTime time, ZoneId zone) {
        ZoneOffset offset;
        if (zone instanceof ZoneOffset fixed) {
            offset = fixed;
        } else {
            List<ZoneOffset> offsets = zone.getRules().getValidOffsets(time);
            if (offsets.size() != 1) {
                throw new DateTimeException(
                        "there is none or there are two, as clocks are changed");
            }
            offset = offsets.getFirst();
        }
        Instant instant = time.toInstant(offset);
        long seconds = Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L);
        return Math.addExact(seconds, instant.getNano());
    }

    private static LocalTime clock(Matcher shape) {
        if (shape.group("hour") == null) {
            return LocalTime.MIDNIGHT;
        }
        int hour = number(shape, "hour");
        String half = shape.group("half");
        boolean hourAlone = shape.group("minute") == null;
        if (half == null ? hourAlone : hour < 1 || hour > 12) {
            throw new DateTimeException("no time of the day");
        }
        boolean afternoon = half != null && half.equalsIgnoreCase("p");
        String part = shape.group("part");
        return LocalTime.of(
                half == null ? hour : hour % 12 + (afternoon ? 12 : 0),
                hourAlone ? 0 : number(shape, "minute"),
                shape.group("s") == null ? 0 : number(shape, "s"),
                part == null ? 0 : Integer.parseInt((part + "00000000").substring(0, 9)));
    }

    private static ZoneId zone(Matcher shape) {
        String offset = shape.group("offset");
        String region = shape.group(shape.group("zone") == null ? "region" : "zone");
        if (offset != null) {
            return ZoneOffset.of(offset.equals("z") ? "Z" : offset);
        }
        return region == null ? ZoneOffset.UTC : ZoneId.of(region);
    }

    /// The number in the one of the groups that has matched.
    private static int number(Matcher shape, String... groups) {
        for (String group : groups) {
            String text = shape.group(group);
            if (text != null) {
                return Integer.parseInt(text);
            }
        }
        throw new IllegalStateException("the shape has one of these");
    }
}
