package io.github.trendflex.internal.ffi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.trendflex.Jvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The bindings are generated on one system and serve all: they must also initialise where C's
/// types have the sizes that they have on Windows.
@Tag("once")
class WindowsLayoutsTest {
    private static final Path BINDINGS = Path.of("src/main/java/io/github/trendflex/internal/ffi");
    private static final Path INITIALISER = Path.of("src/test/windows-layouts");

    @Test
    void bindingsInitialise(@TempDir Path classes) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
        for (Path sources : List.of(BINDINGS, INITIALISER)) {
            try (Stream<Path> files = Files.list(sources)) {
                files.map(Path::toString).forEach(arguments::add);
            }
        }
        assertEquals(List.of(), Jvm.tool("javac", arguments.toArray(String[]::new)));

        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "-Djdk.internal.foreign.CABI=WIN_64",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                classes.toString(),
                                "io.github.trendflex.internal.ffi.InitialiseBindings")
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
