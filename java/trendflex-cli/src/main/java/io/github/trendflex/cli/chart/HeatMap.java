package io.github.trendflex.cli.chart;

import io.github.trendflex.PeriodRange;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The rows of a batch as colours: period by time. A pixel shows the mean of the values that fall
/// on it, and a bar lasts until the next one.
public final class HeatMap {
    private static final int WIDTH = 1600;
    private static final int HEIGHT = 900;
    private static final int SCALE_WIDTH = 140;

    /// Values of this size and beyond have the deepest colours.
    static final double RANGE = 2;

    private static final Color FALLING = new Color(0x2166AC);
    private static final Color FLAT = new Color(0xF7F7F7);
    private static final Color RISING = new Color(0xB2182B);
    private static final Color MISSING = new Color(0xC4C4C4);

    private final PeriodRange periods;
    private final BarAxis axis;
    private final BufferedImage image;
    private final Rectangle plot;
    private final int[] columnOfBar;
    private final double[] sums;
    private final int[] counts;
    private long rows;

    public HeatMap(String title, BarAxis axis, PeriodRange periods) {
        this.axis = axis;
        this.periods = periods;
        image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        plot = paintFrames(title);
        columnOfBar = new int[axis.bars()];
        double columnsPerUnit = plot.width / (axis.end() - axis.begin());
        for (int bar = 0; bar < axis.bars(); bar++) {
            double offset = axis.position(axis.from() + bar) - axis.begin();
            int column = (int) (offset * columnsPerUnit);
            columnOfBar[bar] = Math.min(column, plot.width - 1);
        }
        sums = new double[plot.width * plot.height];
        counts = new int[sums.length];
    }

    /// Adds the next row of the batch, which has a value for each bar of the series.
    public void add(MemorySegment values) {
        long fromBottom = periods.start() <= periods.end() ? rows : periods.rows() - 1 - rows;
        rows++;
        int bottom = (int) (plot.height - fromBottom * plot.height / periods.rows());
        int top = (int) (plot.height - (fromBottom + 1) * plot.height / periods.rows());
        for (int bar = 0; bar < axis.bars(); bar++) {
            double value = values.getAtIndex(ValueLayout.JAVA_DOUBLE, axis.from() + bar);
            if (!Double.isNaN(value)) {
                int next = bar + 1 < axis.bars() ? columnOfBar[bar + 1] : plot.width;
                int last = Math.max(columnOfBar[bar], next - 1);
                for (int y = Math.min(top, bottom - 1); y < bottom; y++) {
                    for (int x = columnOfBar[bar]; x <= last; x++) {
                        sums[y * plot.width + x] += value;
                        counts[y * plot.width + x]++;
                    }
                }
            }
        }
    }

    /// The picture of all rows.
    public BufferedImage draw() {
        for (int y = 0; y < plot.height; y++) {
            for (int x = 0; x < plot.width; x++) {
                int cell = y * plot.width + x;
                Color color = counts[cell] == 0 ? MISSING : color(sums[cell] / counts[cell]);
                image.setRGB(plot.x + x, plot.y + y, color.getRGB());
            }
        }
        return image;
    }

    /// Draws everything but the values, and returns where they belong.
    private Rectangle paintFrames(String title) {
        Graphics2D graphics = image.createGraphics();
        int width = WIDTH - SCALE_WIDTH;
        double half = periods.step() / 2.0;
        int one = periods.start();
        int other = periods.periodAt(periods.rows() - 1);
        ChartFrame map =
                new ChartFrame(
                        axis,
                        width,
                        HEIGHT,
                        Math.min(one, other) - half,
                        Math.max(one, other) + half);
        Rectangle values = map.paint(title, "period", axis.title() + "; grey: no value", graphics);
        map.paintTicks(values, graphics);
        graphics.translate(width, 0);
        Rectangle colors =
                new ChartFrame(BarAxis.numbered(1), SCALE_WIDTH, HEIGHT, -RANGE, RANGE)
                        .paint("", "TrendFlex, mean of a pixel, to 2 and beyond", "", graphics);
        for (int y = 0; y < colors.height; y++) {
            graphics.setColor(color(RANGE - 2 * RANGE * y / (colors.height - 1)));
            graphics.fillRect(colors.x, colors.y + y, colors.width, 1);
        }
        graphics.dispose();
        return values;
    }

    private static Color color(double value) {
        double depth = Math.min(1, Math.abs(value) / RANGE);
        Color deepest = value < 0 ? FALLING : RISING;
        return new Color(
                mix(FLAT.getRed(), deepest.getRed(), depth),
                mix(FLAT.getGreen(), deepest.getGreen(), depth),
                mix(FLAT.getBlue(), deepest.getBlue(), depth));
    }

    private static int mix(int from, int to, double share) {
        return (int) Math.round(from + share * (to - from));
    }
}
