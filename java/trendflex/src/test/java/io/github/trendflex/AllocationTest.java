package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.jvm.LittleMemory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Nothing is copied: calls on 32 MB of prices get along without 24 MB more, on the heap or off it.
class AllocationTest {
    @ParameterizedTest
    @CsvSource({"heap, 88, 24", "off-heap, 24, 88", "batch, 24, 152"})
    void computationsNeedNoRoomForCopies(String memory, int heapMegabytes, int offHeapMegabytes)
            throws Exception {
        List<String> output =
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-Dtrendflex.library.path=" + TrendFlexLibrary.path())
                        .option("-XX:+UseG1GC")
                        .option("-Xmx" + heapMegabytes + "m")
                        .option("-XX:MaxDirectMemorySize=" + offHeapMegabytes + "m")
                        .run(LittleMemory.class, memory);
        assertEquals(List.of("enough memory"), output);
    }
}
