package io.github.trendflex.cli.input;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.github.trendflex.cli.format.CsvField;
import io.github.trendflex.cli.terminal.CommandException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which fields of a CSV line hold the prices, the series and the time.
///
/// @param names the names of all columns, or the fields of the first row
/// @param prices the indexes of the columns with prices
/// @param group the index of the column that says which series a row belongs to, or -1
/// @param symbol the index of the column in which the symbol must not change, or -1
/// @param time the index of the column with the times, or -1
record CsvLayout(
        CsvTable table,
        CsvColumns columns,
        List<String> names,
        List<Integer> prices,
        int group,
        int symbol,
        int time) {
    static CsvLayout of(CsvTable table, CsvColumns columns, List<String> first) {
        List<String> names = first.stream().map(CsvField::text).map(String::strip).toList();
        CsvColumn by = columns.by();
        CsvColumn time = columns.time();
        List<Integer> prices = columns.placesOfPrices(table.name(), names);
        return new CsvLayout(
                table,
                columns,
                names,
                prices,
                by == null ? -1 : by.find(table.name(), names, columns.header()),
                by == null ? columns.usualSymbol(names, prices) : -1,
                time == null
                        ? columns.usualTime(names)
                        : time.find(table.name(), names, columns.header()));
    }

    Places places() {
        return columns.header() ? new Places(names) : Places.UNNAMED;
    }

    /// The fields of the columns with prices.
    List<String> priceFields(List<String> record) {
        return prices.stream().map(record::get).toList();
    }

    /// Every row of prices, without those of symbols that were not chosen; returns their number.
    long forEachRow(CsvTable.Records records, CsvTable.RowAction action) {
        long[] count = {0};
        records.forEachRow((_, row) -> {
            if (columns.symbol() == null || columns.symbol().equals(group(row))) {
                action.accept(count[0]++, row);
            }
        });
        return count[0];
    }

    /// What reads the prices of each of their columns.
    List<PriceColumn> priceColumns() {
        return prices.stream()
                .map(index -> new PriceColumn(table.name(), places(), index, columns.hints()))
                .toList();
    }

    double price(CsvRecord row, int column, PriceColumn reader) {
        try {
            return reader.read(row.getField(prices.get(column)), row.getStartingLineNumber());
        } catch (NumberFormatException e) {
            throw bad(row, prices.get(column), e.getMessage());
        }
    }

    /// The series that a row belongs to.
    String group(CsvRecord row) {
        return SymbolColumn.symbol(row.getField(group));
    }

    /// Fails if a row is of another symbol than those before it.
    void checkSymbol(CsvRecord row, SymbolColumn symbols) {
        String change = symbols.add(row.getField(symbol));
        if (change != null) {
            throw bad(row, symbol, change + ": say --by " + names.get(symbol));
        }
    }

    /// Adds the time of a row. A column that only has the usual name may hold something else.
    void addTime(CsvRecord row, TimeColumn times, UnknownTimes unknown) {
        try {
            times.add(row.getField(time), row.getStartingLineNumber());
        } catch (NumberFormatException e) {
            if (columns.time() != null) {
                throw bad(row, time, e.getMessage());
            }
            unknown.add(row.getStartingLineNumber(), time, String.valueOf(e.getMessage()));
        }
    }

    /// Adds the times that no field of the column makes clear.
    void addUnclear(TimeColumn times, UnknownTimes unknown) {
        TimeColumn.Unclear unclear = times.unclear();
        if (unclear == null) {
            return;
        }
        if (columns.time() != null) {
            throw bad(unclear.line(), time, unclear.message());
        }
        unknown.add(unclear.line(), time, unclear.message(), unclear.count());
    }

    /// The row of that index, found by reading the text once more: for messages.
    CsvRecord row(long index) {
        List<CsvRecord> found = new ArrayList<>();
        table.read(
                _ -> {},
                records ->
                        forEachRow(
                                records,
                                (i, row) -> {
                                    if (i == index) {
                                        found.add(row);
                                    }
                                }));
        if (found.isEmpty()) {
            throw CommandException.changed(table.name());
        }
        return found.getFirst();
    }

    private CommandException bad(CsvRecord row, int field, @Nullable String message) {
        return bad(row.getStartingLineNumber(), field, message);
    }

    private CommandException bad(long line, int field, @Nullable String message) {
        return CommandException.data(
                table.name(), "%s: %s".formatted(places().field(line, field), message));
    }
}
