package io.github.trendflex;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/// Computes TrendFlex of one series of prices for many periods: a row of outputs for each period. A
/// missing value makes all later outputs NaN by default ([NanPolicy#PROPAGATE]).
///
/// {@snippet :
/// BatchResult result = TrendFlexBatch.of(PeriodRange.closed(20, 80)).compute(closes);
/// MemorySegment fifty = result.rowForPeriod(50);
/// }
///
/// Each row has the bits that [TrendFlex] computes for its period with the same options;
/// [TrendFlex#batch(PeriodRange)] makes a batch with the options of a calculator. What [TrendFlex]
/// says about prices, memory and errors holds here too, with these differences:
///
/// - The largest period decides whether there are enough prices.
/// - A batch may run for long, and no garbage collection should have to wait for it. So prices on
///   the heap are copied once to memory outside it, and results for the heap are computed outside
///   it in blocks of rows. Segments outside the heap are used in place.
///
/// ### Threads
///
/// Calculators are immutable values and safe for use by any number of threads. Rows are computed on
/// several cores, by threads of one pool that all calls of the process share; [#withThreads(int)]
/// limits their number.
public final class TrendFlexBatch {
    private final Periods periods;
    private final int threads;
    private final Options options;

    private TrendFlexBatch(Periods periods, int threads, Options options) {
        this.periods = periods;
        this.threads = threads;
        this.options = options;
    }

    /// {@return a calculator with [Definition#VECTOR_TA], [NanPolicy#PROPAGATE] and [Kernel#AUTO]
    /// that uses all cores}
    ///
    /// @param periods the periods, one for each row
    public static TrendFlexBatch of(PeriodRange periods) {
        Periods range = new Periods.Range(requireNonNull(periods, "periods"));
        return new TrendFlexBatch(range, 0, Options.DEFAULT);
    }

    /// {@return such a calculator for any periods, in any order: a row for each, repeated ones too}
    ///
    /// @param periods at least one, each at least 1
    /// @throws TrendFlexException [EMPTY_INPUT][Refusal#EMPTY_INPUT] if there are none,
    ///   [INVALID_PERIOD][Refusal#INVALID_PERIOD] if one is below 1
    public static TrendFlexBatch of(int... periods) {
        Checks.periods(requireNonNull(periods, "periods"));
        Periods list = new Periods.Listed(Arrays.stream(periods).boxed().toList());
        return new TrendFlexBatch(list, 0, Options.DEFAULT);
    }

    /// {@return this calculator with a limit on the number of rows that are computed at once}
    ///
    /// @param threads 0, the default, for as many as [Runtime#availableProcessors()] says, 1 for
    ///   the calling thread alone
    /// @throws TrendFlexException [INVALID_THREADS][Refusal#INVALID_THREADS] if `threads` is below
    ///   0
    public TrendFlexBatch withThreads(int threads) {
        return new TrendFlexBatch(periods, Checks.threads(threads), options);
    }

    /// {@return this calculator with another definition}
    ///
    /// @param definition how the period of the smoother follows from that of the indicator
    public TrendFlexBatch withDefinition(Definition definition) {
        return new TrendFlexBatch(periods, threads, options.with(definition));
    }

    /// {@return this calculator with another treatment of missing values}
    ///
    /// @param nanPolicy what a missing value does at or after the first price
    public TrendFlexBatch withNanPolicy(NanPolicy nanPolicy) {
        return new TrendFlexBatch(periods, threads, options.with(nanPolicy));
    }

    /// {@return this calculator with another kernel, which gives the same results}
    ///
    /// @param kernel the code that computes
    public TrendFlexBatch withKernel(Kernel kernel) {
        return new TrendFlexBatch(periods, threads, options.with(kernel));
    }

    TrendFlexBatch with(int threads, Options options) {
        return new TrendFlexBatch(periods, threads, options);
    }

    /// {@return the number of rows, one for each period}
    public long rows() {
        return periods.rows();
    }

    /// {@return the period of each row, in a new array}
    ///
    /// @throws ArithmeticException if there are too many for an array
    public int[] periods() {
        return periods.toArray();
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

    /// {@return the most rows that are computed at once, 0 for as many as there are cores}
    public int threads() {
        return threads;
    }

    /// Computes into new memory outside the heap, which lives as long as the result is reachable.
    ///
    /// @param prices the prices, oldest first
    /// @return a row for each period
    /// @throws TrendFlexException as [#compute(MemorySegment, SegmentAllocator)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public BatchResult compute(double[] prices) {
        return compute(MemorySegment.ofArray(requireNonNull(prices, "prices")), Arena.ofAuto());
    }

    /// Computes into a new segment.
    ///
    /// @param prices the prices, oldest first
    /// @param allocator what makes the segment, for example an arena
    /// @return a row for each period
    /// @throws TrendFlexException [SIZE_OVERFLOW][Refusal#SIZE_OVERFLOW], or as
    ///   [#computeInto(MemorySegment, MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public BatchResult compute(MemorySegment prices, SegmentAllocator allocator) {
        Checks.input("prices", requireNonNull(prices, "prices"));
        requireNonNull(allocator, "allocator");
        long bytes = resultBytes(prices);
        // Fail before a large result is allocated in vain.
        call(prices).requireData();
        MemorySegment out = allocator.allocate(bytes, Double.BYTES);
        computeInto(prices, out);
        return new BatchResult(periods, prices.byteSize() / Double.BYTES, out);
    }

    /// Computes into an array.
    ///
    /// @param prices the prices, oldest first
    /// @param out [#rows()] times as long as `prices`: a row for each period, in the order of the
    ///   periods, with an output for each price
    /// @throws TrendFlexException as [#computeInto(MemorySegment, MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(double[] prices, double[] out) {
        computeInto(
                MemorySegment.ofArray(requireNonNull(prices, "prices")),
                MemorySegment.ofArray(requireNonNull(out, "out")));
    }

    /// Computes into a segment.
    ///
    /// @param prices the prices, oldest first
    /// @param out [#rows()] times the size of `prices`: a row for each period, in the order of the
    ///   periods, with an output for each price
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], [READ_ONLY][Refusal#READ_ONLY],
    ///   [OVERLAP][Refusal#OVERLAP], [SIZE_OVERFLOW][Refusal#SIZE_OVERFLOW],
    ///   [OUTPUT_LENGTH][Refusal#OUTPUT_LENGTH]; then, for the largest period,
    ///   [EMPTY_INPUT][Refusal#EMPTY_INPUT], [PERIOD_TOO_LONG][Refusal#PERIOD_TOO_LONG],
    ///   [NO_PRICES][Refusal#NO_PRICES], [MISSING_PRICE][Refusal#MISSING_PRICE],
    ///   [TOO_FEW_PRICES][Refusal#TOO_FEW_PRICES], [KERNEL_UNAVAILABLE][Refusal#KERNEL_UNAVAILABLE]
    /// @throws IllegalStateException if the arena of a segment is closed
    /// @throws WrongThreadException if the arena of a segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(MemorySegment prices, MemorySegment out) {
        checkInto(prices, out);
        call(prices).into(out);
    }

    /// Computes into an array, reports its progress, and ends early if told to.
    ///
    /// @param prices the prices, oldest first
    /// @param out as [#computeInto(double\[\], double\[\])] says
    /// @param progress as for [#computeInto(MemorySegment, MemorySegment, BatchProgress)]
    /// @throws CancellationException if `progress` has ended the batch; the output then holds only
    ///   the first rows
    /// @throws TrendFlexException as [#computeInto(MemorySegment, MemorySegment)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(double[] prices, double[] out, BatchProgress progress) {
        computeInto(
                MemorySegment.ofArray(requireNonNull(prices, "prices")),
                MemorySegment.ofArray(requireNonNull(out, "out")),
                progress);
    }

    /// Computes into a segment, reports its progress, and ends early if told to.
    ///
    /// {@snippet :
    /// try (Arena arena = Arena.ofShared()) {
    ///     TrendFlexBatch batch = TrendFlexBatch.of(PeriodRange.DEFAULT);
    ///     MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, closes);
    ///     MemorySegment out =
    ///             arena.allocate(ValueLayout.JAVA_DOUBLE, batch.rows() * closes.length);
    ///     batch.computeInto(prices, out, (_, _) -> !Thread.currentThread().isInterrupted());
    /// }
    /// }
    ///
    /// @param prices the prices, oldest first
    /// @param out as [#computeInto(MemorySegment, MemorySegment)] says
    /// @param progress gets the number of rows that are computed; the batch ends if it returns
    ///   false before all are
    /// @throws CancellationException if `progress` has ended the batch; the output then holds only
    ///   the first rows
    /// @throws TrendFlexException as [#computeInto(MemorySegment, MemorySegment)]
    /// @throws IllegalStateException if the arena of a segment is closed
    /// @throws WrongThreadException if the arena of a segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void computeInto(MemorySegment prices, MemorySegment out, BatchProgress progress) {
        checkInto(prices, out);
        call(prices).into(out, requireNonNull(progress, "progress"));
    }

    /// Passes every row to a consumer, without a result that holds them all: for a sweep that keeps
    /// only scores.
    ///
    /// {@snippet :
    /// Map<Integer, Double> last = new TreeMap<>();
    /// TrendFlexBatch.of(PeriodRange.closed(10, 200))
    ///         .forEachRow(
    ///                 closes,
    ///                 (period, row) ->
    ///                         last.put(
    ///                                 period,
    ///                                 row.getAtIndex(
    ///                                         ValueLayout.JAVA_DOUBLE, closes.length - 1)));
    /// }
    ///
    /// The rows share memory outside the heap: 8 MB, or a row for each thread if that is more. No
    /// row is computed while the consumer works.
    ///
    /// @param prices the prices, oldest first
    /// @param consumer gets each period and its row on the calling thread, in the order of the
    ///   periods
    /// @throws TrendFlexException [MISALIGNED][Refusal#MISALIGNED], or for the largest period as
    ///   [#computeInto(MemorySegment, MemorySegment)]; the consumer then gets no row
    /// @throws IllegalStateException if the arena of the segment is closed
    /// @throws WrongThreadException if the arena of the segment is confined to another thread
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void forEachRow(MemorySegment prices, RowConsumer consumer) {
        Checks.input("prices", requireNonNull(prices, "prices"));
        call(prices).forEachRow(requireNonNull(consumer, "consumer"));
    }

    /// Passes every row to a consumer, for prices in an array.
    ///
    /// @param prices the prices, oldest first
    /// @param consumer as for [#forEachRow(MemorySegment, RowConsumer)]
    /// @throws TrendFlexException as [#forEachRow(MemorySegment, RowConsumer)]
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public void forEachRow(double[] prices, RowConsumer consumer) {
        forEachRow(MemorySegment.ofArray(requireNonNull(prices, "prices")), consumer);
    }

    private void checkInto(MemorySegment prices, MemorySegment out) {
        Checks.inputAndOutput(requireNonNull(prices, "prices"), requireNonNull(out, "out"));
        Checks.outputSize(out, resultBytes(prices));
    }

    private BatchCall call(MemorySegment prices) {
        return new BatchCall(prices, periods, Threads.atOnce(threads), options);
    }

    private long resultBytes(MemorySegment prices) {
        return Checks.matrixSize(rows(), prices.byteSize() / Double.BYTES);
    }

    /// Compares the periods and the options: equal calculators compute the same in the same way.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TrendFlexBatch that
                && periods.equals(that.periods)
                && threads == that.threads
                && options.equals(that.options);
    }

    @Override
    public int hashCode() {
        return Objects.hash(periods, threads, options);
    }

    /// Shows the periods and the options.
    @Override
    public String toString() {
        return "TrendFlexBatch[periods=%s, threads=%s, %s]".formatted(periods, threads, options);
    }
}
