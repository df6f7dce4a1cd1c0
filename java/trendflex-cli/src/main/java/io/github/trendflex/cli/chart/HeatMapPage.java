package io.github.trendflex.cli.chart;

import io.github.trendflex.PeriodRange;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/// What [HeatMap] draws, as a page in which a reader can move.
public final class HeatMapPage {
    private final Page page;
    private final PageData data;

    public HeatMapPage(String title, BarAxis axis, PeriodRange periods) {
        page = new Page(title, "heatmap.js", axis);
        page.set("first-period", periods.start());
        page.set("step", periods.start() <= periods.end() ? periods.step() : -periods.step());
        page.set("rows", periods.rows());
        page.set("range", HeatMap.RANGE);
        data = new PageData(axis);
    }

    /// Adds the next row of the batch, which has a value for each bar of the series.
    public void add(MemorySegment values) {
        data.addValues(values);
    }

    /// Writes the page with all rows.
    public void write(OutputStream out) throws IOException {
        page.write(data, out);
    }
}
