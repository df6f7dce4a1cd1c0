package io.github.trendflex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Writes and reads the bytes that keep a stream or a bank, for any machine and any later release.
///
/// All words have 8 bytes, the least significant first: a mark, which ends with the version of the
/// format; the tag, which says what it is and its options; the number of series; for each series
/// the words of [Step#save]; the CRC-32 of all this. The native library writes the same bytes.
final class Snapshots {
    private static final long MARK = mark();

    private static final long SKIPS = 1L << 32;
    private static final long EHLERS = 2L << 32;

    /// Words before the first series, and after the last.
    private static final int HEAD = 3;

    private static final int TAIL = 1;

    /// Words of a series beside the last smoothed prices.
    private static final int SAVED = 7;

    /// Bounds of what a series can reach.
    private enum Limits {
        SAVED(1L << 62, 1),
        /// A series from a snapshot never leaves these bounds: its count does not come so far in a
        /// lifetime, and the smoother makes its numbers only a few times as large.
        UNDER_WAY(3L << 61, 64);

        /// More prices than it can have taken.
        final long taken;

        /// How many times as large its numbers may be as prices can make them.
        final double scale;

        Limits(long taken, double scale) {
            this.taken = taken;
            this.scale = scale;
        }
    }

    private Snapshots() {}

    private static long mark() {
        long mark = SnapshotDiagnosis.FORMAT;
        for (int i = SnapshotDiagnosis.MARK.length() - 1; i >= 0; i--) {
            mark = mark << Byte.SIZE | SnapshotDiagnosis.MARK.charAt(i);
        }
        return mark;
    }

    /// Returns the bytes of a snapshot.
    static long size(int period, long series) {
        return (series * (SAVED + (long) period) + HEAD + TAIL) * Long.BYTES;
    }

    static byte[] ofStream(Step step) {
        return write(
                StreamState.name(step.period()), SnapshotDiagnosis.Kind.STREAM, new Step[] {step});
    }

    static byte[] ofBank(BankInfo info, Step[] symbols) {
        return write(info.toString(), SnapshotDiagnosis.Kind.BANK, symbols);
    }

    private static byte[] write(String of, SnapshotDiagnosis.Kind kind, Step[] all) {
        Step first = all[0];
        byte[] bytes = StateMemory.forSnapshot(of, size(first.period(), all.length));
        ByteBuffer words = words(bytes);
        words.putLong(MARK);
        words.putLong(
                kind.tag << SnapshotDiagnosis.KIND_SHIFT
                        | (first.nanPolicy() == NanPolicy.SKIP ? SKIPS : 0)
                        | (first.definition() == Definition.EHLERS ? EHLERS : 0)
                        | first.period());
        words.putLong(all.length);
        for (Step step : all) {
            int from = words.position();
            step.save(words);
            int to = words.position();
            if (!isPossible(words.position(from), step, Limits.UNDER_WAY)) {
                throw Checks.corruptState();
            }
            words.position(to);
        }
        words.putLong(checksum(bytes, words.position()));
        return bytes;
    }

    static long checksum(byte[] bytes, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, length);
        return crc.getValue();
    }

    static Step stream(byte[] snapshot) {
        try {
            Step[] series = read(snapshot, SnapshotDiagnosis.Kind.STREAM);
            if (series == null || series.length != 1) {
                throw SnapshotDiagnosis.noStream(snapshot);
            }
            return series[0];
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory("stream from a snapshot", snapshot.length, e);
        }
    }

    static Step[] bank(byte[] snapshot) {
        try {
            Step[] series = read(snapshot, SnapshotDiagnosis.Kind.BANK);
            if (series == null) {
                throw SnapshotDiagnosis.noBank(snapshot);
            }
            return series;
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory("bank from a snapshot", snapshot.length, e);
        }
    }

    /// Lets a stream go on from a snapshot that the native library has just written.
    static void goOn(Step step, byte[] snapshot) {
        step.load(words(snapshot).position(HEAD * Long.BYTES));
    }

    private static ByteBuffer words(byte[] bytes) {
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// Returns the series of a snapshot, or null if it is not a whole and sound one of its kind.
    private static Step @Nullable [] read(byte[] bytes, SnapshotDiagnosis.Kind kind) {
        if (bytes.length < (HEAD + TAIL) * Long.BYTES) {
            return null;
        }
        ByteBuffer words = words(bytes);
        int end = bytes.length - Long.BYTES;
        if (words.getLong() != MARK || words.getLong(end) != checksum(bytes, end)) {
            return null;
        }
        long tag = words.getLong();
        long count = words.getLong();
        int period = (int) tag;
        if ((tag & ~(SKIPS | EHLERS)) != (kind.tag << SnapshotDiagnosis.KIND_SHIFT | period)
                || period < 1
                || count < 1
                || count > bytes.length / Long.BYTES
                || size(period, count) != bytes.length) {
            return null;
        }
        Definition definition = (tag & EHLERS) != 0 ? Definition.EHLERS : Definition.VECTOR_TA;
        NanPolicy nanPolicy = (tag & SKIPS) != 0 ? NanPolicy.SKIP : NanPolicy.PROPAGATE;
        Coefficients coefficients = Coefficients.of(period, definition);
        Step[] series = new Step[(int) count];
        for (int i = 0; i < series.length; i++) {
            series[i] = new Step(definition, nanPolicy, coefficients);
            int from = words.position();
            if (!isPossible(words, series[i], Limits.SAVED)) {
                return null;
            }
            series[i].load(words.position(from));
        }
        return series;
    }

    /// Returns whether a series of the options of `step` can reach the state in the next words, and
    /// can go on from it for ever.
    private static boolean isPossible(ByteBuffer words, Step step, Limits limits) {
        double length = step.period();
        double steepest = limits.scale * 4 * Price.LARGEST;
        // If the first two prices lie far apart, the smoother overshoots by a part of the period.
        double most = steepest + limits.scale * Price.LARGEST * (length / 8);
        double sums = most * length;
        long count = words.getLong();
        boolean possible = (count & ~Step.ENDED) < limits.taken;
        possible &= (count & Step.ENDED) == 0 || step.nanPolicy() != NanPolicy.SKIP;
        possible &= Math.abs(words.getDouble()) <= most; // smoothed
        possible &= Math.abs(words.getDouble()) <= steepest; // slope
        possible &= Price.isPrice(words.getDouble());
        possible &= Math.abs(words.getDouble()) <= sums; // hi
        possible &= Math.abs(words.getDouble()) <= sums; // lo
        double meanSquare = words.getDouble();
        possible &= meanSquare >= 0 && meanSquare <= 16 * most * most; // both may be infinite
        for (int i = 0; i < step.period(); i++) {
            possible &= Math.abs(words.getDouble()) <= most;
        }
        return possible;
    }
}
