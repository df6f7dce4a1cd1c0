package org.xerial.snappy;

import java.io.IOException;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// The format Snappy, which Parquet files are mostly compressed with, read in Java.
///
/// Hardwood calls the class of this name in the library `snappy-java`. That one's code in C trusts
/// the length that the data state and, where it is damaged, writes beyond its output: the JVM ends.
public final class Snappy {
    private Snappy() {}

    /// Uncompresses all that remains of a buffer into another one, from its position to what
    /// becomes its limit; returns the length of that.
    ///
    /// @throws IOException if the data are damaged, or longer than the output
    public static int uncompress(ByteBuffer compressed, ByteBuffer uncompressed)
            throws IOException {
        ByteBuffer in = compressed.duplicate();
        // What is before the position is not ours to repeat.
        ByteBuffer out = uncompressed.slice();
        try {
            int length = length(in);
            while (in.hasRemaining()) {
                int tag = unsigned(in, 1);
                switch (tag & 3) {
                    case 0 -> copyLiteral(in, tag >>> 2, out);
                    case 1 -> repeat((tag >>> 5 << 8) | unsigned(in, 1), (tag >>> 2 & 7) + 4, out);
                    case 2 -> repeat(unsigned(in, 2), (tag >>> 2) + 1, out);
                    default -> repeat(unsigned(in, 4), (tag >>> 2) + 1, out);
                }
            }
            if (out.position() == length) {
                uncompressed.limit(uncompressed.position() + length);
                return length;
            }
        } catch (BufferUnderflowException
                | BufferOverflowException
                | IndexOutOfBoundsException
                | IllegalArgumentException e) {
            throw new IOException("the data compressed with Snappy are damaged", e);
        }
        throw new IOException("the data compressed with Snappy are damaged");
    }

    /// The length that is stated first, seven bits in each byte.
    private static int length(ByteBuffer in) {
        int length = 0;
        int shift = 0;
        int bits;
        do {
            bits = unsigned(in, 1);
            length |= (bits & 0x7F) << shift;
            shift += 7;
        } while (bits >= 0x80);
        return length;
    }

    private static void copyLiteral(ByteBuffer in, int tag, ByteBuffer out) {
        int length = 1 + (tag < 60 ? tag : unsigned(in, tag - 59));
        out.put(in.slice(in.position(), length));
        in.position(in.position() + length);
    }

    /// Writes once more what is so far before the end of the output, which may have no more than a
    /// part of it yet.
    private static void repeat(int distance, int length, ByteBuffer out) {
        int end = out.position();
        int from = end - distance;
        if (distance >= length) {
            out.put(end, out, from, length).position(end + length);
        } else if (distance > 0) {
            for (int i = 0; i < length; i++) {
                out.put(out.get(from + i));
            }
        } else {
            throw new IllegalArgumentException("distance " + distance);
        }
    }

    /// A number in the next bytes, the least significant first.
    private static int unsigned(ByteBuffer in, int bytes) {
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number |= Byte.toUnsignedInt(in.get()) << (8 * i);
        }
        return number;
    }
}
