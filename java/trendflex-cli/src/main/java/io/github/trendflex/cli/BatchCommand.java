package io.github.trendflex.cli;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.RowConsumer;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/// `trendflex batch`: one series, many periods.
@Command(
        name = "batch",
        sortOptions = false,
        header = "Computes the TrendFlex of a series of prices for many periods.",
        description =
                "A CSV result has no header and a line for each period: the period, then a value for each price, "
                        + "empty where there is none. An .npy result has the values alone, periods by prices.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class BatchCommand implements Runnable {
    private final StandardStreams streams;

    @Mixin private InputOption in;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "OUT",
            description =
                    "The result: a .csv, .csv.gz or .npy file, or - for CSV on standard output, which is the "
                            + "default unless there is a --heatmap. A file appears when it is complete.")
    private @Nullable Path out;

    @Option(
            names = "--heatmap",
            paramLabel = "FILE",
            description =
                    "A picture of the values, period by time, a .png file. Its axis has the times of the column that "
                            + "--time names, or of one called time, date, datetime or timestamp.")
    private @Nullable Path heatMap;

    @Option(
            names = "--periods",
            paramLabel = "START:END[:STEP]",
            required = true,
            converter = RangeConverter.class,
            description =
                    "The periods from START to END, as far as STEP, which is 1 by default, reaches them.")
    private PeriodRange periods;

    @Mixin private ComputationOptions computation;

    BatchCommand(StandardStreams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        Output output =
                out == null && heatMap != null
                        ? null
                        : Output.of(out == null ? PriceInput.PIPE : out, streams);
        PngOutput picture = heatMap == null ? null : new PngOutput(heatMap);
        try (Arena arena = Arena.ofConfined()) {
            PriceInput input = in.open(streams, arena);
            check(input);
            if (picture == null) {
                compute(input, output, (_, _) -> {});
            } else {
                picture.write(() -> {
                    HeatMap map = new HeatMap(input, periods);
                    compute(input, output, (_, row) -> map.add(row));
                    return map.draw();
                });
            }
        }
    }

    /// Computes the row of the largest period, which fails if any does, before anything is written.
    private void check(PriceInput input) {
        int largest = Math.max(periods.start(), periods.periodAt(periods.rows() - 1));
        refusing(
                input,
                () ->
                        batch(PeriodRange.closed(largest, largest))
                                .forEachRow(input.prices(), (_, _) -> {}));
    }

    private void compute(PriceInput input, @Nullable Output output, RowConsumer also) {
        switch (output) {
            case null -> forEachRow(input, false, also);
            case CsvOutput csv ->
                    csv.write(records ->
                            forEachRow(
                                    input,
                                    csv.isStandardOutput(),
                                    (period, row) -> {
                                        records.accept(record(period, row, input.series()));
                                        also.accept(period, row);
                                    }));
            case NpyOutput npy ->
                    npy.write(
                            matrix -> {
                                if (input.series().order().isAsInFile()) {
                                    computeInto(input, matrix, also);
                                } else {
                                    placeInto(input, matrix, also);
                                }
                            },
                            periods.rows(),
                            input.length());
        }
    }

    private void forEachRow(PriceInput input, boolean besideOutput, RowConsumer consumer) {
        try (Progress progress = Progress.batch(periods.rows(), besideOutput, streams)) {
            refusing(
                    input,
                    () ->
                            batch(periods)
                                    .forEachRow(
                                            input.prices(),
                                            (period, row) -> {
                                                consumer.accept(period, row);
                                                progress.step(1);
                                            }));
        }
    }

    private void computeInto(PriceInput input, MemorySegment matrix, RowConsumer also) {
        try (Progress progress = Progress.batch(periods.rows(), false, streams)) {
            refusing(
                    input,
                    () ->
                            batch(periods)
                                    .computeInto(
                                            input.prices(),
                                            matrix,
                                            (done, _) -> {
                                                progress.stepTo(done);
                                                return true;
                                            }));
        }
        long rowBytes = input.prices().byteSize();
        for (long row = 0; row < periods.rows(); row++) {
            also.accept(periods.periodAt(row), matrix.asSlice(row * rowBytes, rowBytes));
        }
    }

    /// Fills the matrix where the rows of the file are not in the order of the prices.
    private void placeInto(PriceInput input, MemorySegment matrix, RowConsumer also) {
        long rowBytes = input.prices().byteSize();
        AtomicLong offset = new AtomicLong();
        forEachRow(
                input,
                false,
                (period, row) -> {
                    MemorySegment placed = matrix.asSlice(offset.getAndAdd(rowBytes), rowBytes);
                    input.series().toFileOrder(row, placed);
                    also.accept(period, row);
                });
    }

    private TrendFlexBatch batch(PeriodRange range) {
        return computation.apply(TrendFlexBatch.of(range));
    }

    private static void refusing(PriceInput input, Runnable computation) {
        try {
            computation.run();
        } catch (TrendFlexException e) {
            throw CommandException.refused(input, 0, e);
        }
    }

    private static Iterable<String> record(int period, MemorySegment values, SeriesList series) {
        long length = values.byteSize() / Double.BYTES;
        return () ->
                Stream.concat(
                                Stream.of(Integer.toString(period)),
                                LongStream.range(0, length)
                                        .mapToObj(i -> PriceText.at(values, series.place(0, i))))
                        .iterator();
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
