package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.walk;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchResultTest {
    private static final double[] PRICES = walk(100, 1);

    private final BatchResult result =
            TrendFlexBatch.of(PeriodRange.closed(30, 20, 4)).compute(PRICES);

    @Test
    void shapeIsPeriodsByPrices() {
        assertEquals(3, result.rows());
        assertEquals(100, result.columns());
        assertArrayEquals(new int[] {30, 26, 22}, result.periods());
        assertEquals(3 * 100 * 8, result.values().byteSize());
    }

    @Test
    void rowsAreFoundByIndexAndByPeriod() {
        double[] expected = TrendFlex.of(26).compute(PRICES);
        assertSameBits(expected, array(result.rowAt(1)));
        assertSameBits(expected, array(result.rowForPeriod(26)));
        assertSameBits(expected, result.arrayAt(1));
        assertSameBits(expected, result.arrayForPeriod(26));
        for (int column = 0; column < 100; column++) {
            assertSameBits(new double[] {expected[column]}, new double[] {result.get(1, column)});
        }
    }

    @Test
    void segmentsAreViewsOfOneMatrix() {
        MemorySegment out = offHeap(new double[300]);
        BatchResult inOut =
                TrendFlexBatch.of(PeriodRange.closed(30, 20, 4))
                        .compute(offHeap(PRICES), (size, alignment) -> out);
        assertEquals(out, inOut.values());
        assertEquals(out.asSlice(800, 800), inOut.rowAt(1));
        assertEquals(out.asSlice(1600), inOut.rowForPeriod(22));
    }

    @Test
    void periodsAreACopy() {
        result.periods()[0] = 1;
        assertEquals(30, result.periods()[0]);
    }

    @Test
    void missingRowsAreRefused() {
        assertThrows(IndexOutOfBoundsException.class, () -> result.rowAt(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> result.rowAt(3));
        assertThrows(IndexOutOfBoundsException.class, () -> result.arrayAt(3));
        assertThrows(IndexOutOfBoundsException.class, () -> result.get(3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> result.get(-1, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> result.get(0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> result.get(0, 100));
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 18, 20, 25, 34, Integer.MAX_VALUE})
    void missingPeriodsAreRefused(int period) {
        NoSuchElementException refusal =
                assertThrows(NoSuchElementException.class, () -> result.rowForPeriod(period));
        assertEquals(
                "period = " + period + ": it is not in PeriodRange[start=30, end=20, step=4]",
                refusal.getMessage());
        assertThrows(NoSuchElementException.class, () -> result.arrayForPeriod(period));
    }

    @Test
    void rangeOfOnePeriodHasOneRow() {
        BatchResult one = TrendFlexBatch.of(PeriodRange.single(20)).compute(PRICES);
        assertSameBits(TrendFlex.of(20).compute(PRICES), array(one.rowForPeriod(20)));
        assertThrows(NoSuchElementException.class, () -> one.rowForPeriod(21));
    }

    @Test
    void resultLivesAsLongAsItsArena() {
        BatchResult closed;
        try (Arena arena = Arena.ofShared()) {
            closed = TrendFlexBatch.of(PeriodRange.closed(5, 6)).compute(offHeap(PRICES), arena);
            closed.arrayAt(0);
        }
        assertThrows(IllegalStateException.class, () -> closed.arrayAt(0));
    }

    @Test
    void textShowsTheShape() {
        assertEquals(
                "BatchResult[rows=3, columns=100, periods=PeriodRange[start=30, end=20, step=4]]",
                result.toString());
    }
}
