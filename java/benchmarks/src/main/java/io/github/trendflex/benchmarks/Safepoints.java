package io.github.trendflex.benchmarks;

import io.github.trendflex.TrendFlex;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// Computes long series on two threads for the given time, so that the JVM's safepoint log shows
/// how long it waits for them. `scripts/bench safepoints` runs it.
///
/// Arguments: `heap` or `off-heap`, and seconds.
public final class Safepoints {
    private static final int LENGTH = 10_000_000;
    private static final int THREADS = 2;

    private Safepoints() {}

    /// Runs the threads.
    public static void main(String[] args) throws InterruptedException, ExecutionException {
        boolean heap = args[0].equals("heap");
        long end = System.nanoTime() + Long.parseLong(args[1]) * 1_000_000_000;
        double[] walk = Prices.walk(LENGTH);
        MemorySegment prices = heap ? MemorySegment.ofArray(walk) : Prices.offHeap(walk);
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            Callable<Integer> work =
                    () -> {
                        double[] places = new double[heap ? LENGTH : 1];
                        MemorySegment out =
                                heap
                                        ? MemorySegment.ofArray(places)
                                        : Prices.offHeap(new double[LENGTH]);
                        int calls = 0;
                        for (; System.nanoTime() < end; calls++) {
                            TrendFlex.of(20).computeInto(prices, out);
                        }
                        return calls;
                    };
            List<Future<Integer>> all =
                    IntStream.range(0, THREADS).mapToObj(_ -> executor.submit(work)).toList();
            while (System.nanoTime() < end) {
                Thread.sleep(10);
                // This needs a safepoint.
                ManagementFactory.getThreadMXBean().dumpAllThreads(false, false);
            }
            for (Future<Integer> calls : all) {
                if (calls.get() == 0) {
                    throw new IllegalStateException("not one call was made");
                }
            }
        }
    }
}
