package io.github.trendflex.cli.input;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// The text of a CSV file. Its first bytes tell whether it is compressed and whether it has a byte
/// order mark, which is left out. UTF-16 becomes UTF-8.
final class CsvText {
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final byte[] LITTLE_ENDIAN = {(byte) 0xFF, (byte) 0xFE};
    private static final byte[] BIG_ENDIAN = {(byte) 0xFE, (byte) 0xFF};
    private static final int BUFFER = 1 << 16;

    private CsvText() {}

    static InputStream of(InputStream bytes) throws IOException {
        InputStream in = new BufferedInputStream(bytes, BUFFER);
        if (beginsWith(GZIP, in)) {
            in = new BufferedInputStream(new WholeGzip(in), BUFFER);
        } else if (beginsWith(ZIP, in)) {
            in = new BufferedInputStream(new SingleFile(new ZipInputStream(in)), BUFFER);
        }
        if (beginsWith(BYTE_ORDER_MARK, in)) {
            in.skipNBytes(BYTE_ORDER_MARK.length);
        } else if (beginsWith(LITTLE_ENDIAN, in)) {
            in.skipNBytes(LITTLE_ENDIAN.length);
            return new Recoded(in, StandardCharsets.UTF_16LE);
        } else if (beginsWith(BIG_ENDIAN, in)) {
            in.skipNBytes(BIG_ENDIAN.length);
            return new Recoded(in, StandardCharsets.UTF_16BE);
        }
        return in;
    }

    private static boolean beginsWith(byte[] mark, InputStream in) throws IOException {
        in.mark(mark.length);
        boolean begins = Arrays.equals(in.readNBytes(mark.length), mark);
        in.reset();
        return begins;
    }

    /// Compressed data that must reach to the end of the file. Java's own class ignores what
    /// follows them if it cannot read it, even compressed data with a damaged header.
    private static final class WholeGzip extends GZIPInputStream {
        private static final int TRAILER = 8;

        WholeGzip(InputStream in) throws IOException {
            super(in, BUFFER);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            // At the end Java tries what follows as another header, and the checksum then is that
            // of the bytes it tried. If reading them failed, the read below fails again.
            boolean tried = inf.getRemaining() > TRAILER || crc.getValue() != 0;
            if (count < 0 && (tried || in.read() >= 0)) {
                throw new ZipException("something else follows the compressed data");
            }
            return count;
        }
    }

    /// The only file in a zip archive. That there is no other one is seen at its end.
    private static final class SingleFile extends FilterInputStream {
        private final ZipInputStream zip;
        private final String name;
        private boolean ended;

        SingleFile(ZipInputStream zip) throws IOException {
            super(zip);
            this.zip = zip;
            name = nextName();
            if (name.isEmpty()) {
                throw new IOException("the zip archive has no file in it");
            }
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = ended ? -1 : super.read(bytes, offset, length);
            if (count < 0 && !ended) {
                ended = true;
                String other = nextName();
                if (!other.isEmpty()) {
                    throw new IOException(
                            "the zip archive has several files, %s and %s: unpack it"
                                    .formatted(name, other));
                }
            }
            return count;
        }

        /// The name of the next file, which can now be read, or empty text.
        private String nextName() throws IOException {
            try {
                ZipEntry entry = zip.getNextEntry();
                while (entry != null && entry.isDirectory()) {
                    entry = zip.getNextEntry();
                }
                return entry == null ? "" : entry.getName();
            } catch (IllegalArgumentException e) {
                throw new IOException("the names in the zip archive are no text", e);
            }
        }
    }

    /// Text of another encoding as UTF-8.
    private static final class Recoded extends InputStream {
        private final Reader text;
        private final char[] chars = new char[BUFFER];
        private ByteBuffer bytes = ByteBuffer.allocate(0);

        Recoded(InputStream in, Charset charset) {
            // Unlike a charset, a decoder does not put something else in the place of what is no
            // text.
            text = new InputStreamReader(in, charset.newDecoder());
        }

        @Override
        public int read() throws IOException {
            return fill() ? Byte.toUnsignedInt(bytes.get()) : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length > 0 && !fill()) {
                return -1;
            }
            int count = Math.min(length, bytes.remaining());
            bytes.get(target, offset, count);
            return count;
        }

        @Override
        public void close() throws IOException {
            text.close();
        }

        private boolean fill() throws IOException {
            if (bytes.hasRemaining()) {
                return true;
            }
            try {
                int count = text.read(chars, 0, chars.length - 1);
                if (count > 0 && Character.isHighSurrogate(chars[count - 1])) {
                    int low = text.read();
                    if (low >= 0) {
                        chars[count++] = (char) low;
                    }
                }
                bytes =
                        StandardCharsets.UTF_8.encode(
                                CharBuffer.wrap(chars, 0, Math.max(0, count)));
                return count > 0;
            } catch (CharacterCodingException e) {
                throw new IOException("the text is no UTF-16, as its mark says", e);
            }
        }
    }
}
