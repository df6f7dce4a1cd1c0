package io.github.trendflex.arrow.example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.TrendFlex;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.compression.CompressionCodec;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryEncoder;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AddTrendColumnTest {
    private static final Map<String, String> METADATA = Map.of("pandas", "{\"columns\": 2}");
    private static final Map<String, String> FOOTER = Map.of("source", "exchange");

    @TempDir private Path folder;

    private Path in;
    private Path out;

    @BeforeEach
    void name() {
        in = folder.resolve("in.arrow");
        out = folder.resolve("out.arrow");
    }

    @ParameterizedTest
    @EnumSource(CodecType.class)
    void theTrendGoesOnOverTheRecordBatchesOfAFile(CodecType compression) throws IOException {
        double[] closes = write(in, compression, 300, 1, 0, 20, 500);
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
        assertEquals(expectedRows, read(out, "label", "close", "trendflex_20"));
    }

    @Test
    void theMetadataOfTheTableAndOfTheFileIsKept() throws IOException {
        write(in, 30);
        AddTrendColumn.addTrend(in, out, "close");
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = FileChannel.open(out);
                ArrowFileReader reader = new ArrowFileReader(input, allocator)) {
            assertEquals(METADATA, reader.getVectorSchemaRoot().getSchema().getCustomMetadata());
            assertEquals(FOOTER, reader.getMetaData());
        }
    }

    @Test
    void decimalsBehindADictionaryArePrices() throws IOException {
        double[] expected;
        try (BufferAllocator allocator = new RootAllocator();
                DecimalVector closes = new DecimalVector("close", allocator, 10, 2);
                DecimalVector values = new DecimalVector("values", allocator, 10, 2)) {
            for (int i = 0; i < 100; i++) {
                closes.setSafe(i, BigDecimal.valueOf(10_000 + i % 7, 2));
                values.setSafe(i % 7, BigDecimal.valueOf(10_000 + i % 7, 2));
            }
            closes.setValueCount(100);
            values.setValueCount(7);
            Dictionary dictionary = new Dictionary(values, new DictionaryEncoding(3, false, null));
            MapDictionaryProvider dictionaries = new MapDictionaryProvider(dictionary);
            expected = IntStream.range(0, 100).mapToDouble(i -> (10_000 + i % 7) / 100.0).toArray();
            try (FieldVector indices = (FieldVector) DictionaryEncoder.encode(closes, dictionary);
                    VectorSchemaRoot table = new VectorSchemaRoot(List.of(indices));
                    FileChannel output = create(in);
                    ArrowFileWriter writer = new ArrowFileWriter(table, dictionaries, output)) {
                table.setRowCount(100);
                writer.writeBatch();
            }
        }
        AddTrendColumn.addTrend(in, out, "close");
        assertEquals(
                IntStream.range(0, 100)
                        .mapToObj(i -> i < 20 ? "null" : "" + TrendFlex.of(20).compute(expected)[i])
                        .toList(),
                read(out, "trendflex_20"));
    }

    @Test
    void aTableWithoutRowsGetsTheColumnToo() throws IOException {
        write(in);
        AddTrendColumn.main(new String[] {in.toString(), out.toString()});
        assertEquals(List.of(), read(out, "label", "close", "trendflex_20"));
        write(in, 0);
        AddTrendColumn.main(new String[] {in.toString(), out.toString()});
        assertEquals(List.of(), read(out, "label", "close", "trendflex_20"));
    }

    @Test
    void aColumnThatIsNotThereIsNamedAndSoIsOneThatIsThereAlready() throws IOException {
        write(in, 30);
        assertRefused("no column 'open' in %s, but [label, close]".formatted(in), "open");
        AddTrendColumn.addTrend(in, out, "close");
        Files.move(out, in, StandardCopyOption.REPLACE_EXISTING);
        assertRefused("%s has a column 'trendflex_20' already".formatted(in), "close");
    }

    @Test
    void whatIsNoArrowFileIsNamed() throws IOException {
        assertRefused("there is no file " + in, "close");
        Files.createFile(out);
        assertRefused("there is no file " + in, "close");
        Files.createFile(in);
        assertRefused(in + " is no Arrow file", "close");
        Files.writeString(in, "time,close\n1,2\n");
        assertRefused(in + " is no Arrow file", "close");

        try (BufferAllocator allocator = new RootAllocator();
                Float8Vector close = new Float8Vector("close", allocator);
                VectorSchemaRoot table = new VectorSchemaRoot(List.of(close));
                ArrowStreamWriter writer =
                        new ArrowStreamWriter(
                                table,
                                new MapDictionaryProvider(),
                                Channels.newChannel(Files.newOutputStream(in)))) {
            writer.start();
        }
        assertRefused(
                in
                        + " is an IPC stream: write it as an IPC file, or read it with"
                        + " ArrowStreamReader",
                "close");
    }

    private void assertRefused(String message, String column) {
        assertEquals(
                message,
                assertThrows(IOException.class, () -> AddTrendColumn.addTrend(in, out, column))
                        .getMessage());
    }

    @Test
    void theInputIsNotOverwritten() throws IOException {
        write(in, 30);
        byte[] before = Files.readAllBytes(in);
        Path link = Files.createSymbolicLink(folder.resolve("link.arrow"), in);
        for (Path same :
                List.of(in, folder.resolve("../" + folder.getFileName() + "/in.arrow"), link)) {
            assertEquals(
                    "the result would overwrite " + in,
                    assertThrows(
                                    IOException.class,
                                    () -> AddTrendColumn.addTrend(in, same, "close"))
                            .getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(in));
    }

    /// The second batch fails: the first bytes of the result have been written by then.
    @Test
    void aFailureLeavesWhatWasThereAndNothingElse() throws IOException {
        write(in, 30, 30_000);
        ArrowBlock second;
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = FileChannel.open(in);
                ArrowFileReader reader = new ArrowFileReader(input, allocator)) {
            second = reader.getRecordBlocks().get(1);
        }
        try (FileChannel file = FileChannel.open(in, StandardOpenOption.WRITE)) {
            file.write(ByteBuffer.allocate(second.getMetadataLength()), second.getOffset());
        }
        assertThrows(Exception.class, () -> AddTrendColumn.addTrend(in, out, "close"));
        assertEquals(List.of(in), files());

        Files.writeString(out, "an older result");
        assertThrows(Exception.class, () -> AddTrendColumn.addTrend(in, out, "close"));
        assertEquals("an older result", Files.readString(out));
        assertThrows(Exception.class, () -> AddTrendColumn.addTrend(in, out, "label"));
        assertEquals("an older result", Files.readString(out));
        assertEquals(List.of(in, out), files());
    }

    @Test
    void onlyARegularFileIsReplaced() throws IOException {
        write(in, 30);
        Files.createDirectory(out);
        assertRefused(out + " exists and is no regular file", "close");
        assertTrue(Files.isDirectory(out));
    }

    @Test
    void aFolderThatIsNotThereIsNamed() throws IOException {
        write(in, 30);
        out = folder.resolve("none/out.arrow");
        assertRefused("there is no folder " + out.getParent(), "close");
    }

    @Test
    void aLinkToTheResultStaysOne() throws IOException {
        write(in, 30);
        Path file = Files.createFile(folder.resolve("file.arrow"));
        Files.createSymbolicLink(out, file);
        AddTrendColumn.addTrend(in, out, "close");
        assertTrue(Files.isSymbolicLink(out));
        assertEquals(30, read(file, "trendflex_20").size());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private static double[] write(Path file, int... batches) throws IOException {
        return write(file, CodecType.NO_COMPRESSION, batches);
    }

    /// Writes batches of the given lengths; every tenth close is null.
    private static double[] write(Path file, CodecType compression, int... batches)
            throws IOException {
        Random random = new Random(1);
        List<Double> closes = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                VarCharVector label = new VarCharVector("label", allocator);
                Float8Vector close = new Float8Vector("close", allocator);
                VectorSchemaRoot table = table(label, close);
                FileChannel output = create(file);
                ArrowFileWriter writer =
                        new ArrowFileWriter(
                                table,
                                new MapDictionaryProvider(),
                                output,
                                FOOTER,
                                IpcOption.DEFAULT,
                                CompressionCodec.Factory.INSTANCE,
                                compression)) {
            writer.start();
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

    private static VectorSchemaRoot table(FieldVector... columns) {
        List<Field> fields = Stream.of(columns).map(FieldVector::getField).toList();
        return new VectorSchemaRoot(new Schema(fields, METADATA), List.of(columns), 0);
    }

    private static FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE);
    }

    private static List<String> read(Path file, String... columns) throws IOException {
        List<String> rows = new ArrayList<>();
        try (BufferAllocator allocator = new RootAllocator();
                FileChannel input = FileChannel.open(file);
                ArrowFileReader reader = new ArrowFileReader(input, allocator)) {
            VectorSchemaRoot table = reader.getVectorSchemaRoot();
            while (reader.loadNextBatch()) {
                for (int row = 0; row < table.getRowCount(); row++) {
                    int at = row;
                    rows.add(
                            String.join(
                                    " ",
                                    Stream.of(columns)
                                            .map(table::getVector)
                                            .map(vector -> "" + vector.getObject(at))
                                            .toList()));
                }
            }
        }
        return rows;
    }
}
