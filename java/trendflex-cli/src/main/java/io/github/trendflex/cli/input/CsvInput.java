package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trendflex.cli.format.CsvField;
import io.github.trendflex.cli.format.CsvStyle;
import io.github.trendflex.cli.format.NumberText.Decimal;
import io.github.trendflex.cli.format.PriceText;
import io.github.trendflex.cli.terminal.CommandException;
import io.github.trendflex.cli.terminal.Progress;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Prices in columns of a CSV text. The text is read once for the prices and a second time where
/// its columns are copied; the prices alone are held in memory.
final class CsvInput implements PriceInput {
    private static final int MOST_SHOWN = 10;

    private final CsvLayout layout;
    private final List<PriceColumn> columns;
    private final List<String> groups;
    private final SeriesList series;
    private final MemorySegment prices;
    private final UnknownTimes unknownTimes;
    private final long @Nullable [] times;

    private CsvInput(CsvRows read, Arena arena) {
        layout = read.layout();
        columns = read.columns();
        groups = read.groups();
        unknownTimes = read.unknownTimes();
        long rows = read.count();
        long[] timeOfRow = read.times();
        RowOrder order = new CsvOrder(layout, groups, read.groupOfRow(), timeOfRow).of(rows);
        series = new SeriesList(columns.size(), order, layout.columns().areMany());
        times = timeOfRow == null || !unknownTimes.areNone() ? null : inOrder(timeOfRow);
        prices = arena.allocate(ValueLayout.JAVA_DOUBLE, columns.size() * rows);
        for (int column = 0; column < columns.size(); column++) {
            double[] priceOfRow = read.prices(column);
            for (int row = 0; row < rows; row++) {
                prices.setAtIndex(
                        ValueLayout.JAVA_DOUBLE, series.place(column, row), priceOfRow[row]);
            }
        }
    }

    static CsvInput open(CsvTable table, CsvColumns columns, Arena arena, Progress progress) {
        return new CsvInput(CsvRows.of(table, columns, progress), arena);
    }

    @Override
    public String name() {
        return layout.table().name();
    }

    @Override
    public CsvStyle style() {
        Dialect dialect = layout.table().dialect();
        return new CsvStyle(dialect.separator(), columns.getFirst().decimal(), dialect.preamble());
    }

    @Override
    public String priceName() {
        String name = layout.columns().header() ? names().getFirst() : "";
        return name.isEmpty() ? UNNAMED : name;
    }

    @Override
    public String allPrices() {
        String symbol = layout.columns().symbol();
        return "%s: %s%s"
                .formatted(
                        name(),
                        layout.places().column(layout.prices().getFirst()),
                        symbol == null ? "" : ", symbol " + symbol);
    }

    @Override
    public String where(long price) {
        return layout.places().field(row(price).getStartingLineNumber(), column(price));
    }

    @Override
    public String text(long price) {
        return CsvField.quoted(row(price).getField(column(price)));
    }

    private CsvRecord row(long price) {
        return layout.row(series.order().row(price % series.rows()));
    }

    private int column(long price) {
        return layout.prices().get((int) (price / series.rows()));
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
    public UnknownTimes unknownTimes() {
        return unknownTimes;
    }

    @Override
    public void requireNew(List<String> added) {
        if (!layout.columns().header()) {
            return;
        }
        Set<String> taken = new HashSet<>(layout.names());
        for (String name : addedNames(added, names())) {
            if (!taken.add(name)) {
                throw CommandException.data(
                        name(), "the result would have two columns '" + name + "'");
            }
        }
    }

    @Override
    public void copyWith(
            Kept kept,
            List<String> added,
            List<MemorySegment> values,
            Consumer<Iterable<String>> copy) {
        long copied =
                layout.table()
                        .read(
                                _ -> {},
                                records -> {
                                    List<String> first = records.first();
                                    if (layout.columns().header() || kept == Kept.TIME) {
                                        copy.accept(
                                                concat(
                                                        keptNames(kept, first),
                                                        addedNames(
                                                                added, layout.priceFields(first))));
                                    }
                                    if (kept == Kept.ALL) {
                                        List<String> none =
                                                Collections.nCopies(
                                                        columns.size() * added.size(), "");
                                        records.subheads()
                                                .forEach(it -> copy.accept(concat(it, none)));
                                    }
                                    return layout.forEachRow(
                                            records,
                                            (index, row) -> {
                                                if (!isAsRead(index, row)) {
                                                    throw CommandException.changed(name());
                                                }
                                                copy.accept(
                                                        concat(
                                                                kept(kept, row.getFields()),
                                                                texts(values, index)));
                                            });
                                });
        if (copied != series.rows()) {
            throw CommandException.changed(name());
        }
    }

    private List<String> keptNames(Kept kept, List<String> first) {
        boolean nameless = !layout.columns().header() && layout.time() >= 0;
        return nameless ? List.of("time") : kept(kept, first);
    }

    private List<String> kept(Kept kept, List<String> fields) {
        return switch (kept) {
            case ALL -> fields;
            case TIME -> layout.time() < 0 ? List.of() : List.of(fields.get(layout.time()));
        };
    }

    /// The values of a row: all of one column with prices, then those of the next.
    private List<String> texts(List<MemorySegment> values, long row) {
        List<String> texts = new ArrayList<>();
        for (int column = 0; column < layout.prices().size(); column++) {
            long place = series.place(column, row);
            Decimal decimal = columns.get(column).decimal();
            values.forEach(of -> texts.add(decimal.of(PriceText.at(of, place))));
        }
        return texts;
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
        if (index >= series.rows()) {
            return false;
        }
        for (int column = 0; column < layout.prices().size(); column++) {
            double known = prices.getAtIndex(ValueLayout.JAVA_DOUBLE, series.place(column, index));
            if (Double.compare(known, layout.price(row, column, columns.get(column))) != 0) {
                return false;
            }
        }
        return true;
    }

    /// @param names those of the columns with prices
    private static List<String> addedNames(List<String> added, List<String> names) {
        return names.size() == 1
                ? added
                : names.stream()
                        .flatMap(name -> added.stream().map(more -> name.strip() + "_" + more))
                        .toList();
    }

    private static List<String> concat(List<String> fields, List<String> added) {
        List<String> all = new ArrayList<>(fields);
        all.addAll(added);
        return all;
    }
}
