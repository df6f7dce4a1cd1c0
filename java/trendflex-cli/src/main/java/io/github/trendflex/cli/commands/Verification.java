package io.github.trendflex.cli.commands;

import io.github.trendflex.Definition;
import io.github.trendflex.Kernel;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.PeriodRange;
import io.github.trendflex.SeriesLayout;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A computation whose bits are known: a walk with a gap, for many periods and as many series, by
/// either definition.
final class Verification {
    /// The SHA-256 of the values, each as eight bytes with the highest first.
    private static final String RIGHT =
            "ed0cab3a5c3359fb269e16a3cf8279e4aff849318c65d33702c28e48d8ea9688";

    private static final int BARS = 4800;
    private static final int SERIES = 12;
    private static final PeriodRange PERIODS = PeriodRange.closed(1, 99);

    private Verification() {}

    /// Whether a kernel gives the right bits. This CPU must support the kernel.
    static boolean isRight(Kernel kernel) {
        return digest(kernel).equals(RIGHT);
    }

    private static String digest(Kernel kernel) {
        MessageDigest digest = sha256();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, walk());
            MemorySegment values = arena.allocate(prices.byteSize(), Double.BYTES);
            for (Definition definition : Definition.values()) {
                TrendFlexBatch.of(PERIODS)
                        .withDefinition(definition)
                        .withNanPolicy(NanPolicy.SKIP)
                        .withKernel(kernel)
                        .forEachRow(prices, (_, row) -> add(row, digest));
                for (SeriesLayout layout : SeriesLayout.values()) {
                    TrendFlex.of(21)
                            .withDefinition(definition)
                            .withNanPolicy(NanPolicy.SKIP)
                            .withKernel(kernel)
                            .computeManyInto(prices, SERIES, layout, values);
                    add(values, digest);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// Prices that are the same on every system, because they are computed in whole numbers.
    private static double[] walk() {
        double[] prices = new double[BARS];
        long state = 1;
        long cents = 100_00;
        for (int i = 0; i < BARS; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            cents += (state >>> 33) % 201 - 100;
            prices[i] = cents / 100.0;
        }
        prices[BARS / 3] = Double.NaN;
        return prices;
    }

    private static void add(MemorySegment values, MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(values.byteSize()));
        bytes.asLongBuffer().put(values.toArray(ValueLayout.JAVA_LONG));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
