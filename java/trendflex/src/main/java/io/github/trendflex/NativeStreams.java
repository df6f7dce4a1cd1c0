package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexCritical;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Works on streams. Their states are usually on the heap, so the calls on a state are critical,
/// except those over many prices whose memory is all outside the heap.
final class NativeStreams implements Engine.Streams {
    static final Engine.Streams ALL = new NativeStreams();

    /// What `trendflex_stream_update` and `trendflex_stream_peek` return if the memory holds no
    /// state.
    private static final long NO_STREAM = 0x7ff8_0000_0000_0001L;

    private NativeStreams() {}

    /// Takes the size from an array, because the first access to a segment in a program takes
    /// milliseconds.
    @Override
    public long size(int period) {
        NativeBinding.load();
        long[] size = new long[1];
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_size(period, MemorySegment.ofArray(size)));
        return size[0];
    }

    @Override
    public void begin(MemorySegment state, int period, Definition definition, NanPolicy nanPolicy) {
        NativeBinding.load();
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_init(
                        state,
                        state.byteSize(),
                        period,
                        NativeIds.id(definition),
                        NativeIds.id(nanPolicy)));
    }

    @Override
    public StreamInfo info(MemorySegment state) {
        NativeBinding.load();
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
    public double update(MemorySegment state, double price) {
        return sound(TrendflexCritical.trendflex_stream_update(state, state.byteSize(), price));
    }

    @Override
    public double peek(MemorySegment state, double price) {
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
    public void updateInto(MemorySegment state, MemorySegment prices, MemorySegment out) {
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
                updateOnHeap(state, piece, outputs);
            } else {
                long begin = System.nanoTime();
                updateOnHeap(state, piece, outputs);
                Pieces.SHARED.took(Segments.doubles(piece), System.nanoTime() - begin);
            }
        }
    }

    private static void updateOnHeap(MemorySegment state, MemorySegment prices, MemorySegment out) {
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_update_into(
                        state, state.byteSize(), prices, Segments.doubles(prices), out));
    }

    @Override
    public long snapshotSize(int period) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            NativeStatus.requireOk(TrendflexH.trendflex_stream_save_size(period, size));
            return size.get(JAVA_LONG, 0);
        }
    }

    @Override
    public void save(MemorySegment state, byte[] snapshot) {
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_save(
                        state, state.byteSize(), bytes, bytes.byteSize()));
    }

    @Override
    public long loadSize(byte[] snapshot) {
        NativeBinding.load();
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            int status =
                    TrendflexCritical.trendflex_stream_load_size(bytes, bytes.byteSize(), size);
            if (NativeStatus.isNoSnapshot(status)) {
                throw SnapshotDiagnosis.noStream(snapshot);
            }
            NativeStatus.requireOk(status);
            return size.get(JAVA_LONG, 0);
        }
    }

    @Override
    public void load(byte[] snapshot, MemorySegment state) {
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        NativeStatus.requireOk(
                TrendflexCritical.trendflex_stream_load(
                        bytes, bytes.byteSize(), state, state.byteSize()));
    }
}
