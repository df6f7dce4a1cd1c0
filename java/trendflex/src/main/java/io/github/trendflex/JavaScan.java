package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Looks through a series for its prices.
final class JavaScan {
    private Scan found = Scan.EMPTY;

    private JavaScan() {}

    static Scan whole(MemorySegment prices) {
        JavaScan scan = new JavaScan();
        JavaPieces.forEach(prices, (values, count, _) -> scan.add(values, count));
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
                    (values, count, _) -> scan.add(values, count));
        }
        return scan.found.ofSeries(Segments.doubles(prices));
    }

    private void add(double[] values, int length) {
        int first = length;
        int firstMissing = length;
        int count = 0;
        for (int i = 0; i < length; i++) {
            if (Step.isPrice(values[i])) {
                first = Math.min(first, i);
                count++;
            } else if (count > 0) {
                firstMissing = Math.min(firstMissing, i);
            }
        }
        found = found.then(new Scan(length, first, count, firstMissing));
    }
}
