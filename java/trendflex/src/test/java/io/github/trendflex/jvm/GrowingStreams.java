package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.ObjIntConsumer;

/// Streams a history that finds memory, though twice as much would not. Then streams prices in
/// every way until there is no memory for their state, and one more.
public final class GrowingStreams {
    private GrowingStreams() {}

    public static void main(String[] args) {
        System.out.println(countAfter(Arena.ofAuto().allocate(1_500_000 * 8L, 8)));
        double[] prices = new double[100_000];
        double[] out = new double[prices.length];
        for (ObjIntConsumer<TrendFlexStream> way :
                List.<ObjIntConsumer<TrendFlexStream>>of(
                        (stream, _) -> stream.updateInto(prices, out),
                        (stream, _) ->
                                stream.updateInto(
                                        MemorySegment.ofArray(prices), MemorySegment.ofArray(out)),
                        (stream, _) -> stream.updateAll(prices),
                        TrendFlexStream::update)) {
            TrendFlexStream stream = TrendFlexStream.of(Integer.MAX_VALUE);
            long count = 0;
            try {
                for (int i = 0; i < 100_000_000; i++) {
                    count = stream.count();
                    way.accept(stream, i);
                }
            } catch (TrendFlexException e) {
                System.out.println(e.reason() + " " + (stream.count() == count));
                stream.reset();
                stream.update(1);
            }
        }
    }

    private static long countAfter(MemorySegment history) {
        TrendFlexStream stream = TrendFlexStream.of(Integer.MAX_VALUE);
        stream.updateAll(history);
        return stream.count();
    }
}
