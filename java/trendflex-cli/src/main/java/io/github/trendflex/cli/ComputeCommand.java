package io.github.trendflex.cli;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trendflex compute`: any number of series, one period, one call of the library.
@Command(
        name = "compute",
        sortOptions = false,
        header = "Computes the TrendFlex of one or many series of prices.",
        description =
                "A CSV result has the rows of the input in their order, and one more column, trendflex_PERIOD, which "
                        + "is empty where there is no value; of several columns, NAME_trendflex_PERIOD for each. "
                        + "An .npy result has the values alone, columns by rows. A single series must be longer than "
                        + "the period; of many, a short one has no values.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ComputeCommand implements Runnable {
    private final StandardStreams streams;

    @Mixin private InputsOption in;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            defaultValue = "-",
            description =
                    "The result: a .csv, .csv.gz or .npy file, or - for CSV on standard output, which is the "
                            + "default. Of several files: a folder, in which each gets a file of its own name. "
                            + "A file appears when it is complete.")
    private Path out;

    @Mixin private PeriodOption period;

    @Mixin private ComputationOptions computation;

    ComputeCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        List<Output> outputs = Output.of(out, in.files(), streams);
        try (Arena arena = Arena.ofConfined()) {
            List<PriceInput> inputs = in.open(streams, arena);
            for (int i = 0; i < inputs.size(); i++) {
                if (outputs.get(i) instanceof CsvOutput) {
                    inputs.get(i).requireNew(added());
                }
            }
            Panel panel = Panel.of(inputs, arena);
            if (panel.prices().byteSize() == 0) {
                throw CommandException.data(
                        inputs.getFirst().name(), "length = 0: there are no prices");
            }
            if (inputs.size() == 1
                    && outputs.getFirst() instanceof NpyOutput npy
                    && inputs.getFirst().series().order().isAsInFile()) {
                npy.write(
                        values -> computeInto(inputs, panel, values),
                        inputs.getFirst().series().shape());
                return;
            }
            MemorySegment values = arena.allocate(panel.prices().byteSize(), Double.BYTES);
            computeInto(inputs, panel, values);
            List<MemorySegment> parts = Panel.split(values, inputs);
            long rows = inputs.stream().mapToLong(input -> input.series().order().rows()).sum();
            boolean beside = outputs.getFirst().isStandardOutput();
            try (Progress progress = Progress.writing(rows, beside, streams)) {
                for (int i = 0; i < inputs.size(); i++) {
                    write(inputs.get(i), parts.get(i), outputs.get(i), progress);
                }
            }
        }
    }

    private void computeInto(List<PriceInput> inputs, Panel panel, MemorySegment values) {
        try {
            TrendFlex trendFlex = computation.trendFlex(period.value);
            if (inputs.size() == 1 && !inputs.getFirst().series().many()) {
                trendFlex.computeInto(panel.prices(), values);
            } else {
                trendFlex.computePanelInto(panel.prices(), panel.offsets(), values);
            }
        } catch (TrendFlexException e) {
            throw panel.refused(e);
        }
    }

    private String added() {
        return "trendflex_" + period.value;
    }

    private void write(PriceInput input, MemorySegment values, Output output, Progress progress) {
        switch (output) {
            case CsvOutput csv ->
                    csv.write(records ->
                            input.copyWith(
                                    added(), values, records.andThen(_ -> progress.step(1))));
            case NpyOutput npy -> {
                npy.write(
                        matrix -> input.series().toFileOrder(values, matrix),
                        input.series().shape());
                progress.step(input.series().order().rows());
            }
        }
    }
}
