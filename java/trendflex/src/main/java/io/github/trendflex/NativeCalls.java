package io.github.trendflex;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.internal.ffi.TrendflexH;
import io.github.trendflex.internal.load.LoadFailure;
import io.github.trendflex.internal.load.NativeLibrary;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.LongFunction;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/// Every call into the native library. Nothing else touches the generated bindings.
///
/// Memory outside the heap goes through the generated methods, which let garbage collections go on
/// meanwhile. Heap arrays are used in place through *critical* calls, for which a garbage
/// collection has to wait; so their work is cut into pieces of half a millisecond.
///
/// Segments come here checked by [Checks]. What is wrong with the data is found by the native code
/// before it writes; only then are the prices scanned to say it in words.
final class NativeCalls {
    /// The most values that a critical call works on: half a millisecond of work. Shorter pieces
    /// cost more, 2 % with these, as each begins by bringing the vector lanes into step.
    static final int PIECE = 200_000;

    /// The most symbols that a critical call works on: a symbol takes longer than a price of a
    /// series.
    static final int BANK_PIECE = 10_000;

    private static final long PIECE_BYTES = (long) PIECE * Double.BYTES;

    /// The bytes that a scan begins with: the first few prices may tell all.
    private static final long LEAST_SCANNED = 1 << 12;

    /// The most bytes of results in a block of a batch, unless a row for each thread is more.
    private static final long BLOCK_BYTES = 8L << 20;

    /// What `trendflex_stream_update` and `trendflex_stream_peek` return where the state is none.
    private static final long NO_STREAM = 0x7ff8_0000_0000_0001L;

    /// What the bindings call, in the order of the alphabet. Reflection would find it too, but more
    /// slowly.
    static final String[] FUNCTIONS = {
        "trendflex_abi_version",
        "trendflex_bank_info",
        "trendflex_bank_init",
        "trendflex_bank_load",
        "trendflex_bank_load_size",
        "trendflex_bank_reset",
        "trendflex_bank_save",
        "trendflex_bank_save_size",
        "trendflex_bank_size",
        "trendflex_bank_stream",
        "trendflex_bank_update",
        "trendflex_batch_inner_into",
        "trendflex_batch_periods_into",
        "trendflex_batch_rows",
        "trendflex_into",
        "trendflex_kernel_best",
        "trendflex_kernel_supported",
        "trendflex_many_series_into",
        "trendflex_panel_into",
        "trendflex_scan",
        "trendflex_status_message",
        "trendflex_stream_info",
        "trendflex_stream_init",
        "trendflex_stream_load",
        "trendflex_stream_load_size",
        "trendflex_stream_peek",
        "trendflex_stream_save",
        "trendflex_stream_save_size",
        "trendflex_stream_size",
        "trendflex_stream_update",
        "trendflex_stream_update_into",
        "trendflex_version",
    };

    private static volatile boolean loaded;

    private NativeCalls() {}

    /// Loads the library, if that has not happened yet, and makes sure that it is the one that
    /// belongs to this code.
    ///
    /// @throws TrendFlexLibraryException if it cannot be loaded, has another ABI version or lacks a
    ///   function
    static void load() {
        if (loaded) {
            return;
        }
        Path path;
        SymbolLookup library;
        try {
            path = NativeLibrary.path();
            library = NativeLibrary.lookup();
        } catch (LoadFailure e) {
            throw asLibraryException(e);
        }
        if (library.find("trendflex_abi_version").isEmpty()) {
            throw new TrendFlexLibraryException(
                    "%s is no TrendFlex library: use the one in the jar of this release"
                            .formatted(path));
        }
        int expected = TrendflexH.TRENDFLEX_ABI_VERSION();
        int found = TrendflexH.trendflex_abi_version();
        if (found != expected) {
            throw new TrendFlexLibraryException(
                    "%s has ABI version %s and not %s: use the one in the jar of this release"
                            .formatted(path, found, expected));
        }
        List<String> missing = missingFunctions(library);
        if (!missing.isEmpty()) {
            throw new TrendFlexLibraryException(
                    "%s lacks %s: use the one in the jar of this release"
                            .formatted(path, String.join(", ", missing)));
        }
        loaded = true;
    }

    /// The failure as users know it.
    private static TrendFlexLibraryException asLibraryException(LoadFailure failure) {
        String message = String.valueOf(failure.getMessage());
        Throwable cause = failure.getCause();
        TrendFlexLibraryException exception =
                cause == null
                        ? new TrendFlexLibraryException(message)
                        : new TrendFlexLibraryException(message, cause);
        exception.setStackTrace(failure.getStackTrace());
        for (Throwable suppressed : failure.getSuppressed()) {
            exception.addSuppressed(suppressed);
        }
        return exception;
    }

    /// The functions that the bindings call and the library lacks, as an older one may although its
    /// ABI version is the same: what is added does not change that.
    private static List<String> missingFunctions(SymbolLookup library) {
        List<String> missing = new ArrayList<>();
        for (String function : FUNCTIONS) {
            if (library.find(function).isEmpty()) {
                missing.add(function);
            }
        }
        return missing;
    }

    static Path path() {
        load();
        return NativeLibrary.path();
    }

    static String version() {
        load();
        return string(TrendflexH.trendflex_version());
    }

    static int abiVersion() {
        load();
        return TrendflexH.trendflex_abi_version();
    }

    /// The kernel that [Kernel#AUTO] stands for.
    static Kernel bestKernel() {
        load();
        return constant(Kernel.values(), NativeCalls::id, TrendflexH.trendflex_kernel_best());
    }

    static boolean isSupported(Kernel kernel) {
        load();
        return TrendflexH.trendflex_kernel_supported(id(kernel)) != 0;
    }

    /// TrendFlex of one series, into as many places as there are prices.
    static void series(MemorySegment prices, MemorySegment out, int period, Options options) {
        load();
        long length = doubles(prices);
        if (onHeap(prices, out) && length > PIECE) {
            if (options.kernel() == Kernel.AUTO) {
                seriesInPieces(prices, out, period, options);
                return;
            }
            // A stream, which is what takes pieces, has the best kernel.
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment results = placesOffHeap(out, arena);
                series(offHeap(prices, arena), results, period, options);
                copyTo(out, results);
            }
            return;
        }
        int status;
        if (onHeap(prices, out)) {
            status = seriesOnHeap(prices, out, period, options);
        } else {
            status =
                    TrendflexH.trendflex_into(
                            prices,
                            length,
                            period,
                            id(options.definition()),
                            id(options.nanPolicy()),
                            id(options.kernel()),
                            out,
                            length,
                            MemorySegment.NULL);
        }
        requireComputed(status, prices, period, options);
    }

    /// The same for arrays.
    static void series(double[] prices, double[] out, int period, Options options) {
        if (prices.length > PIECE) {
            series(MemorySegment.ofArray(prices), MemorySegment.ofArray(out), period, options);
            return;
        }
        load();
        int status =
                seriesOnHeap(
                        MemorySegment.ofArray(prices), MemorySegment.ofArray(out), period, options);
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            requireComputed(status, MemorySegment.ofArray(prices), period, options);
        }
    }

    // A critical call has a method of its own, here and below, so that it is compiled for itself:
    // beside the other in one method, where it is rarer, it would stay slow (by 120 ns, seen here).
    private static int seriesOnHeap(
            MemorySegment prices, MemorySegment out, int period, Options options) {
        try {
            return (int)
                    Critical.Series.INTO.invokeExact(
                            prices,
                            doubles(prices),
                            period,
                            id(options.definition()),
                            id(options.nanPolicy()),
                            id(options.kernel()),
                            out,
                            doubles(out),
                            MemorySegment.NULL);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static void seriesInPieces(
            MemorySegment prices, MemorySegment out, int period, Options options) {
        Checks.data(scanUntilEnough(prices, period, options), period, options);
        // A stream does not take REJECT; but now it is known that nothing is missing.
        NanPolicy policy =
                options.nanPolicy() == NanPolicy.REJECT ? NanPolicy.PROPAGATE : options.nanPolicy();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(streamSize(period), Long.BYTES);
            streamInit(state, period, options.definition(), policy);
            streamUpdateInto(state, prices, out);
        }
    }

    /// Goes on if a batch of the prices can be computed, and says what is wrong with them if not.
    static void requireData(MemorySegment prices, Periods periods, Options options) {
        load();
        Checks.data(scan(prices), periods.largest(), options);
    }

    /// TrendFlex of one series for every period of a range, a row for each.
    ///
    /// @param threads the most rows to compute at once
    static void batch(
            MemorySegment prices,
            MemorySegment out,
            Periods periods,
            int threads,
            Options options) {
        load();
        if (!onHeap(prices, out)) {
            batchOffHeap(prices, out, periods, threads, options);
        } else if (onHeap(out)) {
            batch(prices, out, periods, threads, options, (_, _) -> true);
        } else {
            try (Arena arena = Arena.ofConfined()) {
                batchOffHeap(offHeap(prices, arena), out, periods, threads, options);
            }
        }
    }

    /// The same, block by block, with a report after each block.
    static void batch(
            MemorySegment prices,
            MemorySegment out,
            Periods periods,
            int threads,
            Options options,
            BatchProgress progress) {
        long total = periods.rows();
        batchInBlocks(
                prices,
                onHeap(out) ? null : out,
                periods,
                threads,
                options,
                (row, block, results) -> {
                    if (onHeap(out)) {
                        copyInPieces(
                                results, out.asSlice(row * prices.byteSize(), results.byteSize()));
                    }
                    long done = row + block.rows();
                    if (!progress.continueAfter(done, total) && done < total) {
                        throw new CancellationException(
                                "cancelled after %s of %s rows: the output is partial"
                                        .formatted(done, total));
                    }
                });
    }

    /// The same for a consumer, without a place where all rows are.
    static void forEachRow(
            MemorySegment prices,
            Periods periods,
            int threads,
            Options options,
            RowConsumer consumer) {
        long rowBytes = prices.byteSize();
        batchInBlocks(
                prices,
                null,
                periods,
                threads,
                options,
                (_, block, results) -> {
                    for (long row = 0; row < block.rows(); row++) {
                        consumer.accept(
                                block.periodAt(row), results.asSlice(row * rowBytes, rowBytes));
                    }
                });
    }

    /// Computes a batch block by block: in the rows' places in `out`, which is outside the heap, or
    /// without one in memory that every block uses again.
    private static void batchInBlocks(
            MemorySegment prices,
            @Nullable MemorySegment out,
            Periods periods,
            int threads,
            Options options,
            BlockAction action) {
        requireData(prices, periods, options);
        long rows = periods.rows();
        long rowBytes = prices.byteSize();
        long blockRows = Math.clamp(BLOCK_BYTES / rowBytes, Math.min(threads, rows), rows);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment input = offHeap(prices, arena);
            MemorySegment scratch =
                    out == null ? arena.allocate(blockRows * rowBytes, Double.BYTES) : out;
            for (long row = 0; row < rows; row += blockRows) {
                long last = Math.min(row + blockRows, rows) - 1;
                Periods block = periods.rows(row, last - row + 1);
                MemorySegment results =
                        scratch.asSlice(out == null ? 0 : row * rowBytes, block.rows() * rowBytes);
                batchOffHeap(input, results, block, threads, options);
                action.accept(row, block, results);
            }
        }
    }

    /// The prices, or a copy of them, outside the heap: as long as a batch may run, no garbage
    /// collection should have to wait for it.
    private static MemorySegment offHeap(MemorySegment prices, Arena arena) {
        if (!onHeap(prices)) {
            return prices;
        }
        MemorySegment copy = arena.allocate(prices.byteSize(), Double.BYTES);
        copyInPieces(prices, copy);
        return copy;
    }

    /// Copies to or from the heap: a garbage collection has to wait for that as well.
    static void copyInPieces(MemorySegment from, MemorySegment to) {
        for (long at = 0; at < from.byteSize(); at += PIECE_BYTES) {
            MemorySegment.copy(from, at, to, at, Math.min(PIECE_BYTES, from.byteSize() - at));
        }
    }

    private static void batchOffHeap(
            MemorySegment prices,
            MemorySegment out,
            Periods periods,
            int threads,
            Options options) {
        int definition = id(options.definition());
        int policy = id(options.nanPolicy());
        int kernel = id(options.kernel());
        int status;
        if (periods instanceof Periods.Range(PeriodRange range)) {
            status =
                    TrendflexH.trendflex_batch_inner_into(
                            prices,
                            doubles(prices),
                            range.start(),
                            range.end(),
                            range.step(),
                            definition,
                            policy,
                            kernel,
                            threads,
                            out,
                            doubles(out),
                            MemorySegment.NULL);
        } else {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment list = arena.allocate(JAVA_INT, periods.rows());
                for (long row = 0; row < periods.rows(); row++) {
                    list.setAtIndex(JAVA_INT, row, periods.periodAt(row));
                }
                status =
                        TrendflexH.trendflex_batch_periods_into(
                                prices,
                                doubles(prices),
                                list,
                                periods.rows(),
                                definition,
                                policy,
                                kernel,
                                threads,
                                out,
                                doubles(out),
                                MemorySegment.NULL);
            }
        }
        requireComputed(status, prices, periods.largest(), options);
    }

    /// TrendFlex of many series of one length.
    static void manySeries(
            MemorySegment prices,
            long seriesCount,
            SeriesLayout layout,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        load();
        long values = doubles(prices);
        if (values == 0) {
            return;
        }
        long length = values / seriesCount;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment detail = arena.allocate(JAVA_LONG);
            MemorySegment results = placesOffHeap(out, arena);
            int status =
                    TrendflexH.trendflex_many_series_into(
                            offHeap(prices, arena),
                            seriesCount,
                            length,
                            id(layout),
                            period,
                            id(options.definition()),
                            id(options.nanPolicy()),
                            id(options.kernel()),
                            atOnce(threads),
                            results,
                            values,
                            detail);
            if (status == TrendflexH.TRENDFLEX_STATUS_MISSING_PRICE()) {
                long place = detail.get(JAVA_LONG, 0);
                throw switch (layout) {
                    case SERIES_MAJOR -> Checks.missingPrice(place / length, place % length);
                    case TIME_MAJOR ->
                            Checks.missingPrice(place % seriesCount, place / seriesCount);
                };
            }
            requireManyComputed(status, options);
            copyTo(out, results);
        }
    }

    /// TrendFlex of series of any lengths.
    static void panel(
            MemorySegment prices,
            MemorySegment offsets,
            MemorySegment out,
            int period,
            int threads,
            Options options) {
        load();
        long values = doubles(prices);
        long series = offsets.byteSize() / Long.BYTES - 1;
        if (series < 0) {
            throw Checks.invalidOffsets(0, 0, values);
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment detail = arena.allocate(JAVA_LONG);
            // A segment without values may be at address 0, which C refuses.
            MemorySegment input = values == 0 ? arena.allocate(0, 8) : offHeap(prices, arena);
            MemorySegment results = values == 0 ? input : placesOffHeap(out, arena);
            int status =
                    TrendflexH.trendflex_panel_into(
                            input,
                            values,
                            offHeap(offsets, arena),
                            series,
                            period,
                            id(options.definition()),
                            id(options.nanPolicy()),
                            id(options.kernel()),
                            atOnce(threads),
                            results,
                            values,
                            detail);
            if (status == TrendflexH.TRENDFLEX_STATUS_INVALID_OFFSETS()) {
                long index = detail.get(JAVA_LONG, 0);
                throw Checks.invalidOffsets(index, offsets.getAtIndex(JAVA_LONG, index), values);
            }
            if (status == TrendflexH.TRENDFLEX_STATUS_MISSING_PRICE()) {
                long place = detail.get(JAVA_LONG, 0);
                long of = seriesAt(place, offsets, series);
                throw Checks.missingPrice(of, place - offsets.getAtIndex(JAVA_LONG, of));
            }
            requireManyComputed(status, options);
            if (values > 0) {
                copyTo(out, results);
            }
        }
    }

    /// The series of a panel that a value belongs to: the last that does not begin after it.
    private static long seriesAt(long place, MemorySegment offsets, long series) {
        long low = 0;
        long high = series - 1;
        while (low < high) {
            long middle = (low + high + 1) >>> 1;
            if (offsets.getAtIndex(JAVA_LONG, middle) <= place) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static void requireManyComputed(int status, Options options) {
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            Checks.requireSupported(options.kernel());
            requireOk(status);
        }
    }

    private static MemorySegment placesOffHeap(MemorySegment out, Arena arena) {
        return onHeap(out) ? arena.allocate(out.byteSize(), Double.BYTES) : out;
    }

    private static void copyTo(MemorySegment out, MemorySegment results) {
        if (onHeap(out)) {
            copyInPieces(results, out);
        }
    }

    /// How many threads to use where a caller asks for so many.
    static int atOnce(int threads) {
        int cores = Runtime.getRuntime().availableProcessors();
        return threads == 0 ? cores : Math.min(threads, cores);
    }

    /// The bytes that the state of a stream takes. They come in an array: in a program's first
    /// stream its access takes no time, while that of a segment takes milliseconds.
    static long streamSize(int period) {
        load();
        long[] size = new long[1];
        try {
            int status =
                    (int) Critical.Stream.SIZE.invokeExact(period, MemorySegment.ofArray(size));
            requireOk(status);
        } catch (Throwable e) {
            throw unchecked(e);
        }
        return size[0];
    }

    /// Begins a stream in a segment of [#streamSize(int)] bytes.
    static void streamInit(
            MemorySegment state, int period, Definition definition, NanPolicy policy) {
        load();
        try {
            int status =
                    (int)
                            Critical.Stream.INIT.invokeExact(
                                    state, state.byteSize(), period, id(definition), id(policy));
            requireOk(status);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// What the state of a stream says about it.
    static StreamInfo streamInfo(MemorySegment state) {
        load();
        if (state.byteSize() == 0) {
            throw Checks.corruptState(); // At address 0, perhaps, which C would not even look at.
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment period = arena.allocate(JAVA_INT);
            MemorySegment definition = arena.allocate(JAVA_INT);
            MemorySegment policy = arena.allocate(JAVA_INT);
            MemorySegment count = arena.allocate(JAVA_LONG);
            int status =
                    (int)
                            Critical.StreamFacts.INFO.invokeExact(
                                    state, state.byteSize(), period, definition, policy, count);
            requireOk(status);
            return new StreamInfo(
                    period.get(JAVA_INT, 0),
                    constant(Definition.values(), NativeCalls::id, definition.get(JAVA_INT, 0)),
                    constant(NanPolicy.values(), NativeCalls::id, policy.get(JAVA_INT, 0)),
                    count.get(JAVA_LONG, 0));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static double streamUpdate(MemorySegment state, double price) {
        try {
            return sound(
                    (double) Critical.Stream.UPDATE.invokeExact(state, state.byteSize(), price));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// An output, unless it is the NaN that says that there is no stream.
    private static double sound(double output) {
        if (Double.doubleToRawLongBits(output) == NO_STREAM) {
            throw Checks.corruptState();
        }
        return output;
    }

    static double streamPeek(MemorySegment state, double price) {
        try {
            return sound(
                    (double) Critical.StreamPeek.PEEK.invokeExact(state, state.byteSize(), price));
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// Takes all prices and writes their outputs, as many, to `out`, or to nowhere if that is
    /// [MemorySegment#NULL].
    static void streamUpdateInto(MemorySegment state, MemorySegment prices, MemorySegment out) {
        long size = prices.byteSize();
        if (size > 0 && !onHeap(state, prices, out)) { // One at address 0 has none, and C says no.
            requireOk(
                    TrendflexH.trendflex_stream_update_into(
                            state, state.byteSize(), prices, doubles(prices), out));
            return;
        }
        boolean discard = out.equals(MemorySegment.NULL);
        for (long from = 0; from < size; from += PIECE_BYTES) {
            long bytes = Math.min(PIECE_BYTES, size - from);
            requireOk(
                    streamUpdateOnHeap(
                            state,
                            prices.asSlice(from, bytes),
                            discard ? out : out.asSlice(from, bytes)));
        }
    }

    private static int streamUpdateOnHeap(
            MemorySegment state, MemorySegment prices, MemorySegment out) {
        try {
            return (int)
                    Critical.StreamPieces.UPDATE_INTO.invokeExact(
                            state, state.byteSize(), prices, doubles(prices), out);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// A snapshot of a stream.
    static byte[] streamSave(MemorySegment state, int period) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            requireOk(TrendflexH.trendflex_stream_save_size(period, size));
            byte[] snapshot = newSnapshot("stream of period = " + period, size.get(JAVA_LONG, 0));
            MemorySegment bytes = MemorySegment.ofArray(snapshot);
            requireOk(
                    (int)
                            Critical.Snapshot.SAVE.invokeExact(
                                    state, state.byteSize(), bytes, bytes.byteSize()));
            return snapshot;
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// The bytes of the state that a snapshot is loaded into.
    static long streamLoadSize(byte[] snapshot) {
        load();
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            int status =
                    (int) Critical.Snapshot.LOAD_SIZE.invokeExact(bytes, bytes.byteSize(), size);
            if (isNoSnapshot(status)) {
                throw SnapshotDiagnosis.noStream(snapshot);
            }
            requireOk(status);
            return size.get(JAVA_LONG, 0);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static void streamLoad(byte[] snapshot, MemorySegment state) {
        MemorySegment bytes = MemorySegment.ofArray(snapshot);
        try {
            int status =
                    (int)
                            Critical.Snapshot.LOAD.invokeExact(
                                    bytes, bytes.byteSize(), state, state.byteSize());
            requireOk(status);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// The bytes that the state of a bank takes.
    static long bankSize(int period, long symbols) {
        load();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            int status = TrendflexH.trendflex_bank_size(period, symbols, size);
            if (status == TrendflexH.TRENDFLEX_STATUS_SIZE_OVERFLOW()) {
                throw Checks.bankTooLarge(period, symbols);
            }
            requireOk(status);
            return size.get(JAVA_LONG, 0);
        }
    }

    /// Begins a bank in a segment of [#bankSize(int, long)] bytes.
    static void bankInit(MemorySegment state, BankInfo info) {
        requireOk(
                TrendflexH.trendflex_bank_init(
                        state,
                        state.byteSize(),
                        info.period(),
                        id(info.definition()),
                        info.symbols(),
                        id(info.nanPolicy())));
    }

    /// Takes a price for each symbol.
    static void bankUpdate(MemorySegment state, MemorySegment prices, MemorySegment out) {
        long symbols = doubles(prices);
        if (onHeap(prices, out) && symbols > BANK_PIECE) {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment results = placesOffHeap(out, arena);
                bankUpdate(state, offHeap(prices, arena), results);
                copyTo(out, results);
            }
            return;
        }
        requireOk(
                onHeap(prices, out)
                        ? bankUpdateOnHeap(state, prices, out)
                        : TrendflexH.trendflex_bank_update(
                                state, state.byteSize(), prices, symbols, out));
    }

    /// The same for arrays.
    static void bankUpdate(MemorySegment state, double[] prices, double[] out) {
        if (prices.length > BANK_PIECE) {
            bankUpdate(state, MemorySegment.ofArray(prices), MemorySegment.ofArray(out));
            return;
        }
        requireOk(
                bankUpdateOnHeap(state, MemorySegment.ofArray(prices), MemorySegment.ofArray(out)));
    }

    private static int bankUpdateOnHeap(
            MemorySegment state, MemorySegment prices, MemorySegment out) {
        try {
            return (int)
                    Critical.Bank.UPDATE.invokeExact(
                            state, state.byteSize(), prices, doubles(prices), out);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static void bankReset(MemorySegment state, long symbol) {
        requireOk(TrendflexH.trendflex_bank_reset(state, state.byteSize(), symbol));
    }

    /// Begins a stream that goes on from a symbol of a bank, in a segment of [#streamSize(int)]
    /// bytes.
    static void bankStream(MemorySegment state, long symbol, MemorySegment stream) {
        try {
            int status =
                    (int)
                            Critical.BankStream.STREAM.invokeExact(
                                    state, state.byteSize(), symbol, stream, stream.byteSize());
            requireOk(status);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    static BankInfo bankInfo(MemorySegment state) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment period = arena.allocate(JAVA_INT);
            MemorySegment definition = arena.allocate(JAVA_INT);
            MemorySegment policy = arena.allocate(JAVA_INT);
            MemorySegment symbols = arena.allocate(JAVA_LONG);
            requireOk(
                    TrendflexH.trendflex_bank_info(
                            state, state.byteSize(), period, definition, policy, symbols));
            return new BankInfo(
                    period.get(JAVA_INT, 0),
                    constant(Definition.values(), NativeCalls::id, definition.get(JAVA_INT, 0)),
                    constant(NanPolicy.values(), NativeCalls::id, policy.get(JAVA_INT, 0)),
                    symbols.get(JAVA_LONG, 0));
        }
    }

    /// A snapshot of a bank.
    static byte[] bankSave(MemorySegment state, BankInfo info) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            requireOk(TrendflexH.trendflex_bank_save_size(info.period(), info.symbols(), size));
            byte[] snapshot = newSnapshot(info.toString(), size.get(JAVA_LONG, 0));
            MemorySegment bytes = arena.allocate(snapshot.length, Long.BYTES);
            requireOk(
                    TrendflexH.trendflex_bank_save(
                            state, state.byteSize(), bytes, bytes.byteSize()));
            copyInPieces(bytes, MemorySegment.ofArray(snapshot));
            return snapshot;
        }
    }

    /// The state of a bank that goes on from a snapshot, in memory of this size.
    static MemorySegment bankLoad(byte[] snapshot, LongFunction<MemorySegment> newState) {
        load();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment bytes = offHeap(MemorySegment.ofArray(snapshot), arena);
            int status = TrendflexH.trendflex_bank_load_size(bytes, bytes.byteSize(), size);
            if (isNoSnapshot(status)) {
                throw SnapshotDiagnosis.noBank(snapshot);
            }
            requireOk(status);
            MemorySegment state = newState.apply(size.get(JAVA_LONG, 0));
            requireOk(
                    TrendflexH.trendflex_bank_load(
                            bytes, bytes.byteSize(), state, state.byteSize()));
            return state;
        }
    }

    private static byte[] newSnapshot(String of, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw Checks.noMemory("snapshot of a " + of, bytes, null);
        }
        try {
            return new byte[(int) bytes];
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory("snapshot of a " + of, bytes, e);
        }
    }

    private static Scan scan(MemorySegment prices) {
        return scan(prices, _ -> false);
    }

    /// What decides whether the prices can be computed; nothing of those after it.
    private static Scan scanUntilEnough(MemorySegment prices, int period, Options options) {
        return scan(
                prices,
                scan ->
                        switch (options.nanPolicy()) {
                            case PROPAGATE -> scan.first() < scan.length();
                            case SKIP -> scan.count() > period;
                            case REJECT -> false;
                        });
    }

    private static Scan scan(MemorySegment prices, Predicate<Scan> enough) {
        Scan scan = Scan.EMPTY;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment first = arena.allocate(JAVA_LONG);
            MemorySegment count = arena.allocate(JAVA_LONG);
            MemorySegment missing = arena.allocate(JAVA_LONG);
            long bytes;
            for (long from = 0; from < prices.byteSize() && !enough.test(scan); from += bytes) {
                bytes =
                        Math.min(
                                Math.clamp(from, LEAST_SCANNED, PIECE_BYTES),
                                prices.byteSize() - from);
                MemorySegment piece = prices.asSlice(from, bytes);
                long length = doubles(piece);
                int status;
                if (onHeap(piece)) {
                    status =
                            (int)
                                    Critical.Scan.SCAN.invokeExact(
                                            piece, length, first, count, missing);
                } else {
                    status = TrendflexH.trendflex_scan(piece, length, first, count, missing);
                }
                requireOk(status);
                Scan found =
                        new Scan(
                                length,
                                first.get(JAVA_LONG, 0),
                                count.get(JAVA_LONG, 0),
                                missing.get(JAVA_LONG, 0));
                scan = scan.then(found);
            }
        } catch (Throwable e) {
            throw unchecked(e);
        }
        return new Scan(doubles(prices), scan.first(), scan.count(), scan.firstMissing());
    }

    /// Goes on if the series has been computed, and says what is wrong with its prices if not.
    private static void requireComputed(
            int status, MemorySegment prices, int period, Options options) {
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            Checks.data(scan(prices), period, options);
            requireOk(status);
        }
    }

    private static void requireOk(int status) {
        if (status == TrendflexH.TRENDFLEX_STATUS_OK()) {
            return;
        }
        if (status == TrendflexH.TRENDFLEX_STATUS_CORRUPT_STATE()) {
            throw Checks.corruptState();
        }
        String message = string(TrendflexH.trendflex_status_message(status));
        if (status == TrendflexH.TRENDFLEX_STATUS_OUT_OF_MEMORY()) {
            throw new OutOfMemoryError(message);
        }
        throw new TrendFlexLibraryException(
                "The native library failed with status %s (%s): please report this defect"
                        .formatted(status, message));
    }

    private static boolean isNoSnapshot(int status) {
        return status == TrendflexH.TRENDFLEX_STATUS_CORRUPT_SNAPSHOT()
                || status == TrendflexH.TRENDFLEX_STATUS_SNAPSHOT_VERSION();
    }

    private static boolean onHeap(MemorySegment... segments) {
        for (MemorySegment segment : segments) {
            if (!segment.isNative()) {
                return true;
            }
        }
        return false;
    }

    private static long doubles(MemorySegment segment) {
        return segment.byteSize() / Double.BYTES;
    }

    private static String string(MemorySegment address) {
        return address.reinterpret(Long.MAX_VALUE).getString(0);
    }

    private static int id(Definition definition) {
        return switch (definition) {
            case VECTOR_TA -> TrendflexH.TRENDFLEX_DEFINITION_VECTOR_TA();
            case EHLERS -> TrendflexH.TRENDFLEX_DEFINITION_EHLERS();
        };
    }

    private static int id(NanPolicy policy) {
        return switch (policy) {
            case PROPAGATE -> TrendflexH.TRENDFLEX_NAN_POLICY_PROPAGATE();
            case SKIP -> TrendflexH.TRENDFLEX_NAN_POLICY_SKIP();
            case REJECT -> TrendflexH.TRENDFLEX_NAN_POLICY_REJECT();
        };
    }

    private static int id(SeriesLayout layout) {
        return switch (layout) {
            case SERIES_MAJOR -> TrendflexH.TRENDFLEX_LAYOUT_SERIES_MAJOR();
            case TIME_MAJOR -> TrendflexH.TRENDFLEX_LAYOUT_TIME_MAJOR();
        };
    }

    private static int id(Kernel kernel) {
        return switch (kernel) {
            case AUTO -> TrendflexH.TRENDFLEX_KERNEL_AUTO();
            case SCALAR -> TrendflexH.TRENDFLEX_KERNEL_SCALAR();
            case AVX2 -> TrendflexH.TRENDFLEX_KERNEL_AVX2();
            case AVX512 -> TrendflexH.TRENDFLEX_KERNEL_AVX512();
            case NEON -> TrendflexH.TRENDFLEX_KERNEL_NEON();
        };
    }

    private static <T> T constant(T[] constants, ToIntFunction<T> id, int wanted) {
        for (T constant : constants) {
            if (id.applyAsInt(constant) == wanted) {
                return constant;
            }
        }
        throw new TrendFlexLibraryException("The native library speaks of an unknown id " + wanted);
    }

    /// What a method handle can throw beyond its declaration: the memory's own exceptions, and
    /// nothing checked.
    static RuntimeException unchecked(Throwable e) {
        return switch (e) {
            case Error error -> throw error;
            case RuntimeException exception -> exception;
            default -> throw new AssertionError(e);
        };
    }

    /// Does something with a block of computed rows, of which the first one's index is given.
    @FunctionalInterface
    private interface BlockAction {
        void accept(long row, Periods block, MemorySegment results);
    }

    /// Handles that take heap segments, linked at the first use: the library has been loaded by
    /// then, and linking is most of what a first call costs. So a class has only what is used
    /// together.
    private static final class Critical {
        static final class Series {
            static final MethodHandle INTO =
                    link(
                            TrendflexH.trendflex_into$address(),
                            TrendflexH.trendflex_into$descriptor());
        }

        static final class Scan {
            static final MethodHandle SCAN =
                    link(
                            TrendflexH.trendflex_scan$address(),
                            TrendflexH.trendflex_scan$descriptor());
        }

        static final class Stream {
            static final MethodHandle SIZE =
                    link(
                            TrendflexH.trendflex_stream_size$address(),
                            TrendflexH.trendflex_stream_size$descriptor());
            static final MethodHandle INIT =
                    link(
                            TrendflexH.trendflex_stream_init$address(),
                            TrendflexH.trendflex_stream_init$descriptor());
            static final MethodHandle UPDATE =
                    link(
                            TrendflexH.trendflex_stream_update$address(),
                            TrendflexH.trendflex_stream_update$descriptor());
        }

        static final class StreamPeek {
            static final MethodHandle PEEK =
                    link(
                            TrendflexH.trendflex_stream_peek$address(),
                            TrendflexH.trendflex_stream_peek$descriptor());
        }

        static final class StreamPieces {
            static final MethodHandle UPDATE_INTO =
                    link(
                            TrendflexH.trendflex_stream_update_into$address(),
                            TrendflexH.trendflex_stream_update_into$descriptor());
        }

        static final class StreamFacts {
            static final MethodHandle INFO =
                    link(
                            TrendflexH.trendflex_stream_info$address(),
                            TrendflexH.trendflex_stream_info$descriptor());
        }

        static final class Bank {
            static final MethodHandle UPDATE =
                    link(
                            TrendflexH.trendflex_bank_update$address(),
                            TrendflexH.trendflex_bank_update$descriptor());
        }

        static final class BankStream {
            static final MethodHandle STREAM =
                    link(
                            TrendflexH.trendflex_bank_stream$address(),
                            TrendflexH.trendflex_bank_stream$descriptor());
        }

        static final class Snapshot {
            static final MethodHandle SAVE =
                    link(
                            TrendflexH.trendflex_stream_save$address(),
                            TrendflexH.trendflex_stream_save$descriptor());
            static final MethodHandle LOAD_SIZE =
                    link(
                            TrendflexH.trendflex_stream_load_size$address(),
                            TrendflexH.trendflex_stream_load_size$descriptor());
            static final MethodHandle LOAD =
                    link(
                            TrendflexH.trendflex_stream_load$address(),
                            TrendflexH.trendflex_stream_load$descriptor());
        }

        private static MethodHandle link(MemorySegment address, FunctionDescriptor descriptor) {
            return Linker.nativeLinker()
                    .downcallHandle(address, descriptor, Linker.Option.critical(true));
        }
    }
}
