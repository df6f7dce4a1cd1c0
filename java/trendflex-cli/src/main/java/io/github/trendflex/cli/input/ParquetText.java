package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.hardwood.InputFile;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.RowReader;
import dev.hardwood.schema.SchemaNode;
import dev.hardwood.schema.SchemaNode.PrimitiveNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// The columns of a Parquet file as CSV text with a header, made as it is read. Every number is
/// written such that it reads back to the same bits; a column of another kind than text, numbers,
/// dates and times is left out.
final class ParquetText extends InputStream {
    private static final Set<CompressionCodec> CODECS =
            EnumSet.of(
                    CompressionCodec.UNCOMPRESSED,
                    CompressionCodec.SNAPPY,
                    CompressionCodec.GZIP,
                    CompressionCodec.ZSTD);

    private static final int BLOCK = 1 << 16;

    /// What it tells of itself is of no use to a person who has a file.
    private static final Logger HARDWOOD = Logger.getLogger("dev.hardwood");

    static {
        HARDWOOD.setLevel(Level.OFF);
    }

    private final ParquetFileReader file;
    private final RowReader rows;
    private final List<Column> columns = new ArrayList<>();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream(2 * BLOCK);
    private final CsvWriter writer =
            CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(text, StandardCharsets.UTF_8);
    private byte[] bytes = {};
    private int at;
    private boolean ended;

    /// A column that has text.
    ///
    /// @param text gives the text of a value that is there
    private record Column(String name, int index, BiFunction<RowReader, Integer, String> text) {}

    private ParquetText(ParquetFileReader file) throws IOException {
        this.file = file;
        List<SchemaNode> fields = file.getFileSchema().getRootNode().children();
        for (int i = 0; i < fields.size(); i++) {
            BiFunction<RowReader, Integer, String> fieldText = text(fields.get(i));
            if (fieldText != null) {
                columns.add(new Column(fields.get(i).name(), i, fieldText));
            }
        }
        if (columns.isEmpty()) {
            throw new IOException("no column has numbers, text or times");
        }
        requireKnownCompression();
        writer.writeRecord(columns.stream().map(Column::name).toList());
        rows = file.rowReader();
    }

    static InputStream open(Path path) throws IOException {
        return reading(() -> {
            ParquetFileReader file = ParquetFileReader.open(new Strict(InputFile.of(path)));
            try {
                return new ParquetText(file);
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (at == bytes.length && !ended) {
            fill();
        }
        if (at == bytes.length) {
            return -1;
        }
        int count = Math.min(length, bytes.length - at);
        System.arraycopy(bytes, at, target, offset, count);
        at += count;
        return count;
    }

    @Override
    public void close() throws IOException {
        rows.close();
        file.close();
    }

    private void fill() throws IOException {
        boolean more =
                reading(() -> {
                    while (text.size() < BLOCK && rows.hasNext()) {
                        rows.next();
                        writer.writeRecord(columns.stream().map(this::field).toList());
                        writer.flush();
                    }
                    return rows.hasNext();
                });
        ended = !more;
        bytes = text.toByteArray();
        text.reset();
        at = 0;
    }

    private String field(Column column) {
        return rows.isNull(column.index) ? "" : column.text.apply(rows, column.index);
    }

    private void requireKnownCompression() throws IOException {
        for (var group : file.getFileMetaData().rowGroups()) {
            for (var chunk : group.columns()) {
                CompressionCodec codec = chunk.metaData().codec();
                if (!CODECS.contains(codec)) {
                    throw new IOException(
                            "the columns are compressed with %s: only Snappy, gzip and Zstandard are read"
                                    .formatted(codec));
                }
            }
        }
    }

    /// What gives the text of the values in a column, or null for a column without text.
    private static @Nullable BiFunction<RowReader, Integer, String> text(SchemaNode node) {
        if (!(node instanceof PrimitiveNode field) || field.maxRepetitionLevel() > 0) {
            return null;
        }
        return switch (field.logicalType()) {
            case LogicalType.DecimalType _ -> (row, i) -> row.getDecimal(i).toPlainString();
            case LogicalType.DateType _ -> (row, i) -> row.getDate(i).toString();
            case LogicalType.TimeType _ -> (row, i) -> row.getTime(i).toString();
            case LogicalType.TimestampType type ->
                    type.isAdjustedToUTC()
                            ? (row, i) -> row.getTimestamp(i).toString()
                            : (row, i) -> row.getLocalTimestamp(i).toString();
            case LogicalType.StringType _, LogicalType.EnumType _, LogicalType.JsonType _ ->
                    RowReader::getString;
            case LogicalType.IntType type when !type.isSigned() ->
                    field.type() == PhysicalType.INT32
                            ? (row, i) -> Integer.toUnsignedString(row.getInt(i))
                            : (row, i) -> Long.toUnsignedString(row.getLong(i));
            case LogicalType.IntType _ -> plain(field.type());
            case null -> plain(field.type());
            default -> null;
        };
    }

    private static @Nullable BiFunction<RowReader, Integer, String> plain(PhysicalType type) {
        return switch (type) {
            case BOOLEAN -> (row, i) -> Boolean.toString(row.getBoolean(i));
            case INT32 -> (row, i) -> Integer.toString(row.getInt(i));
            case INT64 -> (row, i) -> Long.toString(row.getLong(i));
            case INT96 -> (row, i) -> row.getTimestamp(i).toString();
            // As a double, for its own shortest text would read back to another one.
            case FLOAT -> (row, i) -> Double.toString(row.getFloat(i));
            case DOUBLE -> (row, i) -> Double.toString(row.getDouble(i));
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> null;
        };
    }

    /// Does what reads the file, which may be damaged in any way.
    private static <T> T reading(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (RuntimeException | LinkageError e) {
            Throwable cause = innermost(e);
            throw new IOException(
                    (cause instanceof LinkageError
                                    ? "the library for its compression does not load: "
                                    : "no Parquet file, or a damaged one: ")
                            + cause.getMessage(),
                    e);
        }
    }

    private static Throwable innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /// A file of which nothing can be read that would be no data: hardwood asks for that without
    /// end where a length is damaged.
    private record Strict(InputFile file) implements InputFile {
        @Override
        public void open() throws IOException {
            file.open();
        }

        @Override
        public ByteBuffer readRange(long offset, int length) throws IOException {
            if (length <= 0) {
                throw new IOException("%d bytes at %d".formatted(length, offset));
            }
            return file.readRange(offset, length);
        }

        @Override
        public long length() throws IOException {
            return file.length();
        }

        @Override
        public String name() {
            return file.name();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }
}
