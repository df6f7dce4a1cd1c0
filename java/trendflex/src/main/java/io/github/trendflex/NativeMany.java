package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Computes many series, of one length or end to end in a panel.
final class NativeMany {
    private NativeMany() {}

    static void ofOneLength(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        NativeBinding.load();
        long values = Segments.doubles(prices);
        if (values == 0) {
            return;
        }
        long length = values / seriesCount;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment detail = arena.allocate(JAVA_LONG);
            int status =
                    TrendflexH.trendflex_many_series_into(
                            prices,
                            seriesCount,
                            length,
                            NativeIds.id(layout),
                            period,
                            NativeIds.id(options.definition()),
                            NativeIds.id(options.nanPolicy()),
                            NativeIds.id(options.kernel()),
                            threads,
                            out,
                            values,
                            detail);
            if (status == TrendflexH.TRENDFLEX_STATUS_MISSING_PRICE()) {
                long place = detail.get(JAVA_LONG, 0);
                throw switch (layout) {
                    case SERIES_MAJOR -> Checks.missingPrice(place / length, place % length);
                    case TIME_MAJOR ->
                            Checks.missingPrice(place % seriesCount, place / seriesCount);
                };
            }
            requireComputed(status, options);
        }
    }

    static void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        NativeBinding.load();
        long values = Segments.doubles(prices);
        long series = offsets.byteSize() / Long.BYTES - 1;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment detail = arena.allocate(JAVA_LONG);
            // A segment without values may be at address 0, which C refuses.
            MemorySegment nothing = arena.allocate(0, Double.BYTES);
            int status =
                    TrendflexH.trendflex_panel_into(
                            values == 0 ? nothing : prices,
                            values,
                            offsets,
                            series,
                            period,
                            NativeIds.id(options.definition()),
                            NativeIds.id(options.nanPolicy()),
                            NativeIds.id(options.kernel()),
                            threads,
                            values == 0 ? nothing : out,
                            values,
                            detail);
            if (status == TrendflexH.TRENDFLEX_STATUS_INVALID_OFFSETS()) {
                long index = detail.get(JAVA_LONG, 0);
                throw Checks.invalidOffsets(index, offsets.getAtIndex(JAVA_LONG, index), values);
            }
            if (status == TrendflexH.TRENDFLEX_STATUS_MISSING_PRICE()) {
                long place = detail.get(JAVA_LONG, 0);
                long of = seriesAt(place, offsets, series);
                throw Checks.missingPrice(of, place - offsets.getAtIndex(JAVA_LONG, of));
            }
            requireComputed(status, options);
        }
    }

    /// Returns the series of a panel that a value belongs to: the last one that does not begin
    /// after it.
    private static long seriesAt(long place, MemorySegment offsets, long series) {
        long low = 0;
        long high = series - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (offsets.getAtIndex(JAVA_LONG, middle) <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static void requireComputed(int status, Options options) {
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            Checks.requireSupported(options.kernel());
            NativeStatus.requireOk(status);
        }
    }
}
