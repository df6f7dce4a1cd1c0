package io.github.trendflex.cli.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/// Which values make room for themselves.
class TrendScaleTest {
    private static final int WARM_UP = 20;

    private final double[] values = new double[200];

    TrendScaleTest() {
        Arrays.fill(values, 0.5);
        Arrays.fill(values, 0, WARM_UP, Double.NaN);
    }

    @Test
    void theFirstSpikeDoesNotCount() {
        values[WARM_UP] = 5;
        values[WARM_UP + 1] = -3.6;
        values[150] = -2;
        assertEquals(2, reach(0, 200));
    }

    @Test
    void theAxisReachesToOneAtLeast() {
        assertEquals(1, reach(0, 200));
        Arrays.fill(values, Double.NaN);
        assertEquals(1, reach(0, 200));
    }

    @Test
    void onlyTheBarsOnTheAxisCount() {
        values[100] = 3;
        values[150] = -2;
        assertEquals(2, reach(101, 200));
        assertEquals(1, reach(101, 150));
        assertEquals(3, reach(100, 101));
    }

    @Test
    void ofTooFewValuesTheSecondHalfCounts() {
        values[WARM_UP] = 5;
        values[WARM_UP + 5] = 2;
        assertEquals(2, reach(0, WARM_UP + 10));
        assertEquals(5, reach(0, WARM_UP + 1));
    }

    private double reach(int begin, int end) {
        TrendScale scale = new TrendScale(BarAxis.numbered(values.length).part(begin, end));
        scale.add(MemorySegment.ofArray(values));
        return scale.reach();
    }
}
