package io.github.trendflex.jvm;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexLibraryException;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;

/// Calls a library in which every call panics, and prints what it throws.
public final class Panic {
    private Panic() {}

    public static void main(String[] args) {
        double[] prices = new double[100];
        MemorySegment offHeap = Arena.global().allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
        List<Runnable> calls =
                List.of(
                        () -> TrendFlex.of(5).compute(prices),
                        () -> TrendFlex.of(5).compute(new double[(1 << 20) + 1]),
                        () -> TrendFlex.of(5).compute(offHeap, Arena.global()),
                        () -> TrendFlexBatch.of(PeriodRange.closed(5, 9)).compute(prices),
                        () -> TrendFlexStream.stateSize(5));
        for (Runnable call : calls) {
            try {
                call.run();
                System.out.println("no panic");
            } catch (TrendFlexLibraryException e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
