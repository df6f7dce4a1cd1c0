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
import io.github.trendflex.Refusal;
import io.github.trendflex.TrendFlex;
import io.github.trendflex.TrendFlexBatch;
import io.github.trendflex.TrendFlexException;
import io.github.trendflex.TrendFlexStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Stream;
import org.apache.arrow.memory.AllocationListener;
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
            try (Lease original = Lease.of(prices, 0, 100);
                    Lease input = original.prices(allocator, new BitSet());
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
            assertEquals(Refusal.MISSING_PRICE, e.reason());
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
                        Refusal.OVERLAP,
                        assertThrows(
                                        TrendFlexException.class,
                                        () ->
                                                TrendFlexVectors.computeInto(
                                                        TrendFlex.of(5), slice, out))
                                .reason());
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
    void validityIsNotSharedByPricesAndOutputs() {
        double[] closes = walk(64, 17);
        try (ArrowBuf data = allocator.buffer(512);
                ArrowBuf otherData = allocator.buffer(512);
                ArrowBuf validity = allocator.buffer(512);
                ArrowBuf otherValidity = allocator.buffer(8);
                Float8Vector prices = new Float8Vector("prices", allocator);
                Float8Vector out = new Float8Vector("out", allocator)) {
            for (int i = 0; i < closes.length; i++) {
                data.setDouble(8L * i, closes[i]);
            }
            validity.setOne(0L, validity.capacity());
            prices.loadFieldBuffers(new ArrowFieldNode(64, 0), List.of(validity, data));
            List<List<ArrowBuf>> overlapping =
                    List.of(
                            List.of(validity, otherData),
                            List.of(data.slice(504, 8), otherData),
                            List.of(otherValidity, validity));
            for (List<ArrowBuf> buffers : overlapping) {
                out.loadFieldBuffers(new ArrowFieldNode(64, 0), buffers);
                assertEquals(
                        Refusal.OVERLAP,
                        assertThrows(
                                        TrendFlexException.class,
                                        () ->
                                                TrendFlexVectors.computeInto(
                                                        TrendFlex.of(5), prices, out))
                                .reason());
                assertEquals(0, prices.getNullCount());
                assertEquals(closes[63], prices.get(63));
            }
        }
    }

    @Test
    void nullsBehindASliceThatIsWrittenStayAsTheyAre() {
        Double[] old = boxed(walk(64, 18));
        old[14] = null;
        double[] closes = walk(12, 19);
        try (Float8Vector prices = Vectors.of(allocator, closes);
                Float8Vector whole = Vectors.of(allocator, old);
                Float8Vector out = slice(whole, 0, 12)) {
            assertEquals(whole.getValidityBufferAddress(), out.getValidityBufferAddress());
            TrendFlexVectors.computeInto(TrendFlex.of(3), prices, out);
            assertOutputs(TrendFlex.of(3).compute(closes), out);
            for (int i = 12; i < old.length; i++) {
                assertEquals(old[i], whole.getObject(i));
            }
        }
    }

    @Test
    void pricesMayLieAtAnyAddress() {
        double[] closes = walk(50, 20);
        double[] expected = TrendFlex.of(5).compute(closes);
        try (ArrowBuf bytes = allocator.buffer(404);
                ArrowBuf validity = allocator.buffer(8);
                Float8Vector prices = new Float8Vector("prices", allocator);
                ListVector lists = Vectors.lists(allocator, boxed(closes))) {
            for (int i = 0; i < closes.length; i++) {
                bytes.setDouble(4 + 8L * i, closes[i]);
            }
            validity.setOne(0L, 8L);
            ArrowFieldNode node = new ArrowFieldNode(50, 0);
            List<ArrowBuf> buffers = List.of(validity, bytes.slice(4, 400));
            prices.loadFieldBuffers(node, buffers);
            lists.getDataVector().loadFieldBuffers(node, buffers);
            TrendFlex calculator = TrendFlex.of(5);
            try (Float8Vector trend =
                            TrendFlexVectors.compute(calculator, prices, "trend", allocator);
                    VectorSchemaRoot trends =
                            TrendFlexVectors.compute(TrendFlexBatch.of(5), prices, allocator);
                    ListVector ofLists =
                            TrendFlexVectors.compute(calculator, lists, "trends", allocator)) {
                assertOutputs(expected, trend);
                assertOutputs(expected, (Float8Vector) trends.getVector(0));
                assertOutputs(expected, (Float8Vector) ofLists.getDataVector());
            }
        }
    }

    @Test
    void valuesThatAreNotInTheBufferAreRefused() {
        try (ArrowBuf small = allocator.buffer(8);
                ArrowBuf large = allocator.buffer(1024);
                Float8Vector prices = new Float8Vector("prices", allocator)) {
            large.setOne(0L, large.capacity());
            for (List<ArrowBuf> buffers : List.of(List.of(large, small), List.of(small, large))) {
                prices.loadFieldBuffers(new ArrowFieldNode(100, 0), buffers);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TrendFlexVectors.compute(TrendFlex.of(5), prices, "t", allocator));
            }
        }
    }

    @Test
    void buffersAreNotFreedDuringACall() {
        // A slice that begins within a byte of validity has its two buffers in two allocations.
        Float8Vector prices = Vectors.slice(allocator, 3, boxed(walk(50, 9)));
        List<ArrowBuf> buffers = prices.getFieldBuffers();
        try (Lease _ = Lease.of(prices, 0, 50)) {
            prices.close();
            assertEquals(List.of(1, 1), buffers.stream().map(ArrowBuf::refCnt).toList());
        }
        assertEquals(List.of(0, 0), buffers.stream().map(ArrowBuf::refCnt).toList());
    }

    /// Prices with a null are copied to a buffer: its allocation is a moment within the call.
    @Test
    void pricesMayBeClosedDuringACall() {
        Double[] closes = boxed(walk(100, 21));
        closes[33] = null;
        TrendFlex calculator = TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP);
        TrendFlexBatch batch = TrendFlexBatch.of(5).withNanPolicy(NanPolicy.SKIP);
        double[] expected = calculator.compute(Vectors.unboxed(closes));
        BeforeAllocation moment = new BeforeAllocation();
        try (BufferAllocator child = moment.allocator(allocator);
                Float8Vector out = Vectors.of(allocator, walk(100, 22))) {
            Float8Vector prices = Vectors.of(child, closes);
            moment.action = prices::close;
            TrendFlexVectors.computeInto(calculator, prices, out);
            assertOutputs(expected, out);
            assertEquals(0, prices.getValueCount());

            Float8Vector ofBatch = Vectors.of(child, closes);
            moment.action = ofBatch::close;
            try (VectorSchemaRoot trends = TrendFlexVectors.compute(batch, ofBatch, allocator)) {
                assertOutputs(expected, (Float8Vector) trends.getVector(0));
                assertEquals(0, ofBatch.getValueCount());
            }

            ListVector lists = Vectors.lists(child, closes, closes);
            moment.action = lists::close;
            try (ListVector trends = TrendFlexVectors.compute(calculator, lists, "trends", child)) {
                assertLists(calculator, new Double[][] {closes, closes}, trends);
                assertEquals(0, lists.getValueCount());
            }
        }
    }

    @Test
    void anOutputVectorThatIsClosedDuringACallIsAnError() {
        Double[] closes = boxed(walk(100, 23));
        closes[33] = null;
        BeforeAllocation moment = new BeforeAllocation();
        try (BufferAllocator child = moment.allocator(allocator);
                Float8Vector prices = Vectors.of(child, closes);
                Float8Vector out = Vectors.of(allocator, walk(100, 24))) {
            moment.action = out::close;
            IllegalStateException e =
                    assertThrows(
                            IllegalStateException.class,
                            () -> TrendFlexVectors.updateInto(TrendFlexStream.of(5), prices, out));
            assertEquals("out was closed or changed during the call", e.getMessage());
            assertEquals(0, out.getValueCount());
        }
    }

    /// Does something once, before the next buffer is allocated.
    private static final class BeforeAllocation implements AllocationListener {
        private Runnable action = () -> {};

        BufferAllocator allocator(BufferAllocator parent) {
            return parent.newChildAllocator("child", this, 0, Long.MAX_VALUE);
        }

        @Override
        public void onPreAllocation(long size) {
            Runnable now = action;
            action = () -> {};
            now.run();
        }
    }

    @Test
    void errorsAreThoseOfTheLibrary() {
        try (Float8Vector empty = Vectors.of(allocator, new Double[0]);
                Float8Vector few = Vectors.of(allocator, new double[] {1, 2})) {
            assertEquals(Refusal.EMPTY_INPUT, refusal(empty));
            assertEquals(Refusal.PERIOD_TOO_LONG, refusal(few));
        }
    }

    private Refusal refusal(Float8Vector prices) {
        return assertThrows(
                        TrendFlexException.class,
                        () -> TrendFlexVectors.compute(TrendFlex.of(2), prices, "t", allocator))
                .reason();
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

    /// Arrow writes those bits to files.
    @Test
    void bitsBehindTheLastOutputOfABatchAreZero() {
        try (BufferAllocator dirty = UsedMemory.allocator();
                Float8Vector prices = Vectors.of(allocator, walk(101, 25));
                VectorSchemaRoot trends =
                        TrendFlexVectors.compute(TrendFlexBatch.of(5), prices, dirty)) {
            byte last = trends.getVector(0).getValidityBuffer().getByte(101 / Byte.SIZE);
            assertEquals(0b11111, Byte.toUnsignedInt(last));
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
            setOffsets(prices, 0b101, 10, 40, 60, 100);
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
                ListVector texts = ListVector.empty("texts", allocator)) {
            texts.addOrGetVector(FieldType.nullable(MinorType.VARCHAR.getType()));
            assertThrows(
                    IllegalArgumentException.class,
                    () -> TrendFlexVectors.compute(TrendFlex.of(5), texts, "t", allocator));
            for (int[] offsets : new int[][] {{0, 21}, {-1, 20}, {12, 4}}) {
                setOffsets(prices, 0xff, offsets);
                assertThrows(
                        IllegalArgumentException.class,
                        () -> TrendFlexVectors.compute(TrendFlex.of(5), prices, "t", allocator));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0b111, 0b110, 0b101, 0b000})
    void offsetsThatGoBackAreRefusedInNullListsToo(int validity) {
        try (ListVector prices = Vectors.lists(allocator, boxed(walk(20, 16)))) {
            setOffsets(prices, validity, 0, 100, 6);
            assertEquals("list 0 goes from 0 to 100, but the last one to 6", refusal(prices));
            setOffsets(prices, validity, 5, 15, 10, 20);
            assertEquals("list 1 goes from 15 to 10, but the last one to 20", refusal(prices));
            setOffsets(prices, validity, 5, 2, 10, 20);
            assertEquals("list 0 goes from 5 to 2, but the last one to 20", refusal(prices));
        }
    }

    private String refusal(ListVector prices) {
        return String.valueOf(
                assertThrows(
                                IllegalArgumentException.class,
                                () ->
                                        TrendFlexVectors.compute(
                                                TrendFlex.of(5), prices, "t", allocator))
                        .getMessage());
    }

    private void setOffsets(ListVector lists, int validity, int... offsets) {
        try (ArrowBuf validityBuffer = allocator.buffer(8);
                ArrowBuf offsetBuffer = allocator.buffer(16)) {
            validityBuffer.setByte(0, validity);
            for (int i = 0; i < offsets.length; i++) {
                offsetBuffer.setInt(4L * i, offsets[i]);
            }
            lists.loadFieldBuffers(
                    new ArrowFieldNode(offsets.length - 1, 0),
                    List.of(validityBuffer, offsetBuffer));
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
