package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Computes for the public classes. Every engine gives the same bits and the same messages.
///
/// [Checks] has checked the arguments. An engine finds what is wrong with the data before it
/// writes, and says so in the words of [Checks] too. It does not have to know of the blocks of a
/// batch ([BatchCall]) or the copies of many series ([ManySeries]). The number of threads is at
/// least 1.
sealed interface Engine permits NativeEngine, JavaEngine {
    /// Returns the engine in use. It gets ready at its first use, which may fail and be tried
    /// again.
    static Engine current() {
        return EngineChoice.current();
    }

    /// Returns the engine that takes so many prices of a stream soonest, from a state in Java.
    static Engine forPrices(long prices, int period) {
        return EngineChoice.forPrices(prices, period);
    }

    TrendFlexEngine name();

    /// Returns the kernel that [Kernel#AUTO] stands for.
    Kernel bestKernel();

    boolean isSupported(Kernel kernel);

    /// Computes one series into as many places as there are prices.
    void series(MemorySegment prices, MemorySegment out, int period, Options options);

    /// Computes the same for arrays.
    void series(double[] prices, double[] out, int period, Options options);

    /// Finds where the prices of a series are.
    Scan scan(MemorySegment prices);

    /// Computes rows of a batch, one for each period. All memory is outside the heap.
    void rows(
            MemorySegment prices, MemorySegment out, Periods periods, int threads, Options options);

    /// Computes many series of one length. All memory is outside the heap.
    void manySeries(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            int threads,
            Options options);

    /// Computes series of any lengths, end to end. All memory is outside the heap, and there is at
    /// least one offset.
    void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options);

    /// Takes prices on from a series under way, and writes an output for each to `out`, or nowhere
    /// if that is [MemorySegment#NULL].
    void update(Step step, MemorySegment prices, MemorySegment out);

    /// Begins a bank.
    BankState bank(BankInfo info);

    BankState restoreBank(byte[] snapshot);
}
