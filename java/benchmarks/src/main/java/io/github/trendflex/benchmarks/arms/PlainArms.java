package io.github.trendflex.benchmarks.arms;

import java.lang.foreign.MemorySegment;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/// Makes the arms of [PlainJava], on arrays.
public final class PlainArms {
    public static final String RUNNING_SUM = "plain Java, running sum";
    public static final String SAME_BITS = "plain Java, same bits";

    private PlainArms() {}

    public static Arm doubleLoop(Data data) {
        double[] out = new double[data.array.length];
        return Arm.of(
                "plain Java, double loop",
                Agreement.CLOSE,
                () -> PlainJava.doubleLoop(data.array, data.work.firstPeriod(), out),
                Outputs.rows(out));
    }

    public static Arm runningSum(Data data) {
        double[] out = new double[data.array.length];
        return Arm.of(
                RUNNING_SUM,
                Agreement.CLOSE,
                () -> runningSum(data.array, data.work.firstPeriod(), out),
                Outputs.rows(out));
    }

    public static Arm sameBits(Data data) {
        double[] out = new double[data.array.length];
        return Arm.of(
                SAME_BITS,
                Agreement.BITS,
                () -> PlainJava.sameBits(data.array, data.work.firstPeriod(), out),
                Outputs.rows(out));
    }

    public static Arm batch(Data data) {
        Work work = data.work;
        double[][] out = new double[work.rows()][work.bars()];
        return Arm.of(
                RUNNING_SUM,
                Agreement.CLOSE,
                () ->
                        forRows(
                                work,
                                row -> runningSum(data.array, work.firstPeriod() + row, out[row])),
                Outputs.arrays(out));
    }

    public static Arm many(Data data) {
        Work work = data.work;
        double[][] series = new double[work.series()][];
        for (int i = 0; i < series.length; i++) {
            series[i] = data.series(i);
        }
        double[][] out = new double[work.rows()][work.bars()];
        return Arm.of(
                RUNNING_SUM,
                Agreement.CLOSE,
                () -> forRows(work, row -> runningSum(series[row], work.firstPeriod(), out[row])),
                Outputs.arrays(out));
    }

    public static Arm bank(Data data) {
        Work work = data.work;
        double[] ticks = data.ticks();
        double[] out = new double[ticks.length];
        PlainJava.RunningSum[] bank = new PlainJava.RunningSum[work.series()];
        return Arm.of(
                RUNNING_SUM,
                Agreement.CLOSE,
                () -> {
                    for (int symbol = 0; symbol < bank.length; symbol++) {
                        bank[symbol] =
                                new PlainJava.RunningSum(work.firstPeriod(), PlainJava.ROOT_OF_TWO);
                    }
                    for (int i = 0; i < ticks.length; ) {
                        for (PlainJava.RunningSum symbol : bank) {
                            out[i] = symbol.next(ticks[i]);
                            i++;
                        }
                    }
                },
                Outputs.columns(MemorySegment.ofArray(out), work.series()));
    }

    /// Returns a floor, which writes all outputs and computes none.
    public static Arm memset(Data data) {
        return Arm.of("memset", Agreement.NONE, () -> data.out.fill((byte) 0), Outputs.NONE);
    }

    private static void runningSum(double[] prices, int period, double[] out) {
        PlainJava.runningSum(prices, period, PlainJava.ROOT_OF_TWO, out);
    }

    private static void forRows(Work work, IntConsumer row) {
        IntStream rows = IntStream.range(0, work.rows());
        (work.threads() == 1 ? rows : rows.parallel()).forEach(row);
    }
}
