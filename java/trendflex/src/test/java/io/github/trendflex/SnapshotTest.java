package io.github.trendflex;

import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/// Checks that a snapshot goes on with the same bits, and that a damaged one is refused.
class SnapshotTest {
    @Property
    void aRestoredStreamGoesOnToTheSameBits(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int period,
            @ForAll @IntRange(max = 2500) int before,
            @ForAll Definition definition,
            @ForAll boolean skip) {
        double[] prices = walk(before + 200, seed);
        NanPolicy policy = skip ? NanPolicy.SKIP : NanPolicy.PROPAGATE;
        TrendFlexStream stream =
                TrendFlex.of(period).withDefinition(definition).withNanPolicy(policy).stream();
        stream.updateAll(Arrays.copyOf(prices, before));
        TrendFlexStream restored = TrendFlexStream.restore(stream.snapshot());
        assertEquals(stream.toString(), restored.toString());
        assertEquals(88 + 8 * period, stream.snapshot().length);

        double[] rest = Arrays.copyOfRange(prices, before, prices.length);
        double[] expected = new double[rest.length];
        double[] out = new double[rest.length];
        stream.updateInto(rest, expected);
        restored.updateInto(rest, out);
        assertSameBits(expected, out);
        assertArrayEquals(stream.snapshot(), restored.snapshot());
    }

    @Test
    void aStreamThatTookALongChunkCanBeKept() {
        double[] prices = walk(20_000, 3);
        TrendFlexStream stream = TrendFlexStream.of(20);
        stream.updateInto(prices, new double[prices.length]);
        assertEquals(20_000, stream.count());
        assertEquals(TrendFlexStream.restore(stream.snapshot()).update(100), stream.update(100));
    }

    @Test
    void anEndedStreamStaysEnded() {
        TrendFlexStream stream = TrendFlexStream.of(2).withNanPolicy(NanPolicy.PROPAGATE);
        stream.updateAll(new double[] {1, 2, 3, Double.NaN});
        TrendFlexStream restored = TrendFlexStream.restore(stream.snapshot());
        assertEquals(Double.NaN, restored.update(4));
        assertEquals(3, restored.count());
    }

    @Test
    void aSnapshotOfALaterFormatIsRefusedByName() {
        byte[] later = TrendFlexStream.of(2).snapshot();
        later[7]++;
        ByteBuffer bytes = ByteBuffer.wrap(later).order(ByteOrder.LITTLE_ENDIAN);
        int end = later.length - Long.BYTES;
        CRC32 crc = new CRC32();
        crc.update(later, 0, end);
        bytes.putLong(end, crc.getValue());
        assertRefused(
                Refusal.CORRUPT_STATE,
                "the snapshot has format 2: this release knows format 1",
                () -> TrendFlexStream.restore(later));
    }

    @Test
    void damagedSnapshotsAreRefused() {
        TrendFlexStream stream = TrendFlexStream.of(3);
        stream.updateAll(new double[] {1, 2, 4, 7, 3});
        damaged(stream.snapshot(), TrendFlexStream::restore);
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(1, 2);
        bank.updateInto(new double[] {1, 2}, new double[2]);
        damaged(bank.snapshot(), TrendFlexStreamBank::restore);

        assertRefused(
                Refusal.CORRUPT_STATE,
                "the snapshot is one of a bank: TrendFlexStreamBank.restore takes it",
                () -> TrendFlexStream.restore(bank.snapshot()));
        assertRefused(
                Refusal.CORRUPT_STATE,
                "the snapshot is one of a stream: TrendFlexStream.restore takes it",
                () -> TrendFlexStreamBank.restore(stream.snapshot()));
        for (byte[] none : new byte[][] {{}, new byte[200]}) {
            assertRefused(
                    Refusal.CORRUPT_STATE,
                    "the %s bytes are no snapshot: one begins with TFLXSNA".formatted(none.length),
                    () -> TrendFlexStream.restore(none));
        }
    }

    private static void damaged(byte[] snapshot, Consumer<byte[]> restore) {
        restore.accept(snapshot);
        for (int bit = 0; bit < 8 * snapshot.length; bit++) {
            byte[] flipped = snapshot.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            String damage =
                    bit < 8 * 7
                            ? "the %s bytes are no snapshot: one begins with TFLXSNA"
                            : "the snapshot is damaged or not whole: its checksum is not that of its %s bytes";
            assertRefused(
                    Refusal.CORRUPT_STATE,
                    damage.formatted(snapshot.length),
                    () -> restore.accept(flipped));
        }
        for (int length = 0; length < snapshot.length; length++) {
            byte[] truncated = Arrays.copyOf(snapshot, length);
            assertRefused(Refusal.CORRUPT_STATE, () -> restore.accept(truncated));
        }
        byte[] longer = Arrays.copyOf(snapshot, snapshot.length + 8);
        assertRefused(Refusal.CORRUPT_STATE, () -> restore.accept(longer));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        assertNullRefused("snapshot", () -> TrendFlexStream.restore(null));
    }
}
