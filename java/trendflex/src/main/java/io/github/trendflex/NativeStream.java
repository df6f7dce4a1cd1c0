package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Is a stream whose state is the block of the native library: in memory of the caller's, or in a
/// heap array for as long as many prices are taken at once. So the calls on a state are critical,
/// except those over many prices whose memory is all outside the heap.
final class NativeStream implements StreamState {
    /// What `trendflex_stream_update` and `trendflex_stream_peek` return if the memory holds no
    /// state.
    private static final long NO_STREAM = 0x7ff8_0000_0000_0001L;

    private final MemorySegment state;
    private final int period;
    private final Definition definition;
    private final NanPolicy nanPolicy;

    private NativeStream(
            MemorySegment state, int period, Definition definition, NanPolicy nanPolicy) {
        this.state = state;
        this.period = period;
        this.definition = definition;
        this.nanPolicy = nanPolicy;
    }

    /// Begins a stream in memory of [#size(int)] bytes.
    static NativeStream begin(
            MemorySegment state, int period, Definition definition, NanPolicy nanPolicy) {
        NativeBinding.load();
        NativeStream stream = new NativeStream(state, period, definition, nanPolicy);
        stream.reset();
        return stream;
    }

    /// Begins a stream in a heap array.
    static NativeStream begin(int period, Definition definition, NanPolicy nanPolicy) {
        return begin(onHeap(size(period)), period, definition, nanPolicy);
    }

    /// Goes on with the stream in memory of the caller's.
    static NativeStream open(MemorySegment state) {
        NativeBinding.load();
        StreamInfo info = info(state);
        return new NativeStream(state, info.period(), info.definition(), info.nanPolicy());
    }

    /// Goes on in a heap array from a snapshot of the step. Returns null if the step has left the
    /// bounds of what is restored, as it may on the way from a snapshot next to them.
    static @Nullable NativeStream of(Step step, byte[] snapshot) {
        int period = step.period();
        MemorySegment state = onHeap(size(period));
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        int status =
                TrendflexCritical.trendflex_stream_load(
                        bytes, bytes.byteSize(), state, state.byteSize());
        if (NativeStatus.isNoSnapshot(status)) {
            return null;
        }
        NativeStatus.requireOk(status);
        return new NativeStream(state, period, step.definition(), step.nanPolicy());
    }

    /// Allocates a state. For more longs than an array can have there is an OutOfMemoryError.
    private static MemorySegment onHeap(long bytes) {
        return MemorySegment.ofArray(
                new long[(int) Math.min(bytes / Long.BYTES, Integer.MAX_VALUE)]);
    }

    /// Returns the bytes that a state takes.
    ///
    /// Takes the size from an array, because the first access to a segment in a program takes
    /// milliseconds.
    static long size(int period) {
        NativeBinding.load();
        long[] size = new long[1];
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_size(period, MemorySegment.ofArray(size)));
        return size[0];
    }

    @Override
    public int period() {
        return period;
    }

    @Override
    public Definition definition() {
        return definition;
    }

    @Override
    public NanPolicy nanPolicy() {
        return nanPolicy;
    }

    @Override
    public long count() {
        return info(state).count();
    }

    private static StreamInfo info(MemorySegment state) {
        if (state.byteSize() == 0) {
            throw Checks.corruptState(); // It may be at address 0, which C refuses.
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment period = arena.allocate(JAVA_INT);
            MemorySegment definition = arena.allocate(JAVA_INT);
            MemorySegment policy = arena.allocate(JAVA_INT);
            MemorySegment count = arena.allocate(JAVA_LONG);
            NativeStatus.requireOk(
                    TrendflexCritical.trendflex_stream_info(
                            state, state.byteSize(), period, definition, policy, count));
            return new StreamInfo(
                    period.get(JAVA_INT, 0),
                    NativeIds.definition(definition.get(JAVA_INT, 0)),
                    NativeIds.nanPolicy(policy.get(JAVA_INT, 0)),
                    count.get(JAVA_LONG, 0));
        }
    }

    @Override
    public void reset() {
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_init(
                        state,
                        state.byteSize(),
                        period,
                        NativeIds.id(definition),
                        NativeIds.id(nanPolicy)));
    }

    @Override
    public StreamState with(Definition newDefinition, NanPolicy newPolicy) {
        return begin(state, period, newDefinition, newPolicy);
    }

    @Override
    public JavaStream copy() {
        return new JavaStream(Snapshots.stream(snapshot()));
    }

    @Override
    public MemorySegment memory() {
        return state;
    }

    @Override
    public double update(double price) {
        return sound(TrendflexCritical.trendflex_stream_update(state, state.byteSize(), price));
    }

    @Override
    public double peek(double price) {
        return sound(TrendflexCritical.trendflex_stream_peek(state, state.byteSize(), price));
    }

    /// Returns an output, unless it is the NaN that says that there is no stream.
    private static double sound(double output) {
        if (Double.doubleToRawLongBits(output) == NO_STREAM) {
            throw Checks.corruptState();
        }
        return output;
    }

    @Override
    public void updateInto(MemorySegment prices, MemorySegment out) {
        long size = prices.byteSize();
        // A segment without prices may be at address 0, which C refuses.
        if (size > 0 && !Segments.onHeap(state, prices, out)) {
            NativeStatus.requireOk(
                    TrendflexH.trendflex_stream_update_into(
                            state, state.byteSize(), prices, Segments.doubles(prices), out));
            return;
        }
        boolean discard = out.equals(MemorySegment.NULL);
        long bytes;
        for (long from = 0; from < size; from += bytes) {
            bytes = Pieces.SHARED.next((size - from) / Double.BYTES) * Double.BYTES;
            MemorySegment piece = prices.asSlice(from, bytes);
            MemorySegment outputs = discard ? out : out.asSlice(from, bytes);
            if (bytes < Pieces.LEAST_BYTES) {
                updateOnHeap(piece, outputs);
            } else {
                long begin = System.nanoTime();
                updateOnHeap(piece, outputs);
                Pieces.SHARED.took(Segments.doubles(piece), System.nanoTime() - begin);
            }
        }
    }

    private void updateOnHeap(MemorySegment prices, MemorySegment out) {
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_update_into(
                        state, state.byteSize(), prices, Segments.doubles(prices), out));
    }

    @Override
    public byte[] snapshot() {
        byte[] snapshot =
                StateMemory.forSnapshot(StreamState.name(period), Snapshots.size(period, 1));
        save(snapshot);
        return snapshot;
    }

    /// Writes a snapshot over another one of the stream.
    void save(byte[] snapshot) {
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_save(
                        state, state.byteSize(), bytes, bytes.byteSize()));
    }
}
