package io.github.trendflex.benchmarks.arms;

import io.github.trendflex.Kernel;
import io.github.trendflex.PeriodRange;
import io.github.trendflex.SeriesLayout;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.TrendFlexStreamBank;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.MemorySegment;
import java.util.Optional;
import java.util.function.Supplier;

/// Makes the arms of TrendFlex for Java, from its public API.
public final class OwnArms {
    /// The arm that the others are compared with.
    public static final String SEGMENT = "TrendFlex, segment";

    public static final String ARRAY = "TrendFlex, array";
    public static final String AVX2 = "TrendFlex, segment, AVX2";
    public static final String BARE = "TrendFlex, bare downcall";
    public static final String BANK = "TrendFlex, bank";
    public static final String STREAM = "TrendFlex, stream";

    private OwnArms() {}

    public static Arm segment(Data data) {
        return segment(SEGMENT, data, Kernel.AUTO);
    }

    /// Returns the arm of the AVX2 kernel where the CPU has a better one.
    public static Optional<Arm> avx2(Data data) {
        return ifAvx512(() -> segment(AVX2, data, Kernel.AVX2));
    }

    private static Arm segment(String name, Data data, Kernel kernel) {
        TrendFlex calculator = TrendFlex.of(data.work.firstPeriod()).withKernel(kernel);
        return arm(
                name, () -> calculator.computeInto(data.prices, data.out), Outputs.rows(data.out));
    }

    /// Returns the arm that calls the generated binding, without our checks.
    public static Arm bareDowncall(Data data) {
        Work work = data.work;
        return arm(
                BARE,
                () -> {
                    int status =
                            TrendflexH.trendflex_into(
                                    data.prices,
                                    work.bars(),
                                    work.firstPeriod(),
                                    TrendflexH.TRENDFLEX_DEFINITION_VECTOR_TA(),
                                    TrendflexH.TRENDFLEX_NAN_POLICY_PROPAGATE(),
                                    TrendflexH.TRENDFLEX_KERNEL_AUTO(),
                                    data.out,
                                    work.bars(),
                                    MemorySegment.NULL);
                    if (status != 0) {
                        throw new IllegalStateException("status " + status);
                    }
                },
                Outputs.rows(data.out));
    }

    public static Arm array(Data data) {
        TrendFlex calculator = TrendFlex.of(data.work.firstPeriod());
        double[] out = new double[data.array.length];
        return arm(ARRAY, () -> calculator.computeInto(data.array, out), Outputs.rows(out));
    }

    public static Arm batch(Data data) {
        return batch(SEGMENT, data, Kernel.AUTO);
    }

    /// Returns the arm of the AVX2 kernel where the CPU has a better one.
    public static Optional<Arm> batchByAvx2(Data data) {
        return ifAvx512(() -> batch(AVX2, data, Kernel.AVX2));
    }

    private static Arm batch(String name, Data data, Kernel kernel) {
        Work work = data.work;
        TrendFlexBatch batch =
                TrendFlexBatch.of(PeriodRange.closed(work.firstPeriod(), work.lastPeriod()))
                        .withThreads(work.threads())
                        .withKernel(kernel);
        return arm(name, () -> batch.computeInto(data.prices, data.out), Outputs.rows(data.out));
    }

    private static Optional<Arm> ifAvx512(Supplier<Arm> arm) {
        return Optional.of(arm)
                .filter(_ -> TrendFlexLibrary.kernel() == Kernel.AVX512)
                .map(Supplier::get);
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
        return stream(STREAM, data, TrendFlexStream.of(data.work.firstPeriod()));
    }

    /// Returns the arm whose state is in memory of the caller's, outside the heap.
    public static Arm streamInMemory(Data data) {
        int period = data.work.firstPeriod();
        MemorySegment state = data.allocate(TrendFlexStream.stateSize(period));
        return stream(
                "TrendFlex, stream in the caller's memory",
                data,
                TrendFlexStream.createIn(state, period));
    }

    private static Arm stream(String name, Data data, TrendFlexStream stream) {
        double[] out = new double[data.array.length];
        return arm(
                name,
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
                BANK,
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
