package io.github.trendflex.parity;

import io.github.trendflex.report.Json;
import java.nio.file.Path;
import java.util.List;

/// All that `docs/reference/parity.json` holds; the page is made of it and of nothing else.
///
/// @param upstream the crate that ours is compared with, and its version
/// @param data the data sets
/// @param byPeriod one data set by many periods, for the picture
/// @param behaviours what differs on purpose
record Report(String upstream, List<Data> data, Data byPeriod, List<Behaviour> behaviours) {
    /// The differences on a data set, by period; none where it was not there.
    record Data(String name, String description, int bars, List<Figures> figures) {}

    /// The differences of each pair at a period.
    record Figures(
            int period,
            Difference oursAndUpstream,
            Difference oursAndExact,
            Difference upstreamAndExact) {}

    /// An example that ours and upstream answer differently.
    record Behaviour(String title, String reason, String example, List<Answer> answers) {}

    /// What a side says to an example.
    record Answer(String side, String said) {}

    static Report read(Path file) {
        return Json.CAMEL_CASE.read(file, Report.class);
    }

    void write(Path file) {
        Json.CAMEL_CASE.write(file, this);
    }
}
