package io.github.trendflex.arrow;

import static io.github.trendflex.arrow.Vectors.assertOutputs;
import static io.github.trendflex.arrow.Vectors.boxed;
import static io.github.trendflex.arrow.Vectors.walk;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.trendflex.NanPolicy;
import io.github.trendflex.PeriodRange;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexError;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.Types.MinorType;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendFlexVectorsTest {
    private final BufferAllocator allocator = new RootAllocator();

    /// Closing it fails if a buffer is still referenced.
    @AfterEach
    void everyBufferIsFreed() {
        allocator.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {6, 7, 8, 9, 15, 16, 17, 1000})
    void outputsHaveTheBitsOfTheLibraryAndAreNullInTheWarmUp(int length) {
        double[] closes = walk(length, length);
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector trend =
                        TrendFlexVectors.compute(TrendFlex.of(5), prices, "trend", allocator)) {
            assertEquals("trend", trend.getName());
            assertOutputs(TrendFlex.of(5).compute(closes), trend);
        }
    }

    @Test
    void pricesAndOutputsAreUsedWhereTheyAre() {
        try (Float8Vector prices = Vectors.slice(allocator, 3, boxed(walk(100, 1)));
                Float8Vector out = Vectors.of(allocator, walk(100, 2))) {
            long outAddress = out.getDataBufferAddress();
            long allocated = allocator.getAllocatedMemory();
            long[] seen = new long[2];
            try (Lease input = Lease.ofPrices(prices);
                    Lease output = Lease.of(out, 0, 100)) {
                seen[0] = input.doubles().address();
                seen[1] = output.doubles().address();
            }
            assertArrayEquals(new long[] {prices.getDataBufferAddress(), outAddress}, seen);

            TrendFlexVectors.computeInto(TrendFlex.of(5), prices, out);
            assertEquals(outAddress, out.getDataBufferAddress());
            assertEquals(allocated, allocator.getAllocatedMemory());
            assertEquals(allocated, allocator.getPeakMemoryAllocation());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9})
    void slicesAreSeries(int before) {
        Double[] closes = boxed(walk(50, before));
        closes[20] = null;
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP);
        try (Float8Vector prices = Vectors.slice(allocator, before, closes);
                Float8Vector trend =
                        TrendFlexVectors.compute(calculator, prices, "trend", allocator)) {
            assertOutputs(calculator.compute(Vectors.unboxed(closes)), trend);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = NanPolicy.class,
            names = {"SKIP", "PROPAGATE"})
    void nullsAreMissingAsNaNIs(NanPolicy policy) {
        Double[] closes = boxed(walk(200, 3));
        closes[0] = null;
        closes[1] = Double.NaN;
        closes[90] = null;
        closes[100] = Double.NaN;
        closes[101] = Double.POSITIVE_INFINITY;
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(policy);
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector trend =
                        TrendFlexVectors.compute(calculator, prices, "trend", allocator)) {
            assertOutputs(calculator.compute(Vectors.unboxed(closes)), trend);
            assertTrue(prices.isNull(90));
            assertEquals(1e9, prices.getDataBuffer().getDouble(90 * Double.BYTES));
        }
    }

    @Test
    void rejectedNullsAreNamedAndNothingIsWritten() {
        Double[] closes = boxed(walk(200, 4));
        closes[90] = null;
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        double[] old = walk(200, 5);
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector out = Vectors.of(allocator, old)) {
            TrendFlexException e =
                    assertThrows(
                            TrendFlexException.class,
                            () -> TrendFlexVectors.computeInto(calculator, prices, out));
            assertEquals(TrendFlexError.MISSING_PRICE, e.error());
            assertTrue(e.getMessage().contains("index = 90"), e.getMessage());
            assertOutputs(old, out);

            assertThrows(
                    TrendFlexException.class,
                    () -> TrendFlexVectors.compute(calculator, prices, "trend", allocator));
        }
    }

    @Test
    void pricesAreTakenAsTheyStandInWhateverOrder() {
        double[] unsorted = {5, 3, 9, 9, 1, 7, 7, 2};
        try (Float8Vector prices = Vectors.of(allocator, unsorted);
                Float8Vector trend =
                        TrendFlexVectors.compute(TrendFlex.of(2), prices, "trend", allocator)) {
            assertOutputs(TrendFlex.of(2).compute(unsorted), trend);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 40, 5000})
    void anOutputVectorMayHaveAnySize(int before) {
        double[] closes = walk(4000, 6);
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector out = Vectors.of(allocator, walk(before, 7))) {
            TrendFlexVectors.computeInto(TrendFlex.of(20), prices, out);
            assertOutputs(TrendFlex.of(20).compute(closes), out);
        }
    }

    @Test
    void outputsOverPricesAreRefused() {
        Double[] closes = boxed(walk(50, 8));
        closes[10] = null;
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector slice = slice(prices, 3, 40);
                Float8Vector next = slice(prices, 43, 7)) {
            for (Float8Vector out : List.of(prices, slice)) {
                assertEquals(
                        TrendFlexError.OVERLAP,
                        assertThrows(
                                        TrendFlexException.class,
                                        () ->
                                                TrendFlexVectors.computeInto(
                                                        TrendFlex.of(5), slice, out))
                                .error());
            }
            TrendFlexVectors.computeInto(TrendFlex.of(5), next, slice);
            assertEquals(7, slice.getValueCount());
        }
    }

    private Float8Vector slice(Float8Vector vector, int from, int count) {
        Float8Vector slice = new Float8Vector("slice", allocator);
        vector.splitAndTransferTo(from, count, slice);
        return slice;
    }

    @Test
    void valuesThatAreNotInTheBufferAreRefused() {
        try (ArrowBuf validity = allocator.buffer(16);
                ArrowBuf tooSmall = allocator.buffer(64);
                Float8Vector prices = new Float8Vector("prices", allocator)) {
            validity.setOne(0L, 16L);
            prices.loadFieldBuffers(new ArrowFieldNode(100, 0), List.of(validity, tooSmall));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TrendFlexVectors.compute(TrendFlex.of(5), prices, "trend", allocator));
        }
    }

    @Test
    void buffersAreNotFreedDuringACall() {
        Float8Vector prices = Vectors.of(allocator, walk(50, 9));
        ArrowBuf buffer = prices.getDataBuffer();
        try (Lease _ = Lease.ofPrices(prices)) {
            prices.close();
            assertEquals(1, buffer.refCnt());
        }
        assertEquals(0, buffer.refCnt());
    }

    @Test
    void errorsAreThoseOfTheLibrary() {
        try (Float8Vector empty = Vectors.of(allocator, new Double[0]);
                Float8Vector few = Vectors.of(allocator, new double[] {1, 2})) {
            assertEquals(TrendFlexError.EMPTY_INPUT, refusal(empty));
            assertEquals(TrendFlexError.PERIOD_TOO_LONG, refusal(few));
        }
    }

    private TrendFlexError refusal(Float8Vector prices) {
        return assertThrows(
                        TrendFlexException.class,
                        () -> TrendFlexVectors.compute(TrendFlex.of(2), prices, "t", allocator))
                .error();
    }

    @Test
    void aStreamGoesOnFromBatchToBatch() {
        Double[] closes = boxed(walk(100, 10));
        closes[33] = null;
        double[] expected =
                TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP).compute(Vectors.unboxed(closes));
        TrendFlexStream stream = TrendFlexStream.of(5);
        int[] cuts = {0, 3, 3, 40, 41, 100};
        try (Float8Vector out = new Float8Vector("trend", allocator)) {
            for (int i = 1; i < cuts.length; i++) {
                Double[] part = Arrays.copyOfRange(closes, cuts[i - 1], cuts[i]);
                try (Float8Vector prices = Vectors.of(allocator, part)) {
                    TrendFlexVectors.updateInto(stream, prices, out);
                    assertOutputs(Arrays.copyOfRange(expected, cuts[i - 1], cuts[i]), out);
                }
            }
        }
    }

    @Test
    void aBatchIsAVectorForEachPeriod() {
        Double[] closes = boxed(walk(101, 11));
        closes[50] = null;
        TrendFlexBatch batch =
                TrendFlexBatch.of(PeriodRange.closed(20, 5, 5)).withNanPolicy(NanPolicy.SKIP);
        try (Float8Vector prices = Vectors.of(allocator, closes);
                VectorSchemaRoot trends = TrendFlexVectors.compute(batch, prices, allocator)) {
            assertEquals(101, trends.getRowCount());
            assertEquals(
                    List.of("trendflex_20", "trendflex_15", "trendflex_10", "trendflex_5"),
                    trends.getSchema().getFields().stream().map(field -> field.getName()).toList());
            for (int period : new int[] {20, 15, 10, 5}) {
                assertOutputs(
                        TrendFlex.of(period)
                                .withNanPolicy(NanPolicy.SKIP)
                                .compute(Vectors.unboxed(closes)),
                        (Float8Vector) trends.getVector("trendflex_" + period));
            }
        }
    }

    @Test
    void vectorsOfABatchAreClosedOneByOne() {
        double[] closes = walk(100, 12);
        try (Float8Vector prices = Vectors.of(allocator, closes)) {
            VectorSchemaRoot trends =
                    TrendFlexVectors.compute(TrendFlexBatch.of(5, 10), prices, allocator);
            trends.getVector(0).close();
            assertOutputs(TrendFlex.of(10).compute(closes), (Float8Vector) trends.getVector(1));
            trends.close();

            assertThrows(
                    TrendFlexException.class,
                    () -> TrendFlexVectors.compute(TrendFlexBatch.of(5, 100), prices, allocator));
        }
    }

    @Test
    void listsAreSeries() {
        Double[] long1 = boxed(walk(100, 13));
        Double[] gappy = boxed(walk(60, 14));
        gappy[0] = null;
        gappy[30] = null;
        Double[] tooShort = {1.0, 2.0, 3.0};
        Double[][] closes = {long1, {}, tooShort, gappy};
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP);
        try (ListVector prices = Vectors.lists(allocator, closes);
                ListVector trends =
                        TrendFlexVectors.compute(calculator, prices, "trends", allocator)) {
            assertEquals("trends", trends.getName());
            assertLists(calculator, closes, trends);

            // The same as the end of a longer vector, from which Arrow slices it.
            try (ListVector slice = ListVector.empty("slice", allocator)) {
                slice.addOrGetVector(FieldType.nullable(MinorType.FLOAT8.getType()));
                prices.makeTransferPair(slice).splitAndTransfer(1, 3);
                try (ListVector some =
                        TrendFlexVectors.compute(calculator, slice, "some", allocator)) {
                    assertLists(calculator, Arrays.copyOfRange(closes, 1, 4), some);
                }
            }
        }
    }

    private static void assertLists(TrendFlex calculator, Double[][] closes, ListVector trends) {
        assertEquals(closes.length, trends.getValueCount());
        Float8Vector outputs = (Float8Vector) trends.getDataVector();
        int at = 0;
        for (int list = 0; list < closes.length; list++) {
            double[] prices = Vectors.unboxed(closes[list]);
            double[] expected = new double[prices.length];
            Arrays.fill(expected, Double.NaN);
            if (prices.length > calculator.period()) {
                expected = calculator.compute(prices);
            }
            assertFalse(trends.isNull(list));
            assertEquals(at, trends.getElementStartIndex(list));
            for (double output : expected) {
                assertEquals(Double.isNaN(output), outputs.isNull(at));
                assertEquals(
                        Double.doubleToRawLongBits(output),
                        outputs.getDataBuffer().getLong((long) at * Double.BYTES));
                at++;
            }
            assertEquals(at, trends.getElementEndIndex(list));
        }
        assertEquals(at, outputs.getValueCount());
    }

    @Test
    void offsetsMayBeginBehindTheFirstValueAndNullListsMayHaveValues() {
        double[] closes = walk(100, 15);
        try (ListVector prices = Vectors.lists(allocator, boxed(closes))) {
            // Lists of the values 10..39, 40..59 (null) and 60..99, as other writers make them.
            int[] offsets = {10, 40, 60, 100};
            try (ArrowBuf validity = allocator.buffer(8);
                    ArrowBuf offsetBuffer = allocator.buffer(16)) {
                validity.setByte(0, 0b101);
                for (int i = 0; i < offsets.length; i++) {
                    offsetBuffer.setInt(4L * i, offsets[i]);
                }
                prices.loadFieldBuffers(new ArrowFieldNode(3, 1), List.of(validity, offsetBuffer));
            }
            TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
            try (ListVector trends =
                    TrendFlexVectors.compute(calculator, prices, "trends", allocator)) {
                double[] expected = new double[90];
                Arrays.fill(expected, Double.NaN);
                double[] first = calculator.compute(Arrays.copyOfRange(closes, 10, 40));
                double[] last = calculator.compute(Arrays.copyOfRange(closes, 60, 100));
                System.arraycopy(first, 0, expected, 0, 30);
                System.arraycopy(last, 0, expected, 50, 40);
                assertOutputs(expected, (Float8Vector) trends.getDataVector());
                assertFalse(trends.isNull(0));
                assertTrue(trends.isNull(1));
                assertFalse(trends.isNull(2));
                assertEquals(30, trends.getElementStartIndex(1));
                assertEquals(50, trends.getElementStartIndex(2));
            }
        }
    }

    @Test
    void noListsAndEmptyListsGiveTheSame() {
        try (ListVector none = Vectors.lists(allocator);
                ListVector empty = Vectors.lists(allocator, new Double[0], new Double[0]);
                ListVector ofNone =
                        TrendFlexVectors.compute(TrendFlex.of(5), none, "none", allocator);
                ListVector ofEmpty =
                        TrendFlexVectors.compute(TrendFlex.of(5), empty, "empty", allocator)) {
            assertEquals(0, ofNone.getValueCount());
            assertEquals(2, ofEmpty.getValueCount());
            assertTrue(ofEmpty.isEmpty(1));
            assertEquals(0, ofEmpty.getDataVector().getValueCount());
        }
    }

    @Test
    void listsOfOtherThingsAndOffsetsBeyondTheValuesAreRefused() {
        try (ListVector prices = Vectors.lists(allocator, boxed(walk(20, 16)));
                ListVector ints = ListVector.empty("ints", allocator)) {
            ints.addOrGetVector(FieldType.nullable(MinorType.INT.getType()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TrendFlexVectors.compute(TrendFlex.of(5), ints, "t", allocator));
            for (int[] offsets : new int[][] {{0, 21}, {-1, 20}, {12, 4}, {0, 25, 20}}) {
                try (ArrowBuf validity = allocator.buffer(8);
                        ArrowBuf offsetBuffer = allocator.buffer(16)) {
                    validity.setOne(0L, 8L);
                    for (int i = 0; i < offsets.length; i++) {
                        offsetBuffer.setInt(4L * i, offsets[i]);
                    }
                    prices.loadFieldBuffers(
                            new ArrowFieldNode(offsets.length - 1, 0),
                            List.of(validity, offsetBuffer));
                }
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TrendFlexVectors.compute(TrendFlex.of(5), prices, "t", allocator));
            }
        }
    }

    @Test
    @EnabledIfSystemProperty(
            named = "trendflex.realData",
            matches = ".+",
            disabledReason = "-Dtrendflex.realData names no file of real prices")
    void realPricesGiveTheBitsOfTheLibrary() throws Exception {
        double[] closes;
        try (Stream<String> lines =
                Files.lines(Path.of(System.getProperty("trendflex.realData", "")))) {
            closes =
                    lines.skip(1)
                            .mapToDouble(line -> Double.parseDouble(line.split(",", -1)[2]))
                            .toArray();
        }
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector trend =
                        TrendFlexVectors.compute(TrendFlex.of(20), prices, "trend", allocator)) {
            assertOutputs(TrendFlex.of(20).compute(closes), trend);
        }
    }
}
