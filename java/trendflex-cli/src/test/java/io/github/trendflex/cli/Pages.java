package io.github.trendflex.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the pages in `docs/how-to` say.
final class Pages {
    private Pages() {}

    /// The cells of the one row of a table that begins so, but for its first.
    static String figures(String page, String begin) throws IOException {
        String row =
                Files.readAllLines(Path.of("../../docs/how-to", page)).stream()
                        .filter(line -> line.startsWith("| " + begin))
                        .findFirst()
                        .orElseThrow();
        return row.substring(row.indexOf('|', 1));
    }
}
