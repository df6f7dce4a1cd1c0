package io.github.trendflex.cli.chart;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.style.AxesChartStyler.TextAlignment;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A chart over bars, with its title, axes and legend. The charting library draws the lines, the
/// vertical axis and the legend; the horizontal axis is drawn here, because to the library a year
/// is always 365 days long, counted from 1970.
final class ChartFrame {
    static final Color INK = new Color(0x333333);

    private static final BasicStroke LINE = new BasicStroke(1.3f);
    private static final BasicStroke LEVEL = new BasicStroke(1.6f);
    private static final Color BORDER = new Color(0xB0B0B0);
    private static final Color GRID = new Color(0xE4E4E4);

    /// The left margin of every chart, so that those one above the other begin at the same place.
    private static final int LEFT = 90;

    private static final int TITLE_HEIGHT = 30;
    private static final int AXIS_HEIGHT = 38;
    private static final int PADDING = 12;

    /// What stays free on either side of a text.
    private static final int EDGE = 2;

    private static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 15);
    private static final Font TICK_FONT = FONT.deriveFont(13f);
    private static final Font TITLE_FONT = FONT.deriveFont(Font.BOLD, 20f);

    private final XYChart chart;
    private final BarAxis axis;
    private final double low;
    private final double high;
    private final int width;
    private final int height;

    /// @param low the least value on the vertical axis
    /// @param high the greatest
    ChartFrame(BarAxis axis, int width, int height, double low, double high) {
        this.axis = axis;
        this.low = low;
        this.high = high;
        this.width = width;
        this.height = height;
        chart = new XYChart(width, height - TITLE_HEIGHT - AXIS_HEIGHT);
        chart.getStyler()
                .setChartTitleVisible(false)
                .setChartPadding(PADDING)
                .setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setPlotContentSize(1)
                .setPlotBorderColor(BORDER)
                .setSeriesMarkers(new Marker[] {SeriesMarkers.NONE})
                .setLegendVisible(false)
                .setLegendPosition(LegendPosition.InsideNE)
                .setLegendLayout(LegendLayout.Horizontal)
                .setLegendBorderColor(GRID)
                .setLegendFont(FONT)
                .setYAxisLeftWidthHint(LEFT)
                .setLocale(Locale.ROOT);
        chart.getStyler()
                .setAxisTitleFont(FONT)
                .setAxisTickLabelsFont(TICK_FONT)
                .setAxisTicksLineVisible(false)
                .setYAxisLabelAlignment(TextAlignment.Right)
                .setXAxisTicksVisible(false)
                .setXAxisTickMarkSpacingHint(1)
                .setPlotMargin(0)
                .setPlotGridVerticalLinesVisible(false)
                .setPlotGridLinesColor(GRID)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setXAxisMin(axis.begin())
                .setXAxisMax(axis.end())
                .setYAxisMin(low)
                .setYAxisMax(high);
    }

    ChartFrame legend() {
        chart.getStyler().setLegendVisible(true);
        return this;
    }

    void add(String name, ChartLine line, Color color) {
        chart.addSeries(name, line.x(), line.y()).setLineStyle(LINE).setLineColor(color);
    }

    /// Adds a line across the whole chart.
    void addLevel(double value) {
        chart.addSeries("level " + value, List.of(axis.begin(), axis.end()), List.of(value, value))
                .setLineStyle(LEVEL)
                .setLineColor(BORDER)
                .setShowInLegend(false);
    }

    /// Draws the chart and returns where its values are.
    Rectangle paint(
            String title, String verticalTitle, String horizontalTitle, Graphics2D graphics) {
        graphics.setRenderingHint(
                RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(0, 0, width, height);
        chart.setYAxisTitle(verticalTitle);
        if (chart.getSeriesCollection().isEmpty()) {
            // The library draws no axes without a line, and only two marks for a line of two
            // points.
            chart.addSeries(
                            " ",
                            List.of(axis.begin(), axis.begin(), axis.end()),
                            List.of(low, low + (high - low) / 3, high))
                    .setLineStyle(SeriesLines.NONE);
        }
        graphics.translate(0, TITLE_HEIGHT);
        chart.paint(graphics, chart.getWidth(), chart.getHeight());
        graphics.translate(0, -TITLE_HEIGHT);
        int left = x(axis.begin());
        int top = (int) Math.round(chart.getScreenYFromChart(high)) + TITLE_HEIGHT;
        int bottom = (int) Math.round(chart.getScreenYFromChart(low)) + TITLE_HEIGHT;
        Rectangle plot = new Rectangle(left, top, x(axis.end()) - left, bottom - top);
        int middle = plot.x + plot.width / 2;
        graphics.setColor(INK);
        write(title, middle, top - PADDING, TITLE_FONT, graphics);
        write(horizontalTitle, middle, height - PADDING / 2, FONT, graphics);
        return plot;
    }

    /// Draws the marks on the horizontal axis below the values.
    void paintTicks(Rectangle plot, Graphics2D graphics) {
        graphics.setStroke(new BasicStroke(1));
        int bottom = plot.y + plot.height;
        for (AxisTick tick : axis.ticks()) {
            int x = x((double) tick.position());
            graphics.setColor(new Color(0, 0, 0, 25)); // transparent, for it covers the lines
            graphics.drawLine(x, plot.y, x, bottom);
            graphics.setColor(BORDER);
            graphics.drawLine(x, bottom, x, bottom + 4);
            graphics.setColor(INK);
            write(tick.label(), x, bottom + 20, TICK_FONT, graphics);
        }
    }

    private int x(double position) {
        return (int) Math.round(chart.getScreenXFromChart(position));
    }

    /// Writes a text centred at a place, or moved aside as far as the edge of the chart demands. If
    /// the text is too long for the chart, only its end is written.
    private void write(String text, int middle, int y, Font font, Graphics2D graphics) {
        graphics.setFont(font);
        FontMetrics metrics = graphics.getFontMetrics();
        int from = 0;
        String shown = text;
        while (metrics.stringWidth(shown) > width - 2 * EDGE) {
            from++;
            shown = "\u2026" + text.substring(from);
        }
        int textWidth = metrics.stringWidth(shown);
        int x = Math.clamp(middle - textWidth / 2, EDGE, width - EDGE - textWidth);
        graphics.drawString(shown, x, y);
    }
}
