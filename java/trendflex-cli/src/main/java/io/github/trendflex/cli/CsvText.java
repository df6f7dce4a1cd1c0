package io.github.trendflex.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/// The text in the bytes of a CSV file: without the compression and the byte order mark that they
/// may have, which is seen from how they begin.
final class CsvText {
    private static final byte[] GZIP = {0x1F, (byte) 0x8B};
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};
    private static final int BUFFER = 1 << 16;

    private CsvText() {}

    static InputStream of(InputStream bytes) throws IOException {
        InputStream in = new BufferedInputStream(bytes, BUFFER);
        if (beginsWith(GZIP, in)) {
            in = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
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
}
