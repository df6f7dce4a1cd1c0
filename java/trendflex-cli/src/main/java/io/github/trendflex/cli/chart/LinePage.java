package io.github.trendflex.cli.chart;

import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What [LinePlot] draws, as a page in which a reader can move.
public final class LinePage {
    /// The colours of the lines on a dark page, which differ as much as those on white do.
    static final List<Color> DARK_COLORS =
            Stream.of(
                            0x56B4E9, 0xE69F00, 0x009E73, 0xCC79A7, 0xD55E00, 0xF0E442, 0x8858E8,
                            0xD0E8D0, 0x88E870, 0xE82858, 0xE828B8, 0xB8A058)
                    .map(Color::new)
                    .toList();

    private final Page page;
    private final PageData data;
    private final TrendScale scale;
    private final List<String> periods = new ArrayList<>();

    /// A page with the prices, to which the lines of values are yet to be added.
    ///
    /// @param priceName what the vertical axis of the prices is called
    /// @param axis the bars in the page
    /// @param prices a price for each bar of the series
    public LinePage(String title, String priceName, BarAxis axis, MemorySegment prices) {
        page = new Page(title, "plot.js", axis);
        page.set("price-name", priceName);
        data = new PageData(axis);
        data.addPrices(prices);
        scale = new TrendScale(axis);
    }

    /// Adds the line of a period.
    ///
    /// @param values a value for each bar of the series, which are read here alone
    public void add(int period, MemorySegment values) {
        periods.add(Integer.toString(period));
        data.addValues(values);
        scale.add(values);
    }

    /// Writes the page with all lines, of which there are between one and [LinePlot#MOST_LINES].
    public void write(OutputStream out) throws IOException {
        page.set("periods", String.join(",", periods));
        page.set("reach", scale.reach());
        page.set("colors", list(LinePlot.COLORS));
        page.set("dark-colors", list(DARK_COLORS));
        page.write(data, out);
    }

    private static String list(List<Color> colors) {
        return colors.stream()
                .map(color -> "#%06x".formatted(color.getRGB() & 0xFFFFFF))
                .collect(Collectors.joining(","));
    }
}
