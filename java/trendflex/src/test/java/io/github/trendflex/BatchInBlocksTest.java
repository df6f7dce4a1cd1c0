package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Checks batches that stop between blocks of rows, to report progress or to pass on the rows.
class BatchInBlocksTest {
    /// A length of which two rows take more than the bytes of a block.
    private static final int LENGTH = 600_000;

    private static final double[] PRICES = walk(LENGTH, 1);
    private static final PeriodRange RANGE = PeriodRange.closed(50, 11, 5);
    private static final int ROWS = 8;
    private static final TrendFlexBatch BATCH = TrendFlexBatch.of(RANGE).withThreads(2);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void progressIsReportedBetweenBlocksAndChangesNoBit(boolean onHeap) {
        double[] expected = array(BATCH.compute(PRICES).values());
        MemorySegment prices = onHeap ? MemorySegment.ofArray(PRICES) : offHeap(PRICES);
        double[] untouched = untouched(ROWS * LENGTH);
        MemorySegment out = onHeap ? MemorySegment.ofArray(untouched) : offHeap(untouched);
        List<Long> reports = new ArrayList<>();
        Thread caller = Thread.currentThread();
        BATCH.computeInto(
                prices,
                out,
                (done, total) -> {
                    assertSame(caller, Thread.currentThread());
                    assertEquals(ROWS, total);
                    reports.add(done);
                    // The last report cannot end a batch that is done.
                    return done < total;
                });
        assertEquals(List.of(2L, 4L, 6L, 8L), reports);
        assertSameBits(expected, array(out));
    }

    @Test
    void shortRowsAreReportedTogether() {
        List<Long> reports = new ArrayList<>();
        BATCH.computeInto(
                offHeap(walk(100, 1)),
                offHeap(new double[ROWS * 100]),
                (done, _) -> reports.add(done));
        assertEquals(List.of((long) ROWS), reports);
    }

    @Test
    void cancelledBatchSaysThatItsOutputIsPartial() {
        MemorySegment out = offHeap(untouched(ROWS * LENGTH));
        CancellationException cancellation =
                assertThrows(
                        CancellationException.class,
                        () -> BATCH.computeInto(offHeap(PRICES), out, (done, _) -> done < 4));
        assertEquals(
                "cancelled after 4 of 8 rows: the output is partial", cancellation.getMessage());
        assertSameBits(TrendFlex.of(35).compute(PRICES), array(row(out, 3)));
        assertUntouched(out.asSlice(4L * LENGTH * Double.BYTES));
    }

    @Test
    void exceptionOfTheListenerEndsTheBatch() {
        IllegalCallerException thrown = new IllegalCallerException();
        MemorySegment out = offHeap(untouched(ROWS * LENGTH));
        assertSame(
                thrown,
                assertThrows(
                        IllegalCallerException.class,
                        () ->
                                BATCH.computeInto(
                                        offHeap(PRICES),
                                        out,
                                        (_, _) -> {
                                            throw thrown;
                                        })));
        assertUntouched(out.asSlice(2L * LENGTH * Double.BYTES));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void consumerGetsEveryRowInOrderOnTheCallersThread(boolean onHeap) {
        Thread caller = Thread.currentThread();
        List<Integer> periods = new ArrayList<>();
        BATCH.forEachRow(
                onHeap ? MemorySegment.ofArray(PRICES) : offHeap(PRICES),
                (period, row) -> {
                    assertSame(caller, Thread.currentThread());
                    periods.add(period);
                    assertSameBits(TrendFlex.of(period).compute(PRICES), array(row));
                });
        assertEquals(List.of(50, 45, 40, 35, 30, 25, 20, 15), periods);
    }

    @Test
    void rowsShareTheirMemory() {
        List<MemorySegment> rows = new ArrayList<>();
        BATCH.forEachRow(offHeap(PRICES), (_, row) -> rows.add(row));
        assertEquals(ROWS, rows.size());
        assertEquals(2, rows.stream().map(MemorySegment::address).distinct().count());
    }

    @Test
    void rowsAreGoneAfterTheCall() {
        List<MemorySegment> rows = new ArrayList<>();
        BATCH.forEachRow(
                offHeap(walk(100, 1)),
                (_, row) -> {
                    assertTrue(row.isAccessibleBy(Thread.currentThread()));
                    assertFalse(row.isAccessibleBy(new Thread()));
                    rows.add(row);
                });
        assertThrows(
                IllegalStateException.class, () -> rows.getFirst().get(ValueLayout.JAVA_DOUBLE, 0));
    }

    @Test
    void whatTheConsumerDoesToARowStaysThere() {
        BATCH.forEachRow(
                offHeap(PRICES),
                (period, row) -> {
                    assertSameBits(TrendFlex.of(period).compute(PRICES), array(row));
                    row.fill((byte) 1);
                });
    }

    @Test
    void exceptionOfTheConsumerEndsTheBatch() {
        IllegalCallerException thrown = new IllegalCallerException();
        List<MemorySegment> rows = new ArrayList<>();
        assertSame(
                thrown,
                assertThrows(
                        IllegalCallerException.class,
                        () ->
                                BATCH.forEachRow(
                                        offHeap(PRICES),
                                        (_, row) -> {
                                            rows.add(row);
                                            throw thrown;
                                        })));
        assertEquals(1, rows.size());
        assertFalse(rows.getFirst().scope().isAlive());
    }

    @Test
    void pricesOfRowsAreChecked() {
        MemorySegment misaligned = offHeap(PRICES).asSlice(4, 80);
        assertRefused(Refusal.MISALIGNED, () -> BATCH.forEachRow(misaligned, (_, _) -> {}));
        MemorySegment gone;
        try (Arena arena = Arena.ofShared()) {
            gone = arena.allocate(800, 8);
        }
        assertThrows(IllegalStateException.class, () -> BATCH.forEachRow(gone, (_, _) -> {}));
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // the consumer closes it
    void arenaThatTheConsumerClosesIsTheJdksError() {
        Arena arena = Arena.ofConfined();
        MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, PRICES);
        List<Integer> periods = new ArrayList<>();
        assertThrows(
                IllegalStateException.class,
                () ->
                        BATCH.forEachRow(
                                prices,
                                (period, _) -> {
                                    periods.add(period);
                                    if (prices.scope().isAlive()) {
                                        arena.close();
                                    }
                                }));
        assertEquals(List.of(50, 45), periods);
    }

    private static MemorySegment row(MemorySegment matrix, long row) {
        long bytes = (long) LENGTH * Double.BYTES;
        return matrix.asSlice(row * bytes, bytes);
    }
}
