package io.github.trendflex.cli.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// The header of NumPy's file format, in the versions 1.0, 2.0 and 3.0: a magic string, the
/// version, the length of what follows, and a Python dictionary that tells the type and the shape
/// of the array behind it.
public final class NpyFormat {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final String LITTLE_ENDIAN_DOUBLE = "<f8";
    private static final int ALIGNMENT = 64;
    private static final int MAX_HEADER_LENGTH = 1 << 16;

    private static final Pattern DICTIONARY = Pattern.compile("\\{(.*)}\\s*", Pattern.DOTALL);
    private static final Pattern ENTRY =
            Pattern.compile(
                    """
                    \\s* (['"]) (?<key>\\w+) \\1 \\s* : \\s*
                    (?<value> '[^']*' | "[^"]*" | \\w+ | \\([^()]*\\) | \\[[^\\[\\]]*\\] ) \\s* (?: , \\s* | $ )
                    """,
                    Pattern.COMMENTS);
    private static final Pattern TYPE = Pattern.compile("['\"]" + LITTLE_ENDIAN_DOUBLE + "['\"]");
    private static final Pattern ONE_DIMENSION =
            Pattern.compile("\\(\\s*(\\d{1,18})L?\\s*,\\s*\\)");

    private NpyFormat() {}

    /// A one-dimensional array of little-endian doubles in a file.
    ///
    /// @param offset where its first byte lies
    /// @param length the number of its doubles
    public record Vector(long offset, long length) {
        public long byteSize() {
            return length * Double.BYTES;
        }
    }

    /// Reads the header of a file that holds a one-dimensional array of little-endian doubles and
    /// nothing after it.
    ///
    /// @param in the file, from its beginning
    /// @param size the file's size in bytes
    /// @throws IOException if it is another file, with a message that says in what
    public static Vector read(InputStream in, long size) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2
                || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new IOException("not an .npy file: it does not begin with NumPy's magic string");
        }
        int major = Byte.toUnsignedInt(start[MAGIC.length]);
        int minor = Byte.toUnsignedInt(start[MAGIC.length + 1]);
        if (major < 1 || major > 3 || minor != 0) {
            throw new IOException(
                    "unknown .npy version %d.%d: 1.0, 2.0 and 3.0 are read"
                            .formatted(major, minor));
        }
        int lengthBytes = major == 1 ? Short.BYTES : Integer.BYTES;
        byte[] lengthField = Arrays.copyOf(in.readNBytes(lengthBytes), Long.BYTES);
        long headerLength = ByteBuffer.wrap(lengthField).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long offset = start.length + lengthBytes + headerLength;
        if (offset > size) {
            throw new IOException(
                    "truncated: the header ends at byte %d, the file at %d"
                            .formatted(offset, size));
        }
        if (headerLength > MAX_HEADER_LENGTH) {
            throw new IOException(
                    "the header has %d bytes, more than that of any array of prices"
                            .formatted(headerLength));
        }
        String header = new String(in.readNBytes((int) headerLength), StandardCharsets.ISO_8859_1);
        Vector vector = new Vector(offset, length(entries(header)));
        if (offset + vector.byteSize() != size) {
            throw new IOException(
                    "%s: %d doubles from byte %d on end at %d, the file at %d"
                            .formatted(
                                    offset + vector.byteSize() > size ? "truncated" : "too long",
                                    vector.length(),
                                    offset,
                                    offset + vector.byteSize(),
                                    size));
        }
        return vector;
    }

    /// The header of an array of little-endian doubles of the given shape, in C order. Its length
    /// is a multiple of 64, so that the doubles are aligned in a mapped file.
    public static byte[] header(long... shape) {
        String dimensions =
                LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String dictionary =
                "{'descr': '%s', 'fortran_order': False, 'shape': (%s%s), }"
                        .formatted(LITTLE_ENDIAN_DOUBLE, dimensions, shape.length == 1 ? "," : "");
        int prefix = MAGIC.length + 2 + Short.BYTES;
        int length = Math.ceilDiv(prefix + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MAGIC)
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) (length - prefix))
                .put(dictionary.getBytes(StandardCharsets.US_ASCII))
                .put(length - 1, (byte) '\n');
        return header;
    }

    private static Map<String, String> entries(String header) throws IOException {
        Matcher dictionary = DICTIONARY.matcher(header);
        if (!dictionary.matches()) {
            throw malformed();
        }
        Map<String, String> entries = new HashMap<>();
        Matcher entry = ENTRY.matcher(dictionary.group(1));
        while (entry.regionStart() < entry.regionEnd()) {
            if (!entry.lookingAt()
                    || entries.put(entry.group("key"), entry.group("value")) != null) {
                throw malformed();
            }
            entry.region(entry.end(), entry.regionEnd());
        }
        return entries;
    }

    private static long length(Map<String, String> entries) throws IOException {
        String type = entries.get("descr");
        String order = entries.get("fortran_order");
        String shape = entries.get("shape");
        boolean ordered = "True".equals(order) || "False".equals(order);
        if (type == null || shape == null || !ordered || entries.size() != 3) {
            throw malformed();
        }
        if (!TYPE.matcher(type).matches()) {
            throw new IOException(
                    "the array's type must be '%s', little-endian double, and is %s"
                            .formatted(LITTLE_ENDIAN_DOUBLE, type));
        }
        Matcher length = ONE_DIMENSION.matcher(shape);
        if (!length.matches()) {
            throw new IOException(
                    "the array's shape must be of one dimension, (n,), and is " + shape);
        }
        return Long.parseLong(length.group(1));
    }

    private static IOException malformed() {
        return new IOException("the header is no dictionary of descr, fortran_order and shape");
    }
}
