package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Looks through a series for its prices.
final class JavaScan {
    private Scan found = Scan.EMPTY;

    private JavaScan() {}

    static Scan whole(MemorySegment prices) {
        JavaScan scan = new JavaScan();
        JavaPieces.forEach(prices, (values, count, _) -> scan.add(values, 0, count));
        return scan.found;
    }

    /// Scans until it is clear whether the prices can be computed, and leaves out the rest.
    static Scan untilEnough(MemorySegment prices, int period, Options options) {
        JavaScan scan = new JavaScan();
        long piece = JavaPieces.MOST * (long) Double.BYTES;
        for (long from = 0; from < prices.byteSize(); from += piece) {
            if (scan.found.isEnough(period, options.nanPolicy())) {
                break;
            }
            JavaPieces.forEach(
                    prices.asSlice(from, Math.min(piece, prices.byteSize() - from)),
                    (values, count, _) -> scan.add(values, 0, count));
        }
        return scan.found.ofSeries(Segments.doubles(prices));
    }

    /// Does the same for an array, without the first use of a segment, which takes a fresh JVM 20
    /// ms.
    static Scan untilEnough(double[] prices, int period, Options options) {
        JavaScan scan = new JavaScan();
        int count;
        for (int from = 0; from < prices.length; from += count) {
            if (scan.found.isEnough(period, options.nanPolicy())) {
                break;
            }
            count = Math.min(prices.length - from, JavaPieces.MOST);
            scan.add(prices, from, count);
        }
        return scan.found.ofSeries(prices.length);
    }

    private void add(double[] values, int from, int length) {
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
        found = found.then(new Scan(length, first, count, firstMissing));
    }
}
