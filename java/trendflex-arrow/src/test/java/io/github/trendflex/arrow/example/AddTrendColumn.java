package io.github.trendflex.arrow.example;

import io.github.trendflex.TrendFlexStream;
import io.github.trendflex.arrow.TrendFlexVectors;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;

/// Reads a table from an Arrow file, and writes it with a column of TrendFlex to another file, a
/// record batch at a time.
///
/// The arguments are the two files and the name of the column of prices, `close` if left out.
/// Without arguments, a table is made up.
public final class AddTrendColumn {
    private static final int PERIOD = 20;

    private AddTrendColumn() {}

    public static void main(String[] arguments) throws IOException {
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

    static void addTrend(Path in, Path out, String column) throws IOException {
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = FileChannel.open(in);
                ArrowFileReader reader = new ArrowFileReader(input, allocator);
                Float8Vector trend = new Float8Vector("trendflex_" + PERIOD, allocator)) {
            VectorSchemaRoot table = reader.getVectorSchemaRoot();
            if (!(table.getVector(column) instanceof Float8Vector prices)) {
                throw new IOException("no column '%s' of doubles in %s".formatted(column, in));
            }
            List<FieldVector> columns = new ArrayList<>(table.getFieldVectors());
            columns.add(trend);
            TrendFlexStream stream = TrendFlexStream.of(PERIOD);
            // The columns read belong to the reader, which closes them.
            VectorSchemaRoot wider = new VectorSchemaRoot(columns);
            try (FileChannel output =
                            FileChannel.open(
                                    out,
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.TRUNCATE_EXISTING,
                                    StandardOpenOption.WRITE);
                    ArrowFileWriter writer = new ArrowFileWriter(wider, reader, output)) {
                while (reader.loadNextBatch()) {
                    TrendFlexVectors.updateInto(stream, prices, trend);
                    wider.setRowCount(table.getRowCount());
                    writer.writeBatch();
                }
            }
        }
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
            reader.loadRecordBatch(reader.getRecordBlocks().getLast());
            try (VectorSchemaRoot end =
                    table.slice(
                            Math.max(0, table.getRowCount() - 5),
                            Math.min(5, table.getRowCount()))) {
                System.out.print(end.contentToTSVString());
            }
        }
    }
}
