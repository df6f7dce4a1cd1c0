package io.github.trendflex.cli.output;

import io.github.trendflex.cli.format.NpyFormat;
import io.github.trendflex.cli.terminal.CommandException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// A result as a NumPy array of doubles.
public record NpyOutput(Path file) implements Output {
    private static final long BLOCK = 1 << 26;

    /// Writes an array of the given shape, whose values the body gives block by block.
    public void write(Consumer<Consumer<MemorySegment>> body, long... shape) {
        byte[] header = NpyFormat.header(shape);
        try (OutputFile output = new OutputFile(file)) {
            long size =
                    Math.addExact(
                            header.length,
                            LongStream.of(shape).reduce(Double.BYTES, Math::multiplyExact));
            long free = output.freeSpace();
            if (free < size) {
                throw new IOException("%d bytes are needed, and %d are free".formatted(size, free));
            }
            FileChannel channel = output.channel();
            channel.write(ByteBuffer.wrap(header));
            body.accept(values -> write(values, channel));
            output.commit();
        } catch (UncheckedIOException e) {
            throw CommandException.io(file.toString(), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw CommandException.io(file.toString(), e);
        }
    }

    private static void write(MemorySegment values, FileChannel channel) {
        try {
            for (long from = 0; from < values.byteSize(); from += BLOCK) {
                long size = Math.min(BLOCK, values.byteSize() - from);
                ByteBuffer block = values.asSlice(from, size).asByteBuffer();
                while (block.hasRemaining()) {
                    channel.write(block);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
