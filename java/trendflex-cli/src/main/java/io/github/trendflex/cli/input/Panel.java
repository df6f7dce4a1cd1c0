package io.github.trendflex.cli.input;

import io.github.trendflex.TrendFlexException;
import io.github.trendflex.cli.terminal.CommandException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/// The prices of several inputs, end to end, and where each series of them ends.
///
/// @param offsets from 0 to the number of prices, one more than there are series
public record Panel(List<PriceInput> inputs, MemorySegment prices, MemorySegment offsets) {
    /// Joins the inputs. A single one's prices stay where they are.
    public static Panel of(List<PriceInput> inputs, Arena arena) {
        LongStream.Builder offsets = LongStream.builder().add(0);
        long length = 0;
        for (PriceInput input : inputs) {
            long before = length;
            input.series().ends().forEach(end -> offsets.add(before + end));
            length += input.length();
        }
        return new Panel(
                inputs,
                inputs.size() == 1 ? inputs.getFirst().prices() : join(inputs, length, arena),
                arena.allocateFrom(ValueLayout.JAVA_LONG, offsets.build().toArray()));
    }

    /// Whether this is a series that has to be long enough.
    public boolean isOneSeries() {
        return inputs.size() == 1 && !inputs.getFirst().series().many();
    }

    /// The library refused the options, or with them the prices of a series.
    public CommandException refused(TrendFlexException cause) {
        long before = offsets.getAtIndex(ValueLayout.JAVA_LONG, cause.series().orElse(0));
        int at = 0;
        while (at + 1 < inputs.size() && before >= inputs.get(at).length()) {
            before -= inputs.get(at).length();
            at++;
        }
        return inputs.get(at).refused(before, cause);
    }

    /// The parts of an array with a value for each price that belong to the inputs.
    public static List<MemorySegment> split(MemorySegment values, List<PriceInput> inputs) {
        List<MemorySegment> parts = new ArrayList<>();
        long offset = 0;
        for (PriceInput input : inputs) {
            long size = input.prices().byteSize();
            parts.add(values.asSlice(offset, size));
            offset += size;
        }
        return parts;
    }

    private static MemorySegment join(List<PriceInput> inputs, long length, Arena arena) {
        MemorySegment joined = arena.allocate(ValueLayout.JAVA_DOUBLE, length);
        List<MemorySegment> parts = split(joined, inputs);
        for (int i = 0; i < parts.size(); i++) {
            parts.get(i).copyFrom(inputs.get(i).prices());
        }
        return joined;
    }
}
