package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.jvm.LargeFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checks that the size of the heap does not limit memory outside it.
@Tag("once")
class LargeFilesTest {
    @Test
    void filesLargerThanTheHeapAreComputed(@TempDir Path directory) throws Exception {
        assertEquals(
                List.of(
                        "10000000 prices from file to file",
                        "the same through a ring of chunks",
                        "a batch of 152 MB from file to file"),
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-Xmx64m")
                        .run(LargeFiles.class, directory.toString(), "10000000", "2"));
    }
}
