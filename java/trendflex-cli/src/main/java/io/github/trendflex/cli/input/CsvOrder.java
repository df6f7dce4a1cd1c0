package io.github.trendflex.cli.input;

import io.github.trendflex.cli.terminal.CommandException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the order of the rows of a CSV text, and refuses what has none: times that descend where
/// nobody said that they give the order, and equal times where they must.
final class CsvOrder {
    private final CsvLayout layout;
    private final List<String> groups;
    private final int[] groupOfRow;
    private final long @Nullable [] times;

    /// @param groups the names of the series, none if no column has them
    /// @param groupOfRow the series of each row, if a column has them
    /// @param times the time of each row, or null if none are known
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
            throw refused(
                    e.first,
                    e.second,
                    grouped
                            ? "are equal, both of " + groups.get(groupOfRow[e.first])
                            : "are equal: if the rows are of several symbols, say --by "
                                    + symbolName());
        }
    }

    /// Looks whether the rows of each series stand in the order of their times.
    private void check(long[] timeOfRow) {
        boolean grouped = layout.group() >= 0;
        int[] last = new int[Math.max(1, groups.size())];
        Arrays.fill(last, -1);
        boolean oneSymbol = grouped || symbol() < 0;
        for (int row = 0; row < timeOfRow.length; row++) {
            int group = grouped ? groupOfRow[row] : 0;
            int before = last[group];
            last[group] = row;
            if (before >= 0 && timeOfRow[before] > timeOfRow[row]) {
                throw refused(before, row, "descend: " + remedy(before, row, timeOfRow));
            }
            if (!oneSymbol && before >= 0 && timeOfRow[before] == timeOfRow[row]) {
                if (areOfTwoSymbols(before, row)) {
                    throw refused(
                            before, row, "are equal, of two symbols: say --by " + symbolName());
                }
                oneSymbol = true;
            }
        }
    }

    private String remedy(int first, int second, long[] timeOfRow) {
        if (!layout.columns().header()) {
            return "put the oldest first, or give the columns names and say --time NAME";
        }
        String byTime = "say --time " + layout.names().get(layout.time());
        if (layout.group() >= 0) {
            return byTime;
        }
        if (symbol() >= 0 && areOfTwoSymbols(first, second)) {
            return "say --by " + symbolName();
        }
        boolean distinct = Arrays.stream(timeOfRow).distinct().count() == timeOfRow.length;
        return distinct
                ? byTime
                : byTime + ", and --by " + symbolName() + " if there are several symbols";
    }

    private boolean areOfTwoSymbols(int first, int second) {
        String one = layout.row(first).getField(symbol());
        return !one.equals(layout.row(second).getField(symbol()));
    }

    private int symbol() {
        return layout.columns().usualSymbol(layout.names());
    }

    private String symbolName() {
        return symbol() < 0 ? "NAME" : layout.names().get(symbol());
    }

    private CommandException refused(int first, int second, String what) {
        return CommandException.data(
                layout.table().name(),
                "lines %d and %d, column %d: the times %s"
                        .formatted(layout.line(first), layout.line(second), layout.time(), what));
    }
}
