package io.github.trendflex.benchmarks.arms;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.SeriesLayout;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.TrendFlexStreamBank;
import java.lang.foreign.MemorySegment;

/// Makes the arms of TrendFlex for Java, from its public API.
public final class OwnArms {
    /// The arm that the others are compared with.
    public static final String SEGMENT = "TrendFlex, segment";

    public static final String ARRAY = "TrendFlex, array";

    private OwnArms() {}

    public static Arm segment(Data data) {
        TrendFlex calculator = TrendFlex.of(data.work.firstPeriod());
        return arm(
                SEGMENT,
                () -> calculator.computeInto(data.prices, data.out),
                Outputs.rows(data.out));
    }

    public static Arm array(Data data) {
        TrendFlex calculator = TrendFlex.of(data.work.firstPeriod());
        double[] out = new double[data.array.length];
        return arm(ARRAY, () -> calculator.computeInto(data.array, out), Outputs.rows(out));
    }

    public static Arm batch(Data data) {
        Work work = data.work;
        TrendFlexBatch batch =
                TrendFlexBatch.of(PeriodRange.closed(work.firstPeriod(), work.lastPeriod()))
                        .withThreads(work.threads());
        return arm(SEGMENT, () -> batch.computeInto(data.prices, data.out), Outputs.rows(data.out));
    }

    public static Arm many(Data data) {
        TrendFlex calculator = many(data.work);
        return arm(
                SEGMENT,
                () ->
                        calculator.computeManyInto(
                                data.prices,
                                data.work.series(),
                                SeriesLayout.SERIES_MAJOR,
                                data.out),
                Outputs.rows(data.out));
    }

    public static Arm manySideBySide(Data data) {
        TrendFlex calculator = many(data.work);
        MemorySegment prices = data.timeMajor();
        return arm(
                "TrendFlex, segment, time by time",
                () ->
                        calculator.computeManyInto(
                                prices, data.work.series(), SeriesLayout.TIME_MAJOR, data.out),
                Outputs.columns(data.out, data.work.series()));
    }

    private static TrendFlex many(Work work) {
        return TrendFlex.of(work.firstPeriod()).withThreads(work.threads());
    }

    public static Arm stream(Data data) {
        TrendFlexStream stream = TrendFlexStream.of(data.work.firstPeriod());
        double[] out = new double[data.array.length];
        return arm(
                "TrendFlex, stream",
                () -> {
                    stream.reset();
                    for (int i = 0; i < out.length; i++) {
                        out[i] = stream.update(data.array[i]);
                    }
                },
                Outputs.rows(out));
    }

    public static Arm bank(Data data) {
        Work work = data.work;
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(work.firstPeriod(), work.series());
        MemorySegment ticks = data.timeMajor();
        long bytes = (long) work.series() * Double.BYTES;
        return arm(
                "TrendFlex, bank",
                () -> {
                    bank.reset();
                    for (int tick = 0; tick < work.bars(); tick++) {
                        bank.updateInto(
                                ticks.asSlice(tick * bytes, bytes),
                                data.out.asSlice(tick * bytes, bytes));
                    }
                },
                Outputs.columns(data.out, work.series()));
    }

    private static Arm arm(String name, Runnable call, Outputs outputs) {
        return Arm.of(name, Agreement.BITS, call, outputs);
    }
}
