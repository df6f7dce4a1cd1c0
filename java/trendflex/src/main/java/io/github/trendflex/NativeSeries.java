package io.github.trendflex;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Computes TrendFlex of one series.
final class NativeSeries {
    private NativeSeries() {}

    static void compute(MemorySegment prices, MemorySegment out, int period, Options options) {
        NativeBinding.load();
        long length = Segments.doubles(prices);
        if (!Segments.onHeap(prices, out)) {
            int status =
                    TrendflexH.trendflex_into(
                            prices,
                            length,
                            period,
                            NativeIds.id(options.definition()),
                            NativeIds.id(options.nanPolicy()),
                            NativeIds.id(options.kernel()),
                            out,
                            length,
                            MemorySegment.NULL);
            requireComputed(status, prices, period, options);
        } else if (length <= Segments.PIECE) {
            requireComputed(computeOnHeap(prices, out, period, options), prices, period, options);
        } else if (options.kernel() != Kernel.AUTO) {
            // Only a stream takes pieces, and it always computes with the best kernel.
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment results = Segments.placesOffHeap(out, arena);
                compute(Segments.offHeap(prices, arena), results, period, options);
                Segments.copyTo(out, results);
            }
        } else if (length == Pieces.SHARED.next(length)) {
            long begin = System.nanoTime();
            int status = computeOnHeap(prices, out, period, options);
            long nanos = System.nanoTime() - begin;
            requireComputed(status, prices, period, options);
            Pieces.SHARED.took(length, nanos);
        } else {
            computeInPieces(prices, out, period, options);
        }
    }

    static void compute(double[] prices, double[] out, int period, Options options) {
        if (prices.length > Segments.PIECE) {
            compute(MemorySegment.ofArray(prices), MemorySegment.ofArray(out), period, options);
            return;
        }
        NativeBinding.load();
        int status =
                computeOnHeap(
                        MemorySegment.ofArray(prices), MemorySegment.ofArray(out), period, options);
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            requireComputed(status, MemorySegment.ofArray(prices), period, options);
        }
    }

    // A critical call has a method of its own, here and in the bindings, so that the JVM compiles
    // it by itself. In one method with the other call it stays slow if it is the rarer one: 120 ns
    // were seen here.
    private static int computeOnHeap(
            MemorySegment prices, MemorySegment out, int period, Options options) {
        return TrendflexCritical.trendflex_into(
                prices,
                Segments.doubles(prices),
                period,
                NativeIds.id(options.definition()),
                NativeIds.id(options.nanPolicy()),
                NativeIds.id(options.kernel()),
                out,
                Segments.doubles(out),
                MemorySegment.NULL);
    }

    private static void computeInPieces(
            MemorySegment prices, MemorySegment out, int period, Options options) {
        Checks.data(NativeScan.untilEnough(prices, period, options), period, options);
        // A stream does not take REJECT, but the check has shown that nothing is missing.
        NanPolicy policy =
                options.nanPolicy() == NanPolicy.REJECT ? NanPolicy.PROPAGATE : options.nanPolicy();
        NativeStream.begin(period, options.definition(), policy).updateInto(prices, out);
    }

    /// Returns if a series, or the rows of a batch, have been computed, and throws an exception
    /// that says what is wrong with the prices if not.
    static void requireComputed(int status, MemorySegment prices, int period, Options options) {
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            Checks.data(NativeScan.whole(prices), period, options);
            NativeStatus.requireOk(status);
        }
    }
}
