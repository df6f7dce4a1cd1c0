package io.github.trendflex.cli.input;

import java.math.BigDecimal;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The built-in sample: made-up bars of the weekdays of ten years, which are the same on every
/// machine and under every Java: they are computed in doubles from the numbers of [Random], which
/// its documentation specifies to the bit.
public final class SampleBars {
    /// Names the sample in messages.
    public static final String NAME = "the sample";

    private static final List<String> HEADER =
            List.of("time", "open", "high", "low", "close", "volume");
    private static final LocalDate BEGIN = LocalDate.of(2016, 1, 4);
    private static final LocalDate END = LocalDate.of(2025, 12, 22);
    private static final Set<DayOfWeek> WEEKEND = EnumSet.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);

    private static final long FIRST_PRICE = 100_00;
    private static final long SEED = 1;

    /// How much of a day's trend is left on the next one.
    private static final double TREND_KEPT = 0.97;

    /// How much of a day's unrest is left on the next one.
    private static final double UNREST_KEPT = 0.96;

    /// Makes the unrest about 1 on average: the mean size of a normal number is the square root of
    /// 2/pi.
    private static final double MEAN_UNREST = 1.25;

    /// What an ordinary day moves a price by, as a share of it.
    private static final double MOVE = 0.009;

    /// How many pieces are traded on an ordinary day.
    private static final double VOLUME = 400_000;

    private SampleBars() {}

    /// The sample as a CSV file, its header first.
    public static Stream<List<String>> records() {
        return Stream.concat(Stream.of(HEADER), bars().map(Bar::record));
    }

    /// The text of that file. No field has a comma or a quote.
    public static String csv() {
        return lines(records().map(record -> String.join(",", record)));
    }

    /// The closes, a price a line.
    public static String closes() {
        return lines(bars().map(bar -> price(bar.close)));
    }

    private static String lines(Stream<String> lines) {
        return lines.collect(Collectors.joining("\n", "", "\n"));
    }

    private static Stream<Bar> bars() {
        Market market = new Market();
        return BEGIN.datesUntil(END)
                .filter(day -> !WEEKEND.contains(day.getDayOfWeek()))
                .map(market::trade);
    }

    private static String price(long cents) {
        return BigDecimal.valueOf(cents, 2).toString();
    }

    /// The prices of a day, in cents, and how many pieces were traded.
    private record Bar(LocalDate day, long open, long high, long low, long close, long volume) {
        private List<String> record() {
            return List.of(
                    day.toString(),
                    price(open),
                    price(high),
                    price(low),
                    price(close),
                    Long.toString(volume));
        }
    }

    /// A walk of prices with a trend that comes and goes, and with days that are calm or restless
    /// for weeks.
    private static final class Market {
        private final Random random = new Random(SEED);
        private long close = FIRST_PRICE;
        private double trend;
        private double unrest = 1;

        Bar trade(LocalDate day) {
            trend = TREND_KEPT * trend + (1 - TREND_KEPT) * random.nextGaussian();
            double shock = Math.abs(random.nextGaussian());
            unrest = UNREST_KEPT * unrest + (1 - UNREST_KEPT) * shock * MEAN_UNREST;
            double range = MOVE * unrest;
            long open = moved(close, 0.25 * range * random.nextGaussian());
            double move = range * (random.nextGaussian() + trend);
            close = moved(open, move);
            long high = moved(Math.max(open, close), 0.5 * range * random.nextDouble());
            long low = moved(Math.min(open, close), -0.5 * range * random.nextDouble());
            double trades = unrest * (0.6 + 0.8 * random.nextDouble() + Math.abs(move) / MOVE);
            return new Bar(day, open, high, low, close, Math.round(VOLUME * trades));
        }

        private static long moved(long price, double share) {
            return Math.round(price * (1 + share));
        }
    }
}
