package io.github.trendflex.cli.input;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Text in other encodings and archives, and the names of files.
class EncodingsTest {
    private static final String TEXT = "Größe;close\n\uD83D\uDCC8;1,5\nb;2,5\nc;4,5\n";
    private static final String[] COMPUTE = {"compute", "-", "--period=1"};

    @TempDir private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
    void utf16IsReadByItsMarkAndWrittenAsUtf8(String charset) {
        byte[] text = ("\uFEFF" + TEXT).getBytes(Charset.forName(charset));
        assertEquals(Cli.runWithInput(TEXT, COMPUTE), Cli.runWithInput(text, COMPUTE));
        String[] byName = {"compute", "-", "--period=1", "--by=Größe"};
        assertEquals(Cli.runWithInput(TEXT, byName), Cli.runWithInput(text, byName));
        // Longer than what is decoded at a time.
        String more = TEXT + "\uD83D\uDCC8;3,5\n".repeat(30_000);
        assertEquals(
                Cli.runWithInput(more, COMPUTE),
                Cli.runWithInput(("\uFEFF" + more).getBytes(Charset.forName(charset)), COMPUTE));
    }

    @Test
    void whatIsNoUtf16ThoughItsMarkSaysSoIsRefused() {
        byte[] text = ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE);
        byte[] lone = ("\uFEFF" + TEXT).getBytes(StandardCharsets.UTF_16LE);
        lone[2 * (TEXT.indexOf('\uDCC8') + 1) + 1] = 0;
        for (byte[] bad : List.of(Arrays.copyOf(text, text.length - 1), lone)) {
            assertEquals(
                    new Cli.Result(
                            1,
                            "",
                            "trendflex: standard input: the text is no UTF-16, as its mark says\n"),
                    Cli.runWithInput(bad, COMPUTE));
        }
    }

    @Test
    void aZipArchiveWithOneFileIsReadAndItsResultIsCsv() throws IOException {
        String in = Samples.write(folder.resolve("in.zip"), zip("data/", "data/in.csv"));
        assertEquals(Cli.runWithInput(TEXT, COMPUTE), Cli.run("compute", in, "--period=1"));
        Path results = Files.createDirectory(folder.resolve("results"));
        assertEquals(
                SILENT_SUCCESS, Cli.run("compute", in, "--period=1", "-o", results.toString()));
        assertEquals(List.of("in.csv"), Samples.names(results));
    }

    @Test
    void aZipArchiveWithNoneOrSeveralIsRefused() {
        assertRefused(
                "the zip archive has several files, a.csv and b.csv: unpack it",
                zip("a.csv", "b.csv"));
        assertRefused("the zip archive has no file in it", zip("data/"));
        byte[] damaged = zip("a.csv");
        damaged[40] ^= 0x7F;
        assertRefused("the compressed data are damaged", damaged);
        assertRefused(
                "truncated: the compressed data have no end", Arrays.copyOf(zip("a.csv"), 60));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.tsv", "a.TSV.gz", "a.txt", "a.txt.gz"})
    void filesOfOtherNamesAreTextToo(String name) throws IOException {
        String in = Samples.write(folder.resolve(name), TEXT);
        String expected = Cli.runWithInput(TEXT, COMPUTE).out();
        assertEquals(expected, Cli.run("compute", in, "--period=1").out());
        Path out = folder.resolve("out-" + name);
        assertEquals(SILENT_SUCCESS, Cli.run("compute", in, "--period=1", "-o", out.toString()));
        byte[] bytes = Files.readAllBytes(out);
        if (name.endsWith(".gz")) {
            bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
        }
        boolean tabs = name.toLowerCase(Locale.ROOT).contains("tsv");
        assertEquals(
                tabs ? expected.replace(';', '\t') : expected,
                new String(bytes, StandardCharsets.UTF_8));
    }

    private static void assertRefused(String message, byte[] file) {
        assertEquals(
                new Cli.Result(1, "", "trendflex: standard input: " + message + "\n"),
                Cli.runWithInput(file, COMPUTE));
    }

    private static byte[] zip(String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : names) {
                zip.putNextEntry(new ZipEntry(name));
                if (!name.endsWith("/")) {
                    zip.write(TEXT.getBytes(StandardCharsets.UTF_8));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
