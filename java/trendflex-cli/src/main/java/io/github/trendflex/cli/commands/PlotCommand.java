package io.github.trendflex.cli.commands;

import io.github.trendflex.RowConsumer;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.cli.chart.BarAxis;
import io.github.trendflex.cli.chart.LinePage;
import io.github.trendflex.cli.chart.LinePlot;
import io.github.trendflex.cli.input.PriceInput;
import io.github.trendflex.cli.input.UnknownTimes;
import io.github.trendflex.cli.output.ChartOutput;
import io.github.trendflex.cli.output.HtmlOutput;
import io.github.trendflex.cli.output.PngOutput;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.StandardStreams;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `trendflex plot`: one series, one or several periods, a picture.
@Command(
        name = "plot",
        sortOptions = false,
        header = "Draws the prices and, below them, their TrendFlex.",
        description =
                "The line of a period begins after its warm-up. The horizontal axis has the times of the column "
                        + "that --time names, or of one called time, date, datetime or timestamp, or with --no-header of "
                        + "the only one with a date in the first line.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlotCommand implements Runnable {
    private final StandardStreams streams;

    @Mixin private InputOption in;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description =
                    "The picture: a .png file, or an .html file, a page in which a reader can zoom. It appears when it "
                            + "is complete.")
    private Path out;

    @Option(
            names = "--period",
            paramLabel = "N",
            split = ",",
            defaultValue = "20",
            description =
                    "The periods in bars, each at least 1, separated by commas, no more than 12. Default: ${DEFAULT-VALUE}.")
    private int[] periods;

    @Mixin private ChartOptions chart;

    @Mixin private ComputationOptions computation;

    PlotCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        ChartOutput output = ChartOutput.of(out);
        chart.check();
        int[] distinct = Arrays.stream(periods).distinct().toArray();
        if (distinct.length > LinePlot.MOST_LINES) {
            throw CommandException.usage(
                    "%d periods: %d lines can be told apart; batch --heatmap draws any number"
                            .formatted(distinct.length, LinePlot.MOST_LINES));
        }
        try (Arena arena = Arena.ofConfined()) {
            PriceInput input = in.open(streams, arena);
            draw(distinct, input, output);
            UnknownTimes.tell(List.of(input), streams);
            EmptyValues.tell(
                    List.of(input),
                    () -> Arrays.stream(distinct).asLongStream(),
                    computation.nanPolicy(),
                    streams);
        }
    }

    private void draw(int[] distinct, PriceInput input, ChartOutput output) {
        String title = chart.title(input);
        BarAxis axis = chart.axis(input);
        switch (output) {
            case PngOutput picture -> {
                LinePlot plot = new LinePlot(title, input.priceName(), axis, input.prices());
                compute(distinct, input, plot::add);
                picture.write(plot::draw);
            }
            case HtmlOutput html -> {
                html.requireRoom(axis.bars(), distinct.length + 1L);
                LinePage page = new LinePage(title, input.priceName(), axis, input.prices());
                compute(distinct, input, page::add);
                html.write(page::write);
            }
        }
    }

    private void compute(int[] distinct, PriceInput input, RowConsumer consumer) {
        try {
            computation.apply(TrendFlexBatch.of(distinct)).forEachRow(input.prices(), consumer);
        } catch (TrendFlexException e) {
            throw input.refused(0, e);
        }
    }
}
