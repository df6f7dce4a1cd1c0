package io.github.trendflex.internal.load;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class LibraryCacheTest {
    private static final String UNIX_ONLY = "Windows has other access rules";
    private static final byte[] CONTENT = "a library".getBytes(StandardCharsets.UTF_8);

    @TempDir private Path parent;

    private Path directory;
    private LibraryCache cache;

    @BeforeEach
    void createCache() {
        directory = parent.resolve("cache");
        cache = new LibraryCache(directory, LibraryCache.effectiveUser());
    }

    @Test
    void fileIsNamedAfterItsContent() throws IOException {
        Path file = cache.store("some", CONTENT);
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
        assertEquals(System.mapLibraryName("some-688ba4dd"), file.getFileName().toString());
    }

    @Test
    void nothingElseIsLeftBehind() throws IOException {
        Path file = cache.store("some", CONTENT);
        assertEquals(List.of(file), files());
    }

    @Test
    void whatAnotherJvmLeftBehindIsRemovedAfterAnHour() throws IOException {
        Path file = cache.store("some", CONTENT);
        Path abandoned = Files.write(directory.resolve("trendflex1.tmp"), CONTENT);
        Path young = Files.write(directory.resolve("trendflex2.tmp"), CONTENT);
        Path foreign = Files.write(directory.resolve("other.tmp"), CONTENT);
        Instant now = Instant.now();
        Files.setLastModifiedTime(abandoned, FileTime.from(now.minus(Duration.ofMinutes(61))));
        Files.setLastModifiedTime(young, FileTime.from(now.minus(Duration.ofMinutes(50))));
        Files.setLastModifiedTime(foreign, FileTime.fromMillis(0));
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        cache.store("some", CONTENT);
        assertEquals(Set.of(file, young, foreign), Set.copyOf(files()));
    }

    @Test
    void otherContentGetsAnotherFile() throws IOException {
        Path file = cache.store("some", CONTENT);
        Path other = cache.store("some", new byte[] {1});
        assertNotEquals(file, other);
        assertArrayEquals(CONTENT, Files.readAllBytes(file));
    }

    @Test
    void storedFileIsUsedAgain() throws IOException {
        Path file = cache.store("some", CONTENT);
        FileTime longAgo = FileTime.fromMillis(0);
        Files.setLastModifiedTime(file, longAgo);
        assertEquals(file, cache.store("some", CONTENT));
        assertEquals(longAgo, Files.getLastModifiedTime(file));
    }

    @Test
    void changedFileIsReplaced() throws IOException {
        Path file = cache.store("some", CONTENT);
        byte[] evil = CONTENT.clone();
        evil[0]++;
        Files.write(file, evil);
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.store("some", CONTENT)));
        Files.write(file, new byte[0]);
        assertArrayEquals(CONTENT, Files.readAllBytes(cache.store("some", CONTENT)));
    }

    /// The comparison goes piece by piece.
    @ParameterizedTest
    @ValueSource(ints = {0, 1023, 1024, 2047, 2048, 2500})
    void everyByteIsCompared(int changed) throws IOException {
        byte[] content = new byte[2501];
        Path file = cache.store("some", content);
        byte[] evil = content.clone();
        evil[changed]++;
        Files.write(file, evil);
        assertArrayEquals(content, Files.readAllBytes(cache.store("some", content)));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void directoryIsForItsOwnerAlone() throws IOException {
        cache.store("some", CONTENT);
        assertEquals("rwx------", permissions(directory));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void fileThatOthersCanWriteIsReplaced() throws IOException {
        Path file = cache.store("some", CONTENT);
        permit(file, "rw-rw-rw-");
        cache.store("some", CONTENT);
        assertEquals("rw-------", permissions(file));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void linkInPlaceOfTheFileIsReplaced() throws IOException {
        Path file = cache.store("some", CONTENT);
        Path elsewhere = Files.write(parent.resolve("elsewhere"), CONTENT);
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        cache.store("some", CONTENT);
        assertTrue(Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void directoryThatOthersCanWriteIsRefused() throws IOException {
        Files.createDirectory(directory);
        for (String permissions : new String[] {"rwxrwx---", "rwx----w-"}) {
            permit(directory, permissions);
            assertRefused(
                    "it must belong to the user who runs Java, and nobody else may write to it");
        }
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void directoryOfAnotherUserIsRefused() throws IOException {
        Files.createDirectory(directory);
        permit(directory, "rwx------");
        try {
            Files.setAttribute(directory, "unix:uid", 12345);
        } catch (IOException e) {
            assumeTrue(false, "only root can give a directory to another user");
        }
        assertRefused("it must belong to the user who runs Java, and nobody else may write to it");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void linkInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path elsewhere = Files.createDirectory(parent.resolve("elsewhere"));
        permit(elsewhere, "rwx------");
        Files.createSymbolicLink(directory, elsewhere);
        assertRefused("a symbolic link is not trusted");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = UNIX_ONLY)
    void directoryThatAnybodyCanReplaceIsRefused() throws IOException {
        permit(parent, "rwxrwxrwx");
        assertRefused(
                "its parent is no safe place: everybody can write to it and it is not sticky");
        Files.setAttribute(parent, "unix:mode", 01777);
        cache.store("some", CONTENT);
    }

    @Test
    void fileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Files.write(directory, CONTENT);
        assertThrows(IOException.class, () -> cache.store("some", CONTENT));
        assertArrayEquals(CONTENT, Files.readAllBytes(directory));
    }

    @Test
    void directoryInPlaceOfTheFileIsRefused() throws IOException {
        Path file = cache.store("some", CONTENT);
        Files.delete(file);
        Files.createDirectory(file);
        assertThrows(FileSystemException.class, () -> cache.store("some", CONTENT));
        assertEquals(List.of(file), files());
    }

    private void assertRefused(String reason) throws IOException {
        IOException refusal = assertThrows(IOException.class, () -> cache.store("some", CONTENT));
        assertEquals(directory + ": " + reason, refusal.getMessage());
        assertEquals(List.of(), files());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static void permit(Path path, String permissions) throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
