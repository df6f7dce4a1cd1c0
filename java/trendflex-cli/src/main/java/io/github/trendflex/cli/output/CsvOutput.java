package io.github.trendflex.cli.output;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.github.trendflex.cli.format.CsvStyle;
import io.github.trendflex.cli.format.FileFormat;
import io.github.trendflex.cli.terminal.CommandException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/// A result as CSV, on standard output or in a file, which is compressed if its name says so. Text
/// is written as Latin-1, as it was read, so that every byte of it stays as it was.
///
/// @param file the file, or null for standard output
public record CsvOutput(@Nullable Path file, OutputStream standardOutput) implements Output {
    @Override
    public boolean isStandardOutput() {
        return file == null;
    }

    /// Writes the records that the body gives, as it gives them.
    public void write(CsvStyle style, Consumer<Consumer<Iterable<String>>> body) {
        try {
            if (file == null) {
                write(standardOutput, style, body);
                return;
            }
            try (OutputFile output = new OutputFile(file)) {
                OutputStream stream = Channels.newOutputStream(output.channel());
                if (file.toString().toLowerCase(Locale.ROOT).endsWith(".gz")) {
                    GZIPOutputStream compressed = new GZIPOutputStream(stream, 1 << 16);
                    write(compressed, style, body);
                    compressed.finish();
                } else {
                    write(stream, style, body);
                }
                output.commit();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void write(
            OutputStream stream, CsvStyle style, Consumer<Consumer<Iterable<String>>> body)
            throws IOException {
        for (String line : style.preamble()) {
            stream.write((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
        }
        CsvWriter writer =
                CsvWriter.builder()
                        .fieldSeparator(
                                file != null && FileFormat.hasTabs(file) ? '\t' : style.separator())
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
