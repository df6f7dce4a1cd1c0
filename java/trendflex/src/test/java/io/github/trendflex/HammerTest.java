package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.trendflex.jvm.Hammer;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Does for a moment what `scripts/test large` does for longer.
@Tag("once")
class HammerTest {
    @ParameterizedTest
    @ValueSource(strings = {"G1", "Z", "Serial", "Parallel"})
    void tenThreadsGetTheRightBitsWhileGarbageIsCollected(String collector) throws Exception {
        List<String> output =
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option("-XX:+Use" + collector + "GC")
                        .option("-Xmx128m")
                        .run(Hammer.class, "1");
        assumeFalse(
                output.contains("Error: Could not create the Java Virtual Machine."),
                () -> "this system has no " + collector + ": " + output.getFirst());
        assertEquals(1, output.size(), output::toString);
        assertTrue(output.getFirst().matches("right: \\d+ calls"), output::toString);
    }
}
