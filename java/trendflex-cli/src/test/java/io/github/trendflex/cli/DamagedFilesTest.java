package io.github.trendflex.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.jspecify.annotations.Nullable;

/// Whatever is in a file, a command ends with a result or with one line that says what is wrong,
/// and then leaves nothing. The files begin whole and are damaged byte by byte: what is all chance
/// would not get past the first check.
class DamagedFilesTest {
    /// What is said of a result, if anything is.
    private static final String NOTES =
            "(trendflex: .*rows was not checked.*\\R)?"
                    + "(trendflex: .*(values? (is|are) empty from|\\d series are empty|too few (prices )?for period|no price at all).*\\R)?";

    private static final byte[] CSV = csv().getBytes(StandardCharsets.UTF_8);

    /// As a spreadsheet and a terminal write it.
    private static final List<byte[]> OTHERS =
            List.of(
                    ("made up\n"
                                    + csv().replace(',', ';')
                                            .replace('.', ',')
                                            .replace("close\n", "close\n-;-;USD;USD\n"))
                            .getBytes(StandardCharsets.UTF_8),
                    csv().replace(',', '\t')
                            .replace("2024-01-", "2024.01.")
                            .replace("close", "<CLOSE>")
                            .getBytes(StandardCharsets.UTF_8));

    private @Nullable Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("damaged");
    }

    @AfterTry
    void removeFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder())) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property
    void ofText(@ForAll("damages") List<Damage> damages, @ForAll("commands") String command) {
        holds("in.csv", damaged(CSV, damages), command);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void ofTextInAnotherDialect(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = 1) int which,
            @ForAll("commands") String command) {
        holds("in.csv", damaged(OTHERS.get(which), damages), command);
    }

    @Property(edgeCases = EdgeCasesMode.NONE) // they are more than the tries
    void ofCompressedText(
            @ForAll("damages") List<Damage> inside,
            @ForAll("damages") List<Damage> damages,
            @ForAll("commands") String command) {
        // Damage to what is compressed already ends the reading early, mostly.
        byte[] compressed = compressed(damaged(CSV, inside));
        byte[] in = inside.size() % 2 == 0 ? damaged(compressed, damages) : compressed;
        holds("in.csv.gz", in, command);
    }

    /// As a spreadsheet saves it, at either end of its numbers first.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void ofTextInUtf16(
            @ForAll("damages") List<Damage> inside,
            @ForAll("damages") List<Damage> damages,
            @ForAll boolean bigEndian,
            @ForAll("commands") String command) {
        Charset charset = bigEndian ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
        String text = new String(damaged(CSV, inside), StandardCharsets.ISO_8859_1);
        byte[] recoded = ("\uFEFF" + text).getBytes(charset);
        holds("in.txt", inside.size() % 2 == 0 ? damaged(recoded, damages) : recoded, command);
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void ofAZipArchive(
            @ForAll("damages") List<Damage> inside,
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(min = 1, max = 2) int files,
            @ForAll("commands") String command) {
        byte[] archive = archive(damaged(CSV, inside), files);
        holds("in.zip", inside.size() % 2 == 0 ? damaged(archive, damages) : archive, command);
    }

    /// The checksum in an archive tells of damage, unless that hits nothing that counts.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void damageToAZipArchiveChangesNoValue(@ForAll("damages") List<Damage> damages) {
        String[] compute = {"compute", "-", "--period=3", "--column=close"};
        Cli.Result result = Cli.runWithInput(damaged(archive(CSV, 1), damages), compute);
        if (result.exitCode() == 0) {
            assertEquals(Cli.runWithInput(CSV, compute).out(), result.out());
        }
    }

    /// Parquet has its directory at the end, and lengths everywhere.
    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE)
    void ofAParquetFile(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = 2) int which,
            @ForAll("commands") String command)
            throws IOException {
        String name = List.of("pyarrow", "duckdb", "duckdb-zstd").get(which) + ".parquet";
        try (InputStream file = DamagedFilesTest.class.getResourceAsStream("input/" + name)) {
            byte[] bytes = Objects.requireNonNull(file).readAllBytes();
            holds("in.parquet", damaged(bytes, damages), command);
        }
    }

    @Property
    void ofAnArray(
            @ForAll("damages") List<Damage> damages,
            @ForAll boolean later,
            @ForAll("commands") String command) {
        String header = "{'descr': '<f8', 'fortran_order': False, 'shape': (40,), }\n";
        byte[] file = later ? Npy.of(2, header, Samples.walk(40)) : Npy.of(Samples.walk(40));
        holds("in.npy", damaged(file, damages), command);
    }

    @Property
    void ofAStream(@ForAll("damages") List<Damage> damages) {
        byte[] prices =
                "100\n101.5\nNaN\n\n99.25\n102\n".repeat(3).getBytes(StandardCharsets.UTF_8);
        check(Cli.runWithInput(damaged(prices, damages), "stream", "--period=2"), false);
    }

    /// One way to make bytes others.
    ///
    /// @param place where, as a part of the whole
    record Damage(Way way, double place, int length, String bytes) {
        enum Way {
            SET,
            INSERT,
            REMOVE,
            REPEAT,
            TRUNCATE
        }

        byte[] to(byte[] file) {
            int start = (int) (place * file.length);
            int end = Math.min(file.length, start + length);
            byte[] before = Arrays.copyOf(file, start);
            byte[] within = Arrays.copyOfRange(file, start, end);
            byte[] after = Arrays.copyOfRange(file, end, file.length);
            byte[] added = bytes.getBytes(StandardCharsets.ISO_8859_1);
            return switch (way) {
                case SET -> joined(before, added, after);
                case INSERT -> joined(before, added, within, after);
                case REMOVE -> joined(before, after);
                case REPEAT -> joined(before, within, within, after);
                case TRUNCATE -> before;
            };
        }
    }

    @Provide
    static Arbitrary<List<Damage>> damages() {
        Arbitrary<String> anything =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMinLength(1).ofMaxLength(8);
        Arbitrary<String> unlikely =
                Arbitraries.of(
                        "\"",
                        "\"\"",
                        ",",
                        "\n",
                        "\r",
                        "\r\n",
                        "\0",
                        ";",
                        "-",
                        "NaN",
                        "Infinity",
                        "1e400",
                        "1e-400",
                        "0x1p3",
                        "9".repeat(400),
                        "\u00ef\u00bb\u00bf",
                        "\u00ff\u00fe",
                        "{",
                        "}",
                        "(",
                        ")",
                        "'",
                        "True",
                        "(40,)",
                        "(9223372036854775807,)",
                        "(999999999999999999,)",
                        "(40, 1)",
                        "'>f8'",
                        "'<f4'",
                        "'|O'",
                        "\u00ff\u00ff\u00ff\u00ff",
                        "2024-02-30",
                        "close");
        Arbitrary<Damage> damage =
                Combinators.combine(
                                Arbitraries.of(Damage.Way.class),
                                Arbitraries.doubles().between(0, true, 1, false),
                                Arbitraries.integers().between(0, 40),
                                Arbitraries.oneOf(anything, unlikely))
                        .as(Damage::new);
        return damage.list().ofMinSize(1).ofMaxSize(4);
    }

    /// IN and OUT stand for files.
    @Provide
    static Arbitrary<String> commands() {
        return Arbitraries.of(
                "compute IN --period=3",
                "compute IN --period=3 -o OUT.csv",
                "compute IN --period=3 -o OUT.csv.gz --nan-policy=skip",
                "compute IN --period=3 -o OUT.npy --nan-policy=reject",
                "compute IN --period=2 --by=series --time=date -o OUT.csv",
                "compute IN --period=2 --column=open --column=close",
                "compute IN --period=2 --no-header --column-index=2",
                "compute IN --period=2 --time=date --threads=2",
                "compute IN --period=3 --separator=; --decimal=, --missing=100 --skip-lines=1",
                "batch IN --periods=2:9:3 -o OUT.npy",
                "batch IN --periods=8:12:1 -o OUT.csv --nan-policy=skip --threads=2");
    }

    private void holds(String name, byte[] in, String command) {
        String file = Samples.write(folder().resolve(name), in);
        String out = folder().resolve("out").toString();
        String[] words = command.split(" ", -1);
        for (int i = 0; i < words.length; i++) {
            words[i] = words[i].equals("IN") ? file : words[i].replace("OUT", out);
        }
        Cli.Result result = Cli.run(words);
        check(result, true);
        boolean named = command.contains("OUT") && result.exitCode() == 0;
        assertEquals(named ? 2 : 1, Samples.names(folder()).size(), result.err());
    }

    private static void check(Cli.Result result, boolean silent) {
        String message = result.err();
        if (result.exitCode() == 0) {
            assertTrue(!silent || message.matches(NOTES), message);
            return;
        }
        assertTrue(message.startsWith("trendflex: "), message);
        assertEquals(1, message.lines().count(), message);
        assertFalse(message.contains("internal error"), message);
        assertFalse(message.contains("out of memory"), message);
    }

    private Path folder() {
        return Objects.requireNonNull(folder);
    }

    private static byte[] damaged(byte[] file, List<Damage> damages) {
        byte[] bytes = file;
        for (Damage damage : damages) {
            bytes = damage.to(bytes);
        }
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static byte[] compressed(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] archive(byte[] text, int files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(bytes)) {
            for (int i = 0; i < files; i++) {
                out.putNextEntry(new ZipEntry("prices%d.csv".formatted(i)));
                out.write(text);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static String csv() {
        StringBuilder text = new StringBuilder("date,series,open,close\n");
        double[] walk = Samples.walk(60);
        for (int i = 0; i < 30; i++) {
            text.append(
                    "2024-01-%02d,%s,%s,%s\n"
                            .formatted(1 + i, i % 2 == 0 ? "A" : "\"B\"", walk[i], walk[30 + i]));
        }
        return text.toString();
    }
}
