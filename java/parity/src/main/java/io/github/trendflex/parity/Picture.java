package io.github.trendflex.parity;

import io.github.trendflex.parity.Report.Data;
import io.github.trendflex.parity.Report.Figures;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The page's picture: the largest error by period.
final class Picture {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 480;
    private static final int PIXELS_A_POINT = 2;

    private Picture() {}

    static void write(Data data, Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(
                                String.format(
                                        Locale.ROOT,
                                        "Largest error on %,d bars of the data set %s",
                                        data.bars(),
                                        data.name()))
                        .xAxisTitle("period")
                        .yAxisTitle("difference from exact arithmetic")
                        .build();
        style(chart);
        line(chart, data, "vector-ta", new Color(0xd55e00), f -> f.upstreamAndExact().largest());
        line(
                chart,
                data,
                "TrendFlex for Java",
                new Color(0x0072b2),
                f -> f.oursAndExact().largest());

        BufferedImage image =
                new BufferedImage(
                        WIDTH * PIXELS_A_POINT,
                        HEIGHT * PIXELS_A_POINT,
                        BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS_A_POINT, PIXELS_A_POINT);
        chart.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        ImageIO.write(image, "png", file.toFile());
    }

    private static void style(XYChart chart) {
        Color grid = new Color(0xe4e4e4);
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisLogarithmicDecadeOnly(false)
                .setYAxisLogarithmic(true)
                .setXAxisMin(2.0)
                .setXAxisMax(1000.0)
                .setYAxisMin(1e-14)
                .setYAxisMax(1e-10)
                .setXAxisTickLabelsFormattingFunction(Picture::label)
                .setPlotGridLinesColor(grid)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 16))
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setLegendPosition(LegendPosition.InsideSE)
                .setLegendPadding(12)
                .setLegendBorderColor(grid)
                .setChartTitleBoxVisible(false)
                .setChartBackgroundColor(Color.WHITE)
                .setPlotBorderColor(grid);
    }

    /// One, two and five of each decade; the rest would overlap.
    private static String label(double period) {
        String text = String.valueOf(Math.round(period));
        return "125".indexOf(text.charAt(0)) < 0 ? "" : text;
    }

    private static void line(
            XYChart chart, Data data, String name, Color colour, ToDoubleFunction<Figures> error) {
        double[] periods = data.figures().stream().mapToDouble(Figures::period).toArray();
        double[] errors = data.figures().stream().mapToDouble(error).toArray();
        chart.addSeries(name, periods, errors)
                .setMarker(SeriesMarkers.NONE)
                .setLineColor(colour)
                .setLineWidth(2);
    }
}
