package io.github.trendflex;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks every rule that an argument or the data can break; each rule and its message has one
/// place.
///
/// Numbers are shown by `%s`, which writes them alike in every locale.
final class Checks {
    private static final String MISSING = "missing: NaN, infinite, or above 2^500 in magnitude";

    private Checks() {}

    /// Checks a segment to read doubles from.
    static void input(String name, MemorySegment segment) {
        long bytes = segment.byteSize();
        if (bytes % Double.BYTES != 0) {
            throw refused(
                    Refusal.MISALIGNED,
                    "%s has %s bytes: doubles take a multiple of 8".formatted(name, bytes));
        }
        if (!segment.isNative()) {
            if (segment.maxByteAlignment() < Double.BYTES) {
                throw refused(
                        Refusal.MISALIGNED,
                        "%s is heap memory of no certain alignment: use a double[] or a long[]"
                                .formatted(name));
            }
            return;
        }
        long address = segment.address();
        if (address == 0 && bytes > 0) {
            throw new NullPointerException(name + " is at address 0");
        }
        if (address % Double.BYTES != 0) {
            throw refused(
                    Refusal.MISALIGNED,
                    "%s begins at address %s: it must be a multiple of 8"
                            .formatted(name, hex(address)));
        }
        if (Long.compareUnsigned(address + bytes, address) < 0) {
            throw refused(
                    Refusal.SIZE_OVERFLOW,
                    "%s has %s bytes from address %s on: that is beyond the last address"
                            .formatted(name, bytes, hex(address)));
        }
    }

    /// Checks that a buffer has the machine's byte order, and returns it as a segment.
    static MemorySegment buffer(String name, DoubleBuffer buffer) {
        ByteOrder order = requireNonNull(buffer, name).order();
        if (order != ByteOrder.nativeOrder()) {
            throw refused(
                    Refusal.BYTE_ORDER,
                    "%s is %s: it must be %s as this machine is"
                            .formatted(name, order, ByteOrder.nativeOrder()));
        }
        return MemorySegment.ofBuffer(buffer);
    }

    /// Checks series in arrays, and that each has an output array of its own with a place for each
    /// result.
    static void inputsAndOutputs(double[][] series, double[][] out) {
        if (out.length != series.length) {
            throw refused(
                    Refusal.OUTPUT_LENGTH,
                    "out has %s arrays: it must have %s, one for each series"
                            .formatted(out.length, series.length));
        }
        Set<double[]> others = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < series.length; i++) {
            others.add(element("series", series, i));
        }
        for (int i = 0; i < out.length; i++) {
            String name = "out[" + i + "]";
            outputSize(name, element("out", out, i).length, series[i].length);
            if (out[i].length > 0 && !others.add(out[i])) {
                throw overlap("another array", name);
            }
        }
    }

    /// Checks an element of an array of arrays, and returns it.
    static double[] element(String name, double[][] arrays, int index) {
        return requireNonNull(arrays[index], () -> name + "[" + index + "]");
    }

    /// Checks prices to read, and memory to write to that shares nothing with them.
    static void inputAndOutput(MemorySegment prices, MemorySegment out) {
        input("prices", prices);
        input("out", out);
        writable("out", out);
        disjoint("prices", prices, "out", out);
    }

    /// Checks prices to read, and another array with a place for each result.
    static void inputAndOutput(double[] prices, double[] out) {
        disjoint(prices, out);
        outputSize("out", out.length, prices.length);
    }

    @SuppressWarnings("ReferenceEquality") // The same array is shared memory.
    private static void disjoint(double[] prices, double[] out) {
        if (prices == out && prices.length > 0) {
            throw overlap("prices", "out");
        }
    }

    /// Checks that two segments have no byte in common; the second one is to be written.
    static void disjoint(
            String name, MemorySegment segment, String writtenName, MemorySegment written) {
        if (overlap(segment, written)) {
            throw overlap(name, writtenName);
        }
    }

    private static TrendFlexException overlap(String name, String writtenName) {
        return refused(
                Refusal.OVERLAP,
                "%s and %s share memory: %s must be memory of its own"
                        .formatted(name, writtenName, writtenName));
    }

    /// Checks memory that holds the state of a stream.
    static void state(MemorySegment state) {
        input("state", state);
        writable("state", state);
    }

    /// Checks memory for the state of a stream, and that it has the size that the period needs.
    static void state(MemorySegment state, long size) {
        state(state);
        if (state.byteSize() != size) {
            throw refused(
                    Refusal.STATE_SIZE,
                    "state has %s bytes: it must have %s".formatted(state.byteSize(), size));
        }
    }

    /// Checks that an output has one place for each result.
    static void outputSize(MemorySegment out, long bytes) {
        outputSize("out", out.byteSize() / Double.BYTES, bytes / Double.BYTES);
    }

    private static void outputSize(String name, long places, long results) {
        if (places != results) {
            throw refused(
                    Refusal.OUTPUT_LENGTH,
                    "%s has %s places: it must have %s, one for each result"
                            .formatted(name, places, results));
        }
    }

    /// Returns the bytes of a matrix of doubles.
    static long matrixSize(long rows, long columns) {
        if (columns > Long.MAX_VALUE / Double.BYTES / rows) {
            throw refused(
                    Refusal.SIZE_OVERFLOW,
                    "rows = %s, columns = %s: the size of the result exceeds 2^63 - 1 bytes"
                            .formatted(rows, columns));
        }
        return rows * columns * Double.BYTES;
    }

    /// Checks a period, and returns it.
    static int period(int period) {
        if (period < 1) {
            throw refused(
                    Refusal.INVALID_PERIOD,
                    "period = %s: a period is at least 1".formatted(period));
        }
        return period;
    }

    /// Checks a list of periods.
    static void periods(int[] periods) {
        if (periods.length == 0) {
            throw refused(Refusal.EMPTY_INPUT, "length = 0: there are no periods");
        }
        for (int period : periods) {
            period(period);
        }
    }

    /// Checks that values can be cut into `seriesCount` series of one length.
    static void series(long values, long seriesCount) {
        boolean even = seriesCount == 0 ? values == 0 : values % seriesCount == 0;
        if (seriesCount < 0 || !even) {
            throw refused(
                    Refusal.INVALID_SHAPE,
                    "seriesCount = %s, values = %s: the series must be of one length"
                            .formatted(seriesCount, values));
        }
    }

    /// Checks a number of symbols, and returns it.
    static long symbols(long symbols) {
        if (symbols < 1) {
            throw refused(
                    Refusal.INVALID_SHAPE,
                    "symbols = %s: a bank has at least 1".formatted(symbols));
        }
        return symbols;
    }

    /// Checks a symbol of a bank.
    static void symbol(long symbol, long symbols) {
        if (symbol < 0 || symbol >= symbols) {
            throw refused(
                    Refusal.INVALID_SHAPE,
                    "symbol = %s: the bank has %s, counted from 0".formatted(symbol, symbols));
        }
    }

    /// Checks that there are a price and a place for each symbol of a bank.
    static void tick(MemorySegment prices, MemorySegment out, long symbols) {
        inputAndOutput(prices, out);
        priceForEachSymbol(prices.byteSize() / Double.BYTES, symbols);
        outputSize(out, prices.byteSize());
    }

    /// Checks the same in arrays.
    static void tick(double[] prices, double[] out, long symbols) {
        disjoint(prices, out);
        priceForEachSymbol(prices.length, symbols);
        outputSize("out", out.length, prices.length);
    }

    private static void priceForEachSymbol(long prices, long symbols) {
        if (prices != symbols) {
            throw refused(
                    Refusal.INVALID_SHAPE,
                    "prices = %s: the bank has %s symbols".formatted(prices, symbols));
        }
    }

    /// Checks the parts of a range of periods.
    static void range(int start, int end, int step) {
        if (start < 1 || end < 1) {
            throw refused(
                    Refusal.INVALID_RANGE,
                    "start = %s, end = %s: both are at least 1".formatted(start, end));
        }
        if (step < 1) {
            throw refused(Refusal.INVALID_RANGE, "step = %s: a step is at least 1".formatted(step));
        }
    }

    /// Checks a number of threads, and returns it.
    static int threads(int threads) {
        if (threads < 0) {
            throw refused(
                    Refusal.INVALID_THREADS,
                    "threads = %s: it is 0 for all cores, or the number of threads"
                            .formatted(threads));
        }
        return threads;
    }

    /// Checks a tolerance, and returns it.
    static double tolerance(double tolerance) {
        if (!(tolerance > 0)) {
            throw refused(
                    Refusal.INVALID_TOLERANCE,
                    "tolerance = %s: a tolerance is above 0".formatted(tolerance));
        }
        return tolerance;
    }

    /// Checks that a stream can follow a policy.
    static void streamPolicy(NanPolicy nanPolicy) {
        if (nanPolicy == NanPolicy.REJECT) {
            throw refused(
                    Refusal.REJECT_IN_STREAM,
                    "nanPolicy = REJECT: a stream cannot look ahead; it can SKIP or PROPAGATE");
        }
    }

    /// Checks the data of a whole-series call: enough prices for the period, or for the largest one
    /// of a batch, and a kernel that this CPU runs.
    static void data(Scan scan, int period, Options options) {
        long length = scan.length();
        if (length == 0) {
            throw refused(Refusal.EMPTY_INPUT, "length = 0: there are no prices");
        }
        requireShorter(period, length);
        if (scan.first() == length) {
            throw refused(
                    Refusal.NO_PRICES, "length = %s: every value is %s".formatted(length, MISSING));
        }
        if (options.nanPolicy() == NanPolicy.REJECT && scan.firstMissing() < length) {
            throw missingPrice(scan.firstMissing());
        }
        long count = options.nanPolicy() == NanPolicy.SKIP ? scan.count() : length - scan.first();
        if (count <= period) {
            throw refused(
                    Refusal.TOO_FEW_PRICES,
                    "period = %s, prices = %s: at least period + 1 prices are needed"
                            .formatted(period, count));
        }
        requireSupported(options.kernel());
    }

    private static void requireShorter(int period, long length) {
        if (period >= length) {
            throw refused(
                    Refusal.PERIOD_TOO_LONG,
                    "period = %s, length = %s: the period must be below the number of values"
                            .formatted(period, length));
        }
    }

    static void requireSupported(Kernel kernel) {
        if (kernel != Kernel.AUTO && !kernel.isSupported()) {
            boolean inJava = Engine.current().name() == TrendFlexEngine.JAVA;
            throw refused(
                    Refusal.KERNEL_UNAVAILABLE,
                    "kernel = %s: %s"
                            .formatted(
                                    kernel,
                                    inJava
                                            ? "it needs the native engine, and Java computes"
                                            : "this CPU does not run it"));
        }
    }

    private static TrendFlexException missingPrice(long index) {
        return TrendFlexException.at(
                index,
                Refusal.MISSING_PRICE,
                "index = %s: the price is %s".formatted(index, MISSING));
    }

    /// Returns the exception for a missing price of one of many series.
    static TrendFlexException missingPrice(long series, long index) {
        return TrendFlexException.at(
                series,
                index,
                Refusal.MISSING_PRICE,
                "series = %s, index = %s: the price is %s".formatted(series, index, MISSING));
    }

    static TrendFlexException invalidOffsets(long index, long offset, long values) {
        return TrendFlexException.at(
                index,
                Refusal.INVALID_SHAPE,
                "offsets[%s] = %s: offsets go from 0 to the number of values, %s, and do not fall"
                        .formatted(index, offset, values));
    }

    static TrendFlexException bankTooLarge(int period, long symbols) {
        return refused(
                Refusal.SIZE_OVERFLOW,
                "period = %s, symbols = %s: the size of the state exceeds 2^63 - 1 bytes"
                        .formatted(period, symbols));
    }

    /// Returns the exception for memory in which the native library finds no state of a stream or a
    /// bank.
    static TrendFlexException corruptState() {
        return refused(
                Refusal.CORRUPT_STATE,
                "the memory holds no sound state: was it overwritten, or used by two threads at once?");
    }

    /// Returns the exception for a state of a stream or a bank, or a snapshot, that there is no
    /// memory for.
    ///
    /// @param what the name of the stream, bank or snapshot in messages
    static TrendFlexException noMemory(String what, long bytes, @Nullable Throwable cause) {
        TrendFlexException refusal =
                refused(
                        Refusal.OUT_OF_MEMORY,
                        "%s: it takes %s bytes, for which there is no memory"
                                .formatted(what, bytes));
        refusal.initCause(cause);
        return refusal;
    }

    private static void writable(String name, MemorySegment segment) {
        if (segment.isReadOnly()) {
            throw refused(Refusal.READ_ONLY, "%s is a read-only segment".formatted(name));
        }
    }

    private static boolean overlap(MemorySegment a, MemorySegment b) {
        if (a.isNative() && b.isNative()) {
            // asOverlappingSlice adds sizes to addresses, which wraps around near 2^63.
            return Long.compareUnsigned(b.address() - a.address(), a.byteSize()) < 0
                    || Long.compareUnsigned(a.address() - b.address(), b.byteSize()) < 0;
        }
        return a.asOverlappingSlice(b).isPresent();
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }

    private static TrendFlexException refused(Refusal error, String message) {
        return new TrendFlexException(error, message);
    }
}
