package io.github.trendflex.flink;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// An element of the test streams: the one at `index`, whose price may be missing.
public record Tick(int index, String symbol, @Nullable Double price) {
    static final int SYMBOLS = 7;
    private static final @Nullable Double[] MISSING = {
        null, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 0x1p501
    };

    /// Returns the same element for the same index, as a source that is set back has to do.
    static Tick at(long index) {
        Random random = new Random(index);
        Double price =
                random.nextInt(20) == 0
                        ? MISSING[random.nextInt(MISSING.length)]
                        : (Double) (100 + 10 * Math.sin(index / 300.0) + random.nextGaussian());
        return new Tick((int) index, "S" + index % SYMBOLS, price);
    }

    /// Returns the bits that the library gives for a range of ticks, by index.
    static Map<Integer, Long> expected(
            int from, int to, int period, Definition definition, NanPolicy nanPolicy) {
        TrendFlex calculator =
                TrendFlex.of(period).withDefinition(definition).withNanPolicy(nanPolicy);
        Map<String, List<Tick>> series =
                IntStream.range(from, to)
                        .mapToObj(Tick::at)
                        .collect(Collectors.groupingBy(Tick::symbol));
        Map<Integer, Long> bits = new HashMap<>();
        for (List<Tick> ticks : series.values()) {
            double[] prices =
                    ticks.stream()
                            .mapToDouble(tick -> tick.price == null ? Double.NaN : tick.price)
                            .toArray();
            double[] outputs = new double[prices.length];
            // A panel, because a short series in it does not fail the call.
            calculator.computePanelInto(
                    MemorySegment.ofArray(prices),
                    MemorySegment.ofArray(new long[] {0, prices.length}),
                    MemorySegment.ofArray(outputs));
            for (int i = 0; i < outputs.length; i++) {
                bits.put(ticks.get(i).index, Double.doubleToRawLongBits(outputs[i]));
            }
        }
        return bits;
    }
}
