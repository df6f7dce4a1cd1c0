package io.github.trendflex.cli;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// A result as a NumPy array of doubles, computed where the file is mapped.
record NpyOutput(Path file) implements Output {
    private static final int BLOCK = 1 << 20;

    /// Writes an array of the given shape, which the body fills.
    void write(Consumer<MemorySegment> body, long... shape) {
        byte[] header = NpyFormat.header(shape);
        try (OutputFile output = new OutputFile(file)) {
            long size =
                    Math.addExact(
                            header.length,
                            LongStream.of(shape).reduce(Double.BYTES, Math::multiplyExact));
            reserve(output, size);
            output.channel().write(ByteBuffer.wrap(header), 0);
            try (Arena arena = Arena.ofConfined()) {
                body.accept(
                        output.channel()
                                .map(MapMode.READ_WRITE, 0, size, arena)
                                .asSlice(header.length));
            }
            output.commit();
        } catch (IOException e) {
            throw CommandException.io(file.toString(), e);
        }
    }

    /// Takes the room on the disk before the file is mapped: where there is none, writing fails,
    /// but a write through the mapping would end the process.
    private static void reserve(OutputFile output, long size) throws IOException {
        long free = output.freeSpace();
        if (free < size) {
            throw new IOException("%d bytes are needed, and %d are free".formatted(size, free));
        }
        ByteBuffer zeros = ByteBuffer.allocateDirect(BLOCK);
        for (long left = size; left > 0; ) {
            left -= output.channel().write(zeros.clear().limit((int) Math.min(left, BLOCK)));
        }
    }
}
