package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compressed CSV, in and out.
class GzipTest {
    private static final String TEXT = "\ufeffa,close\n" + rows();
    private static final byte[] COMPRESSED = gzip(TEXT);

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"in.csv.gz", "IN.CSV.GZ", "in.csv"})
    void compressedTextIsReadWhateverTheFileIsCalled(String name) {
        String in = Samples.write(folder.resolve(name), COMPRESSED);
        assertEquals(expected(), Cli.run("compute", in));
    }

    @Test
    void compressedTextIsReadFromAPipe() {
        assertEquals(expected(), Cli.runWithInput(COMPRESSED, "compute", "-"));
    }

    @Test
    void filesThatWereCompressedOneByOneAndJoinedAreOneText() {
        byte[] first = gzip("close\n1\n2\n");
        byte[] second = gzip("4\n3\n");
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        String in = Samples.write(folder.resolve("in.csv.gz"), joined);
        assertEquals(
                Cli.runWithInput("close\n1\n2\n4\n3\n", "compute", "-", "--period=2"),
                Cli.run("compute", in, "--period=2"));
    }

    @Test
    void aResultIsCompressedIfItsNameSaysSo() throws IOException {
        Path out = folder.resolve("out.csv.gz");
        assertEquals(SILENT_SUCCESS, Cli.runWithInput(TEXT, "compute", "-", "-o", out.toString()));
        byte[] bytes = Files.readAllBytes(out);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            assertEquals(expected().out(), new String(in.readAllBytes(), StandardCharsets.UTF_8));
        }
        assertTrue(bytes.length < expected().out().length() / 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 9, 10, 15, 200, 500, -9, -8, -1})
    void aTruncatedFileIsRefusedAndLeavesNothing(int length) {
        int end = length > 0 ? length : COMPRESSED.length + length;
        String in = Samples.write(folder.resolve("in.csv.gz"), Arrays.copyOf(COMPRESSED, end));
        String out = folder.resolve("out.csv").toString();
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: " + in + ": truncated: the compressed data have no end\n"),
                Cli.run("compute", in, "-o", out));
        assertEquals(List.of("in.csv.gz"), Samples.names(folder));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 10, 300, -8, -1})
    void aDamagedFileIsRefusedAndLeavesNothing(int place) {
        byte[] damaged = COMPRESSED.clone();
        damaged[place > 0 ? place : damaged.length + place] ^= 0x7F;
        String in = Samples.write(folder.resolve("in.csv.gz"), damaged);
        String out = folder.resolve("out.csv").toString();
        Cli.Result result = Cli.run("compute", in, "-o", out);
        assertEquals(1, result.exitCode());
        assertTrue(result.err().startsWith("trendflex: " + in + ": "), result.err());
        assertEquals(1, result.err().lines().count());
        assertEquals(List.of("in.csv.gz"), Samples.names(folder));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 100})
    void whatFollowsTheCompressedDataIsNotIgnored(int length) {
        byte[] more = Arrays.copyOf(COMPRESSED, COMPRESSED.length + Math.max(1, length));
        System.arraycopy(COMPRESSED, 0, more, COMPRESSED.length, length);
        if (length > 17) {
            more[COMPRESSED.length + 1] ^= 0x7F;
        }
        String in = Samples.write(folder.resolve("in.csv.gz"), more);
        assertEquals(
                new Cli.Result(1, "", "trendflex: " + in + ": the compressed data are damaged\n"),
                Cli.run("compute", in, "-o", folder.resolve("out.csv").toString()));
        assertEquals(List.of("in.csv.gz"), Samples.names(folder));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void norIsWhatComesOnlyAfterThem(int length) throws IOException {
        InputStream later = new ByteArrayInputStream(new byte[length]);
        InputStream text =
                CsvText.of(new SequenceInputStream(new ByteArrayInputStream(COMPRESSED), later));
        assertThrows(ZipException.class, text::readAllBytes);
    }

    @Test
    void anErrorBehindThemIsNotTheirEnd() throws IOException {
        InputStream broken = InputStream.nullInputStream();
        broken.close();
        InputStream text =
                CsvText.of(new SequenceInputStream(new ByteArrayInputStream(COMPRESSED), broken));
        assertEquals(
                "Stream closed", assertThrows(IOException.class, text::readAllBytes).getMessage());
    }

    private static Cli.Result expected() {
        return Cli.runWithInput(TEXT, "compute", "-");
    }

    private static String rows() {
        StringBuilder rows = new StringBuilder();
        for (double price : Samples.walk(2000)) {
            rows.append("é,").append(price).append('\n');
        }
        return rows.toString();
    }

    private static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
