package io.github.trendflex.cli;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A result as CSV, in a file or on standard output. Text passes through as Latin-1, as in
/// [CsvInput].
///
/// @param file the file, or null for standard output
record CsvOutput(@Nullable Path file, OutputStream standardOutput) implements Output {
    /// Writes the records that the body gives, as it gives them.
    void write(Consumer<Consumer<Iterable<String>>> body) {
        try {
            if (file == null) {
                write(standardOutput, body);
                return;
            }
            try (OutputFile output = new OutputFile(file)) {
                write(Channels.newOutputStream(output.channel()), body);
                output.commit();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(OutputStream stream, Consumer<Consumer<Iterable<String>>> body)
            throws IOException {
        CsvWriter writer =
                CsvWriter.builder()
                        .lineDelimiter(LineDelimiter.LF)
                        .build(stream, StandardCharsets.ISO_8859_1);
        body.accept(record -> {
            try {
                writer.writeRecord(record);
            } catch (UncheckedIOException e) {
                throw failed(Objects.requireNonNull(e.getCause()));
            }
        });
        writer.flush();
    }

    private CommandException failed(IOException cause) {
        return file == null
                ? CommandException.standardOutput(cause)
                : CommandException.io(file.toString(), cause);
    }
}
