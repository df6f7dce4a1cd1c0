package io.github.trendflex.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    @TempDir private Path folder;

    @Test
    void aFailureLeavesWhatWasThereAndNothingElse() throws IOException {
        Path file = folder.resolve("page.md");
        assertThrows(IOException.class, () -> WholeFile.write(file, WholeFileTest::writeHalf));
        assertEquals(List.of(), files());

        WholeFile.write(file, "old");
        assertThrows(IOException.class, () -> WholeFile.write(file, WholeFileTest::writeHalf));
        assertEquals("old", Files.readString(file));
        WholeFile.write(file, "new");
        assertEquals("new", Files.readString(file));
        assertEquals(List.of(file), files());
    }

    private static void writeHalf(Path file) throws IOException {
        Files.writeString(file, "half");
        throw new IOException("the disk is full");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
