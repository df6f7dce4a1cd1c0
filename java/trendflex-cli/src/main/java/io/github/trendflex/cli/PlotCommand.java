package io.github.trendflex.cli;

import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
                        + "that --time names, or of one called time, date, datetime or timestamp.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class PlotCommand implements Runnable {
    private static final int WIDTH = 1600;
    private static final int PRICE_HEIGHT = 520;
    private static final int TREND_HEIGHT = 420;

    /// The room above and below the lines, as a share of what they take.
    private static final double MARGIN = 0.04;

    /// The colours of the lines, which differ with any eyes and on white. Dashes would not do:
    /// where bars are dense, they run together.
    static final List<Color> COLORS =
            Stream.of(
                            0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000,
                            0xA8001C, 0x381CE0, 0x547054, 0x7A2E6E, 0x8C70FC)
                    .map(Color::new)
                    .toList();

    private final StandardStreams streams;

    @Mixin private InputOption in;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "The picture, a .png file. It appears when it is complete.")
    private Path out;

    @Option(
            names = "--period",
            paramLabel = "N",
            split = ",",
            defaultValue = "20",
            description =
                    "The periods in bars, each at least 1, separated by commas, no more than 12. Default: ${DEFAULT-VALUE}.")
    private int[] periods;

    @Mixin private ComputationOptions computation;

    PlotCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        PngOutput output = new PngOutput(out);
        long lines = Arrays.stream(periods).distinct().count();
        if (lines > COLORS.size()) {
            throw CommandException.usage(
                    "%d periods: %d lines can be told apart; batch --heatmap draws any number"
                            .formatted(lines, COLORS.size()));
        }
        try (Arena arena = Arena.ofConfined()) {
            PriceInput input = in.open(streams, arena);
            BarAxis axis = BarAxis.of(input);
            Map<Integer, ChartLine> trends = trends(input, axis);
            output.write(() -> draw(input, priceChart(input, axis), trendChart(axis, trends)));
            EmptyValues.tell(
                    List.of(input),
                    () -> trends.keySet().stream().mapToLong(period -> period),
                    computation.nanPolicy(),
                    streams);
        }
    }

    private Map<Integer, ChartLine> trends(PriceInput input, BarAxis axis) {
        Map<Integer, ChartLine> trends = new LinkedHashMap<>();
        try {
            computation
                    .apply(TrendFlexBatch.of(periods))
                    .forEachRow(
                            input.prices(),
                            (period, row) -> trends.put(period, ChartLine.of(axis, row, WIDTH)));
        } catch (TrendFlexException e) {
            throw CommandException.refused(input, 0, e);
        }
        return trends;
    }

    private static ChartFrame priceChart(PriceInput input, BarAxis axis) {
        ChartLine line = ChartLine.of(axis, input.prices(), WIDTH);
        double range = line.high() - line.low();
        double margin = range > 0 ? MARGIN * range : Math.max(1, MARGIN * Math.abs(line.high()));
        ChartFrame chart =
                new ChartFrame(
                        axis, WIDTH, PRICE_HEIGHT, line.low() - margin, line.high() + margin);
        chart.add(input.priceName(), line, ChartFrame.INK);
        return chart;
    }

    private static ChartFrame trendChart(BarAxis axis, Map<Integer, ChartLine> trends) {
        double furthest =
                trends.values().stream()
                        .mapToDouble(line -> Math.max(-line.low(), line.high()))
                        .max()
                        .orElseThrow();
        double high = Math.max(1, furthest) * (1 + MARGIN);
        ChartFrame chart = new ChartFrame(axis, WIDTH, TREND_HEIGHT, -high, high).legend();
        Iterator<Color> colors = COLORS.iterator();
        // Beside the word "period" the legend would not have room for twelve.
        trends.forEach((period, line) -> chart.add(period.toString(), line, colors.next()));
        return chart;
    }

    private static BufferedImage draw(PriceInput input, ChartFrame prices, ChartFrame trends) {
        BufferedImage image =
                new BufferedImage(WIDTH, PRICE_HEIGHT + TREND_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        prices.paintTicks(prices.paint(input.name(), input.priceName(), "", graphics), graphics);
        graphics.translate(0, PRICE_HEIGHT);
        String time = BarAxis.of(input).title();
        trends.paintTicks(trends.paint("", "TrendFlex by period", time, graphics), graphics);
        graphics.dispose();
        return image;
    }
}
