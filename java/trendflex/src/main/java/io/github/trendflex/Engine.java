package io.github.trendflex;

import java.lang.foreign.MemorySegment;
import java.util.function.LongFunction;

/// Computes for the public classes. Every engine gives the same bits and the same messages.
///
/// [Checks] has checked the arguments. An engine finds what is wrong with the data before it
/// writes, and says so in the words of [Checks] too. It does not have to know of the blocks of a
/// batch ([BatchCall]), the copies of many series ([ManySeries]), or the memory of states and
/// snapshots ([StateMemory]). The number of threads is at least 1.
sealed interface Engine permits NativeEngine {
    /// The engine in use. It gets ready at its first use, which may fail and be tried again.
    Engine CURRENT = new NativeEngine();

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

    Streams streams();

    Banks banks();

    /// Works on the state of a stream, which is in memory of its own.
    sealed interface Streams permits NativeStreams {
        /// Returns the bytes that a state takes.
        long size(int period);

        /// Begins a stream in memory of [#size(int)] bytes.
        void begin(MemorySegment state, int period, Definition definition, NanPolicy nanPolicy);

        /// Reads what a state says about its stream.
        StreamInfo info(MemorySegment state);

        double update(MemorySegment state, double price);

        double peek(MemorySegment state, double price);

        /// Takes all prices and writes an output for each to `out`, or nowhere if that is
        /// [MemorySegment#NULL].
        void updateInto(MemorySegment state, MemorySegment prices, MemorySegment out);

        /// Returns the bytes of a snapshot.
        long snapshotSize(int period);

        /// Writes a snapshot of [#snapshotSize(int)] bytes.
        void save(MemorySegment state, byte[] snapshot);

        /// Returns the bytes of the state that a snapshot is loaded into.
        long loadSize(byte[] snapshot);

        /// Loads a snapshot into memory of [#loadSize(byte\[\])] bytes.
        void load(byte[] snapshot, MemorySegment state);
    }

    /// Works on the state of a bank, which is in memory of its own outside the heap.
    sealed interface Banks permits NativeBanks {
        /// Returns the bytes that a state takes.
        long size(int period, long symbols);

        /// Begins a bank in memory of [#size(int, long)] bytes.
        void begin(MemorySegment state, BankInfo info);

        /// Reads what a state says about its bank.
        BankInfo info(MemorySegment state);

        /// Takes a price for each symbol.
        void update(MemorySegment state, MemorySegment prices, MemorySegment out);

        /// Computes the same for arrays.
        void update(MemorySegment state, double[] prices, double[] out);

        void reset(MemorySegment state, long symbol);

        /// Begins a stream that goes on from a symbol, in memory of [Streams#size(int)] bytes.
        void stream(MemorySegment state, long symbol, MemorySegment stream);

        /// Returns the bytes of a snapshot.
        long snapshotSize(BankInfo info);

        /// Writes a snapshot of [#snapshotSize(BankInfo)] bytes.
        void save(MemorySegment state, byte[] snapshot);

        /// Loads a snapshot into memory that `newState` makes for a size, and returns that memory.
        MemorySegment load(byte[] snapshot, LongFunction<MemorySegment> newState);
    }
}
