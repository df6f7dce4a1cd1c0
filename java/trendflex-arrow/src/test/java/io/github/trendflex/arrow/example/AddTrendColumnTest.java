package io.github.trendflex.arrow.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AddTrendColumnTest {
    @TempDir private Path folder;

    @Test
    void theTrendGoesOnOverTheRecordBatchesOfAFile() throws IOException {
        Path in = folder.resolve("in.arrow");
        Path out = folder.resolve("out.arrow");
        double[] closes = write(in, 300, 1, 0, 20, 500);
        AddTrendColumn.addTrend(in, out, "close");

        double[] expected = TrendFlex.of(20).withNanPolicy(NanPolicy.SKIP).compute(closes);
        List<String> expectedRows = new ArrayList<>();
        for (int row = 0; row < closes.length; row++) {
            expectedRows.add(
                    "%s %s %s"
                            .formatted(
                                    "row " + row,
                                    Double.isNaN(closes[row]) ? null : closes[row],
                                    Double.isNaN(expected[row]) ? null : expected[row]));
        }
        assertEquals(expectedRows, read(out));
    }

    @Test
    void aColumnThatIsNotThereIsNamed() throws IOException {
        Path in = folder.resolve("in.arrow");
        write(in, 30);
        for (String column : List.of("open", "label")) {
            IOException e =
                    assertThrows(
                            IOException.class,
                            () -> AddTrendColumn.addTrend(in, folder.resolve("out.arrow"), column));
            assertEquals("no column '%s' of doubles in %s".formatted(column, in), e.getMessage());
        }
    }

    /// Writes batches of the given lengths; every tenth close is null.
    private static double[] write(Path file, int... batches) throws IOException {
        Random random = new Random(1);
        List<Double> closes = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector label = new VarCharVector("label", allocator);
                Float8Vector close = new Float8Vector("close", allocator);
                VectorSchemaRoot table = new VectorSchemaRoot(List.of(label, close));
                FileChannel output =
                        FileChannel.open(
                                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                ArrowFileWriter writer =
                        new ArrowFileWriter(
                                table, new DictionaryProvider.MapDictionaryProvider(), output)) {
            for (int rows : batches) {
                table.clear();
                table.allocateNew();
                for (int row = 0; row < rows; row++) {
                    label.setSafe(row, ("row " + closes.size()).getBytes(UTF_8));
                    if (closes.size() % 10 == 9) {
                        close.setNull(row);
                        closes.add(Double.NaN);
                    } else {
                        closes.add(100 + random.nextGaussian());
                        close.setSafe(row, closes.getLast());
                    }
                }
                table.setRowCount(rows);
                writer.writeBatch();
            }
        }
        return closes.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static List<String> read(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(input, allocator)) {
            VectorSchemaRoot table = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < table.getRowCount(); row++) {
                    rows.add(
                            "%s %s %s"
                                    .formatted(
                                            table.getVector("label").getObject(row),
                                            table.getVector("close").getObject(row),
                                            table.getVector("trendflex_20").getObject(row)));
                }
            }
        }
        return rows;
    }
}
