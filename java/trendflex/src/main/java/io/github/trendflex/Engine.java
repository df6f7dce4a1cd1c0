package io.github.trendflex;

import java.lang.foreign.MemorySegment;
import java.util.function.LongFunction;

/// What computes. Every engine gives the same bits, and says the same in words.
///
/// Arguments come here checked by [Checks]. What is wrong with the data an engine finds before it
/// writes, and says in the words of [Checks] too. What no engine has to know is above it: the
/// blocks of a batch ([BatchCall]), the copies of many series ([ManySeries]), the memory of states
/// and snapshots ([StateMemory]). The number of threads is at least 1.
sealed interface Engine permits NativeEngine {
    /// The one that computes here. It is ready at its first use, which may fail and be tried again.
    Engine CURRENT = new NativeEngine();

    /// The kernel that [Kernel#AUTO] stands for.
    Kernel bestKernel();

    boolean isSupported(Kernel kernel);

    /// One series, into as many places as there are prices.
    void series(MemorySegment prices, MemorySegment out, int period, Options options);

    /// The same for arrays.
    void series(double[] prices, double[] out, int period, Options options);

    /// Where the prices of a series are.
    Scan scan(MemorySegment prices);

    /// Rows of a batch, one for each period. All memory is outside the heap.
    void rows(
            MemorySegment prices, MemorySegment out, Periods periods, int threads, Options options);

    /// Many series of one length. All memory is outside the heap.
    void manySeries(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            int threads,
            Options options);

    /// Series of any lengths, end to end. All memory is outside the heap, and there is at least one
    /// offset.
    void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options);

    Streams streams();

    Banks banks();

    /// What is done to the state of a stream, which is in memory of its own.
    sealed interface Streams permits NativeStreams {
        /// The bytes that a state takes.
        long size(int period);

        /// Begins a stream in memory of [#size(int)] bytes.
        void begin(MemorySegment state, int period, Definition definition, NanPolicy nanPolicy);

        /// What a state says about its stream.
        StreamInfo info(MemorySegment state);

        double update(MemorySegment state, double price);

        double peek(MemorySegment state, double price);

        /// Takes all prices and writes their outputs, as many, to `out`, or to nowhere if that is
        /// [MemorySegment#NULL].
        void updateInto(MemorySegment state, MemorySegment prices, MemorySegment out);

        /// The bytes of a snapshot.
        long snapshotSize(int period);

        /// Writes a snapshot of [#snapshotSize(int)] bytes.
        void save(MemorySegment state, byte[] snapshot);

        /// The bytes of the state that a snapshot is loaded into.
        long loadSize(byte[] snapshot);

        /// Goes on from a snapshot in memory of [#loadSize(byte\[\])] bytes.
        void load(byte[] snapshot, MemorySegment state);
    }

    /// What is done to the state of a bank, which is in memory of its own outside the heap.
    sealed interface Banks permits NativeBanks {
        /// The bytes that a state takes.
        long size(int period, long symbols);

        /// Begins a bank in memory of [#size(int, long)] bytes.
        void begin(MemorySegment state, BankInfo info);

        /// What a state says about its bank.
        BankInfo info(MemorySegment state);

        /// Takes a price for each symbol.
        void update(MemorySegment state, MemorySegment prices, MemorySegment out);

        /// The same for arrays.
        void update(MemorySegment state, double[] prices, double[] out);

        void reset(MemorySegment state, long symbol);

        /// Begins a stream that goes on from a symbol, in memory of [Streams#size(int)] bytes.
        void stream(MemorySegment state, long symbol, MemorySegment stream);

        /// The bytes of a snapshot.
        long snapshotSize(BankInfo info);

        /// Writes a snapshot of [#snapshotSize(BankInfo)] bytes.
        void save(MemorySegment state, byte[] snapshot);

        /// Goes on from a snapshot in memory of the size that `newState` is asked for, which is
        /// returned.
        MemorySegment load(byte[] snapshot, LongFunction<MemorySegment> newState);
    }
}
