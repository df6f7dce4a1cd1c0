package io.github.trendflex.cli.commands;

import io.github.trendflex.cli.chart.BarAxis;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.terminal.CommandException;
import java.io.File;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What a picture is called and which bars are in it. All of the series is computed all the same.
final class ChartOptions {
    @Option(
            names = "--title",
            paramLabel = "TEXT",
            description = "The title of the picture. Default: the name of the file.")
    private @Nullable String title;

    @Option(
            names = "--last",
            paramLabel = "N",
            description =
                    "Only the last N bars are in the picture, those up to --to if that is said. All are computed.")
    private @Nullable Integer last;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "The first bars are not in the picture, those before a year, month, day, minute or second in UTC: "
                            + "2024, 2024-03, 2024-03-01, 2024-03-01T09:30 or 2024-03-01T09:30:00. Where there are no "
                            + "times, the number of a bar. All are computed.")
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "The same for the last bars, those behind the time or the bar.")
    private @Nullable String to;

    /// Whether any of the options is said.
    boolean areSaid() {
        return Stream.of(title, last, from, to).anyMatch(option -> option != null);
    }

    /// Fails if the options contradict each other.
    void check() {
        if (last != null && from != null) {
            throw CommandException.usage("--last and --from exclude each other");
        }
        if (last != null && last < 1) {
            throw CommandException.usage("--last %d: at least 1 bar".formatted(last));
        }
    }

    String title(PriceInput input) {
        return title == null ? new File(input.name()).getName() : title;
    }

    /// The axis of the bars in the picture.
    BarAxis axis(PriceInput input) {
        long @Nullable [] times = input.times();
        int bars = Math.toIntExact(input.length());
        int end = to == null ? bars : place("--to", to, true, input);
        int begin = from == null ? 0 : place("--from", from, false, input);
        if (last != null) {
            begin = Math.max(begin, end - last);
        }
        if (begin >= end && bars > 0) {
            throw CommandException.data(
                    input.name(),
                    "no bar is in the picture: the first is %s and the last %s"
                            .formatted(bar(0, times), bar(bars - 1, times)));
        }
        return BarAxis.of(times, bars).part(begin, end);
    }

    private static String bar(int index, long @Nullable [] times) {
        return times == null ? "bar " + index : "at " + instant(times[index]);
    }

    /// The index of the first bar that is not before the place that an option names, or of the
    /// first behind it.
    private static int place(String option, String text, boolean behind, PriceInput input) {
        long @Nullable [] times = input.times();
        if (times == null && !input.unknownTimes().areNone()) {
            throw CommandException.data(
                    input.name(),
                    "%s %s: not all times of the bars are known: %s"
                            .formatted(option, text, input.unknownTimes().first()));
        }
        try {
            if (times == null) {
                return Math.clamp(
                        Long.parseLong(text) + (behind ? 1 : 0),
                        0,
                        Math.toIntExact(input.length()));
            }
            Instant bound = bound(text, behind);
            return (int) Arrays.stream(times).takeWhile(t -> instant(t).isBefore(bound)).count();
        } catch (DateTimeException | NumberFormatException _) {
            String expected =
                    times == null
                            ? "there are no times, and this is not the number of a bar, as 0 is of the first"
                            : "not a time like 2024, 2024-03, 2024-03-01, 2024-03-01T09:30 or 2024-03-01T09:30:00";
            throw CommandException.usage(option + " " + text + ": " + expected);
        }
    }

    /// When the year, month, day, minute or second begins that a text names, or when it has ended.
    private static Instant bound(String text, boolean behind) {
        ChronoUnit unit =
                switch (text.length()) {
                    case 4 -> ChronoUnit.YEARS;
                    case 7 -> ChronoUnit.MONTHS;
                    case 10 -> ChronoUnit.DAYS;
                    case 16 -> ChronoUnit.MINUTES;
                    case 19 -> ChronoUnit.SECONDS;
                    default -> throw new DateTimeException(text);
                };
        String whole = text.replace(' ', 'T') + "0000-01-01T00:00:00".substring(text.length());
        return LocalDateTime.parse(whole).plus(behind ? 1 : 0, unit).toInstant(ZoneOffset.UTC);
    }

    private static Instant instant(long nanos) {
        return Instant.EPOCH.plusNanos(nanos);
    }
}
