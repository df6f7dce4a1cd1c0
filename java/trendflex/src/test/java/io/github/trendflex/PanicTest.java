package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.jvm.Panic;
import java.util.Collections;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

@Tag("once")
class PanicTest {
    @Test
    @EnabledIfSystemProperty(
            named = "trendflex.test.panicLibrary",
            matches = ".+",
            disabledReason = "-Dtrendflex.test.panicLibrary names no library that panics")
    void panicIsAnExceptionAndTheJvmGoesOn() throws Exception {
        String message =
                "The native library failed with status 21 (a defect of the library): please report this defect";
        assertEquals(
                Collections.nCopies(5, message),
                Jvm.withClassPath()
                        .option("--enable-native-access=ALL-UNNAMED")
                        .option(
                                "-Dtrendflex.library.path="
                                        + System.getProperty("trendflex.test.panicLibrary"))
                        .run(Panic.class)
                        .stream()
                        .filter(line ->
                                line.startsWith("The native library failed")
                                        || line.contains("no panic"))
                        .toList());
    }
}
