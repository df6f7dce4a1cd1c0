package io.github.trendflex.cli.commands;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.cli.format.PriceText;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/// Counts the values that are empty for another reason than the warm-up, and tells them in one line
/// on standard error.
final class EmptyValues {
    private final Supplier<LongStream> periods;
    private final long largest;
    private final NanPolicy nanPolicy;

    private long series;
    private long shortSeries;
    private long cutSeries;
    private long values;
    private long valuesBySkipping;
    private long missing;
    private @Nullable PriceInput cutInput;
    private long cutPrice;
    private @Nullable PriceInput shortInput;
    private long shortBegin;
    private long shortEnd;
    private long shortPrices;

    private EmptyValues(Supplier<LongStream> periods, NanPolicy nanPolicy) {
        this.periods = periods;
        this.nanPolicy = nanPolicy;
        largest = periods.get().max().orElseThrow();
    }

    /// Tells what is empty, if anything is.
    ///
    /// @param periods makes a stream of the periods that were computed
    static void tell(
            List<PriceInput> inputs,
            Supplier<LongStream> periods,
            NanPolicy nanPolicy,
            StandardStreams streams) {
        EmptyValues empty = new EmptyValues(periods, nanPolicy);
        for (PriceInput input : inputs) {
            long begin = 0;
            for (long end : input.series().ends().toArray()) {
                empty.add(input, begin, end);
                begin = end;
            }
        }
        empty.tell(streams);
    }

    private void tell(StandardStreams streams) {
        List<String> told = new ArrayList<>();
        if (cutInput != null) {
            told.add(cutInput.name() + ": " + cut(cutInput));
        }
        if (shortInput != null) {
            String name = shortInput.equals(cutInput) ? "" : shortInput.name() + ": ";
            told.add(name + tooShort(shortInput));
        }
        if (!told.isEmpty()) {
            streams.say(String.join("; ", told));
        }
    }

    private void add(PriceInput input, long begin, long end) {
        MemorySegment prices = input.prices();
        long first = next(prices, begin, end, false);
        long gap = next(prices, first, end, true);
        long known = count(prices, first, end);
        long counted = nanPolicy == NanPolicy.SKIP ? known : end - first;
        series++;
        if (counted <= largest && shortSeries++ == 0) {
            shortInput = input;
            shortBegin = begin;
            shortEnd = end;
            shortPrices = known;
        }
        // Skipping a missing price loses its own value only.
        if (nanPolicy == NanPolicy.PROPAGATE && gap < end) {
            long lost =
                    periods.get()
                            .map(period -> Math.max(0, end - Math.max(gap, first + period)))
                            .sum();
            values += lost;
            valuesBySkipping +=
                    periods.get()
                            .map(period -> Math.max(0, known - Math.max(gap - first, period)))
                            .sum();
            if (lost > 0) {
                missing += end - first - known;
                if (cutSeries++ == 0) {
                    cutInput = input;
                    cutPrice = gap;
                }
            }
        }
    }

    private String cut(PriceInput input) {
        String where = input.where(cutPrice);
        return (cutSeries == 1
                        ? "%d %s empty from %s on"
                                .formatted(values, values == 1 ? "value is" : "values are", where)
                        : "%d values of %d series are empty, the first from %s on"
                                .formatted(values, cutSeries, where))
                + (missing == 1
                        ? ", where a price is missing"
                        : ", where the first of %d prices is missing".formatted(missing))
                + (valuesBySkipping > 0 ? ": --nan-policy skip computes those after it" : "");
    }

    private String tooShort(PriceInput input) {
        boolean one = shortSeries == 1;
        String where =
                shortBegin == shortEnd
                        ? ""
                        : ", %s from %s on,"
                                .formatted(one ? "the one" : "the first", input.where(shortBegin));
        String count = "%d of %d series%s".formatted(shortSeries, series, where);
        String known =
                shortPrices == 0
                        ? "no price at all"
                        : shortPrices + (shortPrices == 1 ? " price" : " prices");
        if (!one) {
            return "%s have too few prices for period %d: the first has %s"
                    .formatted(count, largest, known);
        }
        String tooFew = shortPrices == 0 ? "" : ", too few for period " + largest;
        return "%s has %s%s".formatted(count, known, tooFew);
    }

    /// The index of the next price that is missing, or that is not missing.
    private static long next(MemorySegment prices, long from, long end, boolean missing) {
        long at = from;
        while (at < end && isMissing(prices, at) != missing) {
            at++;
        }
        return at;
    }

    private static long count(MemorySegment prices, long from, long end) {
        return LongStream.range(from, end).filter(i -> !isMissing(prices, i)).count();
    }

    private static boolean isMissing(MemorySegment prices, long index) {
        return PriceText.isMissing(prices.getAtIndex(ValueLayout.JAVA_DOUBLE, index));
    }
}
