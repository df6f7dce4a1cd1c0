package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Computes rows of a batch.
final class NativeBatch {
    private NativeBatch() {}

    static void rows(
            MemorySegment prices,
            MemorySegment out,
            Periods periods,
            int threads,
            Options options) {
        NativeBinding.load();
        int definition = NativeIds.id(options.definition());
        int policy = NativeIds.id(options.nanPolicy());
        int kernel = NativeIds.id(options.kernel());
        int status;
        if (periods instanceof Periods.Range(PeriodRange range)) {
            status =
                    TrendflexH.trendflex_batch_inner_into(
                            prices,
                            Segments.doubles(prices),
                            range.start(),
                            range.end(),
                            range.step(),
                            definition,
                            policy,
                            kernel,
                            threads,
                            out,
                            Segments.doubles(out),
                            MemorySegment.NULL);
        } else {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment list = arena.allocate(JAVA_INT, periods.rows());
                for (long row = 0; row < periods.rows(); row++) {
                    list.setAtIndex(JAVA_INT, row, periods.periodAt(row));
                }
                status =
                        TrendflexH.trendflex_batch_periods_into(
                                prices,
                                Segments.doubles(prices),
                                list,
                                periods.rows(),
                                definition,
                                policy,
                                kernel,
                                threads,
                                out,
                                Segments.doubles(out),
                                MemorySegment.NULL);
            }
        }
        NativeSeries.requireComputed(status, prices, periods.largest(), options);
    }
}
