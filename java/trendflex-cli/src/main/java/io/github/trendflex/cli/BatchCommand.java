package io.github.trendflex.cli;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `trendflex batch`: one series, many periods. The rows are computed block by block, which shows
/// how far the work is and bounds the memory that a CSV result takes.
@Command(
        name = "batch",
        sortOptions = false,
        header = "Computes the TrendFlex of a series of prices for many periods.",
        description =
                "A CSV result has no header and a line for each period: the period, then a value for each price, "
                        + "empty where there is none. An .npy result has the values alone, periods by prices.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BatchCommand implements Runnable {
    private static final long BLOCK_VALUES = 1 << 20;

    private final StandardStreams streams;

    @Mixin private SeriesOptions series;

    @Option(
            names = "--periods",
            paramLabel = "START:END[:STEP]",
            required = true,
            converter = RangeConverter.class,
            description =
                    "The periods from START to END, as far as STEP, which is 1 by default, reaches them.")
    private PeriodRange periods;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description =
                    "How many rows to compute at once; by default as many as there are cores.")
    private int threads;

    BatchCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        Output output = series.output(streams);
        try (Arena arena = Arena.ofConfined()) {
            PriceInput input = series.open(streams, arena);
            check(input, arena);
            switch (output) {
                case CsvOutput csv -> csv.write(records -> computeRecords(input, arena, records));
                case NpyOutput npy ->
                        npy.write(
                                matrix -> computeMatrix(input, matrix),
                                periods.rows(),
                                input.length());
            }
        }
    }

    /// Computes the row of the largest period, which fails if any does, before anything is written.
    private void check(PriceInput input, Arena arena) {
        int largest = Math.max(periods.start(), periods.periodAt(periods.rows() - 1));
        compute(input, PeriodRange.closed(largest, largest), allocateRows(1, input, arena));
    }

    private void computeMatrix(PriceInput input, MemorySegment matrix) {
        forEachBlock(
                input,
                (row, block) -> compute(input, block, rows(row, block.rows(), matrix, input)));
    }

    private void computeRecords(PriceInput input, Arena arena, Consumer<Iterable<String>> records) {
        MemorySegment values = allocateRows(blockRows(input), input, arena);
        forEachBlock(
                input,
                (_, block) -> {
                    compute(input, block, rows(0, block.rows(), values, input));
                    for (long row = 0; row < block.rows(); row++) {
                        records.accept(record(block.periodAt(row), rows(row, 1, values, input)));
                    }
                });
    }

    private void forEachBlock(PriceInput input, BlockAction action) {
        long rows = periods.rows();
        try (RowProgress progress = new RowProgress(rows, streams)) {
            for (long row = 0; row < rows; row += blockRows(input)) {
                long last = Math.min(row + blockRows(input), rows) - 1;
                action.accept(
                        row,
                        PeriodRange.closed(
                                periods.periodAt(row), periods.periodAt(last), periods.step()));
                progress.show(last + 1);
            }
        }
    }

    private void compute(PriceInput input, PeriodRange block, MemorySegment values) {
        try {
            TrendFlexBatch.of(block)
                    .withDefinition(series.definition.value)
                    .withNanPolicy(series.nanPolicy)
                    .withKernel(series.kernel)
                    .withThreads(threads)
                    .computeInto(input.prices(), values);
        } catch (TrendFlexException e) {
            throw CommandException.refused(input.name(), e);
        }
    }

    /// The rows of a block: enough of them for all cores, however long a row is.
    private long blockRows(PriceInput input) {
        long busy = 4L * Runtime.getRuntime().availableProcessors();
        return Math.min(periods.rows(), Math.max(busy, BLOCK_VALUES / input.length()));
    }

    private static MemorySegment allocateRows(long rows, PriceInput input, Arena arena) {
        return arena.allocate(ValueLayout.JAVA_DOUBLE, Math.multiplyExact(rows, input.length()));
    }

    private static MemorySegment rows(
            long first, long count, MemorySegment matrix, PriceInput input) {
        long rowBytes = input.prices().byteSize();
        return matrix.asSlice(first * rowBytes, count * rowBytes);
    }

    private static Iterable<String> record(int period, MemorySegment values) {
        long length = values.byteSize() / Double.BYTES;
        return () ->
                Stream.concat(
                                Stream.of(Integer.toString(period)),
                                LongStream.range(0, length).mapToObj(i -> PriceText.at(values, i)))
                        .iterator();
    }

    /// Does something with neighbouring rows, of which the first one's index and their periods are
    /// given.
    @FunctionalInterface
    private interface BlockAction {
        void accept(long row, PeriodRange block);
    }

    static final class RangeConverter implements ITypeConverter<PeriodRange> {
        @Override
        public PeriodRange convert(String value) {
            String[] parts = value.split(":", -1);
            try {
                if (parts.length == 2 || parts.length == 3) {
                    int step = parts.length == 2 ? 1 : Integer.parseInt(parts[2]);
                    return PeriodRange.closed(
                            Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), step);
                }
            } catch (NumberFormatException _) {
                // Said below, with what it should have been.
            } catch (TrendFlexException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException(
                    "'" + value + "' is not START:END or START:END:STEP in whole numbers");
        }
    }
}
