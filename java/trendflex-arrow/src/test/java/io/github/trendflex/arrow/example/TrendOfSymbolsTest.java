package io.github.trendflex.arrow.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.junit.jupiter.api.Test;

class TrendOfSymbolsTest {
    @Test
    void everyRowGetsTheOutputOfItsSymbol() {
        Random random = new Random(3);
        Map<Integer, TrendFlexStream> streams = new HashMap<>();
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP);
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector symbols = new VarCharVector("symbol", allocator);
                Float8Vector closes = new Float8Vector("close", allocator)) {
            double[] expected = new double[500];
            for (int row = 0; row < expected.length; row++) {
                int symbol = random.nextInt(4);
                if (symbol > 0) { // the rows without a symbol are a group too
                    symbols.setSafe(row, ("S" + symbol).getBytes(UTF_8));
                }
                double close = random.nextInt(20) == 0 ? Double.NaN : 100 + random.nextGaussian();
                if (!Double.isNaN(close)) {
                    closes.setSafe(row, close);
                }
                expected[row] =
                        streams.computeIfAbsent(symbol, _ -> calculator.stream()).update(close);
            }
            symbols.setValueCount(expected.length);
            closes.setValueCount(expected.length);
            try (Float8Vector trend =
                    TrendOfSymbols.compute(calculator, symbols, closes, allocator)) {
                for (int row = 0; row < expected.length; row++) {
                    assertEquals(
                            Double.isNaN(expected[row]) ? null : expected[row],
                            trend.getObject(row));
                }
            }
        }
    }
}
