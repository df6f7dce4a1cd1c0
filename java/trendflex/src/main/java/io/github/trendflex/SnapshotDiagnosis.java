package io.github.trendflex;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Says in words why bytes are no snapshot. Snapshots begin and end in the same way in every
/// version of the format.
final class SnapshotDiagnosis {
    /// The format that this release writes.
    static final int FORMAT = 1;

    static final String MARK = "TFLXSNA";
    private static final int VERSION_AT = MARK.length();
    private static final int TAG_AT = 8;
    private static final long SMALLEST = 32;

    /// The place of a kind in a tag.
    static final int KIND_SHIFT = 40;

    /// Says what a snapshot is of, with the upper bits of its tag.
    enum Kind {
        STREAM(0x54_5246, "a stream", "TrendFlexStream.restore"),
        BANK(0x54_4246, "a bank", "TrendFlexStreamBank.restore");

        final long tag;
        final String name;
        final String method;

        Kind(long tag, String name, String method) {
            this.tag = tag;
            this.name = name;
            this.method = method;
        }
    }

    private SnapshotDiagnosis() {}

    static TrendFlexException noStream(byte[] bytes) {
        return new TrendFlexException(Refusal.CORRUPT_STATE, diagnose(bytes, Kind.STREAM));
    }

    static TrendFlexException noBank(byte[] bytes) {
        return new TrendFlexException(Refusal.CORRUPT_STATE, diagnose(bytes, Kind.BANK));
    }

    private static String diagnose(byte[] bytes, Kind wanted) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (bytes.length < SMALLEST || !beginsWithMark(bytes)) {
            return "the %s bytes are no snapshot: one begins with %s".formatted(bytes.length, MARK);
        }
        int end = bytes.length - Long.BYTES;
        if (buffer.getLong(end) != Snapshots.checksum(bytes, end)) {
            return "the snapshot is damaged or not whole: its checksum is not that of its %s bytes"
                    .formatted(bytes.length);
        }
        int format = Byte.toUnsignedInt(bytes[VERSION_AT]);
        if (format != FORMAT) {
            return "the snapshot has format %s: this release knows format %s"
                    .formatted(format, FORMAT);
        }
        for (Kind kind : Kind.values()) {
            if (kind != wanted && buffer.getLong(TAG_AT) >>> KIND_SHIFT == kind.tag) {
                return "the snapshot is one of %s: %s takes it".formatted(kind.name, kind.method);
            }
        }
        return "the snapshot is whole, but its content is not that of %s of this release"
                .formatted(wanted.name);
    }

    private static boolean beginsWithMark(byte[] bytes) {
        for (int i = 0; i < MARK.length(); i++) {
            if (bytes[i] != MARK.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
