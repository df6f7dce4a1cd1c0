package io.github.trendflex.cli;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.DoubleStream;

/// Prices in a column of a CSV text. The text is read once for the prices and a second time where
/// its columns are copied; the prices alone are held in memory, and the text only where it comes
/// from a pipe.
///
/// It passes through as Latin-1, which gives back every byte as it was, whatever the encoding of
/// the file.
final class CsvInput implements PriceInput {
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final String name;
    private final Source source;
    private final CsvColumn column;
    private final MemorySegment prices;

    private CsvInput(String name, Source source, CsvColumn column, Arena arena) {
        this.name = name;
        this.source = source;
        this.column = column;
        this.prices = arena.allocateFrom(ValueLayout.JAVA_DOUBLE, read(this::prices));
    }

    static CsvInput open(Path file, CsvColumn column, Arena arena) {
        String name = file.toString();
        if (Files.isRegularFile(file)) {
            return new CsvInput(name, () -> Files.newInputStream(file), column, arena);
        }
        try (InputStream pipe = Files.newInputStream(file)) {
            return open(name, pipe, column, arena);
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    static CsvInput open(String name, InputStream pipe, CsvColumn column, Arena arena) {
        try {
            byte[] text = pipe.readAllBytes();
            return new CsvInput(name, () -> new ByteArrayInputStream(text), column, arena);
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public MemorySegment prices() {
        return prices;
    }

    @Override
    public void copyWith(String added, MemorySegment values, Consumer<Iterable<String>> copy) {
        long copied =
                read(records -> {
                    if (column.header()) {
                        copy.accept(with(records.first, added));
                    }
                    int field = field(records);
                    return records.forEachRow((index, row) -> {
                        if (index == length() || !isPriceAt(index, price(row, field))) {
                            throw changed();
                        }
                        copy.accept(with(row, PriceText.at(values, index)));
                    });
                });
        if (copied != length()) {
            throw changed();
        }
    }

    private double[] prices(Records records) {
        int field = field(records);
        DoubleStream.Builder prices = DoubleStream.builder();
        records.forEachRow((_, row) -> prices.add(price(row, field)));
        return prices.build().toArray();
    }

    private int field(Records records) {
        List<String> names = records.first.getFields().stream().map(CsvInput::text).toList();
        return column.find(name, names);
    }

    private boolean isPriceAt(long index, double price) {
        double known = prices.getAtIndex(ValueLayout.JAVA_DOUBLE, index);
        return Double.doubleToLongBits(known) == Double.doubleToLongBits(price);
    }

    private <T> T read(Function<Records, T> reading) {
        try (InputStream in = new BufferedInputStream(source.open())) {
            in.mark(BYTE_ORDER_MARK.length);
            if (!Arrays.equals(in.readNBytes(BYTE_ORDER_MARK.length), BYTE_ORDER_MARK)) {
                in.reset();
            }
            try (CsvReader<CsvRecord> lines =
                    CsvReader.builder()
                            .skipEmptyLines(false)
                            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                            .allowUnclosedQuote(false)
                            .ofCsvRecord(in, StandardCharsets.ISO_8859_1)) {
                return reading.apply(new Records(lines.iterator()));
            }
        } catch (CsvParseException e) {
            throw CommandException.data(name, String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            throw CommandException.io(name, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw CommandException.io(name, e);
        }
    }

    private double price(CsvRecord row, int field) {
        try {
            return PriceText.parse(row.getField(field));
        } catch (NumberFormatException e) {
            throw CommandException.data(
                    name,
                    "line %d, column %d: %s"
                            .formatted(
                                    row.getStartingLineNumber(),
                                    field,
                                    text(String.valueOf(e.getMessage()))));
        }
    }

    private CommandException changed() {
        return CommandException.data(name, "the file changed while it was read");
    }

    private static List<String> with(CsvRecord record, String added) {
        List<String> fields = new ArrayList<>(record.getFields());
        fields.add(added);
        return fields;
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// The records of one reading, all of the first one's width.
    private final class Records {
        private final Iterator<CsvRecord> lines;
        private final CsvRecord first;

        private Records(Iterator<CsvRecord> lines) {
            if (!lines.hasNext()) {
                throw CommandException.data(name, "the file is empty");
            }
            this.lines = lines;
            this.first = lines.next();
        }

        /// Every row of prices, the header not counted; returns their number.
        private long forEachRow(RowAction action) {
            long index = 0;
            if (!column.header()) {
                action.accept(index++, first);
            }
            int width = first.getFieldCount();
            while (lines.hasNext()) {
                CsvRecord row = lines.next();
                // In a file of one column an empty line is a row: its price is missing.
                if (width > 1 && row.getFieldCount() == 1 && row.getField(0).isEmpty()) {
                    continue;
                }
                if (row.getFieldCount() != width) {
                    throw CommandException.data(
                            name,
                            "line %d: %d fields, but %d in the first line"
                                    .formatted(
                                            row.getStartingLineNumber(),
                                            row.getFieldCount(),
                                            width));
                }
                action.accept(index++, row);
            }
            return index;
        }
    }

    @FunctionalInterface
    private interface RowAction {
        void accept(long index, CsvRecord row);
    }

    /// Opens the text at its beginning.
    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }
}
