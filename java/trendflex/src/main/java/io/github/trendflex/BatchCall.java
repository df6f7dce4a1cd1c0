package io.github.trendflex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Computes one call of a batch: TrendFlex of one series for every period of a list, a row for
/// each.
///
/// It may run for long, and no garbage collection should have to wait for it. So the engine
/// computes outside the heap: prices on the heap are copied first, and results for the heap are
/// copied block by block.
///
/// @param threads the most rows to compute at once, at least 1
record BatchCall(MemorySegment prices, Periods periods, int threads, Options options) {
    /// The most bytes of results in a block, unless a row for each thread is more.
    private static final long BLOCK_BYTES = 8L << 20;

    /// Returns if the prices can be computed, and throws an exception that says what is wrong with
    /// them if not.
    void requireData() {
        Checks.data(Engine.current().scan(prices), periods.largest(), options);
    }

    void into(MemorySegment out) {
        if (Segments.onHeap(out)) {
            into(out, (_, _) -> true);
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            compute(Segments.offHeap(prices, arena), out, periods);
        }
    }

    /// Computes the same block by block, and reports the progress after each block.
    void into(MemorySegment out, BatchProgress progress) {
        long total = periods.rows();
        boolean onHeap = Segments.onHeap(out);
        inBlocks(
                onHeap ? null : out,
                (row, block, results) -> {
                    if (onHeap) {
                        Segments.copyInPieces(
                                results, out.asSlice(row * prices.byteSize(), results.byteSize()));
                    }
                    long done = row + block.rows();
                    if (!progress.continueAfter(done, total) && done < total) {
                        throw new CancellationException(
                                "cancelled after %s of %s rows: the output is partial"
                                        .formatted(done, total));
                    }
                });
    }

    /// Computes the same for a consumer, without a place for all rows.
    void forEachRow(RowConsumer consumer) {
        long rowBytes = prices.byteSize();
        inBlocks(
                null,
                (_, block, results) -> {
                    for (long row = 0; row < block.rows(); row++) {
                        consumer.accept(
                                block.periodAt(row), results.asSlice(row * rowBytes, rowBytes));
                    }
                });
    }

    /// Computes block by block: into the rows' places in `out`, which is outside the heap, or, if
    /// there is no `out`, into memory that all blocks share.
    private void inBlocks(@Nullable MemorySegment out, BlockAction action) {
        requireData();
        long rows = periods.rows();
        long rowBytes = prices.byteSize();
        long blockRows = Math.clamp(BLOCK_BYTES / rowBytes, Math.min(threads, rows), rows);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = Segments.offHeap(prices, arena);
            MemorySegment scratch =
                    out == null ? arena.allocate(blockRows * rowBytes, Double.BYTES) : out;
            for (long row = 0; row < rows; row += blockRows) {
                long last = Math.min(row + blockRows, rows) - 1;
                Periods block = periods.rows(row, last - row + 1);
                MemorySegment results =
                        scratch.asSlice(out == null ? 0 : row * rowBytes, block.rows() * rowBytes);
                compute(input, results, block);
                action.accept(row, block, results);
            }
        }
    }

    private void compute(MemorySegment input, MemorySegment out, Periods some) {
        Engine.current().rows(input, out, some, threads, options);
    }

    /// Does something with a block of computed rows; `row` is the index of the first one.
    @FunctionalInterface
    private interface BlockAction {
        void accept(long row, Periods block, MemorySegment results);
    }
}
