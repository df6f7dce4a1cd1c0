package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.jvm.GrowingStreams;
import io.github.trendflex.jvm.LittleMemory;
import io.github.trendflex.jvm.ManyStreams;
import io.github.trendflex.jvm.NoDirectMemory;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Checks that nothing is copied: calls on 32 MB of prices need less than 24 MB more, on the heap
/// or off it. A batch for an array computes a few MB of its results at a time.
@Tag("once")
class AllocationTest {
    @ParameterizedTest
    @CsvSource({"heap, 88, 24", "off-heap, 24, 88", "batch, 24, 152", "blocks, 88, 12"})
    void computationsNeedNoRoomForCopies(String memory, int heapMegabytes, int offHeapMegabytes)
            throws Exception {
        List<String> output =
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-Dtrendflex.library.path=" + TrendFlexLibrary.path())
                        .option("-XX:+UseG1GC")
                        .option("-Xmx" + heapMegabytes + "m")
                        // The JVM's own limit of direct memory does not hold for memory that an
                        // arena frees.
                        .option("-XX:+UnlockDiagnosticVMOptions")
                        .option("-XX:NativeMemoryTracking=summary")
                        .option("-XX:MallocLimit=other:" + offHeapMegabytes + "m:oom")
                        .run(LittleMemory.class, memory);
        assertEquals(List.of("enough memory"), output);
    }

    @Test
    void onlyBanksAndResultsThatAreGarbageOneDayAreDirectMemory() throws Exception {
        List<String> output =
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-Dtrendflex.library.path=" + TrendFlexLibrary.path())
                        .option("-XX:MaxDirectMemorySize=1m")
                        .run(NoDirectMemory.class);
        assertEquals(
                List.of(
                        "calls with arrays: computed",
                        "a bank: OUT_OF_MEMORY",
                        "a result: Cannot reserve 8000000 bytes of direct buffer memory"),
                output);
    }

    @Test
    void pricesWhoseStateFindsNoMemoryAreNotTaken() throws Exception {
        assertEquals(
                List.of(
                        "1500000",
                        "OUT_OF_MEMORY true",
                        "OUT_OF_MEMORY true",
                        "OUT_OF_MEMORY true",
                        "OUT_OF_MEMORY true"),
                Jvm.withClassPath()
                        .option("-XX:+UseG1GC")
                        .option("-Xmx32m")
                        .option("-XX:+ExitOnOutOfMemoryError")
                        .run(GrowingStreams.class));
    }

    @Test
    void streamsThatFindNoMemoryAreRefused() throws Exception {
        assertEquals(
                Collections.nCopies(3, "OUT_OF_MEMORY true"),
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-Dtrendflex.library.path=" + TrendFlexLibrary.path())
                        .option("-Xmx32m")
                        .run(ManyStreams.class));
    }
}
