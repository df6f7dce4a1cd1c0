package io.github.trendflex.ta4j.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.github.trendflex.TrendFlex;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.ta4j.core.Position;

class BacktestTest {
    @Test
    void positionsBeginAndEndAfterTheBarWhereTrendFlexCrosses0() {
        Random random = new Random(1);
        double[] closes = new double[3000];
        double close = 1000;
        for (int i = 0; i < closes.length; i++) {
            close += Math.sin(i / 40.0) + random.nextGaussian();
            closes[i] = close;
        }

        TrendFlex calculator = TrendFlex.of(20);
        double[] trend = calculator.compute(closes);
        List<String> expected = new ArrayList<>();
        int entry = -1;
        int stable = calculator.lookback() + calculator.unstablePeriod(0.001);
        for (int i = stable; i < closes.length - 1; i++) {
            if (entry < 0 && trend[i] > 0 && trend[i - 1] <= 0) {
                entry = i + 1;
            } else if (entry >= 0 && trend[i] < 0 && trend[i - 1] >= 0) {
                expected.add(entry + " to " + (i + 1));
                entry = -1;
            }
        }
        assertFalse(expected.isEmpty());
        assertEquals(
                expected,
                Backtest.run(Backtest.series(closes)).getPositions().stream()
                        .filter(Position::isClosed)
                        .map(it -> it.getEntry().getIndex() + " to " + it.getExit().getIndex())
                        .toList());
    }
}
