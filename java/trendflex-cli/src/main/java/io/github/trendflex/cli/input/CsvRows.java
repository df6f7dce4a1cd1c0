package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trendflex.cli.input.CsvTable.Records;
import io.github.trendflex.cli.terminal.Progress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What one reading of all rows of a CSV text gives, in their order.
final class CsvRows {
    private final CsvLayout layout;
    private final List<PriceColumn> columns;
    private final List<DoubleStream.Builder> prices;
    private final Map<String, Integer> groups = new LinkedHashMap<>();
    private final IntStream.Builder groupOfRow = IntStream.builder();
    private final SymbolColumn symbols = new SymbolColumn();
    private final TimeColumn times;
    private final UnknownTimes unknownTimes;
    private final long count;

    private CsvRows(CsvLayout layout, List<PriceColumn> columns, Records records) {
        this.layout = layout;
        this.columns = columns;
        prices = Stream.generate(DoubleStream::builder).limit(columns.size()).toList();
        times = new TimeColumn(layout.columns().hints().timeFormat());
        unknownTimes = new UnknownTimes(layout.places());
        count = layout.forEachRow(records, (_, row) -> add(row));
        layout.addUnclear(times, unknownTimes);
    }

    /// Reads the text once or, where the prices of a column turn out to have a decimal comma,
    /// twice.
    static CsvRows of(CsvTable table, CsvColumns columns, Progress progress) {
        CsvRows rows =
                table.read(
                        progress::step,
                        records -> {
                            CsvLayout layout = CsvLayout.of(table, columns, records.first());
                            return new CsvRows(layout, layout.priceColumns(), records);
                        });
        boolean pointIsUsual =
                table.dialect().pointIsUsual()
                        && rows.columns.stream().noneMatch(PriceColumn::hasDecimalComma);
        boolean again = false;
        for (PriceColumn column : rows.columns) {
            again |= column.decide(pointIsUsual);
        }
        return again
                ? table.read(_ -> {}, records -> new CsvRows(rows.layout, rows.columns, records))
                : rows;
    }

    private void add(CsvRecord row) {
        for (int column = 0; column < columns.size(); column++) {
            prices.get(column).add(layout.price(row, column, columns.get(column)));
        }
        if (layout.group() >= 0) {
            groupOfRow.add(groups.computeIfAbsent(layout.group(row), _ -> groups.size()));
        }
        if (layout.symbol() >= 0) {
            layout.checkSymbol(row, symbols);
        }
        if (layout.time() >= 0) {
            layout.addTime(row, times, unknownTimes);
        }
    }

    CsvLayout layout() {
        return layout;
    }

    /// The columns with prices, decided.
    List<PriceColumn> columns() {
        return columns;
    }

    long count() {
        return count;
    }

    /// The prices of each row in a column. They can be taken once.
    double[] prices(int column) {
        return prices.get(column).build().toArray();
    }

    /// The names of the series, none if no column has them.
    List<String> groups() {
        return List.copyOf(groups.keySet());
    }

    /// The series of each row, if a column has them.
    int[] groupOfRow() {
        return groupOfRow.build().toArray();
    }

    /// The time of each row or [TimeColumn#UNKNOWN], or null if no column has them.
    long @Nullable [] times() {
        return layout.time() < 0 ? null : times.nanos();
    }

    UnknownTimes unknownTimes() {
        return unknownTimes;
    }
}
