package io.github.trendflex.cli.commands;

import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.cli.input.Panel;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.input.SeriesList;
import io.github.trendflex.cli.input.UnknownTimes;
import io.github.trendflex.cli.output.CsvOutput;
import io.github.trendflex.cli.output.NpyOutput;
import io.github.trendflex.cli.output.Output;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.Progress;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trendflex compute`: any number of series, each period in one call of the library.
@Command(
        name = "compute",
        sortOptions = false,
        header = "Computes the TrendFlex of one or many series of prices.",
        description =
                "A CSV result has the rows of the input in their order, and one more column for each period, "
                        + "trendflex_PERIOD, which is empty where there is no value; of several columns with "
                        + "prices, NAME_trendflex_PERIOD for each. An .npy result has the values alone: periods by "
                        + "columns by rows, without what there is only one of. A single series must be longer than "
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
                    "The result: a .csv, .tsv, .txt or .npy file, one of text and .gz, or - for CSV on standard output, which is the "
                            + "default. Of several files: a folder, in which each gets a file of its own name. "
                            + "A file appears when it is complete.")
    private Path out;

    @Option(
            names = "--period",
            paramLabel = "N",
            split = ",",
            defaultValue = "20",
            description =
                    "The periods in bars, each at least 1, separated by commas. Default: ${DEFAULT-VALUE}.")
    private int[] periods;

    @Mixin private ComputationOptions computation;

    ComputeCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        int[] distinct = Arrays.stream(periods).distinct().toArray();
        List<String> added = Arrays.stream(distinct).mapToObj(p -> "trendflex_" + p).toList();
        List<Output> outputs = ResultFiles.of(out, in.files(), streams);
        try (Arena arena = Arena.ofConfined()) {
            List<PriceInput> inputs = in.open(streams, arena);
            for (int i = 0; i < inputs.size(); i++) {
                if (outputs.get(i) instanceof CsvOutput) {
                    inputs.get(i).requireNew(added);
                }
            }
            Panel panel = Panel.of(inputs, arena);
            if (panel.prices().byteSize() == 0) {
                throw CommandException.data(
                        inputs.getFirst().allPrices(), "length = 0: there are no prices");
            }
            List<List<MemorySegment>> valuesOfPeriods = new ArrayList<>();
            for (int period : distinct) {
                valuesOfPeriods.add(Panel.split(compute(period, panel, arena), inputs));
            }
            long rows = inputs.stream().mapToLong(input -> input.series().rows()).sum();
            boolean beside = outputs.getFirst().isStandardOutput();
            try (Progress progress = Progress.writing(rows, beside, streams)) {
                for (int i = 0; i < inputs.size(); i++) {
                    int input = i;
                    List<MemorySegment> values =
                            valuesOfPeriods.stream().map(parts -> parts.get(input)).toList();
                    write(inputs.get(i), added, values, outputs.get(i), progress);
                }
            }
            UnknownTimes.tell(inputs, streams);
            EmptyValues.tell(
                    inputs,
                    () -> Arrays.stream(distinct).asLongStream(),
                    computation.nanPolicy(),
                    streams);
        }
    }

    private MemorySegment compute(int period, Panel panel, Arena arena) {
        try {
            TrendFlex trendFlex = computation.trendFlex(period);
            MemorySegment values = arena.allocate(panel.prices().byteSize(), Double.BYTES);
            if (panel.isOneSeries()) {
                trendFlex.computeInto(panel.prices(), values);
            } else {
                trendFlex.computePanelInto(panel.prices(), panel.offsets(), values);
            }
            return values;
        } catch (TrendFlexException e) {
            throw panel.refused(e);
        }
    }

    private static void write(
            PriceInput input,
            List<String> added,
            List<MemorySegment> values,
            Output output,
            Progress progress) {
        switch (output) {
            case CsvOutput csv ->
                    csv.write(
                            input.style(),
                            records ->
                                    input.copyWith(
                                            PriceInput.Kept.ALL,
                                            added,
                                            values,
                                            records.andThen(_ -> progress.step(1))));
            case NpyOutput npy -> {
                npy.write(
                        matrix -> {
                            for (MemorySegment ofPeriod : values) {
                                try (Arena arena = Arena.ofConfined()) {
                                    matrix.accept(input.series().inFileOrder(ofPeriod, arena));
                                }
                            }
                        },
                        shape(values.size(), input.series()));
                progress.step(input.series().rows());
            }
        }
    }

    private static long[] shape(int periods, SeriesList series) {
        return periods == 1
                ? series.shape()
                : LongStream.concat(LongStream.of(periods), LongStream.of(series.shape()))
                        .toArray();
    }
}
