package io.github.trendflex.benchmarks;

import static io.github.trendflex.internal.ffi.TrendflexH.trendflex_batch_inner_into;
import static io.github.trendflex.internal.ffi.TrendflexH.trendflex_into;
import static io.github.trendflex.internal.ffi.TrendflexH.trendflex_stream_update;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.benchmarks.arms.Agreement;
import io.github.trendflex.benchmarks.arms.Arm;
import io.github.trendflex.benchmarks.arms.Outputs;
import io.github.trendflex.benchmarks.works.Rounds;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Measures what the Java library adds to the same native call by the generated binding. Both take
/// turns within one run, because only runs side by side can be compared on a machine whose speed
/// changes. `scripts/bench overhead` runs it.
public final class Overhead {
    private static final int PERIOD = 20;
    private static final int ROUNDS = 61;
    private static final long SAMPLE_NANOS = 3_000_000;
    private static final MemorySegment NULL = MemorySegment.NULL;

    private Overhead() {}

    /// Prints a line for each arm: nanoseconds a call, and their ratio to those of the first arm.
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
                arm(
                        "binding",
                        () -> trendflex_into(prices, length, PERIOD, 0, 0, 0, out, length, NULL)),
                arm("segments", () -> calculator.computeInto(prices, out)),
                arm("arrays", () -> calculator.computeInto(array, outArray)));
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
                arm(
                        "binding",
                        () ->
                                trendflex_batch_inner_into(
                                        prices, length, 20, 80, 1, 0, 0, 0, 1, out, places, NULL)),
                arm("segments", () -> calculator.computeInto(prices, out)));
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
                arm(
                        "binding",
                        () -> {
                            for (double price : prices) {
                                trendflex_stream_update(state, size, price);
                            }
                        }),
                arm(
                        "off heap",
                        () -> {
                            for (double price : prices) {
                                offHeap.update(price);
                            }
                        }),
                arm(
                        "on heap",
                        () -> {
                            for (double price : prices) {
                                onHeap.update(price);
                            }
                        }));
    }

    private static void compare(String work, int length, Arm... all) {
        List<Arm> arms = List.of(all);
        Rounds rounds = Rounds.of(arms, ROUNDS, SAMPLE_NANOS, _ -> {});
        for (int arm = 0; arm < arms.size(); arm++) {
            System.out.printf(
                    "%-10s %10d  %-9s %12.1f %12.1f %9.3f %9.3f%n",
                    work,
                    length,
                    arms.get(arm).name(),
                    rounds.min(arm),
                    rounds.median(arm),
                    rounds.ratioOfMins(arm, 0),
                    rounds.ratio(arm, 0));
        }
    }

    private static Arm arm(String name, Runnable call) {
        return Arm.of(name, Agreement.NONE, call, Outputs.NONE);
    }
}
