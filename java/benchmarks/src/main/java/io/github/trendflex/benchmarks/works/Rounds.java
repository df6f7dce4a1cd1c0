package io.github.trendflex.benchmarks.works;

import io.github.trendflex.benchmarks.arms.Arm;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Measures the nanoseconds of a call of each arm, in rounds in which each arm has its turn: only
/// runs side by side can be compared on a machine whose speed changes.
public final class Rounds {
    private static final long WARM_UP_NANOS = 400_000_000;

    private final double[][] nanos;

    private Rounds(double[][] nanos) {
        this.nanos = nanos;
    }

    /// Runs the rounds. An arm's turn lasts as long as a sample, or one call if that is longer.
    ///
    /// @param rounds the number of rounds; an odd number, so that a median is one of them
    /// @param progress what gets the number of each round when it begins
    public static Rounds of(List<Arm> arms, int rounds, long sampleNanos, IntConsumer progress) {
        long[] calls = arms.stream().mapToLong(arm -> callsInSample(arm, sampleNanos)).toArray();
        double[][] nanos = new double[calls.length][rounds];
        for (int round = 0; round < rounds; round++) {
            progress.accept(round);
            for (int turn = 0; turn < calls.length; turn++) {
                // Every second round goes backwards, and every two rounds begin with another arm.
                // So no arm always finds the caches as the same other arm left them.
                int place = round % 2 == 0 ? turn : calls.length - 1 - turn;
                int arm = (round / 2 + place) % calls.length;
                nanos[arm][round] =
                        (double) arms.get(arm).repeated().nanos(calls[arm]) / calls[arm];
            }
        }
        return new Rounds(nanos);
    }

    /// Runs an arm until the compiler has had its time, and returns the calls that fill a sample.
    private static long callsInSample(Arm arm, long sampleNanos) {
        long spent = 0;
        long calls = 1;
        long nanos = 0;
        while (spent < WARM_UP_NANOS) {
            calls = nanos == 0 ? 1 : Math.clamp(sampleNanos * calls / nanos, 1, 2 * calls);
            nanos = Math.max(arm.repeated().nanos(calls), 1);
            spent += nanos;
        }
        return Math.max(sampleNanos * calls / nanos, 1);
    }

    public double min(int arm) {
        return Arrays.stream(nanos[arm]).min().orElseThrow();
    }

    public double median(int arm) {
        return median(Arrays.stream(nanos[arm]).toArray());
    }

    public double max(int arm) {
        return Arrays.stream(nanos[arm]).max().orElseThrow();
    }

    /// Returns the ratio of an arm's time to that of another arm: the median over the rounds.
    public double ratio(int arm, int to) {
        return median(
                IntStream.range(0, nanos[arm].length)
                        .mapToDouble(round -> nanos[arm][round] / nanos[to][round])
                        .toArray());
    }

    /// Returns the ratio of the shortest times of each.
    public double ratioOfMins(int arm, int to) {
        return min(arm) / min(to);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
