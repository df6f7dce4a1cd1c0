package io.github.trendflex.benchmarks.arms;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/// Calls one library: [Bridge#to] defines this class anew for each, with the library as its class
/// data.
final class BridgeCalls implements Bridge {
    private static final SymbolLookup LIBRARY = library();
    private static final MethodHandle SERIES =
            handle("trendflex_into", TrendflexH.trendflex_into$descriptor());
    private static final MethodHandle BATCH =
            handle(
                    "trendflex_batch_inner_into",
                    TrendflexH.trendflex_batch_inner_into$descriptor());
    private static final MethodHandle STREAM_SIZE =
            handle("trendflex_stream_size", TrendflexH.trendflex_stream_size$descriptor());
    private static final MethodHandle STREAM_INIT =
            handle("trendflex_stream_init", TrendflexH.trendflex_stream_init$descriptor());
    private static final MethodHandle STREAM_UPDATE =
            handle("trendflex_stream_update", TrendflexH.trendflex_stream_update$descriptor());

    private static SymbolLookup library() {
        try {
            return MethodHandles.classData(MethodHandles.lookup(), "_", SymbolLookup.class);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(LIBRARY.findOrThrow(name), descriptor);
    }

    @Override
    public void series(MemorySegment prices, long length, int period, MemorySegment out) {
        try {
            check(
                    (int)
                            SERIES.invokeExact(
                                    prices,
                                    length,
                                    period,
                                    0,
                                    0,
                                    0,
                                    out,
                                    length,
                                    MemorySegment.NULL));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void batch(
            MemorySegment prices, long length, int start, int end, int threads, MemorySegment out) {
        long places = (end - start + 1) * length;
        try {
            check(
                    (int)
                            BATCH.invokeExact(
                                    prices,
                                    length,
                                    start,
                                    end,
                                    1,
                                    0,
                                    0,
                                    0,
                                    threads,
                                    out,
                                    places,
                                    MemorySegment.NULL));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public long streamSize(int period) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
            check((int) STREAM_SIZE.invokeExact(period, size));
            return size.get(ValueLayout.JAVA_LONG, 0);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void begin(MemorySegment state, int period) {
        try {
            check((int) STREAM_INIT.invokeExact(state, state.byteSize(), period, 0, 0));
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void update(MemorySegment state, double[] prices, double[] out) {
        for (int i = 0; i < prices.length; i++) {
            out[i] = update(state, prices[i]);
        }
    }

    @Override
    public void update(MemorySegment[] states, double[] prices, double[] out) {
        for (int i = 0; i < prices.length; ) {
            for (MemorySegment state : states) {
                out[i] = update(state, prices[i]);
                i++;
            }
        }
    }

    private static double update(MemorySegment state, double price) {
        try {
            return (double) STREAM_UPDATE.invokeExact(state, state.byteSize(), price);
        } catch (Throwable e) {
            throw new AssertionError(e);
        }
    }

    private static void check(int status) {
        if (status != 0) {
            throw new IllegalStateException("status " + status);
        }
    }
}
