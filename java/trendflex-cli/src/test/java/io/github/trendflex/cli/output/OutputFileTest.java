package io.github.trendflex.cli.output;

import static io.github.trendflex.cli.Cli.Result.SILENT_SUCCESS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.cli.Cli;
import io.github.trendflex.cli.Csv;
import io.github.trendflex.cli.Npy;
import io.github.trendflex.cli.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What becomes of the file that a command writes.
class OutputFileTest {
    private static final double[] PRICES = Samples.walk(100);
    private static final byte[] RESULT = Npy.of(TrendFlex.of(20).compute(PRICES));

    @TempDir private Path folder;

    private Path in = Path.of("");
    private Path out = Path.of("");

    @BeforeEach
    void writePrices() {
        in = folder.resolve("in.npy");
        out = folder.resolve("out.npy");
        Samples.write(in, Npy.of(PRICES));
    }

    @Test
    void anOlderFileIsReplaced() throws IOException {
        Samples.write(out, "older and longer".repeat(1000));
        assertEquals(SILENT_SUCCESS, computeTo(out));
        assertArrayEquals(RESULT, Files.readAllBytes(out));
    }

    @Test
    void anOlderFileStaysWhereTheWorkFails() throws IOException {
        Samples.write(out, "older");
        assertEquals(
                1,
                Cli.run("compute", in.toString(), "--period=100", "-o", out.toString()).exitCode());
        assertEquals("older", Files.readString(out));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void anOlderFilesPermissionsStay() throws IOException {
        Samples.write(out, "older");
        Set<PosixFilePermission> ownersOnly = PosixFilePermissions.fromString("rw-------");
        Files.setPosixFilePermissions(out, ownersOnly);
        assertEquals(SILENT_SUCCESS, computeTo(out));
        assertEquals(ownersOnly, Files.getPosixFilePermissions(out));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLinkThatLeadsNowhereIsNotReplaced() throws IOException {
        Files.createSymbolicLink(out, folder.resolve("nowhere"));
        assertEquals(1, computeTo(out).exitCode());
        assertTrue(Files.isSymbolicLink(out));
    }

    @Test
    void theMappedInputCanBeReplaced() throws IOException {
        assertEquals(SILENT_SUCCESS, computeTo(in));
        assertArrayEquals(RESULT, Files.readAllBytes(in));
    }

    @Test
    void theCsvInputCanBeReplacedWhileItIsCopied() throws IOException {
        Path csv = folder.resolve("prices.csv");
        String file = Samples.write(csv, Csv.of(Samples.walk(10_000)));
        String expected = Cli.run("compute", file).out();
        assertEquals(SILENT_SUCCESS, Cli.run("compute", file, "-o", file));
        assertEquals(expected, Files.readString(csv));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aSymbolicLinkStaysAndItsFileIsReplaced() throws IOException {
        Samples.write(out, "older");
        Path link = Files.createSymbolicLink(folder.resolve("link.npy"), out);
        assertEquals(SILENT_SUCCESS, computeTo(link));
        assertTrue(Files.isSymbolicLink(link));
        assertArrayEquals(RESULT, Files.readAllBytes(out));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theFileIsAsReadableAsAnyNewOne() throws IOException {
        computeTo(out);
        assertEquals(Files.getPosixFilePermissions(in), Files.getPosixFilePermissions(out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.npy"})
    void aFolderIsNoFile(String name) throws IOException {
        Path directory = Files.createDirectory(folder.resolve(name));
        Cli.Result result = computeTo(directory);
        assertEquals(
                new Cli.Result(
                        1,
                        "",
                        "trendflex: " + directory + ": this exists and is no regular file\n"),
                result);
    }

    @ParameterizedTest
    @ValueSource(strings = {"out.csv", "out.npy"})
    void aFolderThatIsNotThereIsNamed(String name) {
        Path nowhere = folder.resolve("nowhere").resolve(name);
        Cli.Result result = computeTo(nowhere);
        assertEquals(
                new Cli.Result(1, "", "trendflex: " + nowhere + ": no such file or directory\n"),
                result);
        assertEquals(List.of("in.npy"), Samples.names(folder));
    }

    private Cli.Result computeTo(Path file) {
        return Cli.run("compute", in.toString(), "-o", file.toString());
    }
}
