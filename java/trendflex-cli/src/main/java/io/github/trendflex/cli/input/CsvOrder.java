package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trendflex.cli.format.CsvField;
import io.github.trendflex.cli.terminal.CommandException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the order of the rows of a CSV text, and refuses what has none: times that descend where
/// nobody said that they give the order, and equal times where they must.
final class CsvOrder {
    private static final String DESCENDING_DATES =
            ", taken for the times, descend: put the oldest first, or give the columns names and say"
                    + " --time NAME";

    private final CsvLayout layout;
    private final List<String> groups;
    private final int[] groupOfRow;
    private final long @Nullable [] times;

    /// @param groups the names of the series, none if no column has them
    /// @param groupOfRow the series of each row, if a column has them
    /// @param times the time of each row or [TimeColumn#UNKNOWN], or null if no column has them
    CsvOrder(CsvLayout layout, List<String> groups, int[] groupOfRow, long @Nullable [] times) {
        this.layout = layout;
        this.groups = groups;
        this.groupOfRow = groupOfRow;
        this.times = times;
    }

    RowOrder of(long rows) {
        boolean byTime = layout.columns().time() != null;
        if (!byTime && times != null) {
            check(times);
        }
        return byTime || layout.group() >= 0 ? sorted(rows, byTime) : RowOrder.asInFile(rows);
    }

    private RowOrder sorted(long rows, boolean byTime) {
        boolean grouped = layout.group() >= 0;
        try {
            return RowOrder.of(
                    grouped ? groupOfRow : new int[(int) rows],
                    grouped ? groups.size() : 1,
                    byTime ? times : null);
        } catch (RowOrder.SameTimeException e) {
            String which =
                    grouped
                            ? ", both of " + groups.get(groupOfRow[e.first])
                            : isKnownSymbol()
                                    ? ""
                                    : ": if the rows are of several symbols, say --by NAME";
            throw refused(e.first, e.second, "the times", " are equal" + which);
        }
    }

    /// Looks whether the rows of each series stand in the order of their times, as far as these are
    /// known.
    private void check(long[] timeOfRow) {
        boolean grouped = layout.group() >= 0;
        int[] last = new int[Math.max(1, groups.size())];
        Arrays.fill(last, -1);
        for (int row = 0; row < timeOfRow.length; row++) {
            if (timeOfRow[row] == TimeColumn.UNKNOWN) {
                continue;
            }
            int group = grouped ? groupOfRow[row] : 0;
            int before = last[group];
            last[group] = row;
            if (before >= 0 && timeOfRow[before] > timeOfRow[row]) {
                throw layout.columns().header()
                        ? refused(before, row, "the times", " descend: " + remedy(timeOfRow))
                        : refused(before, row, "the dates", DESCENDING_DATES);
            }
        }
    }

    /// What to do where the times descend.
    private String remedy(long[] timeOfRow) {
        long[] known = Arrays.stream(timeOfRow).filter(it -> it != TimeColumn.UNKNOWN).toArray();
        String byTime = "say --time " + layout.names().get(layout.time());
        if (known.length < timeOfRow.length) {
            byTime += ", once every field of that column is a time";
        }
        boolean distinct = Arrays.stream(known).distinct().count() == known.length;
        return distinct || isKnownSymbol()
                ? byTime
                : byTime + ", and --by NAME if there are several symbols";
    }

    /// Whether a column says which symbol each row is of.
    private boolean isKnownSymbol() {
        return layout.group() >= 0 || layout.symbol() >= 0;
    }

    /// @param subject what the two fields are
    /// @param rest what is wrong with them
    private CommandException refused(int first, int second, String subject, String rest) {
        CsvRecord former = layout.row(first);
        CsvRecord latter = layout.row(second);
        int time = layout.time();
        return CommandException.data(
                layout.table().name(),
                "%s: %s %s and %s%s"
                        .formatted(
                                layout.places()
                                        .fields(
                                                former.getStartingLineNumber(),
                                                latter.getStartingLineNumber(),
                                                time),
                                subject,
                                CsvField.quoted(former.getField(time)),
                                CsvField.quoted(latter.getField(time)),
                                rest));
    }
}
