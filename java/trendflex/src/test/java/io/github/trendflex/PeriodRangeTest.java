package io.github.trendflex;

import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodRangeTest {
    @Test
    void bothEndsBelongToARange() {
        assertArrayEquals(new int[] {20, 21, 22}, periods(PeriodRange.closed(20, 22)));
    }

    @Test
    void stepMayNotReachTheEnd() {
        assertArrayEquals(new int[] {20, 22, 24}, periods(PeriodRange.closed(20, 25, 2)));
    }

    @Test
    void rangesMayDescend() {
        assertArrayEquals(new int[] {80, 75, 70, 65}, periods(PeriodRange.closed(80, 61, 5)));
    }

    @Test
    void onePeriodIsARange() {
        assertArrayEquals(new int[] {20}, periods(PeriodRange.closed(20, 20, 3)));
        assertArrayEquals(new int[] {20}, periods(PeriodRange.single(20)));
    }

    @Test
    void rangesReachToTheLargestPeriod() {
        PeriodRange all = PeriodRange.closed(1, Integer.MAX_VALUE);
        assertEquals(Integer.MAX_VALUE, all.rows());
        assertEquals(Integer.MAX_VALUE, all.periodAt(all.rows() - 1));
        PeriodRange down = PeriodRange.closed(Integer.MAX_VALUE, 1, Integer.MAX_VALUE - 1);
        assertArrayEquals(new int[] {Integer.MAX_VALUE, 1}, periods(down));
    }

    @Test
    void defaultIsUpstreamsSweep() {
        assertEquals(PeriodRange.closed(20, 269), PeriodRange.DEFAULT);
        assertEquals(250, PeriodRange.DEFAULT.rows());
    }

    @ParameterizedTest
    @CsvSource({"0, 5, 1", "5, 0, 1", "-1, -1, -1"})
    void endsBelowOneAreRefused(int start, int end, int step) {
        assertRefused(
                Refusal.INVALID_RANGE,
                "start = " + start + ", end = " + end + ": both are at least 1",
                () -> PeriodRange.closed(start, end, step));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void stepsBelowOneAreRefused(int step) {
        String message = "step = " + step + ": a step is at least 1";
        assertRefused(Refusal.INVALID_RANGE, message, () -> PeriodRange.closed(20, 30, step));
        assertRefused(Refusal.INVALID_RANGE, message, () -> PeriodRange.closed(20, 20, step));
    }

    @Test
    void rowsOutsideTheRangeAreRefused() {
        PeriodRange range = PeriodRange.closed(20, 22);
        assertThrows(IndexOutOfBoundsException.class, () -> range.periodAt(-1));
        assertThrows(IndexOutOfBoundsException.class, () -> range.periodAt(3));
    }

    private static int[] periods(PeriodRange range) {
        return LongStream.range(0, range.rows()).mapToInt(range::periodAt).toArray();
    }
}
