package io.github.trendflex.arrow;

import static io.github.trendflex.arrow.Vectors.assertOutputs;
import static io.github.trendflex.arrow.Vectors.walk;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.Decimal256Vector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.FloatingPointVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.UInt2Vector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.UInt8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What columns of other types than double are.
class PricesTest {
    private final BufferAllocator allocator = new RootAllocator();

    @AfterEach
    void everyBufferIsFreed() {
        allocator.close();
    }

    static Stream<BiFunction<String, BufferAllocator, FieldVector>> numbers() {
        return Stream.of(
                Float2Vector::new,
                Float4Vector::new,
                Float8Vector::new,
                TinyIntVector::new,
                SmallIntVector::new,
                IntVector::new,
                BigIntVector::new,
                UInt1Vector::new,
                UInt2Vector::new,
                UInt4Vector::new,
                UInt8Vector::new,
                (name, allocator) -> new DecimalVector(name, allocator, 10, 2),
                (name, allocator) -> new Decimal256Vector(name, allocator, 10, 2));
    }

    @ParameterizedTest
    @MethodSource("numbers")
    void numbersOfAnyTypeArePrices(BiFunction<String, BufferAllocator, FieldVector> type) {
        Double[] expected = {100.0, null, 127.0, 0.0, 99.0};
        try (FieldVector column = type.apply("close", allocator)) {
            set(column, expected);
            try (Float8Vector prices = TrendFlexVectors.prices(column, allocator)) {
                assertEquals("close", prices.getName());
                assertPrices(expected, prices);
            }
            try (FieldVector slice = slice(column, 1, 3);
                    Float8Vector prices = TrendFlexVectors.prices(slice, allocator)) {
                assertPrices(Arrays.copyOfRange(expected, 1, 4), prices);
            }
        }
    }

    private FieldVector slice(FieldVector column, int from, int count) {
        var pair = column.getTransferPair(allocator);
        pair.splitAndTransfer(from, count);
        return (FieldVector) pair.getTo();
    }

    private static void set(FieldVector column, Double... values) {
        column.allocateNew();
        for (int i = 0; i < values.length; i++) {
            if (values[i] == null) {
                ((BaseFixedWidthVector) column).setNull(i);
                continue;
            }
            switch (column) {
                case Float2Vector floats ->
                        floats.setWithPossibleTruncate(i, values[i].floatValue());
                case FloatingPointVector floats -> floats.setWithPossibleTruncate(i, values[i]);
                case BaseIntVector integers ->
                        integers.setWithPossibleTruncate(i, values[i].longValue());
                case DecimalVector decimals -> decimals.set(i, decimal(values[i]));
                case Decimal256Vector decimals -> decimals.set(i, decimal(values[i]));
                default -> throw new AssertionError(column.toString());
            }
        }
        column.setValueCount(values.length);
    }

    private static BigDecimal decimal(double value) {
        return BigDecimal.valueOf(value).setScale(2);
    }

    private static void assertPrices(Double[] expected, Float8Vector actual) {
        assertEquals(expected.length, actual.getValueCount());
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], actual.getObject(i), "index " + i);
        }
    }

    @Test
    void doublesAreNotCopied() {
        Float8Vector column = Vectors.of(allocator, walk(100, 1));
        try (Float8Vector prices = TrendFlexVectors.prices(column, allocator)) {
            assertEquals(column.getDataBufferAddress(), prices.getDataBufferAddress());
            column.close();
            assertOutputs(walk(100, 1), prices);
        }
    }

    @Test
    void everyNumberIsTheNearestDouble() {
        try (Float4Vector floats = new Float4Vector("f", allocator);
                UInt8Vector unsigned = new UInt8Vector("u", allocator);
                UInt4Vector smaller = new UInt4Vector("s", allocator);
                BigIntVector signed = new BigIntVector("i", allocator);
                DecimalVector decimals = new DecimalVector("d", allocator, 38, 18)) {
            floats.setSafe(0, 100.1f);
            unsigned.setSafe(0, -1L);
            smaller.setSafe(0, -1);
            signed.setSafe(0, (1L << 53) + 3);
            // Just above the middle of 2^53 and the next double: digits decide that long follow.
            decimals.setSafe(0, new BigDecimal("9007199254740993.000000000000000001"));
            for (FieldVector column : List.of(floats, unsigned, smaller, signed, decimals)) {
                column.setValueCount(1);
            }
            assertEquals(100.1f, first(floats));
            assertEquals(0x1p64, first(unsigned));
            assertEquals(0x1p32 - 1, first(smaller));
            assertEquals(0x1p53 + 4, first(signed));
            assertEquals(0x1p53 + 2, first(decimals));
        }
    }

    private double first(FieldVector column) {
        try (Float8Vector prices = TrendFlexVectors.prices(column, allocator)) {
            return prices.get(0);
        }
    }

    @Test
    void indicesAreTheNumbersThatTheyStandFor() {
        DictionaryEncoding encoding = new DictionaryEncoding(7, false, null);
        FieldType type = new FieldType(true, new ArrowType.Int(32, true), encoding, null);
        try (Float4Vector values = new Float4Vector("values", allocator);
                IntVector indices = new IntVector("close", type, allocator)) {
            set(values, 100.5, null, 99.0);
            set(indices, 2.0, 0.0, null, 1.0, 2.0);
            MapDictionaryProvider dictionaries =
                    new MapDictionaryProvider(new Dictionary(values, encoding));
            try (Float8Vector prices = TrendFlexVectors.prices(indices, dictionaries, allocator)) {
                assertPrices(new Double[] {99.0, 100.5, null, Double.NaN, 99.0}, prices);
            }

            assertEquals(
                    "'close' holds indices of dictionary 7, which was not given", refusal(indices));
            for (int outside : new int[] {3, -1}) {
                indices.set(4, outside);
                assertEquals(
                        "'close' has at 4 the index %s in a dictionary of 3 values"
                                .formatted(outside),
                        assertThrows(
                                        IllegalArgumentException.class,
                                        () ->
                                                TrendFlexVectors.prices(
                                                        indices, dictionaries, allocator))
                                .getMessage());
            }
        }
    }

    @Test
    void whatIsNoNumberIsNamed() {
        try (VarCharVector text = new VarCharVector("close", allocator);
                DateDayVector dates = new DateDayVector("day", allocator);
                BitVector bits = new BitVector("up", allocator);
                ListVector lists = Vectors.lists(allocator)) {
            assertEquals("'close' is a vector of Utf8: prices must be numbers", refusal(text));
            assertEquals("'day' is a vector of Date(DAY): prices must be numbers", refusal(dates));
            assertEquals("'up' is a vector of Bool: prices must be numbers", refusal(bits));
            assertEquals("'lists' is a vector of List: prices must be numbers", refusal(lists));
        }
    }

    private String refusal(FieldVector column) {
        return String.valueOf(
                assertThrows(
                                IllegalArgumentException.class,
                                () -> TrendFlexVectors.prices(column, allocator))
                        .getMessage());
    }

    @Test
    void aColumnOfTheTypeNullHasNoPrice() {
        try (NullVector nulls = new NullVector("close", 30);
                Float8Vector prices = TrendFlexVectors.prices(nulls, allocator)) {
            assertEquals(30, prices.getNullCount());
            assertRefused(Refusal.NO_PRICES, prices);
        }
    }

    @Test
    void aVectorIntoWhichNothingWasWrittenHasNoValues() {
        try (Float8Vector column = new Float8Vector("close", allocator);
                Float4Vector floats = new Float4Vector("close", allocator);
                Float8Vector none = TrendFlexVectors.prices(column, allocator);
                Float8Vector copied = TrendFlexVectors.prices(floats, allocator)) {
            for (Float8Vector prices : List.of(column, none, copied)) {
                assertEquals(0, prices.getValueCount());
                assertRefused(Refusal.EMPTY_INPUT, prices);
            }
        }
    }

    private void assertRefused(Refusal reason, Float8Vector prices) {
        assertEquals(
                reason,
                assertThrows(
                                TrendFlexException.class,
                                () ->
                                        TrendFlexVectors.compute(
                                                TrendFlex.of(5), prices, "t", allocator))
                        .reason());
    }

    @Test
    void listsOfAnyNumbersAreSeries() {
        float[] closes = new float[60];
        for (int i = 0; i < closes.length; i++) {
            closes[i] = (float) walk(60, 2)[i];
        }
        try (ListVector lists = ListVector.empty("lists", allocator)) {
            Float4Vector values =
                    (Float4Vector)
                            lists.addOrGetVector(FieldType.nullable(MinorType.FLOAT4.getType()))
                                    .getVector();
            lists.allocateNew();
            for (int i = 0; i < closes.length; i++) {
                values.setSafe(i, closes[i]);
            }
            for (int list = 0; list < 2; list++) {
                lists.startNewValue(list);
                lists.endValue(list, 30);
            }
            lists.setValueCount(2);
            double[] expected = new double[60];
            for (int list = 0; list < 2; list++) {
                double[] series = new double[30];
                for (int i = 0; i < 30; i++) {
                    series[i] = closes[30 * list + i];
                }
                System.arraycopy(TrendFlex.of(5).compute(series), 0, expected, 30 * list, 30);
            }
            try (ListVector trends =
                    TrendFlexVectors.compute(TrendFlex.of(5), lists, "trends", allocator)) {
                assertOutputs(expected, (Float8Vector) trends.getDataVector());
            }
            try (FieldVector second = slice(lists, 1, 1);
                    ListVector trends =
                            TrendFlexVectors.compute(
                                    TrendFlex.of(5), (ListVector) second, "trends", allocator)) {
                assertOutputs(
                        Arrays.copyOfRange(expected, 30, 60),
                        (Float8Vector) trends.getDataVector());
            }
        }
    }

    @Test
    void listsOfTheTypeNullHaveNoPrice() {
        try (ListVector lists = ListVector.empty("lists", allocator)) {
            lists.addOrGetVector(FieldType.nullable(MinorType.NULL.getType()));
            for (int list = 0; list < 2; list++) {
                lists.startNewValue(list);
                lists.endValue(list, 30);
            }
            lists.setValueCount(2);
            try (ListVector trends =
                    TrendFlexVectors.compute(TrendFlex.of(5), lists, "trends", allocator)) {
                assertEquals(0, trends.getNullCount());
                assertEquals(60, trends.getDataVector().getNullCount());
            }
        }
    }

    @Test
    void listsIntoWhichNothingWasWrittenAreNullOrEmpty() {
        try (ListVector unwritten = ListVector.empty("lists", allocator);
                ListVector trends =
                        TrendFlexVectors.compute(TrendFlex.of(5), unwritten, "trends", allocator)) {
            assertEquals(0, trends.getValueCount());

            unwritten.setValueCount(3);
            try (ListVector nulls =
                    TrendFlexVectors.compute(TrendFlex.of(5), unwritten, "trends", allocator)) {
                assertEquals(3, nulls.getValueCount());
                assertEquals(3, nulls.getNullCount());
            }
        }
        try (ListVector ofDoubles = ListVector.empty("lists", allocator)) {
            ofDoubles.addOrGetVector(FieldType.nullable(MinorType.FLOAT8.getType()));
            try (ListVector trends =
                    TrendFlexVectors.compute(TrendFlex.of(5), ofDoubles, "trends", allocator)) {
                assertEquals(0, trends.getValueCount());
            }
        }
    }
}
