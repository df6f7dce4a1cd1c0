package org.xerial.snappy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes are made by hand from the description of the format. Files in Snappy that other
/// programs have written are read in `ParquetTest`.
class SnappyTest {
    @ParameterizedTest
    @CsvSource({
        "'', 00",
        "abc, 03 08616263",
        "abcabcabca, 0a 08616263 0d03", // seven bytes from three bytes before
        "aaaaa, 05 0061 0101", // four bytes from one byte before
        "abcdefgh abcdefgh, 11 20616263646566676820 1e0900",
        "abcdefgh abcdefgh, 11 20616263646566676820 1f09000000",
    })
    void whatIsThereAlreadyIsRepeated(String text, String compressed) throws IOException {
        assertEquals(text, uncompressed(compressed, text.length()));
        assertEquals(text, uncompressed(compressed, text.length() + 5));
    }

    /// Their lengths are in one to four bytes behind the tag.
    @ParameterizedTest
    @ValueSource(ints = {60, 61, 256, 257, 65536, 65537, 20_000_000})
    void literalsMayBeLong(int length) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        int left = length;
        while (left >= 0x80) {
            data.write(left | 0x80);
            left >>>= 7;
        }
        data.write(left);
        int last = length - 1;
        int bytes = last < 60 ? 0 : last < 1 << 8 ? 1 : last < 1 << 16 ? 2 : last < 1 << 24 ? 3 : 4;
        data.write((bytes == 0 ? last : 59 + bytes) << 2);
        for (int i = 0; i < bytes; i++) {
            data.write(last >>> (8 * i));
        }
        byte[] text =
                "0123456789"
                        .repeat(length / 10 + 1)
                        .substring(0, length)
                        .getBytes(StandardCharsets.US_ASCII);
        data.writeBytes(text);
        ByteBuffer out = ByteBuffer.allocate(length);
        assertEquals(length, Snappy.uncompress(ByteBuffer.wrap(data.toByteArray()), out));
        assertArrayEquals(text, out.array());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no length
                "ffffffffff", // a length without an end
                "03 086162", // a literal that is cut
                "03 0861626364", // something behind it
                "04 08616263", // shorter than it says
                "02 08616263", // longer than it says
                "06 08616263 0104", // from before the beginning
                "07 08616263 0100", // from nowhere
                "07 08616263 0f03000080", // from behind the end
                "20 08616263 7e0300", // longer than the output
                "03 fcffffff7f616263", // a literal of two billion bytes
                "03 fcfeffffff616263", // a literal of less than none
            })
    void damagedDataAreRefused(String compressed) {
        assertThrows(IOException.class, () -> uncompressed(compressed, 16));
    }

    @Test
    void onlyWhatRemainsIsReadAndWritten() throws IOException {
        ByteBuffer in =
                ByteBuffer.wrap(HexFormat.of().parseHex("ff0308616263ff")).position(1).limit(6);
        ByteBuffer out = ByteBuffer.allocateDirect(9).position(2);
        assertEquals(3, Snappy.uncompress(in, out));
        assertEquals(2, out.position());
        assertEquals(5, out.limit());
        assertEquals("abc", StandardCharsets.US_ASCII.decode(out).toString());
        // Nothing before the position can be repeated.
        ByteBuffer next = ByteBuffer.allocateDirect(9).position(2);
        assertThrows(
                IOException.class,
                () -> Snappy.uncompress(ByteBuffer.wrap(HexFormat.of().parseHex("040101")), next));
    }

    private static String uncompressed(String compressed, int capacity) throws IOException {
        byte[] in = HexFormat.of().parseHex(compressed.replace(" ", ""));
        ByteBuffer out = ByteBuffer.allocateDirect(capacity);
        int length = Snappy.uncompress(ByteBuffer.wrap(in), out);
        assertEquals(length, out.remaining());
        return StandardCharsets.US_ASCII.decode(out).toString();
    }
}
