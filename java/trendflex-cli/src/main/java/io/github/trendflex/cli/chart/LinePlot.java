package io.github.trendflex.cli.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The prices as a line and, below them, a line of values for each period.
public final class LinePlot {
    /// The colours of the lines, which differ to any eyes and on white. Dashes would not do: where
    /// bars are dense, they run together.
    static final List<Color> COLORS =
            Stream.of(
                            0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9, 0x000000,
                            0xA8001C, 0x381CE0, 0x547054, 0x7A2E6E, 0x8C70FC)
                    .map(Color::new)
                    .toList();

    /// How many lines of values can be told apart.
    public static final int MOST_LINES = COLORS.size();

    private static final int WIDTH = 1600;
    private static final int PRICE_HEIGHT = 520;
    private static final int TREND_HEIGHT = 420;

    /// The room above and below the lines, as a share of what they take.
    private static final double MARGIN = 0.04;

    /// The room above the lines that stand beside a legend.
    private static final double LEGEND_MARGIN = 0.25;

    private final String title;
    private final String priceName;
    private final BarAxis axis;
    private final MemorySegment prices;
    private final Map<Integer, ChartLine> trends = new LinkedHashMap<>();
    private final TrendScale scale;

    /// A picture of the prices, to which the lines of values are yet to be added.
    ///
    /// @param priceName what the vertical axis of the prices is called
    /// @param axis the bars in the picture
    /// @param prices a price for each bar of the series, which are read when the picture is drawn
    public LinePlot(String title, String priceName, BarAxis axis, MemorySegment prices) {
        this.title = title;
        this.priceName = priceName;
        this.axis = axis;
        this.prices = prices;
        scale = new TrendScale(axis);
    }

    /// Adds the line of a period.
    ///
    /// @param values a value for each bar of the series, which are read here alone
    public void add(int period, MemorySegment values) {
        scale.add(values);
        trends.put(period, ChartLine.of(axis, values, WIDTH));
    }

    /// The picture of all lines, of which there are between one and [#MOST_LINES].
    public BufferedImage draw() {
        ChartFrame above = priceChart();
        ChartFrame below = trendChart();
        BufferedImage image =
                new BufferedImage(WIDTH, PRICE_HEIGHT + TREND_HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        above.paintTicks(above.paint(title, priceName, "", graphics), graphics);
        graphics.translate(0, PRICE_HEIGHT);
        below.paintTicks(below.paint("", "TrendFlex by period", axis.title(), graphics), graphics);
        graphics.dispose();
        return image;
    }

    private ChartFrame priceChart() {
        ChartLine line = ChartLine.of(axis, prices, WIDTH);
        double range = line.high() - line.low();
        double margin = range > 0 ? MARGIN * range : Math.max(1, MARGIN * Math.abs(line.high()));
        ChartFrame chart =
                new ChartFrame(
                        axis, WIDTH, PRICE_HEIGHT, line.low() - margin, line.high() + margin);
        chart.add(priceName, line, ChartFrame.INK);
        return chart;
    }

    private ChartFrame trendChart() {
        double low = -scale.reach() * (1 + MARGIN);
        double high = scale.reach() * (1 + LEGEND_MARGIN);
        ChartFrame chart = new ChartFrame(axis, WIDTH, TREND_HEIGHT, low, high).legend();
        chart.addLevel(0);
        Iterator<Color> colors = COLORS.iterator();
        // Beside the word "period" the legend would not have room for twelve.
        trends.forEach((period, line) -> chart.add(period.toString(), line, colors.next()));
        return chart;
    }
}
