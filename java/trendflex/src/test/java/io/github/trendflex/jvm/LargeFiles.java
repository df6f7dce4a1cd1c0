package io.github.trendflex.jvm;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/// Computes from file to file more prices than the heap has room for, in three ways that have to
/// agree: one call, a batch, and a stream that takes a ring of chunks.
///
/// Arguments: a directory, the number of prices, the number of periods of the batch.
public final class LargeFiles {
    private static final int PERIOD = 20;
    private static final int CHUNKS = 3;
    private static final int CHUNK = 100_003;

    private LargeFiles() {}

    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args[0]);
        long length = Long.parseLong(args[1]);
        int rows = Integer.parseInt(args[2]);
        if (length * Double.BYTES <= Runtime.getRuntime().maxMemory()) {
            throw new IllegalArgumentException("the prices fit into the heap");
        }
        Path file = directory.resolve("prices");
        try (Arena arena = Arena.ofShared()) {
            writeWalk(map(file, length, arena));

            MemorySegment prices = map(file, length, arena).asReadOnly();
            MemorySegment out = map(directory.resolve("series"), length, arena);
            TrendFlex.of(PERIOD).computeInto(prices, out);
            System.out.println(length + " prices from file to file");

            requireSame(out, streamed(file, directory.resolve("stream"), arena));
            System.out.println("the same through a ring of chunks");

            MemorySegment matrix = map(directory.resolve("batch"), rows * length, arena);
            TrendFlexBatch.of(PeriodRange.closed(PERIOD, PERIOD + rows - 1))
                    .computeInto(prices, matrix);
            requireSame(out, matrix.asSlice(0, out.byteSize()));
            MemorySegment lastRow = arena.allocate(out.byteSize(), Double.BYTES);
            TrendFlex.of(PERIOD + rows - 1).computeInto(prices, lastRow);
            requireSame(lastRow, matrix.asSlice((rows - 1) * out.byteSize()));
            System.out.println(
                    "a batch of %s MB from file to file".formatted(matrix.byteSize() >> 20));
        }
    }

    /// Reads chunk by chunk into a ring, as a feed would, and writes as many outputs.
    private static MemorySegment streamed(Path in, Path out, Arena arena) throws IOException {
        MemorySegment ring = arena.allocate(ValueLayout.JAVA_DOUBLE, CHUNKS * CHUNK);
        MemorySegment outputs = arena.allocate(ValueLayout.JAVA_DOUBLE, CHUNK);
        TrendFlexStream stream = TrendFlexStream.of(PERIOD);
        try (FileChannel input = FileChannel.open(in);
                FileChannel output =
                        FileChannel.open(
                                out,
                                StandardOpenOption.CREATE,
                                StandardOpenOption.READ,
                                StandardOpenOption.WRITE)) {
            long chunkBytes = outputs.byteSize();
            for (long from = 0, turn = 0; from < input.size(); from += chunkBytes, turn++) {
                long bytes = Math.min(chunkBytes, input.size() - from);
                MemorySegment chunk = ring.asSlice(turn % CHUNKS * chunkBytes, bytes);
                MemorySegment results = outputs.asSlice(0, bytes);
                if (input.read(chunk.asByteBuffer(), from) != bytes) {
                    throw new IOException("a short read");
                }
                stream.updateInto(chunk, results);
                if (output.write(results.asByteBuffer(), from) != bytes) {
                    throw new IOException("a short write");
                }
            }
            return output.map(MapMode.READ_ONLY, 0, input.size(), arena);
        }
    }

    private static void writeWalk(MemorySegment prices) {
        Random random = new Random(1);
        double price = 100;
        for (long i = 0; i < prices.byteSize() / Double.BYTES; i++) {
            price += random.nextDouble() - 0.5;
            prices.setAtIndex(ValueLayout.JAVA_DOUBLE, i, price);
        }
    }

    private static MemorySegment map(Path file, long length, Arena arena) throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return channel.map(MapMode.READ_WRITE, 0, length * Double.BYTES, arena);
        }
    }

    private static void requireSame(MemorySegment expected, MemorySegment actual) {
        long mismatch = expected.mismatch(actual);
        if (mismatch != -1) {
            throw new AssertionError("the first different byte is " + mismatch);
        }
    }
}
