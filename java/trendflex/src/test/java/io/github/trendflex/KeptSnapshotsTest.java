package io.github.trendflex;

import static io.github.trendflex.Doubles.assertSameBits;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Checks that this release goes on from the snapshots of older ones, with the bits that they would
/// have computed.
class KeptSnapshotsTest {
    /// The prices after every snapshot; for a bank of three symbols they are three prices of each.
    private static final double[] NEXT = {
        101.25, Double.NaN, 99.5, 100, 1e150, -3.75, 0, 100.0625, 99
    };

    @ParameterizedTest
    @MethodSource("kept")
    void whatWasKeptGoesOnToTheSameBits(String kind, String snapshot, String outputs) {
        byte[] bytes = HexFormat.of().parseHex(snapshot);
        double[] out = new double[NEXT.length];
        byte[] again;
        switch (kind) {
            case "stream" -> {
                TrendFlexStream stream = TrendFlexStream.restore(bytes);
                again = stream.snapshot();
                stream.updateInto(NEXT, out);
            }
            case "bank" -> {
                TrendFlexStreamBank bank = TrendFlexStreamBank.restore(bytes);
                again = bank.snapshot();
                double[] tick = new double[3];
                for (int i = 0; i < NEXT.length; i += tick.length) {
                    bank.updateInto(Arrays.copyOfRange(NEXT, i, i + tick.length), tick);
                    System.arraycopy(tick, 0, out, i, tick.length);
                }
            }
            default -> throw new AssertionError(kind);
        }
        assertSameBits(doubles(outputs), out);
        assertArrayEquals(bytes, again, "a release writes the newest format, so far the first");
    }

    static String[][] kept() throws IOException {
        try (InputStream file = KeptSnapshotsTest.class.getResourceAsStream("kept-snapshots.txt")) {
            byte[] text = Objects.requireNonNull(file).readAllBytes();
            return new String(text, StandardCharsets.US_ASCII)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" ", -1))
                    .toArray(String[][]::new);
        }
    }

    private static double[] doubles(String hex) {
        double[] values = new double[hex.length() / 16];
        Arrays.setAll(
                values,
                i ->
                        Double.longBitsToDouble(
                                HexFormat.fromHexDigitsToLong(hex, 16 * i, 16 * i + 16)));
        return values;
    }
}
