package io.github.trendflex.cli.input;

import io.github.trendflex.cli.terminal.StandardStreams;
import java.util.List;

/// Fields that state no times in a column that is taken for the times without being asked for: the
/// order of their rows is not checked, and one line on standard error says so.
public final class UnknownTimes {
    private static final String REMEDY = "; if another column has the times, say --time NAME";

    private final Places places;
    private long count;
    private String first = "";

    public UnknownTimes(Places places) {
        this.places = places;
    }

    /// Adds a field of a row that begins on a line; returns whether it is the first.
    public boolean add(long line, int column, String message) {
        return add(line, column, message, 1);
    }

    /// Adds several fields, of which that one is the first.
    boolean add(long line, int column, String message, long fields) {
        boolean none = areNone();
        if (none) {
            first = places.field(line, column) + ": " + message;
        }
        count += fields;
        return none;
    }

    public boolean areNone() {
        return count == 0;
    }

    /// Where the first of them is, and what is wrong with it.
    public String first() {
        return first;
    }

    /// What is to be told as soon as there is one.
    public String note() {
        return first + ": the order of such rows is not checked" + remedy();
    }

    /// Tells of all inputs that have been read, if there is something to tell.
    public static void tell(List<PriceInput> inputs, StandardStreams streams) {
        List<PriceInput> some =
                inputs.stream().filter(input -> !input.unknownTimes().areNone()).toList();
        if (!some.isEmpty()) {
            PriceInput input = some.getFirst();
            UnknownTimes times = input.unknownTimes();
            streams.say(
                    "%s: %s: the order of %d of %d rows was not checked%s%s"
                            .formatted(
                                    input.name(),
                                    times.first,
                                    times.count,
                                    input.series().order().rows(),
                                    some.size() == 1 ? "" : ", nor that of rows in other files",
                                    times.remedy()));
        }
    }

    private String remedy() {
        return places.areNamed() ? REMEDY : "";
    }
}
