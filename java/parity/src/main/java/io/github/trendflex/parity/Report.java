package io.github.trendflex.parity;

import io.github.trendflex.report.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Holds all that is in `docs/reference/parity.json`. The page is made only of that.
///
/// @param upstream the crate that ours is compared with, and its version
/// @param data the data sets
/// @param byPeriod one data set at many periods, for the picture
/// @param behaviours what differs on purpose
record Report(String upstream, List<Data> data, Data byPeriod, List<Behaviour> behaviours) {
    /// Holds the differences on a data set by period, or none if there was no such data.
    record Data(String name, String description, int bars, List<Figures> figures) {}

    /// Holds the differences of each pair at a period.
    record Figures(
            int period,
            Difference oursAndUpstream,
            Difference oursAndExact,
            Difference upstreamAndExact) {}

    /// Holds an example that ours and upstream answer differently.
    record Behaviour(String title, String reason, String example, List<Answer> answers) {}

    /// Holds what a side answers to an example.
    record Answer(String side, String said) {}

    static Report read(Path file) {
        return Json.CAMEL_CASE.read(file, Report.class);
    }

    void write(Path file) throws IOException {
        Json.CAMEL_CASE.write(file, this);
    }
}
