package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.CsvField;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// The times that the fields of a CSV column state: dates, in UTC where they say nothing else, or
/// counts of seconds, milliseconds, microseconds or nanoseconds since 1970, all of them of the same
/// unit. A number of eight digits is a date. Whether the day or the month is first where the year
/// is last is decided by the whole column: by any part above 12.
public final class TimeColumn {
    /// In the place of a time that is not known.
    public static final long UNKNOWN = Long.MIN_VALUE;

    private static final int DATE_DIGITS = 8;
    private static final String USUAL_SHAPE = "0000-00-00T00:00:00";
    private static final DateTimeFormatter BASIC = DateTimeFormatter.BASIC_ISO_DATE;

    private final @Nullable DateTimeFormatter pattern;
    private final LongStream.Builder values = LongStream.builder();
    private @Nullable Boolean counts;
    private long largest;

    private @Nullable Boolean dayFirst;
    private String decisive = "";
    private @Nullable Unclear unclear;
    private final LongStream.Builder daysFirst = LongStream.builder();

    public TimeColumn() {
        this(null);
    }

    /// @param format what is said about the times, or null
    public TimeColumn(@Nullable TimeFormat format) {
        pattern = format == null ? null : format.pattern();
        dayFirst = format == null ? null : format.dayFirst();
    }

    /// Fields of which none tells whether the day or the month is first.
    ///
    /// @param line that of the first one
    /// @param message quotes it and says how to decide
    /// @param count how many they are
    record Unclear(long line, String message, long count) {
        private Unclear andOneMore() {
            return new Unclear(line, message, count + 1);
        }
    }

    /// Adds the time that the next field states, or [#UNKNOWN] before it throws.
    ///
    /// @param line where its row begins
    ///
    /// @throws NumberFormatException if it states none, or a date among counts or a count among
    ///   dates, with a message that quotes it
    void add(String field, long line) {
        Reading reading = new Reading(UNKNOWN, UNKNOWN);
        try {
            reading = reading(field);
            if (reading.isUnclear() && dayFirst == null) {
                unclear =
                        unclear == null
                                ? new Unclear(line, unclear(field), 1)
                                : unclear.andOneMore();
            }
        } finally {
            // Whichever is meant can be told when all have been read.
            values.add(reading.monthFirst);
            if (unclear != null) {
                daysFirst.add(reading.dayFirst);
            }
        }
    }

    /// Reads the time in the next field, in the unit of the column, without keeping it.
    ///
    /// @throws NumberFormatException as [#add], and if the fields until now do not tell which time
    ///   it is
    public long read(String field) {
        Reading reading = reading(field);
        if (reading.isUnclear() && dayFirst == null) {
            throw new NumberFormatException(unclear(field));
        }
        return reading.time(dayFirst);
    }

    /// Whether a field is a date with separators. Digits alone may be any number.
    static boolean isDate(String field) {
        try {
            TimeText date = TimeText.of(field.strip());
            date.nanos(date.isDayFirst());
            return true;
        } catch (DateTimeException | ArithmeticException _) {
            return false;
        }
    }

    /// The fields for which it is not known what they mean, or null if there are none.
    @Nullable Unclear unclear() {
        return dayFirst == null ? unclear : null;
    }

    /// The times in nanoseconds since 1970, or [#UNKNOWN].
    long[] nanos() {
        long[] times = values.build().toArray();
        long[] later = daysFirst.build().toArray();
        for (int i = 0, time = times.length - later.length; i < later.length; i++, time++) {
            times[time] = new Reading(times[time], later[i]).time(dayFirst);
        }
        long unit = counts != null && counts ? unit() : 1;
        return Arrays.stream(times).map(time -> time == UNKNOWN ? UNKNOWN : time * unit).toArray();
    }

    /// What a field may mean.
    private record Reading(long monthFirst, long dayFirst) {
        boolean isUnclear() {
            return monthFirst != dayFirst;
        }

        long time(@Nullable Boolean day) {
            if (day == null) {
                return isUnclear() ? UNKNOWN : monthFirst;
            }
            return day ? dayFirst : monthFirst;
        }
    }

    private Reading reading(String field) {
        String text = field.strip();
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean count = pattern == null && digits && text.length() != DATE_DIGITS;
        Reading reading;
        try {
            reading = count ? same(count(text)) : date(text, digits);
        } catch (DateTimeException | ArithmeticException _) {
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
        largest = count ? Math.max(largest, reading.monthFirst) : largest;
        return reading;
    }

    /// The longest unit in which the largest count still fits into nanoseconds, which end in 2262.
    private long unit() {
        long unit = 1_000_000_000;
        while (largest > Long.MAX_VALUE / unit) {
            unit /= 1000;
        }
        return unit;
    }

    private Reading date(String text, boolean digits) {
        if (pattern != null) {
            return same(TimeFormat.nanos(text, pattern));
        }
        if (isUsual(text)) {
            boolean day = text.length() == "0000-00-00".length();
            return same(
                    nanos(
                            LocalDateTime.of(
                                    number(text, 0, 4),
                                    number(text, 5, 7),
                                    number(text, 8, 10),
                                    day ? 0 : number(text, 11, 13),
                                    day ? 0 : number(text, 14, 16),
                                    day ? 0 : number(text, 17, 19))));
        }
        if (digits) {
            return same(nanos(LocalDate.parse(text, BASIC).atStartOfDay()));
        }
        TimeText time = TimeText.of(text);
        if (time.yearFirst()) {
            return same(time.nanos(false));
        }
        if (!time.isDayFirst() && !time.isMonthFirst()) {
            Reading reading = new Reading(time.nanos(false), time.nanos(true));
            return dayFirst == null ? reading : same(reading.time(dayFirst));
        }
        Reading reading = same(time.nanos(time.isDayFirst()));
        if (dayFirst != null && dayFirst != time.isDayFirst()) {
            throw new NumberFormatException(
                    "%s has the %s first%s"
                            .formatted(
                                    CsvField.quoted(text),
                                    time.isDayFirst() ? "day" : "month",
                                    decisive.isEmpty() ? "" : ", and " + decisive + " has not"));
        }
        dayFirst = time.isDayFirst();
        decisive = decisive.isEmpty() ? CsvField.quoted(text) : decisive;
        return reading;
    }

    private static Reading same(long time) {
        return new Reading(time, time);
    }

    private static long count(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            throw new ArithmeticException(e.getMessage()); // there are too many
        }
    }

    private static String unclear(String field) {
        return CsvField.quoted(field)
                + " may have the day or the month first: say --time-format dmy or --time-format mdy";
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

    private static long nanos(LocalDateTime time) {
        return TimeText.nanos(time, ZoneOffset.UTC);
    }
}
