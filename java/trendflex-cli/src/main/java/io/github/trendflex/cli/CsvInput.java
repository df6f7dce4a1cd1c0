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
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Prices in columns of a CSV text. The text is read once for the prices and a second time where
/// its columns are copied; the prices alone are held in memory.
final class CsvInput implements PriceInput {
    private static final int MOST_SHOWN = 10;

    private final CsvLayout layout;
    private final List<String> groups;
    private final SeriesList series;
    private final MemorySegment prices;
    private final long @Nullable [] times;

    private CsvInput(CsvLayout layout, Records records, Arena arena) {
        this.layout = layout;
        int columnCount = layout.prices().size();
        List<DoubleStream.Builder> read =
                Stream.generate(DoubleStream::builder).limit(columnCount).toList();
        Map<String, Integer> groupsSeen = new LinkedHashMap<>();
        IntStream.Builder groupsRead = IntStream.builder();
        TimeColumn timesRead = new TimeColumn();
        long rows =
                layout.forEachRow(
                        records,
                        (_, row) -> {
                            for (int column = 0; column < columnCount; column++) {
                                read.get(column).add(layout.price(row, column));
                            }
                            if (layout.group() >= 0) {
                                String group = layout.group(row);
                                groupsRead.add(
                                        groupsSeen.computeIfAbsent(group, _ -> groupsSeen.size()));
                            }
                            if (layout.time() >= 0) {
                                layout.addTime(row, timesRead);
                            }
                        });
        groups = List.copyOf(groupsSeen.keySet());
        long[] timeOfRow = layout.time() < 0 ? null : timesRead.nanos();
        RowOrder order =
                new CsvOrder(layout, groups, groupsRead.build().toArray(), timeOfRow).of(rows);
        series = new SeriesList(columnCount, order, layout.columns().areMany());
        times = timeOfRow == null ? null : inOrder(timeOfRow);
        prices = arena.allocate(ValueLayout.JAVA_DOUBLE, columnCount * rows);
        for (int column = 0; column < columnCount; column++) {
            double[] priceOfRow = read.get(column).build().toArray();
            for (int row = 0; row < rows; row++) {
                prices.setAtIndex(
                        ValueLayout.JAVA_DOUBLE, series.place(column, row), priceOfRow[row]);
            }
        }
    }

    static CsvInput open(CsvTable table, CsvColumns columns, Arena arena, Progress progress) {
        return table.read(
                progress::step,
                records ->
                        new CsvInput(
                                CsvLayout.of(table, columns, records.first()), records, arena));
    }

    @Override
    public String name() {
        return layout.table().name();
    }

    @Override
    public String priceName() {
        String name = layout.columns().header() ? names().getFirst() : "";
        return name.isEmpty() ? UNNAMED : name;
    }

    @Override
    public String where(long price) {
        long rows = series.order().rows();
        return "line %d, column %d"
                .formatted(
                        layout.line(series.order().row(price % rows)),
                        layout.prices().get((int) (price / rows)));
    }

    @Override
    public void requireOneSeries() {
        if (groups.size() > 1) {
            throw CommandException.data(
                    name(),
                    "the rows are of %d symbols, %s: choose one with --symbol"
                            .formatted(groups.size(), shown(groups)));
        }
        String symbol = layout.columns().symbol();
        if (symbol != null && groups.isEmpty()) {
            throw CommandException.data(name(), "no row is of the symbol '%s'".formatted(symbol));
        }
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
        if (!layout.columns().header()) {
            return;
        }
        Set<String> taken = new HashSet<>(layout.names());
        for (String name : addedNames(added, names()).toList()) {
            if (!taken.add(name)) {
                throw CommandException.data(
                        name(), "the result would have two columns '" + name + "'");
            }
        }
    }

    @Override
    public void copyWith(String added, MemorySegment values, Consumer<Iterable<String>> copy) {
        long copied =
                layout.table()
                        .read(
                                _ -> {},
                                records -> {
                                    if (layout.columns().header()) {
                                        copy.accept(
                                                concat(
                                                        records.first(),
                                                        addedNames(
                                                                added,
                                                                layout.priceFields(
                                                                        records.first()))));
                                    }
                                    return layout.forEachRow(
                                            records,
                                            (index, row) -> {
                                                if (!isAsRead(index, row)) {
                                                    throw CommandException.changed(name());
                                                }
                                                copy.accept(
                                                        concat(
                                                                row.getFields(),
                                                                IntStream.range(
                                                                                0,
                                                                                layout.prices()
                                                                                        .size())
                                                                        .mapToObj(column ->
                                                                                PriceText.at(
                                                                                        values,
                                                                                        series
                                                                                                .place(
                                                                                                        column,
                                                                                                        index)))));
                                            });
                                });
        if (copied != series.order().rows()) {
            throw CommandException.changed(name());
        }
    }

    private long[] inOrder(long[] timeOfRow) {
        long[] ordered = new long[timeOfRow.length];
        for (int row = 0; row < timeOfRow.length; row++) {
            ordered[(int) series.place(0, row)] = timeOfRow[row];
        }
        return ordered;
    }

    private List<String> names() {
        return layout.priceFields(layout.names());
    }

    /// Some of the names, where they are many.
    private static String shown(List<String> names) {
        String some = names.stream().limit(MOST_SHOWN).collect(Collectors.joining(", "));
        return names.size() > MOST_SHOWN ? some + ", ..." : some;
    }

    private boolean isAsRead(long index, CsvRecord row) {
        if (index >= series.order().rows()) {
            return false;
        }
        for (int column = 0; column < layout.prices().size(); column++) {
            double known = prices.getAtIndex(ValueLayout.JAVA_DOUBLE, series.place(column, index));
            if (Double.compare(known, layout.price(row, column)) != 0) {
                return false;
            }
        }
        return true;
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
