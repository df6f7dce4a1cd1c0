package io.github.trendflex.jvm;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.SeriesLayout;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.TrendFlexStreamBank;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/// Calls every entry point from ten threads while the garbage collector moves the arrays about, and
/// compares the bits with those that one thread got in quiet.
///
/// Argument: the number of seconds.
public final class Hammer {
    private static final int THREADS = 10;
    private static final int PERIOD = 20;
    private static final TrendFlex SERIES = TrendFlex.of(PERIOD);
    private static final TrendFlexBatch BATCH =
            TrendFlexBatch.of(PeriodRange.closed(PERIOD, PERIOD + 2));

    private static final int[] LENGTHS = {100, 1000, 30_000};

    /// A number of prices that is computed in pieces. Only one thread does so, because the heap is
    /// small.
    private static final int LONG = (1 << 20) + 1000;

    /// A way to compute outputs; those of a batch are its first row.
    @FunctionalInterface
    private interface Way {
        double[] compute(double[] prices, Arena arena);
    }

    private static final List<Way> WAYS =
            List.of(
                    (prices, _) -> SERIES.compute(prices),
                    (prices, arena) -> array(SERIES.compute(offHeap(prices, arena), arena)),
                    (prices, arena) -> array(SERIES.compute(segment(prices), arena)),
                    (prices, arena) -> {
                        double[] out = new double[prices.length];
                        SERIES.computeInto(offHeap(prices, arena), segment(out));
                        return out;
                    },
                    (prices, _) -> BATCH.compute(prices).arrayAt(0),
                    (prices, arena) -> BATCH.compute(offHeap(prices, arena), arena).arrayAt(0),
                    (prices, _) -> {
                        double[] out = new double[prices.length * (int) BATCH.rows()];
                        BATCH.computeInto(segment(prices), segment(out), (_, _) -> true);
                        return array(segment(out).asSlice(0, prices.length * 8L));
                    },
                    (prices, _) -> {
                        double[] out = new double[prices.length];
                        BATCH.forEachRow(
                                segment(prices),
                                (period, row) -> {
                                    if (period == PERIOD) {
                                        segment(out).copyFrom(row);
                                    }
                                });
                        return out;
                    },
                    (prices, _) -> TrendFlexBatch.of(PERIOD, 3).compute(prices).arrayAt(0),
                    (prices, arena) -> {
                        MemorySegment out = offHeap(prices, arena);
                        SERIES.computeManyInto(
                                offHeap(prices, arena), 1, SeriesLayout.TIME_MAJOR, out);
                        return array(out);
                    },
                    (prices, _) -> {
                        double[] twice = new double[2 * prices.length];
                        System.arraycopy(prices, 0, twice, 0, prices.length);
                        System.arraycopy(prices, 0, twice, prices.length, prices.length);
                        double[] out = new double[twice.length];
                        SERIES.computeManyInto(
                                segment(twice), 2, SeriesLayout.SERIES_MAJOR, segment(out));
                        return array(segment(out).asSlice(prices.length * 8L));
                    },
                    (prices, _) -> {
                        double[] out = new double[prices.length];
                        long[] offsets = {0, 0, prices.length};
                        SERIES.computePanelInto(
                                segment(prices), MemorySegment.ofArray(offsets), segment(out));
                        return out;
                    },
                    (prices, _) -> {
                        double[] out = new double[prices.length];
                        TrendFlexStreamBank bank = TrendFlexStreamBank.of(PERIOD, 9);
                        double[] tick = new double[9];
                        double[] outputs = new double[9];
                        for (int i = 0; i < out.length; i++) {
                            Arrays.fill(tick, prices[i]);
                            bank.updateInto(tick, outputs);
                            out[i] = outputs[i % 9];
                        }
                        TrendFlexStreamBank.restore(bank.snapshot()).updateInto(outputs, tick);
                        return out;
                    },
                    (prices, _) -> {
                        double[] out = new double[prices.length];
                        TrendFlexStream.of(PERIOD).updateInto(prices, out);
                        return out;
                    },
                    (prices, arena) -> {
                        MemorySegment state = arena.allocate(TrendFlexStream.stateSize(PERIOD), 8);
                        MemorySegment out = offHeap(prices, arena);
                        TrendFlexStream.createIn(state, PERIOD)
                                .updateInto(offHeap(prices, arena), out);
                        return array(out);
                    },
                    (prices, _) -> {
                        double[] out = new double[prices.length];
                        TrendFlexStream stream = TrendFlexStream.of(PERIOD);
                        for (int i = 0; i < out.length; i++) {
                            out[i] = stream.peek(prices[i]);
                            if (Double.compare(stream.update(prices[i]), out[i]) != 0) {
                                throw new AssertionError("peek and update differ at " + i);
                            }
                        }
                        return out;
                    },
                    (prices, _) -> {
                        double[] out = new double[prices.length];
                        MemorySegment state =
                                segment(new double[(int) TrendFlexStream.stateSize(PERIOD) / 8]);
                        TrendFlexStream.createIn(state, PERIOD);
                        int chunk = Math.max(prices.length / 5, 7);
                        for (int from = 0; from < prices.length; from += chunk) {
                            long bytes = 8L * Math.min(chunk, prices.length - from);
                            TrendFlexStream.openIn(state)
                                    .copy()
                                    .updateAll(segment(prices).asSlice(from * 8L, bytes));
                            TrendFlexStream.openIn(state)
                                    .updateInto(
                                            segment(prices).asSlice(from * 8L, bytes),
                                            segment(out).asSlice(from * 8L, bytes));
                        }
                        return out;
                    });

    private Hammer() {}

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        WeakReference<Object> canary = new WeakReference<>(new Object());
        long end = System.nanoTime() + Long.parseLong(args[0]) * 1_000_000_000;
        LongAdder calls = new LongAdder();
        List<Future<?>> threads = new ArrayList<>();
        try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                int[] lengths = i == 0 ? new int[] {LONG} : LENGTHS;
                threads.add(executor.submit(() -> hammer(random, lengths, end, calls)));
            }
        }
        for (Future<?> thread : threads) {
            thread.get();
        }
        if (canary.get() != null) {
            throw new IllegalStateException("no garbage was collected");
        }
        System.out.printf("right: %s calls%n", calls);
    }

    private static void hammer(Random random, int[] lengths, long end, LongAdder calls) {
        List<double[]> series = new ArrayList<>();
        List<double[]> expected = new ArrayList<>();
        for (int length : lengths) {
            double[] prices = walk(length, random);
            series.add(prices);
            expected.add(SERIES.compute(prices));
        }
        // First each way once, then again until the time is up.
        for (int turn = 0; turn < WAYS.size() || System.nanoTime() < end; turn++) {
            int way = turn < WAYS.size() ? turn : random.nextInt(WAYS.size());
            int which = random.nextInt(series.size());
            // A young copy is what the collector moves.
            double[] prices = series.get(which).clone();
            try (Arena arena = Arena.ofConfined()) {
                double[] out = WAYS.get(way).compute(prices, arena);
                if (segment(expected.get(which)).mismatch(segment(out)) != -1) {
                    throw new AssertionError(
                            "wrong bits of way %s, %s prices".formatted(way, prices.length));
                }
            }
            calls.increment();
        }
    }

    private static double[] walk(int length, Random random) {
        double[] prices = new double[length];
        double price = 100;
        for (int i = 0; i < length; i++) {
            price += random.nextDouble() - 0.5;
            prices[i] = price;
        }
        return prices;
    }

    private static MemorySegment offHeap(double[] values, Arena arena) {
        return arena.allocateFrom(ValueLayout.JAVA_DOUBLE, values);
    }

    private static MemorySegment segment(double[] values) {
        return MemorySegment.ofArray(values);
    }

    private static double[] array(MemorySegment segment) {
        return segment.toArray(ValueLayout.JAVA_DOUBLE);
    }
}
