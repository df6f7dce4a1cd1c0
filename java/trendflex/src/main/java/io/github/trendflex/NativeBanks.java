package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.function.LongFunction;

/// Works on banks of streams.
final class NativeBanks implements Engine.Banks {
    static final Engine.Banks ALL = new NativeBanks();

    /// The most symbols of a critical call: a symbol takes longer than a price of a series.
    static final int PIECE = 10_000;

    private NativeBanks() {}

    @Override
    public long size(int period, long symbols) {
        NativeBinding.load();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            int status = TrendflexH.trendflex_bank_size(period, symbols, size);
            if (status == TrendflexH.TRENDFLEX_STATUS_SIZE_OVERFLOW()) {
                throw Checks.bankTooLarge(period, symbols);
            }
            NativeStatus.requireOk(status);
            return size.get(JAVA_LONG, 0);
        }
    }

    @Override
    public void begin(MemorySegment state, BankInfo info) {
        NativeStatus.requireOk(
                TrendflexH.trendflex_bank_init(
                        state,
                        state.byteSize(),
                        info.period(),
                        NativeIds.id(info.definition()),
                        info.symbols(),
                        NativeIds.id(info.nanPolicy())));
    }

    @Override
    public BankInfo info(MemorySegment state) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment period = arena.allocate(JAVA_INT);
            MemorySegment definition = arena.allocate(JAVA_INT);
            MemorySegment policy = arena.allocate(JAVA_INT);
            MemorySegment symbols = arena.allocate(JAVA_LONG);
            NativeStatus.requireOk(
                    TrendflexH.trendflex_bank_info(
                            state, state.byteSize(), period, definition, policy, symbols));
            return new BankInfo(
                    period.get(JAVA_INT, 0),
                    NativeIds.definition(definition.get(JAVA_INT, 0)),
                    NativeIds.nanPolicy(policy.get(JAVA_INT, 0)),
                    symbols.get(JAVA_LONG, 0));
        }
    }

    @Override
    public void update(MemorySegment state, MemorySegment prices, MemorySegment out) {
        long symbols = Segments.doubles(prices);
        boolean onHeap = Segments.onHeap(prices, out);
        if (onHeap && symbols > PIECE) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment results = Segments.placesOffHeap(out, arena);
                update(state, Segments.offHeap(prices, arena), results);
                Segments.copyTo(out, results);
            }
            return;
        }
        NativeStatus.requireOk(
                onHeap
                        ? updateOnHeap(state, prices, out)
                        : TrendflexH.trendflex_bank_update(
                                state, state.byteSize(), prices, symbols, out));
    }

    @Override
    public void update(MemorySegment state, double[] prices, double[] out) {
        if (prices.length > PIECE) {
            update(state, MemorySegment.ofArray(prices), MemorySegment.ofArray(out));
            return;
        }
        NativeStatus.requireOk(
                updateOnHeap(state, MemorySegment.ofArray(prices), MemorySegment.ofArray(out)));
    }

    private static int updateOnHeap(MemorySegment state, MemorySegment prices, MemorySegment out) {
        return TrendflexCritical.trendflex_bank_update(
                state, state.byteSize(), prices, Segments.doubles(prices), out);
    }

    @Override
    public void reset(MemorySegment state, long symbol) {
        NativeStatus.requireOk(TrendflexH.trendflex_bank_reset(state, state.byteSize(), symbol));
    }

    @Override
    public void stream(MemorySegment state, long symbol, MemorySegment stream) {
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_bank_stream(
                        state, state.byteSize(), symbol, stream, stream.byteSize()));
    }

    @Override
    public long snapshotSize(BankInfo info) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            NativeStatus.requireOk(
                    TrendflexH.trendflex_bank_save_size(info.period(), info.symbols(), size));
            return size.get(JAVA_LONG, 0);
        }
    }

    @Override
    public void save(MemorySegment state, byte[] snapshot) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(snapshot.length, Long.BYTES);
            NativeStatus.requireOk(
                    TrendflexH.trendflex_bank_save(
                            state, state.byteSize(), bytes, bytes.byteSize()));
            Segments.copyInPieces(bytes, MemorySegment.ofArray(snapshot));
        }
    }

    @Override
    public MemorySegment load(byte[] snapshot, LongFunction<MemorySegment> newState) {
        NativeBinding.load();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment bytes = Segments.offHeap(MemorySegment.ofArray(snapshot), arena);
            int status = TrendflexH.trendflex_bank_load_size(bytes, bytes.byteSize(), size);
            if (NativeStatus.isNoSnapshot(status)) {
                throw SnapshotDiagnosis.noBank(snapshot);
            }
            NativeStatus.requireOk(status);
            MemorySegment state = newState.apply(size.get(JAVA_LONG, 0));
            NativeStatus.requireOk(
                    TrendflexH.trendflex_bank_load(
                            bytes, bytes.byteSize(), state, state.byteSize()));
            return state;
        }
    }
}
