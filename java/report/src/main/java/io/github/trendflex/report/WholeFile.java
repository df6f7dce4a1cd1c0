package io.github.trendflex.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/// Writes files that appear complete or not at all: a failure leaves the file that was there.
public final class WholeFile {
    private WholeFile() {}

    /// Writes text.
    public static void write(Path file, String text) throws IOException {
        write(file, path -> Files.writeString(path, text));
    }

    /// Writes to a path beside the file's, with the same extension, and then moves it.
    static void write(Path file, Content content) throws IOException {
        Path temporary =
                file.resolveSibling(".%s-%s".formatted(UUID.randomUUID(), file.getFileName()));
        try {
            content.writeTo(temporary);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    @FunctionalInterface
    interface Content {
        void writeTo(Path file) throws IOException;
    }
}
