package io.github.trendflex.benchmarks.report;

import static io.github.trendflex.benchmarks.report.Report.MILLION;
import static io.github.trendflex.benchmarks.report.Report.SWEEP;
import static io.github.trendflex.report.Numbers.fixed;

import io.github.trendflex.benchmarks.arms.OwnArms;
import io.github.trendflex.benchmarks.arms.RustArms;
import io.github.trendflex.report.Charts;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.lines.SeriesLines;

/// Draws the report as pictures.
public final class Pictures {
    static final String SIZES = "benchmarks-sizes.png";
    static final String SINGLE = "benchmarks-single.png";
    static final String BATCH = "benchmarks-batch.png";

    private static final Color BARS = new Color(0x31, 0x82, 0xbd);

    /// The arms left out, because their lines coincide with the segment's.
    private static final Set<String> NOT_BY_SIZE =
            Set.of(OwnArms.ARRAY, OwnArms.BARE, RustArms.NAME);

    private Pictures() {}

    /// Draws the pictures into a directory.
    public static void write(Report report, Path directory) throws IOException {
        Charts.save(sizes(report), directory.resolve(SIZES));
        Charts.save(
                ratios("One period", report.of("single", MILLION, "20", 1)),
                directory.resolve(SINGLE));
        Charts.save(
                ratios("61 periods", report.of("batch", MILLION, SWEEP, 1)),
                directory.resolve(BATCH));
    }

    /// Draws nanoseconds an output by size, a line for each arm.
    private static XYChart sizes(Report report) {
        XYChart chart =
                new XYChartBuilder()
                        .width(Charts.WIDTH)
                        .height(600)
                        .title("One series, period 20, one thread")
                        .xAxisTitle("prices")
                        .yAxisTitle("nanoseconds an output")
                        .build();
        Charts.style(chart.getStyler());
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisTickLabelsFormattingFunction(Pictures::plain)
                .setYAxisTickLabelsFormattingFunction(Pictures::plain)
                .setLegendPosition(Styler.LegendPosition.OutsideE)
                .setMarkerSize(6);
        Map<String, List<Result>> byArm = new LinkedHashMap<>();
        report.of("single").stream()
                .filter(it -> !NOT_BY_SIZE.contains(it.arm()))
                .forEach(it -> byArm.computeIfAbsent(it.arm(), _ -> new ArrayList<>()).add(it));
        byArm.forEach((arm, results) -> {
            XYSeries series =
                    chart.addSeries(
                            arm,
                            results.stream().mapToDouble(Result::bars).toArray(),
                            results.stream()
                                    .mapToDouble(it -> it.nsPerOutput().median())
                                    .toArray());
            Look look = look(arm);
            series.setLineColor(look.color);
            series.setLineStyle(look.stroke);
            series.setMarkerColor(look.color);
        });
        return chart;
    }

    private record Look(Color color, BasicStroke stroke) {}

    /// Returns a colour for each family, and a stroke for each of its members.
    private static Look look(String arm) {
        Color color =
                switch (arm) {
                    case OwnArms.SEGMENT, OwnArms.AVX2 -> new Color(0x00, 0x6d, 0x2c);
                    case String it when it.startsWith("vector-ta") -> new Color(0xcb, 0x18, 0x1d);
                    case String it when it.startsWith("plain Java") -> new Color(0x21, 0x71, 0xb5);
                    case String it when it.startsWith("Wickra") -> new Color(0xe6, 0x8a, 0x00);
                    case "ta4j" -> new Color(0x6a, 0x3d, 0x9a);
                    default -> new Color(0x80, 0x80, 0x80);
                };
        BasicStroke stroke =
                switch (arm) {
                    case OwnArms.SEGMENT -> new BasicStroke(4);
                    case OwnArms.AVX2 -> SeriesLines.DASH_DASH;
                    case String it when it.endsWith("Python") || it.endsWith("double loop") ->
                            SeriesLines.DOT_DOT;
                    case String it when it.endsWith("native build") || it.endsWith("same bits") ->
                            SeriesLines.DASH_DASH;
                    case "memset" -> SeriesLines.DASH_DASH;
                    default -> SeriesLines.SOLID;
                };
        return new Look(color, stroke);
    }

    /// Draws the ratio of each arm's time to that of TrendFlex, a bar for each arm.
    private static HorizontalBarChart ratios(String title, List<Result> results) {
        HorizontalBarChart chart =
                new HorizontalBarChartBuilder()
                        .width(Charts.WIDTH)
                        .height(90 + 32 * results.size())
                        .title(title + ", 1,002,240 prices, one thread: times TrendFlex for Java")
                        .build();
        Charts.style(chart.getStyler());
        chart.getStyler()
                .setLabelsVisible(true)
                .setLabelsPosition(1.1)
                .setLabelsFont(Charts.FONT)
                .setAvailableSpaceFill(0.7)
                // Every arm gets its label this way; the chart reads the hint for the other axis.
                .setXAxisTickMarkSpacingHint(1)
                .setXAxisTicksVisible(false)
                .setXAxisDecimalPattern("0.00")
                .setPlotGridVerticalLinesVisible(false)
                .setSeriesColors(new Color[] {BARS})
                .setLegendVisible(false);
        List<Result> slowestFirst =
                results.stream()
                        .sorted(Comparator.comparingDouble(it -> -it.timesOurs().median()))
                        .toList();
        chart.addSeries(
                "times TrendFlex",
                slowestFirst.stream()
                        .map(it -> Math.round(it.timesOurs().median() * 100) / 100.0)
                        .toList(),
                slowestFirst.stream().map(Result::arm).toList());
        return chart;
    }

    private static String plain(double value) {
        return fixed(value < 1 ? 1 : 0, value);
    }
}
