package io.github.trendflex;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;

/// Computes TrendFlex for many symbols: each has a stream of one period, and all take a price in
/// one call. A missing price skips its symbol by default ([NanPolicy#SKIP]).
///
/// {@snippet :
/// double[] trends = new double[closes.length];
/// TrendFlexStreamBank bank = TrendFlexStreamBank.of(20, closes.length);
/// bank.updateInto(closes, trends); // the last price of each symbol
/// }
///
/// Each symbol's outputs have the bits of a [TrendFlexStream] of its own. With the same policy they
/// are those of [TrendFlex], which propagates missing values by default. [TrendFlex#bank(long)]
/// makes a bank with the options of a calculator.
///
/// ### Speed
///
/// Neighbouring symbols are computed at once, fastest while they have taken the same number of
/// prices. After a missing price its group of eight takes up to about twice as long. So begin all
/// symbols together, and keep those whose prices are often missing apart from the others.
///
/// ### Memory
///
/// The state takes about eight bytes for each bar of the period and each symbol. It lies outside
/// the heap, or on the heap if [TrendFlexLibrary#engine()] is the one in Java, and lives as long as
/// the bank is reachable; there is nothing to close. Prices and outputs are as [TrendFlex] says.
///
/// ### Threads
///
/// A bank is for one thread at a time. Two threads at once get wrong numbers, or leave a state that
/// methods other than [#reset()] may refuse with [CORRUPT_STATE][Refusal#CORRUPT_STATE]; nothing
/// else is harmed.
public final class TrendFlexStreamBank {
    private final BankState state;

    private TrendFlexStreamBank(BankState state) {
        this.state = state;
    }

    /// {@return a bank with [Definition#VECTOR_TA] and [NanPolicy#SKIP], whose symbols have taken
    /// no price yet}
    ///
    /// @param period the number of bars that the trend is measured over, at least 1
    /// @param symbols how many symbols there are, at least 1
    /// @throws TrendFlexException [INVALID_PERIOD][Refusal#INVALID_PERIOD] if `period` is below 1,
    ///   [INVALID_SHAPE][Refusal#INVALID_SHAPE] if `symbols` is below 1,
    ///   [SIZE_OVERFLOW][Refusal#SIZE_OVERFLOW] if no memory can hold the state
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public static TrendFlexStreamBank of(int period, long symbols) {
        return begin(new BankInfo(period, Definition.VECTOR_TA, NanPolicy.SKIP, symbols));
    }

    static TrendFlexStreamBank begin(BankInfo info) {
        Checks.streamPolicy(info.nanPolicy());
        Checks.period(info.period());
        Checks.symbols(info.symbols());
        return new TrendFlexStreamBank(Engine.current().bank(info));
    }

    /// {@return a new bank like this one with another definition, before the first price}
    ///
    /// @param definition how the period of the smoother follows from that of the indicator
    /// @throws IllegalStateException if a symbol has taken a price
    public TrendFlexStreamBank withDefinition(Definition definition) {
        requireNonNull(definition, "definition");
        requireNoPrice();
        return begin(new BankInfo(period(), definition, nanPolicy(), symbols()));
    }

    /// {@return a new bank like this one with another treatment of missing values, before the first
    /// price}
    ///
    /// @param nanPolicy [NanPolicy#SKIP] or [NanPolicy#PROPAGATE]
    /// @throws TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM]
    /// @throws IllegalStateException if a symbol has taken a price
    public TrendFlexStreamBank withNanPolicy(NanPolicy nanPolicy) {
        Checks.streamPolicy(requireNonNull(nanPolicy, "nanPolicy"));
        requireNoPrice();
        return begin(new BankInfo(period(), definition(), nanPolicy, symbols()));
    }

    private void requireNoPrice() {
        if (!state.isNew()) {
            throw new IllegalStateException(
                    "the bank has taken prices: its options can change before the first one only");
        }
    }

    /// {@return the number of bars that the trend is measured over}
    public int period() {
        return state.info().period();
    }

    /// {@return the definition that the outputs follow}
    public Definition definition() {
        return state.info().definition();
    }

    /// {@return what missing values do to their symbols}
    public NanPolicy nanPolicy() {
        return state.info().nanPolicy();
    }

    /// {@return how many symbols there are}
    public long symbols() {
        return state.info().symbols();
    }

    /// {@return a stream that goes on from where a symbol is now}
    ///
    /// It has a state of its own, and the bank stays as it is.
    ///
    /// @param symbol its index, from 0 to `symbols() - 1`
    /// @throws TrendFlexException [INVALID_SHAPE][Refusal#INVALID_SHAPE] if there is no such
    ///   symbol, [OUT_OF_MEMORY][Refusal#OUT_OF_MEMORY] if there is no memory for the stream
    public TrendFlexStream stream(long symbol) {
        return TrendFlexStream.copyOf(symbol(symbol));
    }

    /// {@return the number of prices that a symbol has taken, missing values not counted}
    ///
    /// This method, [#isReady] and [#peek] look at a copy of the symbol's state if the engine is
    /// the native one, in a time that grows with the period.
    ///
    /// @param symbol its index, from 0 to `symbols() - 1`
    /// @throws TrendFlexException [INVALID_SHAPE][Refusal#INVALID_SHAPE] if there is no such symbol
    public long count(long symbol) {
        return symbol(symbol).count();
    }

    /// {@return whether the output of a symbol's next price is a number}
    ///
    /// @param symbol its index, from 0 to `symbols() - 1`
    /// @throws TrendFlexException [INVALID_SHAPE][Refusal#INVALID_SHAPE] if there is no such symbol
    public boolean isReady(long symbol) {
        return !Double.isNaN(peek(symbol, 0));
    }

    /// {@return the output that a price of a symbol would get}
    ///
    /// The price is not taken: it may be that of a bar which is still forming.
    ///
    /// @param symbol its index, from 0 to `symbols() - 1`
    /// @param price a price of that symbol
    /// @throws TrendFlexException [INVALID_SHAPE][Refusal#INVALID_SHAPE] if there is no such symbol
    public double peek(long symbol, double price) {
        return symbol(symbol).peek(price);
    }

    private StreamState symbol(long symbol) {
        Checks.symbol(symbol, symbols());
        return state.stream(symbol);
    }

    /// Writes the outputs that [#updateInto(double\[\], double\[\])] would write, and takes no
    /// price.
    ///
    /// @param prices a price for each symbol
    /// @param out as long as `prices`
    /// @throws TrendFlexException as [#updateInto(MemorySegment, MemorySegment)]
    public void peekInto(double[] prices, double[] out) {
        Checks.tick(requireNonNull(prices, "prices"), requireNonNull(out, "out"), symbols());
        state.peek(prices, out);
    }

    /// Writes the outputs that [#updateInto(MemorySegment, MemorySegment)] would write, and takes
    /// no price.
    ///
    /// All symbols are computed on a copy of the state, which takes as much memory again during the
    /// call.
    ///
    /// @param prices a price for each symbol
    /// @param out of the size of `prices`
    /// @throws TrendFlexException as [#updateInto(MemorySegment, MemorySegment)]
    public void peekInto(MemorySegment prices, MemorySegment out) {
        Checks.tick(requireNonNull(prices, "prices"), requireNonNull(out, "out"), symbols());
        state.peek(prices, out);
    }

    /// Takes a price for each symbol, from an array, and writes each one's output to another array.
    ///
    /// @param prices a price for each symbol
    /// @param out as long as `prices`
    /// @throws TrendFlexException as [#updateInto(MemorySegment, MemorySegment)]
    public void updateInto(double[] prices, double[] out) {
        Checks.tick(requireNonNull(prices, "prices"), requireNonNull(out, "out"), symbols());
        state.update(prices, out);
    }

    /// Takes a price for each symbol and writes each one's output.
    ///
    /// @param prices a price for each symbol; a missing one does to its symbol what it does in
    ///   [TrendFlexStream#update(double)]
    /// @param out of the size of `prices`; NaN during a symbol's warm-up and for a missing price
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY],
    ///   [OVERLAP][Refusal#OVERLAP], [INVALID_SHAPE][Refusal#INVALID_SHAPE] if there is not a price
    ///   for each symbol, or [OUTPUT_LENGTH][Refusal#OUTPUT_LENGTH]; no price is taken then
    public void updateInto(MemorySegment prices, MemorySegment out) {
        Checks.tick(requireNonNull(prices, "prices"), requireNonNull(out, "out"), symbols());
        state.update(prices, out);
    }

    /// Begins a symbol anew, as if it had taken no price yet.
    ///
    /// @param symbol its index
    /// @throws TrendFlexException [INVALID_SHAPE][Refusal#INVALID_SHAPE] if there is no such symbol
    public void reset(long symbol) {
        Checks.symbol(symbol, symbols());
        state.reset(symbol);
    }

    /// Begins all symbols anew.
    public void reset() {
        state.reset();
    }

    /// {@return a bank that goes on from here, with a state of its own}
    public TrendFlexStreamBank copy() {
        return new TrendFlexStreamBank(state.copy());
    }

    /// {@return a snapshot, from which [#restore(byte\[\])] makes a bank that goes on with the same
    /// bits}
    ///
    /// It may be kept, and restored in another process, on another machine, and by a later release.
    /// Its last 8 bytes are a checksum.
    ///
    /// @throws TrendFlexException [OUT_OF_MEMORY][Refusal#OUT_OF_MEMORY] if there is no memory for
    ///   it, or it is too large for an array
    public byte[] snapshot() {
        return state.snapshot();
    }

    /// {@return a bank that goes on from a snapshot}
    ///
    /// @param snapshot what [#snapshot()] gave, here or elsewhere
    /// @throws TrendFlexException [CORRUPT_STATE][Refusal#CORRUPT_STATE] if the bytes are not a
    ///   whole and sound snapshot of a bank that this release knows
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public static TrendFlexStreamBank restore(byte[] snapshot) {
        return new TrendFlexStreamBank(
                Engine.current().restoreBank(requireNonNull(snapshot, "snapshot")));
    }

    /// Shows the period, the options and the number of symbols.
    @Override
    public String toString() {
        return "TrendFlexStreamBank[period=%s, definition=%s, nanPolicy=%s, symbols=%s]"
                .formatted(period(), definition(), nanPolicy(), symbols());
    }
}
