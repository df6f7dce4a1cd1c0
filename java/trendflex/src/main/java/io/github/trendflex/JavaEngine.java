package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Computes in Java, on the calling thread: everything is a [Step] over some values.
final class JavaEngine implements Engine {
    @Override
    public TrendFlexEngine name() {
        return TrendFlexEngine.JAVA;
    }

    @Override
    public Kernel bestKernel() {
        return Kernel.AUTO;
    }

    @Override
    public boolean isSupported(Kernel kernel) {
        return kernel == Kernel.AUTO;
    }

    @Override
    public void series(MemorySegment prices, MemorySegment out, int period, Options options) {
        requireData(prices, period, options);
        take(step(period, options), prices, out);
    }

    @Override
    public void series(double[] prices, double[] out, int period, Options options) {
        Checks.data(JavaScan.untilEnough(prices, period, options), period, options);
        step(period, options).update(prices, 0, prices.length, out, 0);
    }

    private static void requireData(MemorySegment prices, int period, Options options) {
        Checks.data(JavaScan.untilEnough(prices, period, options), period, options);
    }

    private static Step step(int period, Options options) {
        return new Step(period, options.definition(), options.nanPolicy());
    }

    @Override
    public Scan scan(MemorySegment prices) {
        return JavaScan.whole(prices);
    }

    @Override
    public void rows(
            MemorySegment prices,
            MemorySegment out,
            Periods periods,
            int threads,
            Options options) {
        requireData(prices, periods.largest(), options);
        long bytes = prices.byteSize();
        for (long row = 0; row < periods.rows(); row++) {
            take(step(periods.periodAt(row), options), prices, out.asSlice(row * bytes, bytes));
        }
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
        if (prices.byteSize() > 0) {
            JavaMany.ofOneLength(prices, seriesCount, layout, out, period, options);
        }
    }

    @Override
    public void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        JavaMany.panel(prices, offsets, out, period, options);
    }

    @Override
    public void update(Step step, MemorySegment prices, MemorySegment out) {
        take(step, prices, out);
    }

    static void take(Step step, MemorySegment prices, MemorySegment out) {
        step.makeRoom(Segments.doubles(prices));
        JavaPieces.forEach(
                prices, out, (values, count, _) -> step.update(values, 0, count, values, 0));
    }

    @Override
    public BankState bank(BankInfo info) {
        return new JavaBank(info);
    }

    @Override
    public BankState restoreBank(byte[] snapshot) {
        return JavaBank.restore(snapshot);
    }
}
