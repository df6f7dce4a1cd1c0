package io.github.trendflex.jvm;

import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.TrendFlexStreamBank;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// Makes streams in every way until there is no memory for one more.
public final class ManyStreams {
    private ManyStreams() {}

    public static void main(String[] args) {
        byte[] snapshot = TrendFlexStream.of(500_000).snapshot();
        TrendFlexStream stream = TrendFlexStream.restore(snapshot);
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(500_000, 1);
        for (Supplier<TrendFlexStream> way :
                List.<Supplier<TrendFlexStream>>of(
                        () -> TrendFlexStream.restore(snapshot),
                        stream::copy,
                        () -> bank.stream(0))) {
            List<TrendFlexStream> streams = new ArrayList<>();
            try {
                while (true) {
                    streams.add(way.get());
                }
            } catch (TrendFlexException e) {
                boolean several = streams.size() > 1;
                streams.clear();
                System.out.println(e.reason() + " " + several);
            }
        }
    }
}
