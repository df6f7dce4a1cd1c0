package io.github.trendflex.parity;

import io.github.trendflex.internal.ffi.TrendflexH;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;

/// Calls the crate `vector-ta` as our own library is called: `rust/vector-ta-oracle` has the
/// functions of our header.
final class Upstream {
    /// Says that the status was not OK.
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final String status;

        private Refused(String status) {
            super("upstream: " + status);
            this.status = status;
        }

        /// Returns the status's name in the header.
        String status() {
            return status;
        }
    }

    private static final Linker LINKER = Linker.nativeLinker();
    private static final int VECTOR_TA = TrendflexH.TRENDFLEX_DEFINITION_VECTOR_TA();
    private static final int PROPAGATE = TrendflexH.TRENDFLEX_NAN_POLICY_PROPAGATE();
    private static final int AUTO = TrendflexH.TRENDFLEX_KERNEL_AUTO();

    private final MethodHandle into;
    private final MethodHandle batchInto;
    private final MethodHandle streamSize;
    private final MethodHandle streamInit;
    private final MethodHandle streamUpdate;

    private Upstream(SymbolLookup library) {
        into = handle(library, "trendflex_into", TrendflexH.trendflex_into$descriptor());
        batchInto =
                handle(
                        library,
                        "trendflex_batch_inner_into",
                        TrendflexH.trendflex_batch_inner_into$descriptor());
        streamSize =
                handle(
                        library,
                        "trendflex_stream_size",
                        TrendflexH.trendflex_stream_size$descriptor());
        streamInit =
                handle(
                        library,
                        "trendflex_stream_init",
                        TrendflexH.trendflex_stream_init$descriptor());
        streamUpdate =
                handle(
                        library,
                        "trendflex_stream_update",
                        TrendflexH.trendflex_stream_update$descriptor());
    }

    /// Loads the library that `scripts/test oracle` builds in this checkout.
    static Upstream load(Path root) {
        Path folder = root.resolve("rust/vector-ta-oracle/target/release");
        Path file = folder.resolve(System.mapLibraryName("vector_ta_oracle"));
        // The library is never unloaded, because it has a pool of threads.
        return new Upstream(SymbolLookup.libraryLookup(file, Arena.global()));
    }

    private static MethodHandle handle(
            SymbolLookup library, String function, FunctionDescriptor type) {
        return LINKER.downcallHandle(library.findOrThrow(function), type);
    }

    double[] compute(double[] prices, int period) {
        double[] out = new double[prices.length];
        computeInto(prices, period, out);
        return out;
    }

    void computeInto(double[] prices, int period, double[] out) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
            MemorySegment places = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, out);
            check(
                    (int)
                            into.invokeExact(
                                    in,
                                    (long) prices.length,
                                    period,
                                    VECTOR_TA,
                                    PROPAGATE,
                                    AUTO,
                                    places,
                                    (long) out.length,
                                    MemorySegment.NULL));
            MemorySegment.copy(places, ValueLayout.JAVA_DOUBLE, 0, out, 0, out.length);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// Returns the rows of a batch, one after the other.
    double[] batch(double[] prices, int start, int end, int step) {
        long rows = start == end || step == 0 ? 1 : Math.abs(end - start) / step + 1L;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment in = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
            MemorySegment out = arena.allocate(ValueLayout.JAVA_DOUBLE, rows * prices.length);
            check(
                    (int)
                            batchInto.invokeExact(
                                    in,
                                    (long) prices.length,
                                    start,
                                    end,
                                    step,
                                    VECTOR_TA,
                                    PROPAGATE,
                                    AUTO,
                                    1,
                                    out,
                                    rows * prices.length,
                                    MemorySegment.NULL));
            return out.toArray(ValueLayout.JAVA_DOUBLE);
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    /// Returns the outputs of a new stream for these prices.
    double[] stream(double[] prices, int period) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment size = arena.allocate(ValueLayout.JAVA_LONG);
            check((int) streamSize.invokeExact(period, size));
            long bytes = size.get(ValueLayout.JAVA_LONG, 0);
            MemorySegment state = arena.allocate(bytes, Long.BYTES);
            check((int) streamInit.invokeExact(state, bytes, period, VECTOR_TA, PROPAGATE));
            double[] out = new double[prices.length];
            for (int i = 0; i < out.length; i++) {
                out[i] = (double) streamUpdate.invokeExact(state, bytes, prices[i]);
            }
            return out;
        } catch (Throwable e) {
            throw unchecked(e);
        }
    }

    private static void check(int status) {
        if (status != TrendflexH.TRENDFLEX_STATUS_OK()) {
            throw new Refused(name(status));
        }
    }

    private static String name(int status) {
        return Arrays.stream(TrendflexH.class.getMethods())
                .filter(method -> method.getName().startsWith("TRENDFLEX_STATUS_"))
                .filter(method -> value(method) == status)
                .map(method -> method.getName().substring("TRENDFLEX_STATUS_".length()))
                .findFirst()
                .orElseThrow();
    }

    private static int value(Method constant) {
        try {
            return (int) constant.invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /// Returns an unchecked exception: the compiler thinks that a method handle may throw anything,
    /// but ours throw nothing checked.
    private static RuntimeException unchecked(Throwable e) {
        return switch (e) {
            case RuntimeException unchecked -> unchecked;
            case Error error -> throw error;
            default -> new IllegalStateException(e);
        };
    }
}
