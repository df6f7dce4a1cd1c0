package io.github.trendflex.benchmarks.arms;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/// Calls the functions of `headers/trendflex.h` that are measured, in any library that has them,
/// through the Foreign Function & Memory API with no code around the calls.
interface Bridge {
    void series(MemorySegment prices, long length, int period, MemorySegment out);

    void batch(
            MemorySegment prices, long length, int start, int end, int threads, MemorySegment out);

    /// Returns the size of a stream's state.
    long streamSize(int period);

    /// Begins a stream.
    void begin(MemorySegment state, int period);

    /// Gives a stream all the prices.
    void update(MemorySegment state, double[] prices, double[] out);

    /// Gives each of the streams its price of each tick, tick by tick.
    void update(MemorySegment[] states, double[] prices, double[] out);

    /// Returns the bridge to a library: a class of its own, so that its handles are constants to
    /// the compiler, as in the generated bindings.
    static Bridge to(SymbolLookup library) {
        String file = BridgeCalls.class.getSimpleName() + ".class";
        try (InputStream bytes =
                Objects.requireNonNull(BridgeCalls.class.getResourceAsStream(file))) {
            return (Bridge)
                    MethodHandles.lookup()
                            .defineHiddenClassWithClassData(bytes.readAllBytes(), library, true)
                            .lookupClass()
                            .getDeclaredConstructor()
                            .newInstance();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
