package io.github.trendflex.cli;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trendflex.cli.CsvTable.Records;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prices in columns of a CSV text. The text is read once for the prices and a second time where
/// its columns are copied; the prices alone are held in memory.
final class CsvInput implements PriceInput {
    private final CsvTable table;
    private final CsvColumns columns;
    private final List<String> first;
    private final int[] fields;
    private final List<String> names;
    private final List<String> groups;
    private final SeriesList series;
    private final MemorySegment prices;
    private final long @Nullable [] times;

    private CsvInput(CsvTable table, CsvColumns columns, Records records, Arena arena) {
        this.table = table;
        this.columns = columns;
        first = records.first().stream().map(CsvTable::text).map(String::strip).toList();
        fields = columns.prices().stream().mapToInt(this::find).toArray();
        names = priceFields(first);
        int groupField = columns.by() == null ? -1 : find(columns.by());
        int timeField = columns.time() == null ? columns.usualTime(first) : find(columns.time());

        List<DoubleStream.Builder> read =
                Stream.generate(DoubleStream::builder).limit(fields.length).toList();
        Map<String, Integer> groupsSeen = new LinkedHashMap<>();
        IntStream.Builder groupsRead = IntStream.builder();
        TimeColumn timesRead = new TimeColumn();
        long rows =
                records.forEachRow((_, row) -> {
                    for (int column = 0; column < fields.length; column++) {
                        read.get(column).add(price(row, fields[column]));
                    }
                    if (groupField >= 0) {
                        String group = row.getField(groupField).strip();
                        groupsRead.add(groupsSeen.computeIfAbsent(group, _ -> groupsSeen.size()));
                    }
                    if (timeField >= 0) {
                        addTime(row, timeField, timesRead);
                    }
                });
        groups = groupsSeen.keySet().stream().map(CsvTable::text).toList();
        long[] timeOfRow = timesRead.nanos();
        RowOrder order = order(rows, groupsRead.build().toArray(), timeOfRow);
        series = new SeriesList(fields.length, order, columns.areMany());
        boolean pictured = timeField >= 0 && columns.pictured();
        times = pictured && timeOfRow != null ? inOrder(timeOfRow) : null;
        prices = arena.allocate(ValueLayout.JAVA_DOUBLE, fields.length * rows);
        for (int column = 0; column < fields.length; column++) {
            double[] priceOfRow = read.get(column).build().toArray();
            for (int row = 0; row < rows; row++) {
                prices.setAtIndex(
                        ValueLayout.JAVA_DOUBLE, series.place(column, row), priceOfRow[row]);
            }
        }
    }

    static CsvInput open(CsvTable table, CsvColumns columns, Arena arena, Progress progress) {
        return table.read(progress::step, records -> new CsvInput(table, columns, records, arena));
    }

    @Override
    public String name() {
        return table.name();
    }

    @Override
    public String priceName() {
        String name = columns.header() ? names.getFirst() : "";
        return name.isEmpty() ? UNNAMED : name;
    }

    @Override
    public String seriesName(int index) {
        int groupCount = Math.max(1, groups.size());
        String column = fields.length == 1 ? "" : ", " + names.get(index / groupCount);
        String group = groups.isEmpty() ? "" : ", " + groups.get(index % groupCount);
        return name() + column + group;
    }

    @Override
    public MemorySegment prices() {
        return prices;
    }

    @Override
    public SeriesList series() {
        return series;
    }

    @Override
    public long @Nullable [] times() {
        return times;
    }

    @Override
    public void requireNew(String added) {
        if (!columns.header()) {
            return;
        }
        Set<String> taken = new HashSet<>(first);
        for (String name : addedNames(added, names).toList()) {
            if (!taken.add(name)) {
                throw CommandException.data(
                        name(), "the result would have two columns '" + name + "'");
            }
        }
    }

    @Override
    public void copyWith(String added, MemorySegment values, Consumer<Iterable<String>> copy) {
        long copied =
                table.read(
                        _ -> {},
                        records -> {
                            if (columns.header()) {
                                copy.accept(
                                        concat(
                                                records.first(),
                                                addedNames(added, priceFields(records.first()))));
                            }
                            return records.forEachRow((index, row) -> {
                                if (!isAsRead(index, row)) {
                                    throw changed();
                                }
                                copy.accept(
                                        concat(
                                                row.getFields(),
                                                IntStream.range(0, fields.length)
                                                        .mapToObj(column ->
                                                                PriceText.at(
                                                                        values,
                                                                        series.place(
                                                                                column, index)))));
                            });
                        });
        if (copied != series.order().rows()) {
            throw changed();
        }
    }

    private int find(CsvColumn column) {
        return column.find(name(), first, columns.header());
    }

    private RowOrder order(long rows, int[] groupOfRow, long @Nullable [] timeOfRow) {
        if (columns.by() == null && columns.time() == null) {
            return RowOrder.asInFile(rows);
        }
        boolean grouped = columns.by() != null;
        try {
            return RowOrder.of(
                    grouped ? groupOfRow : new int[(int) rows],
                    grouped ? groups.size() : 1,
                    columns.time() == null ? null : timeOfRow);
        } catch (RowOrder.SameTimeException e) {
            throw CommandException.data(
                    name(),
                    "rows %d and %d after the header have the same time"
                                    .formatted(e.first + 1, e.second + 1)
                            + (grouped ? " and are " + groups.get(groupOfRow[e.first]) : ""));
        }
    }

    /// The times in the order of the prices, in which they must not descend.
    private long[] inOrder(long[] timeOfRow) {
        long[] ordered = new long[timeOfRow.length];
        for (int row = 0; row < timeOfRow.length; row++) {
            ordered[(int) series.place(0, row)] = timeOfRow[row];
        }
        for (int i = 1; i < ordered.length; i++) {
            if (ordered[i - 1] > ordered[i]) {
                throw CommandException.data(
                        name(),
                        "the times of rows %d and %d after the header descend: say --time NAME"
                                .formatted(i, i + 1));
            }
        }
        return ordered;
    }

    private boolean isAsRead(long index, CsvRecord row) {
        if (index >= series.order().rows()) {
            return false;
        }
        for (int column = 0; column < fields.length; column++) {
            double known = prices.getAtIndex(ValueLayout.JAVA_DOUBLE, series.place(column, index));
            if (Double.compare(known, price(row, fields[column])) != 0) {
                return false;
            }
        }
        return true;
    }

    private double price(CsvRecord row, int field) {
        try {
            return PriceText.parse(row.getField(field));
        } catch (NumberFormatException e) {
            throw bad(row, field, e);
        }
    }

    /// Adds the time of a row. A column that only has the usual name may hold something else.
    private void addTime(CsvRecord row, int field, TimeColumn column) {
        try {
            column.add(row.getField(field));
        } catch (NumberFormatException e) {
            if (columns.time() != null) {
                throw bad(row, field, e);
            }
        }
    }

    private CommandException bad(CsvRecord row, int field, NumberFormatException e) {
        return CommandException.data(
                name(),
                "line %d, column %d: %s"
                        .formatted(
                                row.getStartingLineNumber(),
                                field,
                                CsvTable.text(String.valueOf(e.getMessage()))));
    }

    private CommandException changed() {
        return CommandException.data(name(), "the file changed while it was read");
    }

    private List<String> priceFields(List<String> record) {
        return IntStream.of(fields).mapToObj(record::get).toList();
    }

    /// @param names those of the columns with prices
    private static Stream<String> addedNames(String added, List<String> names) {
        return names.size() == 1
                ? Stream.of(added)
                : names.stream().map(name -> name.strip() + "_" + added);
    }

    private static List<String> concat(List<String> fields, Stream<String> added) {
        List<String> all = new ArrayList<>(fields);
        added.forEach(all::add);
        return all;
    }
}
