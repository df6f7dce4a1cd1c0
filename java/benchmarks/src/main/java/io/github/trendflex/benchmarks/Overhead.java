package io.github.trendflex.benchmarks;

import static io.github.trendflex.internal.ffi.TrendflexH.trendflex_batch_inner_into;
import static io.github.trendflex.internal.ffi.TrendflexH.trendflex_into;
import static io.github.trendflex.internal.ffi.TrendflexH.trendflex_stream_update;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/// What the Java library adds to the same native call by the generated binding, in turns within one
/// run: on a machine whose speed changes, only what ran side by side can be compared.
/// `scripts/bench overhead`.
public final class Overhead {
    private static final int PERIOD = 20;
    private static final int ROUNDS = 61;
    private static final long SAMPLE_NANOS = 3_000_000;
    private static final MemorySegment NULL = MemorySegment.NULL;

    private record Arm(String name, Runnable call) {}

    private Overhead() {}

    /// Prints a line for each arm: nanoseconds a call, and how many times those of the first arm.
    public static void main(String[] args) {
        TrendFlexLibrary.load();
        System.out.printf(
                "%-10s %10s  %-9s %12s %12s %9s %9s%n",
                "work", "bars", "arm", "min ns", "median ns", "by min", "by median");
        for (int length : new int[] {22, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000}) {
            series(length);
        }
        batch(100_000);
        stream();
    }

    private static void series(int length) {
        double[] array = Prices.walk(length);
        double[] outArray = new double[length];
        MemorySegment prices = Prices.offHeap(array);
        MemorySegment out = Prices.offHeap(outArray);
        TrendFlex calculator = TrendFlex.of(PERIOD);
        compare(
                "series",
                length,
                new Arm(
                        "binding",
                        () -> trendflex_into(prices, length, PERIOD, 0, 0, 0, out, length, NULL)),
                new Arm("segments", () -> calculator.computeInto(prices, out)),
                new Arm("arrays", () -> calculator.computeInto(array, outArray)));
    }

    private static void batch(int length) {
        MemorySegment prices = Prices.offHeap(Prices.walk(length));
        PeriodRange range = PeriodRange.closed(20, 80);
        long places = range.rows() * length;
        MemorySegment out = Arena.global().allocate(places * Double.BYTES, Double.BYTES);
        TrendFlexBatch calculator = TrendFlexBatch.of(range).withThreads(1);
        compare(
                "batch",
                length,
                new Arm(
                        "binding",
                        () ->
                                trendflex_batch_inner_into(
                                        prices, length, 20, 80, 1, 0, 0, 0, 1, out, places, NULL)),
                new Arm("segments", () -> calculator.computeInto(prices, out)));
    }

    private static void stream() {
        double[] prices = Prices.walk(1 << 10);
        long size = TrendFlexStream.stateSize(PERIOD);
        MemorySegment state = Arena.global().allocate(size, Long.BYTES);
        TrendFlexStream offHeap = TrendFlexStream.createIn(state, PERIOD);
        TrendFlexStream onHeap = TrendFlexStream.of(PERIOD);
        compare(
                "update x" + prices.length,
                1,
                new Arm(
                        "binding",
                        () -> {
                            for (double price : prices) {
                                trendflex_stream_update(state, size, price);
                            }
                        }),
                new Arm(
                        "off heap",
                        () -> {
                            for (double price : prices) {
                                offHeap.update(price);
                            }
                        }),
                new Arm(
                        "on heap",
                        () -> {
                            for (double price : prices) {
                                onHeap.update(price);
                            }
                        }));
    }

    private static void compare(String work, int length, Arm... all) {
        List<Arm> arms = List.of(all);
        long[] calls = new long[arms.size()];
        for (int i = 0; i < calls.length; i++) {
            nanos(arms.get(i), Math.max(20_000_000 / (length + 1000), 1)); // compiled
            calls[i] = Math.max((long) (SAMPLE_NANOS / nanos(arms.get(i), 1)), 1);
        }
        double[][] nanos = new double[arms.size()][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int turn = 0; turn < calls.length; turn++) {
                int arm = (round + turn) % calls.length;
                nanos[arm][round] = nanos(arms.get(arm), calls[arm]);
            }
        }
        for (int arm = 0; arm < calls.length; arm++) {
            double[] ratios = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                ratios[round] = nanos[arm][round] / nanos[0][round];
            }
            double min = min(nanos[arm]);
            System.out.printf(
                    "%-10s %10d  %-9s %12.1f %12.1f %9.3f %9.3f%n",
                    work,
                    length,
                    arms.get(arm).name(),
                    min,
                    median(nanos[arm]),
                    min / min(nanos[0]),
                    median(ratios));
        }
    }

    private static double nanos(Arm arm, long calls) {
        long start = System.nanoTime();
        for (long call = 0; call < calls; call++) {
            arm.call().run();
        }
        return (double) (System.nanoTime() - start) / calls;
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double median(double[] values) {
        return Arrays.stream(values).sorted().skip(values.length / 2).findFirst().orElseThrow();
    }
}
