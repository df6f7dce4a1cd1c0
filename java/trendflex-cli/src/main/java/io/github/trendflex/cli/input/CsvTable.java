package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.Progress;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongConsumer;

/// A CSV text that can be read any number of times: a file, or what came from a pipe. Its fields
/// are Latin-1, which gives back every byte as it was, whatever the encoding of the file.
public final class CsvTable {
    /// How much of a text is looked at to find out how it is written, in bytes.
    private static final int HEAD = 1 << 14;

    private final String name;
    private final Source source;
    private final boolean header;
    private final Dialect dialect;

    private CsvTable(String name, Source source, CsvColumns columns) {
        this.name = name;
        this.source = source;
        header = columns.header();
        Integer skipLines = columns.hints().skipLines();
        dialect = DialectFinder.find(name, columns, head(skipLines == null ? 0 : skipLines));
    }

    private CsvTable(String name, Source source) {
        this.name = name;
        this.source = source;
        header = true;
        dialect = Dialect.USUAL;
    }

    static CsvTable of(Path file, CsvColumns columns, Progress progress) {
        String name = file.toString();
        if (Files.isRegularFile(file)) {
            return new CsvTable(name, () -> Files.newInputStream(file), columns);
        }
        try (InputStream pipe = Files.newInputStream(file)) {
            return of(name, pipe, columns, progress);
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    static CsvTable of(String name, InputStream pipe, CsvColumns columns, Progress progress) {
        try {
            byte[] bytes = pipe.readAllBytes();
            progress.expect(bytes.length);
            return new CsvTable(name, () -> new ByteArrayInputStream(bytes), columns);
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    /// The columns of a Parquet file as a CSV text.
    static CsvTable ofParquet(Path file, CsvColumns columns) {
        CsvHints hints = columns.hints();
        if (!columns.header() || hints.separator() != null || hints.skipLines() != null) {
            throw CommandException.usage(
                    file + ": --no-header, --separator and --skip-lines are for text");
        }
        return new CsvTable(file.toString(), () -> ParquetText.open(file));
    }

    /// Whether a line is no row, but may stand behind the last one. Where there is one column it is
    /// a row: its price is missing.
    public static boolean isEmptyLine(List<String> fields, int width) {
        return width > 1 && fields.size() == 1 && fields.getFirst().isEmpty();
    }

    /// Says of an empty line that a row follows it.
    public static String emptyLine(long line, int width) {
        return "line %d is empty, and rows follow: remove it, or give it %d fields"
                .formatted(line, width);
    }

    /// Names the text in messages.
    String name() {
        return name;
    }

    Dialect dialect() {
        return dialect;
    }

    /// The beginning of the text: whole lines, more than are to be skipped.
    private String head(int skipped) {
        try (InputStream text = CsvText.of(source.open())) {
            StringBuilder head = new StringBuilder();
            long left = skipped;
            boolean more = true;
            while (more) {
                String part = new String(text.readNBytes(HEAD), StandardCharsets.ISO_8859_1);
                head.append(part);
                left -= part.chars().filter(c -> c == '\n').count();
                more = part.length() == HEAD && left >= 0 && skipped > 0;
                int end = Math.max(head.lastIndexOf("\n"), head.lastIndexOf("\r")) + 1;
                if (!more && part.length() == HEAD && end > 0) {
                    head.setLength(end);
                }
            }
            return head.toString();
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    /// Reads the text from its beginning.
    ///
    /// @param onRead is told how many more bytes have been read
    <T> T read(LongConsumer onRead, Function<Records, T> reading) {
        try (InputStream bytes = new ObservedStream(source.open(), onRead);
                CsvReader<CsvRecord> lines = reader(CsvText.of(bytes), dialect.separator())) {
            lines.skipLines(dialect.preamble().size());
            return reading.apply(new Records(lines.iterator()));
        } catch (CsvParseException e) {
            throw CommandException.data(name, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw CommandException.io(name, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    /// Reads records of any width, empty ones too.
    public static CsvReader<CsvRecord> reader(InputStream bytes, char separator) {
        return CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(bytes, StandardCharsets.ISO_8859_1);
    }

    /// The records of one reading, all of the first one's width.
    final class Records {
        private final Iterator<CsvRecord> lines;
        private final CsvRecord first;
        private final List<List<String>> subheads = new ArrayList<>();

        private Records(Iterator<CsvRecord> lines) {
            if (!lines.hasNext()) {
                throw CommandException.data(name, "the file is empty");
            }
            this.lines = lines;
            this.first = lines.next();
            for (int i = 0; i < dialect.subheads(); i++) {
                if (!lines.hasNext()) {
                    throw CommandException.changed(name);
                }
                subheads.add(lines.next().getFields());
            }
        }

        /// The fields of the first line.
        List<String> first() {
            return first.getFields();
        }

        /// The fields of the lines between the header and the first row.
        List<List<String>> subheads() {
            return subheads;
        }

        /// Every row of prices, the header not counted; returns their number.
        long forEachRow(RowAction action) {
            long index = 0;
            if (!header) {
                action.accept(index++, first);
            }
            int width = first.getFieldCount();
            CsvRecord empty = null;
            while (lines.hasNext()) {
                CsvRecord row = lines.next();
                if (isEmptyLine(row.getFields(), width)) {
                    empty = empty == null ? row : empty;
                    continue;
                }
                if (empty != null) {
                    throw CommandException.data(
                            name, emptyLine(empty.getStartingLineNumber(), width));
                }
                if (row.getFieldCount() != width) {
                    throw CommandException.data(
                            name,
                            "line %d: %d fields, but %d in the first line"
                                    .formatted(
                                            row.getStartingLineNumber(),
                                            row.getFieldCount(),
                                            width));
                }
                action.accept(index++, row);
            }
            return index;
        }
    }

    @FunctionalInterface
    interface RowAction {
        void accept(long index, CsvRecord row);
    }

    /// Opens the text at its beginning.
    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }

    /// Tells how many bytes have been read.
    private static final class ObservedStream extends FilterInputStream {
        private final LongConsumer onRead;

        ObservedStream(InputStream in, LongConsumer onRead) {
            super(in);
            this.onRead = onRead;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = in.read(bytes, offset, length);
            onRead.accept(Math.max(0, count));
            return count;
        }
    }
}
