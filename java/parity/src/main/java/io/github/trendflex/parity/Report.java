package io.github.trendflex.parity;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// All that `docs/parity.json` holds; the page is made of it and of nothing else.
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

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    static Report read(Path file) throws IOException {
        return GSON.fromJson(Files.readString(file), Report.class);
    }

    void write(Path file) throws IOException {
        Files.writeString(file, GSON.toJson(this) + "\n");
    }
}
