package io.github.trendflex.report;

import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.internal.chartpart.IChart;
import org.knowm.xchart.style.AxesChartStyler;

/// Gives the pictures their common look.
public final class Charts {
    public static final int WIDTH = 900;
    public static final Font FONT = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    public static final Color GRID = new Color(0xe0, 0xe0, 0xe0);

    /// Two pixels a point.
    private static final int DPI = 144;

    private Charts() {}

    /// Styles a chart.
    public static void style(AxesChartStyler styler) {
        styler.setAxisTickLabelsFont(FONT)
                .setAxisTitleFont(FONT)
                .setPlotGridLinesColor(GRID)
                .setChartBackgroundColor(Color.WHITE)
                .setLegendFont(FONT)
                .setLegendBorderColor(Color.WHITE)
                .setChartTitleFont(FONT.deriveFont(Font.BOLD, 15));
    }

    /// Writes a PNG.
    public static void save(IChart chart, Path file) throws IOException {
        WholeFile.write(
                file,
                path ->
                        BitmapEncoder.saveBitmapWithDPI(
                                chart, path.toString(), BitmapFormat.PNG, DPI));
    }
}
