package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;

/// Computes many series, of one length or end to end in a panel.
final class JavaMany {
    /// The most smoothed prices that the series of a strip keep.
    private static final long MOST_KEPT = 1 << 20;

    private JavaMany() {}

    static void ofOneLength(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            Options options) {
        long length = Segments.doubles(prices) / seriesCount;
        switch (layout) {
            case SERIES_MAJOR ->
                    endToEnd(prices, seriesCount, i -> i * length, out, period, options);
            case TIME_MAJOR -> sideBySide(prices, seriesCount, length, out, period, options);
        }
    }

    static void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            Options options) {
        long values = Segments.doubles(prices);
        long series = offsets.byteSize() / Long.BYTES - 1;
        long least = 0;
        for (long i = 0; i <= series; i++) {
            long offset = offsets.getAtIndex(JAVA_LONG, i);
            if (offset < least
                    || offset > values
                    || (i == 0 && offset > 0)
                    || (i == series && offset < values)) {
                throw Checks.invalidOffsets(i, offset, values);
            }
            least = offset;
        }
        endToEnd(prices, series, i -> offsets.getAtIndex(JAVA_LONG, i), out, period, options);
    }

    /// Gives the index of the first value of a series.
    @FunctionalInterface
    private interface Offsets {
        long at(long series);

        default MemorySegment slice(MemorySegment all, long series) {
            long from = at(series);
            return all.asSlice(from * Double.BYTES, (at(series + 1) - from) * Double.BYTES);
        }
    }

    private static void endToEnd(
            MemorySegment prices,
            long series,
            Offsets offsets,
            MemorySegment out,
            int period,
            Options options) {
        if (options.nanPolicy() == NanPolicy.REJECT) {
            for (long i = 0; i < series; i++) {
                Scan scan = JavaScan.whole(offsets.slice(prices, i));
                if (scan.firstMissing() < scan.length()) {
                    throw Checks.missingPrice(i, scan.firstMissing());
                }
            }
        }
        Checks.requireSupported(options.kernel());
        Coefficients coefficients = Coefficients.of(period, options.definition());
        for (long i = 0; i < series; i++) {
            JavaEngine.take(
                    new Step(options.definition(), options.nanPolicy(), coefficients),
                    offsets.slice(prices, i),
                    offsets.slice(out, i));
        }
    }

    /// Computes series that stand side by side: as many at once as memory allows, like a bank.
    private static void sideBySide(
            MemorySegment prices,
            long series,
            long length,
            MemorySegment out,
            int period,
            Options options) {
        if (options.nanPolicy() == NanPolicy.REJECT) {
            requireNoneMissing(prices, series, length);
        }
        Checks.requireSupported(options.kernel());
        Coefficients coefficients = Coefficients.of(period, options.definition());
        long most = Math.clamp(MOST_KEPT / Math.min(period, length), 1, JavaPieces.MOST);
        for (long from = 0; from < series; from += most) {
            int width = (int) Math.min(most, series - from);
            Step[] steps = new Step[width];
            for (int i = 0; i < width; i++) {
                steps[i] = new Step(options.definition(), options.nanPolicy(), coefficients);
            }
            double[] values = new double[width];
            for (long row = 0; row < length; row++) {
                long at = (row * series + from) * Double.BYTES;
                MemorySegment.copy(prices, JAVA_DOUBLE, at, values, 0, width);
                for (int i = 0; i < width; i++) {
                    values[i] = steps[i].update(values[i]);
                }
                MemorySegment.copy(values, 0, out, JAVA_DOUBLE, at, width);
            }
        }
    }

    /// Refuses a missing value after the first price of its series, the first one in memory.
    private static void requireNoneMissing(MemorySegment prices, long series, long length) {
        long end = length;
        long missing = -1;
        for (long from = 0; from < series; from += JavaPieces.MOST) {
            int width = (int) Math.min(JavaPieces.MOST, series - from);
            boolean[] hasBegun = new boolean[width];
            double[] values = new double[width];
            for (long row = 0; row < end; row++) {
                long at = (row * series + from) * Double.BYTES;
                MemorySegment.copy(prices, JAVA_DOUBLE, at, values, 0, width);
                for (int i = 0; i < width; i++) {
                    if (Price.isPrice(values[i])) {
                        hasBegun[i] = true;
                    } else if (hasBegun[i]) {
                        missing = from + i;
                        end = row; // only an earlier row has one that is before this one
                        break;
                    }
                }
            }
        }
        if (missing >= 0) {
            throw Checks.missingPrice(missing, end);
        }
    }
}
