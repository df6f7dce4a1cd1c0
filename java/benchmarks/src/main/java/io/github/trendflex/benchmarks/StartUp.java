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

/// Is the smallest program that shows how long it takes until a fresh JVM has its first value. It
/// prints the last output, the nanoseconds from the prices to the outputs, and for [#TRENDFLEX] the
/// nanoseconds from then until a first stream has its first output.
///
/// Arguments: the way to compute, and the library's file.
public final class StartUp {
    public static final String TRENDFLEX = "trendflex";
    public static final String STREAM = "stream";
    public static final String BY_HAND = "by hand";
    public static final String PLAIN = "plain";
    public static final String NOTHING = "nothing";
    public static final int BARS = 100;
    public static final int PERIOD = 20;

    private StartUp() {}

    /// Computes once and prints the figures.
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
            case STREAM -> {
                TrendFlexStream stream = TrendFlexStream.of(PERIOD);
                for (int i = 0; i < BARS; i++) {
                    out[i] = stream.update(prices[i]);
                }
            }
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

    /// Computes with the code that a user writes who knows the file, trusts it and needs one
    /// function.
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
