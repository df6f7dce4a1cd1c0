package io.github.trendflex;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.MemorySegment;

/// Computes with the native library, which every call that can be the first one loads.
///
/// Memory outside the heap goes through the generated methods, which do not hold up a garbage
/// collection. Heap arrays are used in place by *critical* calls, for which a garbage collection
/// has to wait; so their work is cut into pieces of half a millisecond.
///
/// Only this class and those whose names begin with `Native` touch the bindings.
final class NativeEngine implements Engine {
    @Override
    public TrendFlexEngine name() {
        return TrendFlexEngine.NATIVE;
    }

    @Override
    public Kernel bestKernel() {
        NativeBinding.load();
        return NativeIds.kernel(TrendflexH.trendflex_kernel_best());
    }

    @Override
    public boolean isSupported(Kernel kernel) {
        NativeBinding.load();
        return TrendflexH.trendflex_kernel_supported(NativeIds.id(kernel)) != 0;
    }

    @Override
    public void series(MemorySegment prices, MemorySegment out, int period, Options options) {
        NativeSeries.compute(prices, out, period, options);
    }

    @Override
    public void series(double[] prices, double[] out, int period, Options options) {
        NativeSeries.compute(prices, out, period, options);
    }

    @Override
    public Scan scan(MemorySegment prices) {
        NativeBinding.load();
        return NativeScan.whole(prices);
    }

    @Override
    public void rows(
            MemorySegment prices,
            MemorySegment out,
            Periods periods,
            int threads,
            Options options) {
        NativeBatch.rows(prices, out, periods, threads, options);
    }

    @Override
    public void manySeries(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        NativeMany.ofOneLength(prices, seriesCount, layout, out, period, threads, options);
    }

    @Override
    public void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        NativeMany.panel(prices, offsets, out, period, threads, options);
    }

    @Override
    public void update(Step step, MemorySegment prices, MemorySegment out) {
        // All memory first, so that none is lacking once outputs are written.
        step.makeRoom(step.period());
        byte[] snapshot = Snapshots.ofStream(step);
        NativeStream stream = NativeStream.of(step, snapshot);
        if (stream == null) {
            JavaEngine.take(step, prices, out);
            return;
        }
        stream.updateInto(prices, out);
        stream.save(snapshot);
        Snapshots.goOn(step, snapshot);
    }

    @Override
    public BankState bank(BankInfo info) {
        return NativeBank.begin(info);
    }

    @Override
    public BankState restoreBank(byte[] snapshot) {
        return NativeBank.restore(snapshot);
    }
}
