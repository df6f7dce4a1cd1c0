package io.github.trendflex.cli.input;

import io.github.trendflex.cli.format.NpyFormat;
import io.github.trendflex.cli.format.PriceText;
import io.github.trendflex.cli.terminal.CommandException;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/// Prices in a one-dimensional NumPy array of doubles, which stay where the file is mapped.
record NpyInput(String name, MemorySegment prices) implements PriceInput {
    static NpyInput open(Path file, Arena arena) {
        String name = file.toString();
        try (FileChannel channel = FileChannel.open(file)) {
            NpyFormat.Vector vector =
                    NpyFormat.read(Channels.newInputStream(channel), channel.size());
            MemorySegment prices =
                    channel.map(MapMode.READ_ONLY, 0, channel.size(), arena)
                            .asSlice(vector.offset(), vector.byteSize());
            // The format promises aligned data; not every writer keeps the promise.
            boolean aligned = prices.maxByteAlignment() >= Double.BYTES;
            return new NpyInput(
                    name,
                    aligned
                            ? prices
                            : arena.allocate(prices.byteSize(), Double.BYTES).copyFrom(prices));
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    @Override
    public String priceName() {
        return UNNAMED;
    }

    @Override
    public void copyWith(
            Kept kept,
            List<String> added,
            List<MemorySegment> values,
            Consumer<Iterable<String>> records) {
        List<MemorySegment> columns = new ArrayList<>(values);
        List<String> names = new ArrayList<>(added);
        if (kept == Kept.ALL) {
            columns.addFirst(prices);
            names.addFirst(priceName());
        }
        records.accept(names);
        LongStream.range(0, length())
                .mapToObj(i -> columns.stream().map(column -> PriceText.at(column, i)).toList())
                .forEachOrdered(records);
    }
}
