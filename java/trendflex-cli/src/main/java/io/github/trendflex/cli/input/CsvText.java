package io.github.trendflex.cli.input;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// The text of a CSV file. Its first bytes tell whether it is compressed and whether it has a byte
/// order mark, which is left out.
final class CsvText {
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int BUFFER = 1 << 16;

    private CsvText() {}

    static InputStream of(InputStream bytes) throws IOException {
        InputStream in = new BufferedInputStream(bytes, BUFFER);
        if (beginsWith(GZIP, in)) {
            in = new BufferedInputStream(new WholeGzip(in), BUFFER);
        }
        if (beginsWith(BYTE_ORDER_MARK, in)) {
            in.skipNBytes(BYTE_ORDER_MARK.length);
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
}
