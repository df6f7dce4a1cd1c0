package io.github.trendflex.cli.commands;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.RowConsumer;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.cli.chart.BarAxis;
import io.github.trendflex.cli.chart.HeatMap;
import io.github.trendflex.cli.chart.HeatMapPage;
import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.format.PriceText;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.input.SeriesList;
import io.github.trendflex.cli.input.UnknownTimes;
import io.github.trendflex.cli.output.ChartOutput;
import io.github.trendflex.cli.output.CsvOutput;
import io.github.trendflex.cli.output.HtmlOutput;
import io.github.trendflex.cli.output.NpyOutput;
import io.github.trendflex.cli.output.Output;
import io.github.trendflex.cli.output.PngOutput;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.Progress;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trendflex batch`: one series, many periods.
@Command(
        name = "batch",
        sortOptions = false,
        header = "Computes the TrendFlex of a series of prices for many periods.",
        description =
                "A CSV result has a line for each price: its time, if the input has a column of times, then a value for "
                        + "each period, empty where there is none. An .npy result has the values alone, periods by "
                        + "prices.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BatchCommand implements Runnable {
    private final StandardStreams streams;

    @Mixin private InputOption in;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "The result: a .csv, .tsv, .txt or .npy file, one of text and .gz, or - for CSV on standard output, which is the "
                            + "default unless there is a --heatmap. A file appears when it is complete.")
    private @Nullable Path out;

    @Option(
            names = "--heatmap",
            paramLabel = "FILE",
            description =
                    "A picture of the values, period by time: a .png file, or an .html file, a page in which a reader "
                            + "can zoom. Its axis has the times of the column that "
                            + "--time names, or of one called time, date, datetime or timestamp, or with --no-header of the "
                            + "only one with a date in the first line.")
    private @Nullable Path heatMap;

    @Mixin private ChartOptions chart;

    @Option(
            names = "--transposed",
            description =
                    "Writes CSV without a header and with a line for each period: the period, then a value for each "
                            + "price.")
    private boolean transposed;

    @Option(
            names = "--periods",
            paramLabel = "N|START:END[:STEP],...",
            required = true,
            converter = PeriodList.Converter.class,
            description =
                    "The periods, separated by commas: single ones, and those from START to END as far as STEP, "
                            + "which is 1 by default, reaches them.")
    private PeriodList periods;

    @Mixin private ComputationOptions computation;

    BatchCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        Output output =
                out == null && heatMap != null
                        ? null
                        : Output.of(out == null ? StandardStreams.PIPE : out, streams);
        ChartOutput picture = heatMap == null ? null : ChartOutput.of(heatMap);
        if (picture == null && chart.areSaid()) {
            throw CommandException.usage(
                    "--title, --last, --from and --to are about the picture of --heatmap");
        }
        chart.check();
        if (picture != null && periods.ranges().size() > 1) {
            throw CommandException.usage("--heatmap needs one range of periods: START:END[:STEP]");
        }
        try (Arena arena = Arena.ofConfined()) {
            PriceInput input = in.open(streams, arena);
            check(input);
            if (picture == null) {
                compute(input, output, (_, _) -> {});
            } else {
                draw(input, output, picture);
            }
            UnknownTimes.tell(List.of(input), streams);
            EmptyValues.tell(List.of(input), periods::periods, computation.nanPolicy(), streams);
        }
    }

    private void draw(PriceInput input, @Nullable Output output, ChartOutput picture) {
        String title = chart.title(input);
        BarAxis axis = chart.axis(input);
        PeriodRange range = periods.ranges().getFirst();
        switch (picture) {
            case PngOutput png ->
                    png.write(() -> {
                        HeatMap map = new HeatMap(title, axis, range);
                        compute(input, output, (_, row) -> map.add(row));
                        return map.draw();
                    });
            case HtmlOutput html -> {
                html.requireRoom(axis.bars(), range.rows());
                html.write(stream -> {
                    HeatMapPage page = new HeatMapPage(title, axis, range);
                    compute(input, output, (_, row) -> page.add(row));
                    page.write(stream);
                });
            }
        }
    }

    /// Computes the row of the largest period, which fails if any does, before anything is written.
    private void check(PriceInput input) {
        TrendFlexBatch largest = TrendFlexBatch.of(PeriodRange.single(periods.largest()));
        forEachRow(largest, input, (_, _) -> {});
    }

    private void compute(PriceInput input, @Nullable Output output, RowConsumer also) {
        TrendFlexBatch batch = periods.batch();
        switch (output) {
            case null -> forEachRow(batch, input, false, also);
            case CsvOutput csv when transposed ->
                    csv.write(
                            input.style().withoutPreamble(),
                            records ->
                                    forEachRow(
                                            batch,
                                            input,
                                            csv.isStandardOutput(),
                                            (period, row) -> {
                                                records.accept(record(period, row, input));
                                                also.accept(period, row);
                                            }));
            case CsvOutput csv -> writeJoined(batch, input, csv, also);
            case NpyOutput npy ->
                    npy.write(
                            matrix ->
                                    forEachRow(
                                            batch,
                                            input,
                                            false,
                                            (period, row) -> {
                                                try (Arena arena = Arena.ofConfined()) {
                                                    matrix.accept(
                                                            input.series().inFileOrder(row, arena));
                                                }
                                                also.accept(period, row);
                                            }),
                            batch.rows(),
                            input.length());
        }
    }

    /// Writes a line for each price, for which all values have to be there first.
    private void writeJoined(
            TrendFlexBatch batch, PriceInput input, CsvOutput csv, RowConsumer also) {
        List<String> names = new ArrayList<>();
        List<MemorySegment> rows = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            forEachRow(
                    batch,
                    input,
                    csv.isStandardOutput(),
                    (period, row) -> {
                        names.add("trendflex_" + period);
                        rows.add(arena.allocate(row.byteSize(), Double.BYTES).copyFrom(row));
                        also.accept(period, row);
                    });
            try (Progress progress =
                    Progress.writing(input.length(), csv.isStandardOutput(), streams)) {
                csv.write(
                        input.style().withoutPreamble(),
                        records ->
                                input.copyWith(
                                        PriceInput.Kept.TIME,
                                        names,
                                        rows,
                                        records.andThen(_ -> progress.step(1))));
            }
        }
    }

    private void forEachRow(
            TrendFlexBatch batch, PriceInput input, boolean besideOutput, RowConsumer consumer) {
        try (Progress progress = Progress.batch(batch.rows(), besideOutput, streams)) {
            forEachRow(
                    batch,
                    input,
                    (period, row) -> {
                        consumer.accept(period, row);
                        progress.step(1);
                    });
        }
    }

    private void forEachRow(TrendFlexBatch batch, PriceInput input, RowConsumer consumer) {
        try {
            computation.apply(batch).forEachRow(input.prices(), consumer);
        } catch (TrendFlexException e) {
            throw input.refused(0, e);
        }
    }

    private static Iterable<String> record(int period, MemorySegment values, PriceInput input) {
        SeriesList series = input.series();
        Decimal decimal = input.style().decimal();
        long length = values.byteSize() / Double.BYTES;
        return () ->
                Stream.concat(
                                Stream.of(Integer.toString(period)),
                                LongStream.range(0, length)
                                        .mapToObj(i ->
                                                decimal.of(
                                                        PriceText.at(values, series.place(0, i)))))
                        .iterator();
    }
}
