package io.github.trendflex.cli;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `trendflex compute`: one series, one period.
@Command(
        name = "compute",
        sortOptions = false,
        header = "Computes the TrendFlex of a series of prices.",
        description =
                "A CSV result has the columns of the input and one more, trendflex_PERIOD, which is empty where "
                        + "there is no value. An .npy result has the values alone.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ComputeCommand implements Runnable {
    private final StandardStreams streams;

    @Mixin private SeriesOptions series;

    @Mixin private PeriodOption period;

    ComputeCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        Output output = series.output(streams);
        try (Arena arena = Arena.ofConfined()) {
            PriceInput input = series.open(streams, arena);
            switch (output) {
                case CsvOutput csv -> {
                    MemorySegment values = arena.allocate(ValueLayout.JAVA_DOUBLE, input.length());
                    computeInto(input, values);
                    csv.write(records ->
                            input.copyWith("trendflex_" + period.value, values, records));
                }
                case NpyOutput npy ->
                        npy.write(values -> computeInto(input, values), input.length());
            }
        }
    }

    private void computeInto(PriceInput input, MemorySegment values) {
        try {
            TrendFlex.of(period.value)
                    .withDefinition(series.definition.value)
                    .withNanPolicy(series.nanPolicy)
                    .withKernel(series.kernel)
                    .computeInto(input.prices(), values);
        } catch (TrendFlexException e) {
            throw CommandException.refused(input.name(), e);
        }
    }
}
