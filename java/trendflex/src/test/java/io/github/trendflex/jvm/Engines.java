package io.github.trendflex.jvm;

import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexLibrary;
import io.github.trendflex.TrendFlexLibraryException;
import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.TrendFlexStreamBank;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Makes calls of every kind, and prints the engine, a digest of all outputs, and what only the
/// native engine can do.
public final class Engines {
    private Engines() {}

    public static void main(String[] args) {
        System.out.println(TrendFlexLibrary.engine());
        System.out.println(digest());
        for (Runnable call :
                List.<Runnable>of(
                        () -> TrendFlex.of(1).withKernel(Kernel.SCALAR).compute(new double[9]),
                        () -> TrendFlexStream.createIn(MemorySegment.NULL, 5),
                        () -> TrendFlexStream.openIn(MemorySegment.NULL),
                        () -> TrendFlexStream.stateSize(5),
                        TrendFlexLibrary::load)) {
            try {
                call.run();
                System.out.println("done");
            } catch (TrendFlexException | TrendFlexLibraryException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    /// Returns a digest of the outputs of all kinds of calls, which does not depend on the engine.
    private static int digest() {
        double[] prices = new double[5000];
        Random random = new Random(1);
        double price = 100;
        for (int i = 0; i < prices.length; i++) {
            price += random.nextGaussian();
            prices[i] = i % 1000 == 999 ? Double.NaN : price;
        }
        TrendFlex calculator = TrendFlex.of(20).withNanPolicy(NanPolicy.SKIP);
        double[] out = new double[prices.length];
        int digest = Arrays.hashCode(calculator.compute(prices));
        digest = 31 * digest + Arrays.deepHashCode(calculator.computeMany(new double[][] {prices}));
        digest = 31 * digest + Arrays.hashCode(calculator.batch(3, 250).compute(prices).arrayAt(1));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, prices);
            digest =
                    31 * digest
                            + Arrays.hashCode(
                                    calculator
                                            .compute(segment, arena)
                                            .toArray(ValueLayout.JAVA_DOUBLE));
        }
        TrendFlexStream stream = calculator.stream();
        stream.updateInto(prices, out);
        digest = 31 * digest + Arrays.hashCode(out);
        digest = 31 * digest + Arrays.hashCode(stream.snapshot());
        TrendFlexStreamBank bank = calculator.bank(prices.length);
        bank.updateInto(prices, out);
        bank.updateInto(prices, out);
        digest = 31 * digest + Arrays.hashCode(bank.snapshot());
        return digest;
    }
}
