package io.github.trendflex.cli.commands;

import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/// The periods of a batch, in their order: each of one range, or those of several without repeats.
///
/// @param ranges at least one
record PeriodList(List<PeriodRange> ranges) {
    TrendFlexBatch batch() {
        return ranges.size() == 1
                ? TrendFlexBatch.of(ranges.getFirst())
                : TrendFlexBatch.of(periods().mapToInt(Math::toIntExact).toArray());
    }

    LongStream periods() {
        LongStream all =
                ranges.stream()
                        .flatMapToLong(
                                range -> LongStream.range(0, range.rows()).map(range::periodAt));
        return ranges.size() == 1 ? all : all.distinct();
    }

    int largest() {
        return ranges.stream()
                .mapToInt(range -> Math.max(range.start(), range.periodAt(range.rows() - 1)))
                .max()
                .orElseThrow();
    }

    /// The list on the command line, whose parts stand between commas.
    static final class Converter implements ITypeConverter<PeriodList> {
        @Override
        public PeriodList convert(String value) {
            return new PeriodList(Stream.of(value.split(",", -1)).map(Converter::range).toList());
        }

        private static PeriodRange range(String part) {
            String[] numbers = part.split(":", -1);
            try {
                if (numbers.length == 1) {
                    return PeriodRange.single(TrendFlex.of(Integer.parseInt(part)).period());
                }
                if (numbers.length <= 3) {
                    int step = numbers.length == 2 ? 1 : Integer.parseInt(numbers[2]);
                    return PeriodRange.closed(
                            Integer.parseInt(numbers[0]), Integer.parseInt(numbers[1]), step);
                }
            } catch (NumberFormatException _) {
                // The exception below says what is expected.
            } catch (TrendFlexException e) {
                throw new TypeConversionException(e.getMessage());
            }
            throw new TypeConversionException(
                    "'" + part + "' is not N, START:END or START:END:STEP in whole numbers");
        }
    }
}
