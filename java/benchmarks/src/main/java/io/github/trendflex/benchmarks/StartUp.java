package io.github.trendflex.benchmarks;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.benchmarks.arms.PlainJava;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Path;

/// The smallest of programs, to see what it takes until a fresh JVM has its first value. It prints
/// the last output, how many nanoseconds passed from the prices to the outputs, and for
/// [#TRENDFLEX] how many until a first stream after that had its first output.
///
/// Arguments: how it is computed, and the library's file.
public final class StartUp {
    public static final String TRENDFLEX = "trendflex";
    public static final String BY_HAND = "by hand";
    public static final String PLAIN = "plain";
    public static final String NOTHING = "nothing";
    public static final int BARS = 100;
    public static final int PERIOD = 20;

    private StartUp() {}

    /// Runs it.
    public static void main(String[] args) throws Throwable {
        String how = args[0];
        if (how.equals(NOTHING)) {
            return;
        }
        double[] prices = Prices.walk(BARS);
        double[] out = new double[BARS];
        long begin = System.nanoTime();
        switch (how) {
            case TRENDFLEX -> TrendFlex.of(PERIOD).computeInto(prices, out);
            case BY_HAND -> byHand(args[1], prices, out);
            default -> PlainJava.sameBits(prices, PERIOD, out);
        }
        long value = System.nanoTime();
        System.out.println(out[BARS - 1]);
        System.out.println(value - begin);
        if (how.equals(TRENDFLEX)) {
            begin = System.nanoTime();
            TrendFlexStream.of(PERIOD).update(prices[0]);
            System.out.println(System.nanoTime() - begin);
        }
    }

    /// What one writes who knows the file, trusts it and needs one function.
    private static void byHand(String file, double[] prices, double[] out) throws Throwable {
        SymbolLookup library = SymbolLookup.libraryLookup(Path.of(file), Arena.global());
        MethodHandle compute =
                Linker.nativeLinker()
                        .downcallHandle(
                                library.findOrThrow("trendflex_into"),
                                FunctionDescriptor.of(
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.JAVA_LONG,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.JAVA_INT,
                                        ValueLayout.ADDRESS,
                                        ValueLayout.JAVA_LONG,
                                        ValueLayout.ADDRESS),
                                Linker.Option.critical(true));
        int status =
                (int)
                        compute.invokeExact(
                                MemorySegment.ofArray(prices),
                                (long) BARS,
                                PERIOD,
                                0,
                                0,
                                0,
                                MemorySegment.ofArray(out),
                                (long) BARS,
                                MemorySegment.NULL);
        if (status != 0) {
            throw new IllegalStateException("status " + status);
        }
    }
}
