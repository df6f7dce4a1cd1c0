package io.github.trendflex.parity;

import static io.github.trendflex.report.Numbers.count;

import io.github.trendflex.parity.Report.Data;
import io.github.trendflex.parity.Report.Figures;
import io.github.trendflex.report.Charts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws the page's picture: the largest error by period.
final class Picture {
    private Picture() {}

    static void write(Data data, Path file) throws IOException {
        XYChart chart =
                new XYChartBuilder()
                        .width(Charts.WIDTH)
                        .height(480)
                        .title(
                                "Largest error on %s bars of the data set %s"
                                        .formatted(count(data.bars()), data.name()))
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
        Charts.save(chart, file);
    }

    private static void style(XYChart chart) {
        Charts.style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setXAxisLogarithmicDecadeOnly(false)
                .setYAxisLogarithmic(true)
                .setXAxisMin(2.0)
                .setXAxisMax(1000.0)
                .setYAxisMin(1e-14)
                .setYAxisMax(1e-10)
                .setXAxisTickLabelsFormattingFunction(Picture::label)
                .setPlotGridLinesStroke(new BasicStroke(1))
                .setPlotBorderColor(Charts.GRID)
                .setLegendPosition(LegendPosition.InsideSE)
                .setLegendPadding(12)
                .setLegendBorderColor(Charts.GRID);
    }

    /// Labels one, two and five of each decade, because the others would overlap.
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
