package io.github.trendflex.benchmarks.arms;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Path;
import java.util.stream.Stream;

/// Makes the arms of a library that has the functions of our header. It is called through the same
/// bridge as ours and in the same JVM.
public final class NativeArms {
    private final String name;
    private final SymbolLookup symbols;
    private final Bridge bridge;

    public NativeArms(String name, Path library) {
        this.name = name;
        this.symbols = SymbolLookup.libraryLookup(library, Arena.global());
        this.bridge = Bridge.to(symbols);
    }

    String name() {
        return name;
    }

    public Arm single(Data data) {
        Work work = data.work;
        return arm(
                data, () -> bridge.series(data.prices, work.bars(), work.firstPeriod(), data.out));
    }

    public Arm batch(Data data) {
        Work work = data.work;
        return arm(
                data,
                () ->
                        bridge.batch(
                                data.prices,
                                work.bars(),
                                work.firstPeriod(),
                                work.lastPeriod(),
                                work.threads(),
                                data.out));
    }

    /// Returns the arm that does the work of one call for many series.
    public Arm seriesBySeries(Data data) {
        Work work = data.work;
        long bytes = (long) work.bars() * Double.BYTES;
        return arm(
                data,
                () -> {
                    for (int series = 0; series < work.series(); series++) {
                        bridge.series(
                                data.prices.asSlice(series * bytes, bytes),
                                work.bars(),
                                work.firstPeriod(),
                                data.out.asSlice(series * bytes, bytes));
                    }
                });
    }

    public Arm stream(Data data) {
        MemorySegment state = state(data);
        double[] out = new double[data.array.length];
        return Arm.of(
                name,
                Agreement.CLOSE,
                () -> {
                    begin(data, state);
                    bridge.update(state, data.array, out);
                },
                Outputs.rows(out));
    }

    /// Returns the arm that does the work of a bank.
    public Arm streamBySymbol(Data data) {
        Work work = data.work;
        MemorySegment[] states =
                Stream.generate(() -> state(data))
                        .limit(work.series())
                        .toArray(MemorySegment[]::new);
        double[] ticks = data.ticks();
        double[] out = new double[ticks.length];
        return Arm.of(
                name,
                Agreement.CLOSE,
                () -> {
                    for (MemorySegment state : states) {
                        bridge.begin(state, work.firstPeriod());
                    }
                    bridge.update(states, ticks, out);
                },
                Outputs.columns(MemorySegment.ofArray(out), work.series()));
    }

    /// Returns memory for a stream.
    MemorySegment state(Data data) {
        return Arena.ofAuto().allocate(bridge.streamSize(data.work.firstPeriod()), 64);
    }

    void begin(Data data, MemorySegment state) {
        bridge.begin(state, data.work.firstPeriod());
    }

    MemorySegment streamUpdate() {
        return symbols.findOrThrow("trendflex_stream_update");
    }

    private Arm arm(Data data, Runnable call) {
        return Arm.of(name, Agreement.CLOSE, call, Outputs.rows(data.out));
    }
}
