package io.github.trendflex.benchmarks.works;

import io.github.trendflex.benchmarks.arms.Arm;
import io.github.trendflex.benchmarks.arms.Data;
import io.github.trendflex.benchmarks.arms.JavaEngineArms;
import io.github.trendflex.benchmarks.arms.NativeArms;
import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.PlainArms;
import io.github.trendflex.benchmarks.arms.Python;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.benchmarks.arms.Ta4jArms;
import io.github.trendflex.benchmarks.arms.Work;
import io.github.trendflex.benchmarks.report.Result;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Measures each work with the arms that do it.
final class Works {
    private static final int MILLION = 1_002_240;
    private static final int TEN_MILLION = 10 * MILLION;
    private static final int SYMBOLS = 1_024;
    private static final int CORES = Runtime.getRuntime().availableProcessors();

    private final JavaEngineArms javaEngine = new JavaEngineArms();
    private final RustArms rust;
    private final List<NativeArms> upstream;
    private final List<Python> pythons;
    private final boolean quick;
    private final PrintStream table;
    private final List<Result> results = new ArrayList<>();

    /// @param upstream the builds of vector-ta
    /// @param pythons Python with one thread and with all threads, or none if there is no Python
    Works(
            RustArms rust,
            List<NativeArms> upstream,
            List<Python> pythons,
            boolean quick,
            PrintStream table) {
        this.rust = rust;
        this.upstream = upstream;
        this.pythons = pythons;
        this.quick = quick;
        this.table = table;
    }

    /// Holds a work, the number of rounds in which it is measured, and the arms that do it.
    record Planned(Work work, int rounds, BiFunction<Works, Data, List<Arm>> arms) {}

    /// Returns all works of a run, or the main ones.
    static List<Planned> plan(boolean quick) {
        List<Planned> plan = new ArrayList<>();
        for (int bars : quick ? new int[] {1_000, 5_000, MILLION} : sizes()) {
            int rounds = bars == TEN_MILLION ? 21 : quick ? 41 : 81;
            plan.add(new Planned(Work.of("single", bars), rounds, Works::singleArms));
        }
        plan.add(new Planned(Work.of("stream", MILLION), quick ? 11 : 31, Works::streamArms));
        plan.add(new Planned(Work.of("bank", SYMBOLS, MILLION / SYMBOLS, 1), 21, Works::bankArms));
        if (quick) {
            plan.add(new Planned(batch(MILLION, 20, 80, 1), 11, Works::batchArms));
            return plan;
        }
        for (int bars : new int[] {1_000, 5_000, 20_000, 100_000}) {
            plan.add(new Planned(batch(bars, 20, 80, 1), 41, Works::shortBatchArms));
        }
        for (int threads : threadCounts()) {
            plan.add(new Planned(batch(MILLION, 20, 80, threads), 21, Works::batchArms));
            plan.add(new Planned(batch(MILLION, 10, 236, threads), 9, Works::batchArms));
            plan.add(
                    new Planned(
                            Work.of("many series", 1_000, 10_000, threads), 15, Works::manyArms));
        }
        return plan;
    }

    /// Measures the planned works.
    List<Result> measure() {
        plan(quick).forEach(this::compare);
        return results;
    }

    private static int[] sizes() {
        return new int[] {
            100, 250, 500, 1_000, 2_500, 5_000, 10_000, 100_000, MILLION, TEN_MILLION
        };
    }

    private static int[] threadCounts() {
        return CORES == 1 ? new int[] {1} : new int[] {1, CORES};
    }

    private static Work batch(int bars, int firstPeriod, int lastPeriod, int threads) {
        return new Work("batch", 1, bars, firstPeriod, lastPeriod, threads);
    }

    private List<Arm> singleArms(Data data) {
        int bars = data.work().bars();
        List<Arm> arms = new ArrayList<>();
        arms.add(OwnArms.segment(data));
        OwnArms.avx2(data).ifPresent(arms::add);
        arms.add(OwnArms.bareDowncall(data));
        arms.add(rust.single(data));
        arms.add(OwnArms.array(data));
        arms.add(javaEngine.single(data));
        upstream.forEach(build -> arms.add(build.single(data)));
        arms.add(PlainArms.runningSum(data));
        // Over ten million the slow ones would take longer than all others together.
        if (bars <= MILLION) {
            python(1).ifPresent(python -> arms.addAll(python.single(data)));
            arms.add(PlainArms.doubleLoop(data));
            arms.add(PlainArms.sameBits(data));
        }
        // A million bars of ta4j take more than half a gigabyte, and a second.
        if (bars < MILLION) {
            arms.add(Ta4jArms.single(data));
        }
        addFloors(arms, data);
        return arms;
    }

    private List<Arm> batchArms(Data data) {
        List<Arm> arms = new ArrayList<>();
        arms.add(OwnArms.batch(data));
        OwnArms.batchByAvx2(data).ifPresent(arms::add);
        arms.add(rust.batch(data));
        if (data.work().threads() == 1) {
            arms.add(javaEngine.batch(data));
        }
        upstream.forEach(build -> arms.add(build.batch(data)));
        python(data.work().threads()).ifPresent(python -> arms.add(python.batch(data)));
        // The larger batch would need a heap of several gigabytes in arrays.
        if (data.work().periods() <= 100) {
            arms.add(PlainArms.batch(data));
        }
        addFloors(arms, data);
        return arms;
    }

    private List<Arm> shortBatchArms(Data data) {
        List<Arm> arms = new ArrayList<>();
        arms.add(OwnArms.batch(data));
        OwnArms.batchByAvx2(data).ifPresent(arms::add);
        arms.add(javaEngine.batch(data));
        upstream.forEach(build -> arms.add(build.batch(data)));
        return arms;
    }

    private List<Arm> manyArms(Data data) {
        List<Arm> arms = new ArrayList<>();
        arms.add(OwnArms.many(data));
        arms.add(rust.many(data));
        arms.add(OwnArms.manySideBySide(data));
        // The others use one.
        if (data.work().threads() == 1) {
            arms.add(javaEngine.many(data));
            upstream.forEach(build -> arms.add(build.seriesBySeries(data)));
        }
        arms.add(PlainArms.many(data));
        addFloors(arms, data);
        return arms;
    }

    private List<Arm> streamArms(Data data) {
        List<Arm> arms = new ArrayList<>();
        arms.add(OwnArms.stream(data));
        arms.add(OwnArms.streamInMemory(data));
        arms.add(rust.stream(data));
        upstream.forEach(build -> arms.add(build.stream(data)));
        upstream.forEach(build -> arms.add(rust.stream(data, build)));
        python(1).ifPresent(python -> arms.addAll(python.stream(data)));
        arms.add(PlainArms.runningSum(data));
        return arms;
    }

    private List<Arm> bankArms(Data data) {
        List<Arm> arms = new ArrayList<>();
        arms.add(OwnArms.bank(data));
        arms.add(rust.bank(data));
        arms.add(javaEngine.bank(data));
        upstream.forEach(build -> arms.add(build.streamBySymbol(data)));
        arms.add(PlainArms.bank(data));
        addFloors(arms, data);
        return arms;
    }

    /// Adds the floors, which are for one thread.
    private void addFloors(List<Arm> arms, Data data) {
        if (data.work().threads() == 1) {
            arms.add(rust.rootAndDivide(data));
            arms.add(PlainArms.memset(data));
        }
    }

    private Optional<Python> python(int threads) {
        return pythons.stream().skip(threads == 1 ? 0 : 1).findFirst();
    }

    private void compare(Planned planned) {
        Work work = planned.work();
        int rounds = planned.rounds();
        String title =
                "%s, %,d x %,d, periods %d..%d, threads %d"
                        .formatted(
                                work.name(),
                                work.series(),
                                work.bars(),
                                work.firstPeriod(),
                                work.lastPeriod(),
                                work.threads());
        Progress progress = new Progress(title);
        try (Data data = new Data(work)) {
            List<Arm> all = planned.arms().apply(this, data);
            for (Arm arm : all) {
                progress.show("checking " + arm.name());
                Check.run(data, arm);
            }
            progress.show("warming up");
            long sample = quick ? 3_000_000 : 5_000_000;
            Rounds times =
                    Rounds.of(
                            all,
                            rounds,
                            sample,
                            round -> progress.show("round " + (round + 1) + " of " + rounds));
            progress.end();
            table.println(title);
            for (int arm = 0; arm < all.size(); arm++) {
                Result result = result(work, all.get(arm), rounds, times, arm);
                table.println("  " + result);
                results.add(result);
            }
        }
    }

    /// Returns the result of an arm; the first arm is ours.
    private static Result result(Work work, Arm arm, int rounds, Rounds times, int index) {
        double outputs = work.outputs();
        return Result.of(
                work,
                arm.name(),
                rounds,
                new Result.NsPerOutput(
                        times.min(index) / outputs,
                        times.median(index) / outputs,
                        times.max(index) / outputs),
                new Result.TimesOurs(times.ratio(index, 0), times.ratioOfMins(index, 0)));
    }
}
