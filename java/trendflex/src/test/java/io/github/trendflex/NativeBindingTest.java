package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class NativeBindingTest {
    @Test
    void everyFunctionOfTheHeaderIsLookedFor() throws IOException {
        assertArrayEquals(
                Pattern.compile("^[a-z].*?\\b(trendflex_\\w+)\\(", Pattern.MULTILINE)
                        .matcher(Files.readString(Path.of("../../headers/trendflex.h")))
                        .results()
                        .map(match -> match.group(1))
                        .sorted()
                        .toArray(),
                NativeBinding.FUNCTIONS);
    }
}
