package io.github.trendflex;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.nio.DoubleBuffer;

/// Computes TrendFlex one price at a time. The time for a price does not depend on the period. A
/// missing value is skipped by default ([NanPolicy#SKIP]).
///
/// {@snippet :
/// TrendFlexStream stream = TrendFlexStream.of(20);
/// double last = stream.updateAll(history);
/// double next = stream.update(price);
/// }
///
/// A gap in a feed must not silence the indicator for ever, which is what it does to a whole series
/// by default. With the same policy the outputs have the bits that [TrendFlex] computes for the
/// prices taken so far. [TrendFlex#stream()] makes a stream with the options of a calculator.
///
/// ### Memory
///
/// The state of a stream is an object of its own. It grows with the prices taken, up to about eight
/// bytes for each bar of the period. Or it lies in memory that the caller gives to [#createIn],
/// where it takes eight bytes for each bar from the beginning. There is nothing to close. Only the
/// release that made a state in memory can use it, on the same machine; a [#snapshot()] can be used
/// by later releases and on any machine.
///
/// Prices and outputs are as [TrendFlex] says. Long series are taken in pieces. A garbage
/// collection may have to wait for a piece, about a millisecond, unless the prices, the output and
/// the state are all in memory of the caller's outside the heap.
///
/// If a state is in an arena that is closed, or confined to another thread, every method of its
/// stream fails with the exception of [MemorySegment].
///
/// ### Engines
///
/// A stream with a state of its own computes in Java, whatever [TrendFlexLibrary#engine()] says:
/// calling native code would take longer than the step. Only many prices at once go to the engine,
/// and only if it is the faster one; ten million of them load the native library if nothing else
/// has. So a program that takes one price at a time loads none. A stream in memory of the caller's
/// needs the native engine. It is also the faster one on a CPU without fused multiply-add, where a
/// step in Java takes microseconds.
///
/// ### Threads
///
/// A stream is for one thread at a time. Two threads at once get wrong numbers, or leave a state
/// that methods other than [#reset()] may refuse with [CORRUPT_STATE][Refusal#CORRUPT_STATE];
/// nothing else is harmed.
public final class TrendFlexStream {
    private final StreamState state;

    private TrendFlexStream(StreamState state) {
        this.state = state;
    }

    /// {@return a stream with [Definition#VECTOR_TA] and [NanPolicy#SKIP]}
    ///
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @throws TrendFlexException [INVALID_PERIOD][Refusal#INVALID_PERIOD] if `period` is below 1
    public static TrendFlexStream of(int period) {
        return begin(period, Definition.VECTOR_TA, NanPolicy.SKIP);
    }

    /// {@return a stream with [Definition#VECTOR_TA] and [NanPolicy#SKIP], with its state in the
    /// caller's memory}
    ///
    /// @param state [#stateSize(int)] bytes at an address that is a multiple of 8, with any
    ///   content: native memory, a mapped file, or a heap array of `long` or `double`. No other
    ///   code may write to it while the stream is in use.
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY]
    ///   or [STATE_SIZE][Refusal#STATE_SIZE] for `state`, or as [#of(int)]
    /// @throws IllegalStateException if the arena of the segment is closed
    /// @throws WrongThreadException if the arena of the segment is confined to another thread
    /// @throws TrendFlexLibraryException if the native library cannot be loaded, or
    ///   `-Dtrendflex.engine=java` excludes it
    public static TrendFlexStream createIn(MemorySegment state, int period) {
        return beginIn(state, period, Definition.VECTOR_TA, NanPolicy.SKIP);
    }

    /// {@return the number of bytes that the state of a stream takes}
    ///
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @throws TrendFlexException [INVALID_PERIOD][Refusal#INVALID_PERIOD] if `period` is below 1
    /// @throws TrendFlexLibraryException as [#createIn]
    public static long stateSize(int period) {
        return EngineChoice.stateSize(Checks.period(period));
    }

    static TrendFlexStream begin(int period, Definition definition, NanPolicy nanPolicy) {
        Checks.streamPolicy(nanPolicy);
        return new TrendFlexStream(
                new JavaStream(new Step(Checks.period(period), definition, nanPolicy)));
    }

    static TrendFlexStream beginIn(
            MemorySegment state, int period, Definition definition, NanPolicy nanPolicy) {
        Checks.streamPolicy(nanPolicy);
        Checks.state(requireNonNull(state, "state"), stateSize(period));
        return new TrendFlexStream(EngineChoice.begin(state, period, definition, nanPolicy));
    }

    static TrendFlexStream copyOf(StreamState state) {
        return new TrendFlexStream(state.copy());
    }

    /// {@return this stream with another definition, before its first price}
    ///
    /// The result is another stream with a state of its own, and this stream stays as it is. But if
    /// the state is in the caller's memory, the result begins in that memory, and this stream must
    /// not be used any more.
    ///
    /// @param definition how the period of the smoother follows from that of the indicator
    /// @throws IllegalStateException if the stream has taken a price
    public TrendFlexStream withDefinition(Definition definition) {
        return with(requireNonNull(definition, "definition"), nanPolicy());
    }

    /// {@return this stream with another treatment of missing values, before its first price}
    ///
    /// The result has a state of its own or takes the place of this stream, as [#withDefinition]
    /// says.
    ///
    /// @param nanPolicy [NanPolicy#SKIP] or [NanPolicy#PROPAGATE]
    /// @throws TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM]
    /// @throws IllegalStateException if the stream has taken a price
    public TrendFlexStream withNanPolicy(NanPolicy nanPolicy) {
        Checks.streamPolicy(requireNonNull(nanPolicy, "nanPolicy"));
        return with(definition(), nanPolicy);
    }

    private TrendFlexStream with(Definition definition, NanPolicy nanPolicy) {
        long count = count();
        if (count > 0) {
            throw new IllegalStateException(
                    "count = %s: the options of a stream can change before its first price only"
                            .formatted(count));
        }
        return new TrendFlexStream(state.with(definition, nanPolicy));
    }

    /// {@return a stream that goes on with the state in a segment}
    ///
    /// @param state what [#createIn] made, or a copy of it
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY],
    ///   or [CORRUPT_STATE][Refusal#CORRUPT_STATE] if the segment does not hold the state of a
    ///   stream
    /// @throws IllegalStateException if the arena of the segment is closed
    /// @throws WrongThreadException if the arena of the segment is confined to another thread
    /// @throws TrendFlexLibraryException as [#createIn]
    public static TrendFlexStream openIn(MemorySegment state) {
        Checks.state(requireNonNull(state, "state"));
        return new TrendFlexStream(EngineChoice.open(state));
    }

    /// Takes a price.
    ///
    /// @param price the next price, or a missing value
    /// @return its output, or NaN during the warm-up and for a missing value
    /// @throws TrendFlexException [OUT_OF_MEMORY][Refusal#OUT_OF_MEMORY] if the state has to grow
    ///   and there is no memory for that; the price is not taken then, neither here nor in the
    ///   other methods that take prices
    public double update(double price) {
        return state.update(price);
    }

    /// {@return what [#update(double)] would return}
    ///
    /// The price is not taken: it may be that of a bar which is still forming.
    ///
    /// @param price a price, or a missing value
    public double peek(double price) {
        return state.peek(price);
    }

    /// Takes all prices of an array.
    ///
    /// @param history the next prices, oldest first
    /// @return the output of the last one, or NaN if there is none
    /// @throws TrendFlexLibraryException as [#updateInto(MemorySegment, MemorySegment)]
    public double updateAll(double[] history) {
        requireNonNull(history, "history");
        return state instanceof JavaStream own
                ? own.updateAll(history)
                : updateAll(MemorySegment.ofArray(history));
    }

    /// Takes all prices of a segment.
    ///
    /// @param history the next prices, oldest first
    /// @return the output of the last one, or NaN if there is none
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], or [OVERLAP][Refusal#OVERLAP]
    ///   with the state; no price is taken then
    /// @throws TrendFlexLibraryException as [#updateInto(MemorySegment, MemorySegment)]
    public double updateAll(MemorySegment history) {
        Checks.input("history", requireNonNull(history, "history"));
        Checks.disjoint("history", history, "state", state.memory());
        if (history.byteSize() == 0) {
            return Double.NaN;
        }
        return state.updateAll(history);
    }

    /// Takes all prices of an array and writes their outputs to another one of the same length.
    ///
    /// @param prices the next prices, oldest first
    /// @param out as long as `prices`
    /// @throws TrendFlexException as [#updateInto(MemorySegment, MemorySegment)]
    public void updateInto(double[] prices, double[] out) {
        requireNonNull(prices, "prices");
        requireNonNull(out, "out");
        if (state instanceof JavaStream own) {
            Checks.inputAndOutput(prices, out);
            own.updateInto(prices, out);
        } else {
            updateInto(MemorySegment.ofArray(prices), MemorySegment.ofArray(out));
        }
    }

    /// Takes all prices of a buffer, from its position to its limit, and writes their outputs to
    /// another one. The positions stay unchanged.
    ///
    /// @param prices as for [TrendFlex#computeInto(DoubleBuffer, DoubleBuffer)]
    /// @param out as for [TrendFlex#computeInto(DoubleBuffer, DoubleBuffer)]
    /// @throws TrendFlexException [BYTE_ORDER][Refusal#BYTE_ORDER], or as
    ///   [#updateInto(MemorySegment, MemorySegment)]
    public void updateInto(DoubleBuffer prices, DoubleBuffer out) {
        updateInto(Checks.buffer("prices", prices), Checks.buffer("out", out));
    }

    /// Takes all prices of a segment and writes their outputs to another one of the same size.
    ///
    /// @param prices the next prices, oldest first
    /// @param out of the size of `prices`
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY],
    ///   [OVERLAP][Refusal#OVERLAP] or [OUTPUT_LENGTH][Refusal#OUTPUT_LENGTH]; no price is taken
    ///   then
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()], if there are so many
    ///   prices that the engine is asked for; no price is taken then
    public void updateInto(MemorySegment prices, MemorySegment out) {
        Checks.inputAndOutput(requireNonNull(prices, "prices"), requireNonNull(out, "out"));
        Checks.disjoint("prices", prices, "state", state.memory());
        Checks.disjoint("state", state.memory(), "out", out);
        Checks.outputSize(out, prices.byteSize());
        state.updateInto(prices, out);
    }

    /// {@return whether the output of the next price is a number}
    ///
    /// It is so after `period` prices, unless a missing one has ended the stream under
    /// [NanPolicy#PROPAGATE].
    public boolean isReady() {
        return !Double.isNaN(peek(0));
    }

    /// {@return the number of bars that the trend is measured over}
    public int period() {
        return state.period();
    }

    /// {@return the definition that the outputs follow}
    public Definition definition() {
        return state.definition();
    }

    /// {@return what missing values do}
    public NanPolicy nanPolicy() {
        return state.nanPolicy();
    }

    /// {@return the number of prices taken, missing values not counted}
    public long count() {
        return state.count();
    }

    /// Forgets all prices.
    public void reset() {
        state.reset();
    }

    /// {@return a stream that goes on from here, with a state of its own}
    ///
    /// @throws TrendFlexException [OUT_OF_MEMORY][Refusal#OUT_OF_MEMORY] if there is no memory for
    ///   it
    public TrendFlexStream copy() {
        return copyOf(state);
    }

    /// {@return a snapshot, from which [#restore(byte\[\])] makes a stream that goes on with the
    /// same bits}
    ///
    /// It may be kept, and restored in another process, on another machine, and by a later release.
    /// It takes 88 bytes and 8 for each bar of the period; the last 8 are a checksum.
    ///
    /// @throws TrendFlexException [CORRUPT_STATE][Refusal#CORRUPT_STATE] if other code has written
    ///   to the state, [OUT_OF_MEMORY][Refusal#OUT_OF_MEMORY] if there is no memory for it, or it
    ///   is too large for an array
    public byte[] snapshot() {
        return state.snapshot();
    }

    /// {@return a stream, with a state of its own, that goes on from a snapshot}
    ///
    /// @param snapshot what [#snapshot()] gave, here or elsewhere
    /// @throws TrendFlexException [CORRUPT_STATE][Refusal#CORRUPT_STATE] if the bytes are not a
    ///   whole and sound snapshot of a stream that this release knows,
    ///   [OUT_OF_MEMORY][Refusal#OUT_OF_MEMORY] if there is no memory for the stream
    public static TrendFlexStream restore(byte[] snapshot) {
        return new TrendFlexStream(
                new JavaStream(Snapshots.stream(requireNonNull(snapshot, "snapshot"))));
    }

    /// Shows the period, the options and the number of prices taken, or why that number cannot be
    /// read. Never fails.
    @Override
    public String toString() {
        String count;
        try {
            count = Long.toString(count());
        } catch (RuntimeException e) {
            count = "unknown (" + e.getMessage() + ")";
        }
        return "TrendFlexStream[period=%s, definition=%s, nanPolicy=%s, count=%s]"
                .formatted(period(), definition(), nanPolicy(), count);
    }
}
