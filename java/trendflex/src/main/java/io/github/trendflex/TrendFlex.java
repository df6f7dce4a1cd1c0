package io.github.trendflex;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Gatherer;
import org.jspecify.annotations.Nullable;

/// Computes TrendFlex of a whole series of prices for one period. A missing value makes all later
/// outputs NaN by default ([NanPolicy#PROPAGATE]).
///
/// {@snippet :
/// double[] trend = TrendFlex.of(20).compute(closes);
/// }
///
/// A [TrendFlexStream] and a [TrendFlexStreamBank] skip missing values by default. With the same
/// policy all give the same bits. [#stream()], [#bank(long)] and [#batch(PeriodRange)] have the
/// policy of the calculator:
///
/// {@snippet :
/// TrendFlex calculator = TrendFlex.of(20).withNanPolicy(NanPolicy.SKIP);
/// double[] backtest = calculator.compute(history);
/// TrendFlexStream live = calculator.stream();
/// live.updateAll(history);
/// double next = live.update(price);
/// }
///
/// ### Shape
///
/// There is one output for each price, at the same index: a number between -5 and 5 without a unit,
/// above 0 while prices rise. The outputs of the first [#lookback()] prices are NaN, and so are
/// those of missing values before the first price; [NanPolicy] says what a missing value does
/// later. An output depends only on the prices up to its own: when prices are added to a series,
/// its earlier outputs keep their bits. All ways to compute give the same bits.
///
/// ### Memory
///
/// A segment holds doubles in the byte order of the machine, at addresses that are multiples of 8:
/// native memory, a mapped file, or a heap array of `double` or `long`. It is read and written in
/// place. The output must not share memory with the prices: computing in place is refused. A
/// segment has no byte order; a `DoubleBuffer` has one, and is refused if it is the other.
///
/// A garbage collection has to wait while the native code works on a heap array. Long arrays are
/// computed in pieces of half a millisecond or so, so that it seldom waits longer than a
/// millisecond. It never waits for a call in which all segments are outside the heap.
///
/// No other code may write to the prices or the output during a call. A mapped file must not be
/// truncated during a call: the operating system answers that with a signal that ends the JVM.
///
/// ### Errors
///
/// A call that fails writes nothing. A [TrendFlexException] names the [reason][Refusal]. If the
/// arena of a segment is closed, or confined to another thread, the call fails with the exception
/// of [MemorySegment]. A [TrendFlexLibraryException] says that the native library cannot be loaded,
/// where Java does not stand in for it ([TrendFlexLibrary]), or has a defect. The output may have
/// been written to only after a defect, or if another thread closes the arena while values are
/// computed in pieces.
///
/// ### Threads
///
/// Calculators are immutable values and safe for use by any number of threads. One series is
/// computed on the thread of the call; many are computed on several cores, by threads of one pool
/// that all calls of the process share. The engine in Java computes all on the thread of the call.
public final class TrendFlex {
    private final int period;
    private final int threads;
    private final Options options;

    private TrendFlex(int period, int threads, Options options) {
        this.period = period;
        this.threads = threads;
        this.options = options;
    }

    /// {@return a calculator with [Definition#VECTOR_TA], [NanPolicy#PROPAGATE] and [Kernel#AUTO]
    /// that uses all cores}
    ///
    /// @param period the number of bars that the trend is measured over, at least 1; 20 is usual
    /// @throws TrendFlexException [INVALID_PERIOD][Refusal#INVALID_PERIOD]
    public static TrendFlex of(int period) {
        return new TrendFlex(Checks.period(period), 0, Options.DEFAULT);
    }

    /// {@return this calculator with another definition}
    ///
    /// @param definition how the period of the smoother follows from that of the indicator
    public TrendFlex withDefinition(Definition definition) {
        return new TrendFlex(period, threads, options.with(definition));
    }

    /// {@return this calculator with another treatment of missing values}
    ///
    /// @param nanPolicy what a missing value does at or after the first price
    public TrendFlex withNanPolicy(NanPolicy nanPolicy) {
        return new TrendFlex(period, threads, options.with(nanPolicy));
    }

    /// {@return this calculator with another kernel, which gives the same results}
    ///
    /// @param kernel the code that computes
    public TrendFlex withKernel(Kernel kernel) {
        return new TrendFlex(period, threads, options.with(kernel));
    }

    /// {@return this calculator with a limit on the number of series that are computed at once}
    ///
    /// It limits calls over many series; one series is computed by the calling thread.
    ///
    /// @param threads 0, the default, for as many as [Runtime#availableProcessors()] says, 1 for
    ///   the calling thread alone
    /// @throws TrendFlexException [INVALID_THREADS][Refusal#INVALID_THREADS] if it is below 0
    public TrendFlex withThreads(int threads) {
        return new TrendFlex(period, Checks.threads(threads), options);
    }

    /// {@return the number of bars that the trend is measured over}
    public int period() {
        return period;
    }

    /// {@return the definition that the outputs follow}
    public Definition definition() {
        return options.definition();
    }

    /// {@return what missing values do}
    public NanPolicy nanPolicy() {
        return options.nanPolicy();
    }

    /// {@return the code that computes}
    public Kernel kernel() {
        return options.kernel();
    }

    /// {@return the most series that are computed at once, 0 for as many as there are cores}
    public int threads() {
        return threads;
    }

    /// {@return a stream of the period, definition and NaN policy of this calculator}
    ///
    /// Its outputs are those of [#compute(double\[\])], bit for bit. A stream computes with
    /// [Kernel#AUTO], whatever the kernel of the calculator.
    ///
    /// @throws TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM]
    public TrendFlexStream stream() {
        return TrendFlexStream.begin(period, definition(), nanPolicy());
    }

    /// {@return the same stream as [#stream()], with its state in the caller's memory}
    ///
    /// @param state as for [TrendFlexStream#createIn(MemorySegment, int)]
    /// @throws TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM],
    ///   [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY] or
    ///   [STATE_SIZE][Refusal#STATE_SIZE]
    /// @throws IllegalStateException if the arena of the segment is closed
    /// @throws WrongThreadException if the arena of the segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexStream#createIn]
    public TrendFlexStream streamIn(MemorySegment state) {
        return TrendFlexStream.beginIn(state, period, definition(), nanPolicy());
    }

    /// {@return a bank of streams like [#stream()], one for each symbol}
    ///
    /// @param symbols how many symbols there are, at least 1
    /// @throws TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM],
    ///   [INVALID_SHAPE][Refusal#INVALID_SHAPE] if `symbols` is below 1,
    ///   [SIZE_OVERFLOW][Refusal#SIZE_OVERFLOW] if no memory can hold the state
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public TrendFlexStreamBank bank(long symbols) {
        return TrendFlexStreamBank.begin(new BankInfo(period, definition(), nanPolicy(), symbols));
    }

    /// {@return a batch of these periods with the options of this calculator}
    ///
    /// @param periods the periods, which replace [#period()]
    public TrendFlexBatch batch(PeriodRange periods) {
        return TrendFlexBatch.of(periods).with(threads, options);
    }

    /// {@return a batch of these periods with the options of this calculator}
    ///
    /// @param periods the periods in any order, which replace [#period()]: a row for each
    /// @throws TrendFlexException [EMPTY_INPUT][Refusal#EMPTY_INPUT] if there are none,
    ///   [INVALID_PERIOD][Refusal#INVALID_PERIOD] if one is below 1
    public TrendFlexBatch batch(int... periods) {
        return TrendFlexBatch.of(periods).with(threads, options);
    }

    /// {@return the number of outputs that are NaN from the first price on, which is the period}
    public int lookback() {
        return period;
    }

    /// Returns how many outputs after the [#lookback()] still depend on where the series begins.
    ///
    /// A later output is within the tolerance of the output that a series with an earlier beginning
    /// gives for the same price, on at least 95 of 100 random walks; in the end both are exactly
    /// equal. The first outputs differ a lot: the very first is always 5, -5 or 0. To use the
    /// outputs from bar `n` on, begin the prices at bar `n - lookback() -
    /// unstablePeriod(tolerance)` or earlier.
    ///
    /// For periods up to 50 that is 170 outputs for a tolerance of 0.01, 226 for 0.001, 395 for
    /// 0.000001. It is the smallest number of outputs over which the memory of the filter and that
    /// of the mean square together fade to a tenth of the tolerance.
    ///
    /// @param tolerance the greatest difference between outputs that does not matter, above 0
    /// @return a number of outputs; [Integer#MAX_VALUE] means that many or more
    /// @throws TrendFlexException [INVALID_TOLERANCE][Refusal#INVALID_TOLERANCE]
    public int unstablePeriod(double tolerance) {
        return UnstablePeriod.outputs(period, definition(), Checks.tolerance(tolerance));
    }

    /// Computes into a new array.
    ///
    /// @param prices the prices, oldest first
    /// @return an output for each price
    /// @throws TrendFlexException [EMPTY_INPUT][Refusal#EMPTY_INPUT],
    ///   [PERIOD_TOO_LONG][Refusal#PERIOD_TOO_LONG], [NO_PRICES][Refusal#NO_PRICES],
    ///   [MISSING_PRICE][Refusal#MISSING_PRICE], [TOO_FEW_PRICES][Refusal#TOO_FEW_PRICES],
    ///   [KERNEL_UNAVAILABLE][Refusal#KERNEL_UNAVAILABLE]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public double[] compute(double[] prices) {
        double[] out = new double[requireNonNull(prices, "prices").length];
        computeInto(prices, out);
        return out;
    }

    /// Computes into an array.
    ///
    /// @param prices the prices, oldest first
    /// @param out as long as `prices`
    /// @throws TrendFlexException as [#computeInto(MemorySegment, MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(double[] prices, double[] out) {
        Checks.inputAndOutput(requireNonNull(prices, "prices"), requireNonNull(out, "out"));
        Engine.current().series(prices, out, period, options);
    }

    /// Computes into a new segment.
    ///
    /// @param prices the prices, oldest first
    /// @param allocator what makes the segment, for example an arena
    /// @return an output for each price
    /// @throws TrendFlexException as [#computeInto(MemorySegment, MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public MemorySegment compute(MemorySegment prices, SegmentAllocator allocator) {
        Checks.input("prices", requireNonNull(prices, "prices"));
        MemorySegment out =
                requireNonNull(allocator, "allocator").allocate(prices.byteSize(), Double.BYTES);
        computeInto(prices, out);
        return out;
    }

    /// Computes into a segment.
    ///
    /// @param prices the prices, oldest first
    /// @param out of the size of `prices`
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY],
    ///   [OVERLAP][Refusal#OVERLAP], [OUTPUT_LENGTH][Refusal#OUTPUT_LENGTH], or as
    ///   [#compute(double\[\])]
    /// @throws IllegalStateException if the arena of a segment is closed
    /// @throws WrongThreadException if the arena of a segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(MemorySegment prices, MemorySegment out) {
        Checks.inputAndOutput(requireNonNull(prices, "prices"), requireNonNull(out, "out"));
        Checks.outputSize(out, prices.byteSize());
        Engine.current().series(prices, out, period, options);
    }

    /// Computes from one buffer into another, each from its position to its limit, and leaves the
    /// positions unchanged.
    ///
    /// @param prices the prices, oldest first: a direct buffer, or one over a `double[]`, in the
    ///   byte order of the machine
    /// @param out another such buffer, with as many places as there are prices
    /// @throws TrendFlexException [BYTE_ORDER][Refusal#BYTE_ORDER], or as
    ///   [#computeInto(MemorySegment, MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(DoubleBuffer prices, DoubleBuffer out) {
        computeInto(Checks.buffer("prices", prices), Checks.buffer("out", out));
    }

    /// Computes many series, of any lengths, into new arrays.
    ///
    /// @param series the prices of each series, oldest first
    /// @return an array for each series, with an output for each price
    /// @throws TrendFlexException as [#computePanelInto(MemorySegment,MemorySegment,MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public double[][] computeMany(double[][] series) {
        double[][] out = new double[requireNonNull(series, "series").length][];
        Arrays.setAll(out, i -> new double[Checks.element("series", series, i).length]);
        computeManyInto(series, out);
        return out;
    }

    /// Computes many series, of any lengths, into arrays.
    ///
    /// A series with too few prices gets NaN; that is no error. All series are copied once, and
    /// computed on several cores unless [#withThreads(int)] limits them.
    ///
    /// @param series the prices of each series, oldest first
    /// @param out an array of its own for each series, as long as that of its prices
    /// @throws TrendFlexException as [#computePanelInto(MemorySegment,MemorySegment,MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeManyInto(double[][] series, double[][] out) {
        Checks.inputsAndOutputs(requireNonNull(series, "series"), requireNonNull(out, "out"));
        ManySeries.arrays(series, out, period, threads, options);
    }

    /// Computes many series of one length from one array into another.
    ///
    /// @param prices the prices of all series, as `layout` says
    /// @param seriesCount how many series there are, at least 1
    /// @param layout how the series lie in `prices`, and their outputs in `out`
    /// @param out as long as `prices`
    /// @throws TrendFlexException as
    ///   [#computeManyInto(MemorySegment,long,SeriesLayout,MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeManyInto(
            double[] prices, long seriesCount, SeriesLayout layout, double[] out) {
        computeManyInto(
                MemorySegment.ofArray(requireNonNull(prices, "prices")),
                seriesCount,
                layout,
                MemorySegment.ofArray(requireNonNull(out, "out")));
    }

    /// Computes many series of one length into a segment.
    ///
    /// A series with too few prices gets NaN; that is no error. Segments outside the heap are used
    /// in place; those on the heap are copied once. Series are computed on several cores, unless
    /// [#withThreads(int)] limits them.
    ///
    /// @param prices the prices of all series, as `layout` says
    /// @param seriesCount how many series there are, at least 1
    /// @param layout how the series lie in `prices`, and their outputs in `out`
    /// @param out of the size of `prices`
    /// @throws TrendFlexException as [#computeInto(MemorySegment, MemorySegment)], but also
    ///   [INVALID_SHAPE][Refusal#INVALID_SHAPE] if the values cannot be cut into `seriesCount`
    ///   series of one length, and never [NO_PRICES][Refusal#NO_PRICES] or
    ///   [TOO_FEW_PRICES][Refusal#TOO_FEW_PRICES]
    /// @throws IllegalStateException if the arena of a segment is closed
    /// @throws WrongThreadException if the arena of a segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeManyInto(
            MemorySegment prices, long seriesCount, SeriesLayout layout, MemorySegment out) {
        Checks.inputAndOutput(requireNonNull(prices, "prices"), requireNonNull(out, "out"));
        requireNonNull(layout, "layout");
        Checks.outputSize(out, prices.byteSize());
        Checks.series(prices.byteSize() / Double.BYTES, seriesCount);
        ManySeries.ofOneLength(prices, seriesCount, layout, out, period, threads, options);
    }

    /// Computes a panel, series of any lengths end to end, into a segment.
    ///
    /// Series `s` has the prices from index `offsets[s]` to just before `offsets[s + 1]`; it may
    /// have none. Arrow's list arrays with 64-bit offsets lie in memory like this. Everything else
    /// is as for many series of one length.
    ///
    /// @param prices the prices of all series
    /// @param offsets `long`s, one more than there are series: they go from 0 to the number of
    ///   prices, and none is below the one before
    /// @param out of the size of `prices`
    /// @throws TrendFlexException as [#computeManyInto(MemorySegment, long, SeriesLayout,
    ///   MemorySegment)], but [INVALID_SHAPE][Refusal#INVALID_SHAPE] if an offset is out of place,
    ///   and never [PERIOD_TOO_LONG][Refusal#PERIOD_TOO_LONG]
    /// @throws IllegalStateException if the arena of a segment is closed
    /// @throws WrongThreadException if the arena of a segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computePanelInto(MemorySegment prices, MemorySegment offsets, MemorySegment out) {
        Checks.inputAndOutput(requireNonNull(prices, "prices"), requireNonNull(out, "out"));
        Checks.input("offsets", requireNonNull(offsets, "offsets"));
        Checks.disjoint("offsets", offsets, "out", out);
        Checks.outputSize(out, prices.byteSize());
        ManySeries.panel(prices, offsets, out, period, threads, options);
    }

    /// Computes a panel, series of any lengths end to end, from one array into another.
    ///
    /// @param prices the prices of all series
    /// @param offsets one more than there are series: they go from 0 to the number of prices, and
    ///   none is below the one before
    /// @param out as long as `prices`
    /// @throws TrendFlexException as [#computePanelInto(MemorySegment,MemorySegment,MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computePanelInto(double[] prices, long[] offsets, double[] out) {
        computePanelInto(
                MemorySegment.ofArray(requireNonNull(prices, "prices")),
                MemorySegment.ofArray(requireNonNull(offsets, "offsets")),
                MemorySegment.ofArray(requireNonNull(out, "out")));
    }

    /// Computes a panel with 32-bit offsets, from one array into another.
    ///
    /// @param prices the prices of all series
    /// @param offsets one more than there are series: they go from 0 to the number of prices, and
    ///   none is below the one before
    /// @param out as long as `prices`
    /// @throws TrendFlexException as [#computePanelInto(MemorySegment,MemorySegment,MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computePanelInto(double[] prices, int[] offsets, double[] out) {
        long[] wide = Arrays.stream(requireNonNull(offsets, "offsets")).asLongStream().toArray();
        computePanelInto(prices, wide, out);
    }

    /// {@return a gatherer from boxed prices to their outputs, one for each and in order}
    ///
    /// {@snippet :
    /// List<Double> prices = List.of(100.0, 101.5, 103.0, 102.0);
    /// List<Double> trend = prices.stream().gather(TrendFlex.of(2).gatherer()).toList();
    /// }
    ///
    /// Each evaluation begins with a new [#stream()] and gives the bits of [#compute(double\[\])];
    /// too few prices are no error here. For many prices an array is much faster.
    ///
    /// @throws TrendFlexException [REJECT_IN_STREAM][Refusal#REJECT_IN_STREAM]
    public Gatherer<Double, ?, Double> gatherer() {
        Checks.streamPolicy(nanPolicy());
        return Gatherer.<Double, TrendFlexStream, Double>ofSequential(
                this::stream,
                Gatherer.Integrator.ofGreedy((live, price, out) -> out.push(live.update(price))));
    }

    /// Compares the period and the options: equal calculators compute the same in the same way.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrendFlex that
                && period == that.period
                && threads == that.threads
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(period, threads, options);
    }

    /// Shows the period and the options.
    @Override
    public String toString() {
        return "TrendFlex[period=%s, threads=%s, %s]".formatted(period, threads, options);
    }
}
