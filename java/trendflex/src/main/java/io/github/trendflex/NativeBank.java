package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Is a bank whose state is the block of the native library. It lies outside the heap and lives as
/// long as it is reachable.
final class NativeBank implements BankState {
    /// The most symbols of a critical call: a symbol takes longer than a price of a series.
    static final int PIECE = 10_000;

    private final MemorySegment state;
    private final BankInfo info;

    private NativeBank(MemorySegment state, BankInfo info) {
        this.state = state;
        this.info = info;
    }

    static NativeBank begin(BankInfo info) {
        NativeBinding.load();
        NativeBank bank = new NativeBank(StateMemory.forBank(info.toString(), size(info)), info);
        bank.reset();
        return bank;
    }

    private static long size(BankInfo info) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            int status = TrendflexH.trendflex_bank_size(info.period(), info.symbols(), size);
            if (status == TrendflexH.TRENDFLEX_STATUS_SIZE_OVERFLOW()) {
                throw Checks.bankTooLarge(info.period(), info.symbols());
            }
            NativeStatus.requireOk(status);
            return size.get(JAVA_LONG, 0);
        }
    }

    static NativeBank restore(byte[] snapshot) {
        NativeBinding.load();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment bytes = Segments.offHeap(MemorySegment.ofArray(snapshot), arena);
            int status = TrendflexH.trendflex_bank_load_size(bytes, bytes.byteSize(), size);
            if (NativeStatus.isNoSnapshot(status)) {
                throw SnapshotDiagnosis.noBank(snapshot);
            }
            NativeStatus.requireOk(status);
            MemorySegment state =
                    StateMemory.forBank("bank from a snapshot", size.get(JAVA_LONG, 0));
            NativeStatus.requireOk(
                    TrendflexH.trendflex_bank_load(
                            bytes, bytes.byteSize(), state, state.byteSize()));
            return new NativeBank(state, readInfo(state));
        }
    }

    @Override
    public void reset() {
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
    public BankInfo info() {
        return info;
    }

    private static BankInfo readInfo(MemorySegment state) {
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
    public void update(MemorySegment prices, MemorySegment out) {
        update(state, prices, out);
    }

    @Override
    public void update(double[] prices, double[] out) {
        update(state, prices, out);
    }

    @Override
    public void peek(MemorySegment prices, MemorySegment out) {
        try (Arena arena = Arena.ofConfined()) {
            update(StateMemory.copyOfBank(state, arena), prices, out);
        }
    }

    @Override
    public void peek(double[] prices, double[] out) {
        try (Arena arena = Arena.ofConfined()) {
            update(StateMemory.copyOfBank(state, arena), prices, out);
        }
    }

    private static void update(MemorySegment state, MemorySegment prices, MemorySegment out) {
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

    private static void update(MemorySegment state, double[] prices, double[] out) {
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
    public void reset(long symbol) {
        NativeStatus.requireOk(TrendflexH.trendflex_bank_reset(state, state.byteSize(), symbol));
    }

    /// Compares with a bank that has just begun, which one without prices equals byte for byte.
    @Override
    public boolean isNew() {
        return state.mismatch(begin(info).state) < 0;
    }

    @Override
    public NativeStream stream(long symbol) {
        NativeStream stream = newStream();
        MemorySegment memory = stream.memory();
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_bank_stream(
                        state, state.byteSize(), symbol, memory, memory.byteSize()));
        return stream;
    }

    private NativeStream newStream() {
        String name = StreamState.name(info.period());
        long bytes = NativeStream.size(info.period());
        StateMemory.requireHeap(name, bytes);
        try {
            return NativeStream.begin(info.period(), info.definition(), info.nanPolicy());
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory(name, bytes, e);
        }
    }

    @Override
    public BankState copy() {
        return new NativeBank(StateMemory.copyOfBank(state, Arena.ofAuto()), info);
    }

    @Override
    public byte[] snapshot() {
        byte[] snapshot =
                StateMemory.forSnapshot(
                        info.toString(), Snapshots.size(info.period(), info.symbols()));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(snapshot.length, Long.BYTES);
            NativeStatus.requireOk(
                    TrendflexH.trendflex_bank_save(
                            state, state.byteSize(), bytes, bytes.byteSize()));
            Segments.copyInPieces(bytes, MemorySegment.ofArray(snapshot));
        }
        return snapshot;
    }
}
