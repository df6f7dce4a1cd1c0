package io.github.trendflex.arrow.example;

import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.arrow.TrendFlexVectors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/// Reads a table from an Arrow file, and writes it with a column of TrendFlex to another file, a
/// record batch at a time.
///
/// The arguments are the two files and the name of the column of prices, `close` if left out.
/// Without arguments, a table is made up. The result appears complete or not at all.
public final class AddTrendColumn {
    private static final int PERIOD = 20;
    private static final String TREND = "trendflex_" + PERIOD;

    private AddTrendColumn() {}

    public static void main(String[] arguments) {
        try {
            run(arguments);
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("example: " + e.getMessage());
            System.exit(1);
        }
    }

    private static void run(String... arguments) throws IOException {
        Path in;
        Path out;
        if (arguments.length < 2) {
            Path folder = Files.createTempDirectory("trendflex");
            in = folder.resolve("prices.arrow");
            out = folder.resolve("trend.arrow");
            makeUp(in);
        } else {
            in = Path.of(arguments[0]);
            out = Path.of(arguments[1]);
        }
        addTrend(in, out, arguments.length < 3 ? "close" : arguments[2]);
        System.out.printf("%s with a column more is %s; its last rows:%n", in, out);
        printEnd(out);
    }

    /// Writes under another name first: an `out` that is there already stays as it is if this
    /// fails.
    static void addTrend(Path in, Path out, String column) throws IOException {
        if (Files.notExists(in)) {
            throw new IOException("there is no file " + in);
        }
        Path target = out.toAbsolutePath();
        if (Files.exists(out)) {
            if (Files.isSameFile(in, out)) {
                throw new IOException("the result would overwrite " + in);
            }
            if (!Files.isRegularFile(out)) {
                throw new IOException("%s exists and is no regular file".formatted(out));
            }
            target = out.toRealPath(); // a link stays one
        } else if (!Files.isDirectory(target.getParent())) {
            throw new IOException("there is no folder " + target.getParent());
        }
        Path temporary = target.resolveSibling(".trendflex-%s.tmp".formatted(UUID.randomUUID()));
        temporary.toFile().deleteOnExit(); // also if somebody ends the process
        try {
            writeTrend(in, temporary, column);
            Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static void writeTrend(Path in, Path out, String column) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = open(in);
                ArrowFileReader reader = new ArrowFileReader(input, allocator);
                Float8Vector trend = new Float8Vector(TREND, allocator)) {
            VectorSchemaRoot table = reader.getVectorSchemaRoot();
            List<String> names = names(table);
            if (!names.contains(column)) {
                throw new IOException("no column '%s' in %s, but %s".formatted(column, in, names));
            }
            if (names.contains(TREND)) {
                throw new IOException("%s has a column '%s' already".formatted(in, TREND));
            }
            TrendFlexStream stream = TrendFlexStream.of(PERIOD);
            // The columns read belong to the reader, which closes them.
            VectorSchemaRoot wider = with(table, trend);
            try (FileChannel output =
                            FileChannel.open(
                                    out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    ArrowFileWriter writer =
                            new ArrowFileWriter(wider, reader, output, reader.getMetaData())) {
                while (reader.loadNextBatch()) {
                    try (Float8Vector prices =
                            TrendFlexVectors.prices(table.getVector(column), reader, allocator)) {
                        TrendFlexVectors.updateInto(stream, prices, trend);
                    }
                    wider.setRowCount(table.getRowCount());
                    writer.writeBatch();
                }
            }
        }
    }

    /// Opens a file for Arrow, whose own messages do not name the file.
    private static FileChannel open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            ByteBuffer start = ByteBuffer.allocate(Integer.BYTES);
            channel.read(start, 0);
            // In a stream, the first message begins with these bits.
            if (start.getInt(0) == -1) {
                throw new IOException(
                        "%s is an IPC stream: write it as an IPC file, or read it with ArrowStreamReader"
                                .formatted(file));
            }
            // "ARRO"; the rest is the reader's to check.
            if (start.getInt(0) != 0x4152524f) {
                throw new IOException("%s is no Arrow file".formatted(file));
            }
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static List<String> names(VectorSchemaRoot table) {
        return table.getSchema().getFields().stream().map(Field::getName).toList();
    }

    /// Returns a table with a column more. Pandas, for one, keeps its index in the metadata.
    private static VectorSchemaRoot with(VectorSchemaRoot table, FieldVector column) {
        List<FieldVector> columns = new ArrayList<>(table.getFieldVectors());
        columns.add(column);
        List<Field> fields = columns.stream().map(FieldVector::getField).toList();
        Schema schema = new Schema(fields, table.getSchema().getCustomMetadata());
        return new VectorSchemaRoot(schema, columns, 0);
    }

    /// Writes a table of 10,000 minutes in batches of 1000.
    private static void makeUp(Path file) throws IOException {
        Random random = new Random(20);
        try (BufferAllocator allocator = new RootAllocator();
                BigIntVector time = new BigIntVector("time", allocator);
                Float8Vector close = new Float8Vector("close", allocator);
                VectorSchemaRoot table = new VectorSchemaRoot(List.of(time, close));
                FileChannel output =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                ArrowFileWriter writer =
                        new ArrowFileWriter(
                                table, new DictionaryProvider.MapDictionaryProvider(), output)) {
            double price = 100;
            for (int batch = 0; batch < 10; batch++) {
                for (int row = 0; row < 1000; row++) {
                    price += random.nextGaussian();
                    time.setSafe(row, 60_000L * (1000 * batch + row));
                    close.setSafe(row, price);
                }
                table.setRowCount(1000);
                writer.writeBatch();
            }
        }
    }

    private static void printEnd(Path file) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(input, allocator)) {
            VectorSchemaRoot table = reader.getVectorSchemaRoot();
            List<ArrowBlock> batches = reader.getRecordBlocks();
            if (!batches.isEmpty()) {
                reader.loadRecordBatch(batches.getLast());
            }
            try (VectorSchemaRoot end =
                    table.slice(
                            Math.max(0, table.getRowCount() - 5),
                            Math.min(5, table.getRowCount()))) {
                System.out.print(end.contentToTSVString());
            }
        }
    }
}
