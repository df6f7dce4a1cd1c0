package io.github.trendflex.flink;

import io.github.trendflex.Definition;
import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlexStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The state of a key whose snapshot would be long, while it has taken few prices: the prices
/// themselves. A snapshot has 8 bytes for each bar of the period from the first price on, and of
/// the longest periods none can be had.
///
/// The words are, in little-endian order: a mark, the options, and the prices.
final class History {
    /// Periods up to this one have snapshots from the first price on, and longer ones after so many
    /// prices. Until then it takes less time to take all prices again than to read a snapshot.
    static final int LONGEST = 1 << 14;

    /// Differs from the mark of a snapshot.
    private static final long MARK = 0x5345_4349_5250_4654L;

    private static final int HEAD = 2 * Long.BYTES;

    private History() {}

    static boolean isOne(byte[] state) {
        return state.length >= HEAD && words(state).getLong(0) == MARK;
    }

    static boolean isFor(Options options) {
        return options.period() > LONGEST;
    }

    static boolean hasRoom(byte[] state) {
        return state.length < HEAD + LONGEST * Double.BYTES;
    }

    static byte[] empty(Options options) {
        byte[] state = new byte[HEAD];
        words(state)
                .putLong(MARK)
                .putInt(options.period())
                .putShort((short) (options.definition() == Definition.EHLERS ? 1 : 0))
                .putShort((short) (options.nanPolicy() == NanPolicy.PROPAGATE ? 1 : 0));
        return state;
    }

    static byte[] with(byte[] state, double price) {
        byte[] longer = Arrays.copyOf(state, state.length + Double.BYTES);
        words(longer).putDouble(state.length, price);
        return longer;
    }

    static TrendFlexStream stream(byte[] state) {
        ByteBuffer words = words(state).position(Long.BYTES);
        int period = words.getInt();
        Definition definition = words.getShort() == 1 ? Definition.EHLERS : Definition.VECTOR_TA;
        NanPolicy nanPolicy = words.getShort() == 1 ? NanPolicy.PROPAGATE : NanPolicy.SKIP;
        TrendFlexStream stream = new Options(period, definition, nanPolicy).stream();
        while (words.hasRemaining()) {
            stream.update(words.getDouble());
        }
        return stream;
    }

    private static ByteBuffer words(byte[] state) {
        return ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    }
}
