package io.github.trendflex.cli.chart;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/// A mark on a horizontal axis: a round number of bars, or where a year begins, a month, a day, an
/// hour.
///
/// @param position the number of a bar, or a time in milliseconds since 1970
record AxisTick(long position, String label) {
    private static final int MOST = 12;
    private static final int[] MONTHS = {1, 3, 6, 12, 24, 60, 120, 240, 600, 1200};
    private static final long SECOND = TimeUnit.SECONDS.toMillis(1);
    private static final long MINUTE = TimeUnit.MINUTES.toMillis(1);
    private static final long HOUR = TimeUnit.HOURS.toMillis(1);
    private static final long DAY = TimeUnit.DAYS.toMillis(1);
    private static final long[] SPANS = {
        1,
        10,
        100,
        SECOND,
        5 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        5 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        5 * DAY
    };

    /// The marks for the numbers of bars.
    static List<AxisTick> numbers(int first, int last) {
        long span = 1;
        for (int i = 0; (last - first) / span > MOST; i++) {
            span = i % 3 == 1 ? span / 2 * 5 : span * 2; // 1, 2, 5, 10, 20, 50 ...
        }
        return every(span, first, last, bar -> String.format(Locale.ROOT, "%,d", bar));
    }

    /// The marks of the finest kind of which there are not too many between two times.
    static List<AxisTick> times(long first, long last) {
        for (long span : SPANS) {
            if ((last - first) / span <= MOST) {
                String pattern =
                        span >= DAY
                                ? "yyyy-MM-dd"
                                : span >= MINUTE ? "MM-dd HH:mm" : "HH:mm:ss.SSS";
                return every(span, first, last, time -> label(time, pattern));
            }
        }
        for (int months : MONTHS) {
            List<AxisTick> ticks = everyMonths(months, first, last);
            if (ticks.size() <= MOST) {
                return ticks;
            }
        }
        return List.of();
    }

    private static List<AxisTick> every(
            long span, long first, long last, LongFunction<String> label) {
        return LongStream.iterate(
                        Math.ceilDiv(first, span) * span, at -> at <= last, at -> at + span)
                .mapToObj(at -> new AxisTick(at, label.apply(at)))
                .toList();
    }

    private static List<AxisTick> everyMonths(int months, long first, long last) {
        LocalDateTime start = utc(first);
        int month = (start.getYear() * 12 + start.getMonthValue() - 1) / months * months;
        List<AxisTick> ticks = new ArrayList<>();
        for (long time = begin(month); time <= last; time = begin(month)) {
            if (time >= first) {
                ticks.add(new AxisTick(time, label(time, months >= 12 ? "yyyy" : "yyyy-MM")));
            }
            month += months;
        }
        return ticks;
    }

    private static long begin(int month) {
        return YearMonth.of(month / 12, month % 12 + 1)
                .atDay(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toEpochMilli();
    }

    private static String label(long time, String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).format(utc(time));
    }

    private static LocalDateTime utc(long time) {
        return LocalDateTime.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC);
    }
}
