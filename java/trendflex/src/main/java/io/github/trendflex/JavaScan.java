package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;

import java.lang.foreign.MemorySegment;
import java.util.function.Predicate;

/// Looks through a series for its prices.
final class JavaScan {
    private JavaScan() {}

    static Scan whole(MemorySegment prices) {
        return scan(prices, _ -> false);
    }

    /// Scans until it is clear whether the prices can be computed, and leaves out the rest.
    static Scan untilEnough(MemorySegment prices, int period, Options options) {
        return scan(prices, scan -> scan.isEnough(period, options.nanPolicy()));
    }

    private static Scan scan(MemorySegment prices, Predicate<Scan> enough) {
        Scan scan = Scan.EMPTY;
        long length = Segments.doubles(prices);
        double[] piece = new double[(int) Math.min(length, JavaPieces.MOST)];
        for (long from = 0; from < length && !enough.test(scan); from += piece.length) {
            int count = (int) Math.min(piece.length, length - from);
            MemorySegment.copy(prices, JAVA_DOUBLE, from * Double.BYTES, piece, 0, count);
            scan = scan.then(of(piece, 0, count));
        }
        return scan.ofSeries(length);
    }

    /// Does the same for an array, without the first use of a segment, which takes a fresh JVM 20
    /// ms.
    static Scan untilEnough(double[] prices, int period, Options options) {
        Scan scan = Scan.EMPTY;
        int count;
        for (int from = 0; from < prices.length; from += count) {
            if (scan.isEnough(period, options.nanPolicy())) {
                break;
            }
            count = Math.min(prices.length - from, JavaPieces.MOST);
            scan = scan.then(of(prices, from, count));
        }
        return scan.ofSeries(prices.length);
    }

    private static Scan of(double[] values, int from, int length) {
        int first = length;
        int firstMissing = length;
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (Price.isPrice(values[from + i])) {
                first = Math.min(first, i);
                count++;
            } else if (count > 0) {
                firstMissing = Math.min(firstMissing, i);
            }
        }
        return new Scan(length, first, count, firstMissing);
    }
}
