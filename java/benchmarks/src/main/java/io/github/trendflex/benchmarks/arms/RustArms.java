package io.github.trendflex.benchmarks.arms;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// Makes the arms in Rust: a loop in the library of `rust/trendflex-bench` calls the same functions
/// as TrendFlex for Java, on the same memory. Java only starts the loop.
public final class RustArms {
    public static final String NAME = "TrendFlex from Rust";
    public static final String ROOT_AND_DIVIDE = "square root and division alone";

    private final MethodHandle series;
    private final MethodHandle batch;
    private final MethodHandle many;
    private final MethodHandle stream;
    private final MethodHandle bank;
    private final MethodHandle rootAndDivide;

    public RustArms(Path library) {
        SymbolLookup lookup = SymbolLookup.libraryLookup(library, Arena.global());
        series = handle(lookup, "call_into", ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS);
        batch =
                handle(
                        lookup,
                        "call_batch",
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        ADDRESS,
                        JAVA_LONG);
        many =
                handle(
                        lookup,
                        "call_many",
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        JAVA_INT,
                        JAVA_INT,
                        JAVA_INT,
                        ADDRESS);
        stream =
                handle(
                        lookup,
                        "call_stream",
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS);
        bank =
                handle(
                        lookup,
                        "call_bank",
                        ADDRESS,
                        ADDRESS,
                        JAVA_LONG,
                        ADDRESS,
                        JAVA_LONG,
                        JAVA_LONG,
                        ADDRESS);
        rootAndDivide = handle(lookup, "root_and_divide", ADDRESS, JAVA_LONG, ADDRESS);
    }

    /// Finds a function whose first argument is a number of calls.
    private static MethodHandle handle(
            SymbolLookup lookup, String name, MemoryLayout... arguments) {
        return Linker.nativeLinker()
                .downcallHandle(
                        lookup.findOrThrow(name),
                        FunctionDescriptor.ofVoid(arguments).insertArgumentLayouts(0, JAVA_LONG));
    }

    public Arm single(Data data) {
        MemorySegment function = TrendflexH.trendflex_into$address();
        return arm(
                data,
                calls -> {
                    series.invokeExact(
                            calls,
                            function,
                            data.prices,
                            (long) data.work.bars(),
                            data.work.firstPeriod(),
                            data.out);
                });
    }

    public Arm batch(Data data) {
        MemorySegment function = TrendflexH.trendflex_batch_inner_into$address();
        return arm(
                data,
                calls -> {
                    batch.invokeExact(
                            calls,
                            function,
                            data.prices,
                            (long) data.work.bars(),
                            data.work.firstPeriod(),
                            data.work.lastPeriod(),
                            data.work.threads(),
                            data.out,
                            data.work.outputs());
                });
    }

    public Arm many(Data data) {
        MemorySegment function = TrendflexH.trendflex_many_series_into$address();
        return arm(
                data,
                calls -> {
                    many.invokeExact(
                            calls,
                            function,
                            data.prices,
                            (long) data.work.series(),
                            (long) data.work.bars(),
                            TrendflexH.TRENDFLEX_LAYOUT_SERIES_MAJOR(),
                            data.work.firstPeriod(),
                            data.work.threads(),
                            data.out);
                });
    }

    public Arm stream(Data data) {
        int period = data.work.firstPeriod();
        MemorySegment state =
                Arena.ofAuto().allocate(TrendFlexStream.stateSize(period), Long.BYTES);
        TrendFlexStream own = TrendFlexStream.createIn(state, period);
        return Arm.repeating(
                NAME,
                Agreement.BITS,
                updates(data, TrendflexH.trendflex_stream_update$address(), state, own::reset),
                Outputs.rows(data.out));
    }

    /// Returns the same loop around the function of another library.
    public Arm stream(Data data, NativeArms library) {
        MemorySegment state = library.state(data);
        return Arm.repeating(
                fromRust(library.name()),
                Agreement.CLOSE,
                updates(data, library.streamUpdate(), state, () -> library.begin(data, state)),
                Outputs.rows(data.out));
    }

    /// Returns the name of the arm that calls another library from Rust.
    public static String fromRust(String library) {
        return library + ", from Rust";
    }

    /// Gives all prices to a stream that is begun anew for each call.
    private Arm.Calls updates(
            Data data, MemorySegment function, MemorySegment state, Runnable begin) {
        return unchecked(calls -> {
            for (long call = 0; call < calls; call++) {
                begin.run();
                stream.invokeExact(
                        1L,
                        function,
                        state,
                        state.byteSize(),
                        data.prices,
                        (long) data.work.bars(),
                        data.out);
            }
        });
    }

    public Arm bank(Data data) {
        MemorySegment function = TrendflexH.trendflex_bank_update$address();
        Work work = data.work;
        MemorySegment place = Arena.ofAuto().allocate(ValueLayout.JAVA_LONG);
        TrendflexH.trendflex_bank_size(work.firstPeriod(), work.series(), place);
        long size = place.get(ValueLayout.JAVA_LONG, 0);
        MemorySegment state = Arena.ofAuto().allocate(size, 64);
        MemorySegment ticks = data.timeMajor();
        Arm.Calls run =
                unchecked(calls -> {
                    for (long call = 0; call < calls; call++) {
                        TrendflexH.trendflex_bank_init(
                                state, size, work.firstPeriod(), 0, work.series(), 1);
                        bank.invokeExact(
                                1L,
                                function,
                                state,
                                size,
                                ticks,
                                (long) work.series(),
                                (long) work.bars(),
                                data.out);
                    }
                });
        return Arm.repeating(NAME, Agreement.BITS, run, Outputs.columns(data.out, work.series()));
    }

    /// Returns a floor, which computes only the root and the quotient that every output needs.
    public Arm rootAndDivide(Data data) {
        Arm.Calls run =
                unchecked(calls -> {
                    for (int row = 0; row < data.work.rows(); row++) {
                        long bytes = (long) data.work.bars() * Double.BYTES;
                        rootAndDivide.invokeExact(
                                calls,
                                data.prices,
                                (long) data.work.bars(),
                                data.out.asSlice(row * bytes, bytes));
                    }
                });
        return Arm.repeating(ROOT_AND_DIVIDE, Agreement.NONE, run, Outputs.NONE);
    }

    private static Arm arm(Data data, NativeLoop loop) {
        return Arm.repeating(NAME, Agreement.BITS, unchecked(loop), Outputs.rows(data.out));
    }

    @FunctionalInterface
    private interface NativeLoop {
        void run(long calls) throws Throwable;
    }

    private static Arm.Calls unchecked(NativeLoop loop) {
        return calls -> {
            try {
                loop.run(calls);
            } catch (Throwable e) {
                throw new AssertionError(e);
            }
        };
    }
}
