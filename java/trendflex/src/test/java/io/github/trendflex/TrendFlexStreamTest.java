package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.ramp;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Doubles.withGaps;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrendFlexStreamTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 20, 299})
    void updatesHaveTheBitsOfTheSeries(int period) {
        double[] prices = walk(300, 1);
        assertSameBits(
                TrendFlex.of(period).compute(prices), updates(TrendFlexStream.of(period), prices));
    }

    @ParameterizedTest
    @EnumSource(names = {"PROPAGATE", "SKIP"})
    void gapsDoWhatTheyDoInASeries(NanPolicy nanPolicy) {
        double[] prices = withGaps(walk(300, 1), 0, 1, 100, 101, 250);
        TrendFlex calculator =
                TrendFlex.of(5).withDefinition(Definition.EHLERS).withNanPolicy(nanPolicy);
        double[] expected = calculator.compute(prices);
        assertSameBits(expected, updates(calculator.stream(), prices));
        assertSameBits(
                expected,
                updates(
                        TrendFlexStream.of(5)
                                .withNanPolicy(nanPolicy)
                                .withDefinition(Definition.EHLERS),
                        prices));
        double[] out = new double[300];
        calculator.stream().updateInto(prices, out);
        assertSameBits(expected, out);
    }

    @Test
    void optionsChangeBeforeTheFirstPriceOnly() {
        TrendFlexStream stream = TrendFlexStream.of(5);
        stream.update(Double.NaN);
        TrendFlexStream other = stream.withDefinition(Definition.EHLERS);
        stream.updateAll(ramp(2));
        assertEquals(0, other.count());
        assertEquals(Definition.EHLERS, other.definition());
        assertEquals(NanPolicy.SKIP, other.nanPolicy());
        String message =
                "count = 2: the options of a stream can change before its first price only";
        for (Executable change :
                List.<Executable>of(
                        () -> stream.withDefinition(Definition.EHLERS),
                        () -> stream.withNanPolicy(NanPolicy.PROPAGATE))) {
            assertEquals(message, assertThrows(IllegalStateException.class, change).getMessage());
        }
        stream.reset();
        assertEquals(NanPolicy.PROPAGATE, stream.withNanPolicy(NanPolicy.PROPAGATE).nanPolicy());
    }

    @Test
    void noPriceIsTakenIfTheOutputIsGone() {
        TrendFlexStream stream = TrendFlexStream.of(5);
        MemorySegment prices = offHeap(ramp(8));
        MemorySegment out;
        try (Arena arena = Arena.ofConfined()) {
            out = arena.allocate(64, 8);
        }
        assertThrows(IllegalStateException.class, () -> stream.updateInto(prices, out));
        assertEquals(0, stream.count());
    }

    @Test
    void gapsAreSkippedByDefault() {
        double[] prices = withGaps(walk(300, 1), 100);
        assertSameBits(
                TrendFlex.of(5).withNanPolicy(NanPolicy.SKIP).compute(prices),
                updates(TrendFlexStream.of(5), prices));
    }

    @Test
    void rejectIsNotForStreams() {
        assertRefused(
                Refusal.REJECT_IN_STREAM,
                "nanPolicy = REJECT: a stream cannot look ahead; it can SKIP or PROPAGATE",
                () -> TrendFlexStream.of(5).withNanPolicy(NanPolicy.REJECT));
        TrendFlex rejecting = TrendFlex.of(5).withNanPolicy(NanPolicy.REJECT);
        assertRefused(Refusal.REJECT_IN_STREAM, rejecting::stream);
        assertRefused(Refusal.REJECT_IN_STREAM, () -> rejecting.bank(2));
    }

    @Test
    void peekingTakesNothing() {
        double[] prices = walk(50, 1);
        TrendFlexStream peeked = TrendFlexStream.of(5);
        TrendFlexStream plain = TrendFlexStream.of(5);
        for (double price : prices) {
            peeked.peek(price + 1);
            peeked.peek(Double.NaN);
            assertSameBits(
                    new double[] {peeked.peek(price)}, new double[] {plain.copy().update(price)});
            assertSameBits(new double[] {plain.update(price)}, new double[] {peeked.update(price)});
        }
    }

    @Test
    void historyMayComeInAnyPieces() {
        double[] prices = walk(100, 1);
        double[] expected = TrendFlex.of(5).compute(prices);
        TrendFlexStream stream = TrendFlexStream.of(5);
        assertTrue(Double.isNaN(stream.updateAll(new double[0])));
        assertTrue(Double.isNaN(stream.updateAll(Arrays.copyOfRange(prices, 0, 3))));
        assertEquals(expected[39], stream.updateAll(offHeap(Arrays.copyOfRange(prices, 3, 40))));
        assertEquals(expected[40], stream.updateAll(new double[] {prices[40]}));

        double[] out = new double[20];
        stream.updateInto(Arrays.copyOfRange(prices, 41, 61), out);
        assertSameBits(Arrays.copyOfRange(expected, 41, 61), out);

        MemorySegment offHeap = offHeap(new double[39]);
        stream.updateInto(offHeap(Arrays.copyOfRange(prices, 61, 100)), offHeap);
        assertSameBits(Arrays.copyOfRange(expected, 61, 100), array(offHeap));

        stream.updateInto(new double[0], new double[0]);
        stream.updateInto(MemorySegment.NULL, MemorySegment.NULL);
        assertEquals(100, stream.count());
    }

    @Test
    void streamIsReadyWhenAPriceNowGivesANumber() {
        TrendFlexStream stream = TrendFlexStream.of(3).withNanPolicy(NanPolicy.PROPAGATE);
        for (double price : new double[] {Double.NaN, 1, 2, 3}) {
            assertFalse(stream.isReady());
            stream.update(price);
        }
        assertTrue(stream.isReady());
        stream.update(Double.NaN);
        assertFalse(stream.isReady());
    }

    @Test
    void countIsOfPricesTaken() {
        TrendFlexStream stream = TrendFlexStream.of(3);
        for (double price :
                new double[] {Double.NaN, 1, Double.POSITIVE_INFINITY, 0x1p501, 0x1p500, 0}) {
            stream.update(price);
        }
        assertEquals(3, stream.count());
    }

    @Test
    void resetForgetsEverything() {
        double[] prices = walk(100, 1);
        TrendFlexStream stream =
                TrendFlex.of(5)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.PROPAGATE)
                        .stream();
        double[] expected = updates(stream, prices);
        stream.update(Double.NaN);
        stream.reset();
        assertEquals(0, stream.count());
        assertSameBits(expected, updates(stream, prices));
    }

    @Test
    void copyGoesItsOwnWay() {
        double[] prices = walk(100, 1);
        TrendFlexStream stream = TrendFlexStream.of(5);
        stream.updateAll(prices);
        TrendFlexStream copy = stream.copy();
        copy.update(1000);
        assertEquals(100, stream.count());
        assertEquals(101, copy.count());
        assertEquals(TrendFlex.of(5).compute(Arrays.copyOf(prices, 101))[100], stream.update(0));
    }

    @Test
    void aStateThatNoMemoryHoldsIsRefusedAndNamed() {
        assertRefused(
                Refusal.OUT_OF_MEMORY,
                "bank of period = 2147483647, symbols = 1000000: it takes 17179869264000064 bytes, for which there is no memory",
                () -> TrendFlexStreamBank.of(Integer.MAX_VALUE, 1_000_000));
        TrendFlexStream stream = TrendFlexStream.of(Integer.MAX_VALUE);
        assertRefused(
                Refusal.OUT_OF_MEMORY,
                "snapshot of a stream of period = 2147483647: it takes 17179869264 bytes, for which there is no memory",
                stream::snapshot);
    }

    @Test
    void aStreamOfTheLongestPeriodTakesMemoryForThePricesOnly() {
        TrendFlexStream stream = TrendFlexStream.of(Integer.MAX_VALUE);
        double[] prices = walk(1000, 1);
        double[] out = new double[prices.length];
        stream.updateInto(prices, out);
        assertTrue(Double.isNaN(stream.peek(1)));
        assertTrue(Arrays.stream(out).allMatch(Double::isNaN));
        assertEquals(1000, stream.copy().count());
    }

    @Test
    void refusedPricesAreNotTaken() {
        TrendFlexStream stream = TrendFlexStream.of(5);
        MemorySegment prices = offHeap(ramp(10));
        assertRefused(Refusal.OVERLAP, () -> stream.updateInto(prices, prices));
        assertRefused(Refusal.OUTPUT_LENGTH, () -> stream.updateInto(ramp(10), new double[9]));
        assertRefused(Refusal.MISALIGNED, () -> stream.updateAll(prices.asSlice(4, 72)));
        assertEquals(0, stream.count());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE})
    void periodsBelowOneAreRefused(int period) {
        String message = "period = " + period + ": a period is at least 1";
        MemorySegment state = MemorySegment.ofArray(new long[100]);
        assertRefused(Refusal.INVALID_PERIOD, message, () -> TrendFlexStream.of(period));
        assertRefused(Refusal.INVALID_PERIOD, message, () -> TrendFlexStream.stateSize(period));
        assertRefused(
                Refusal.INVALID_PERIOD, message, () -> TrendFlexStream.createIn(state, period));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        TrendFlexStream stream = TrendFlexStream.of(5);
        assertNullRefused("nanPolicy", () -> TrendFlexStream.of(5).withNanPolicy(null));
        assertNullRefused("definition", () -> TrendFlexStream.of(5).withDefinition(null));
        assertNullRefused("state", () -> TrendFlex.of(5).streamIn(null));
        assertNullRefused("state", () -> TrendFlexStream.createIn(null, 5));
        assertNullRefused("state", () -> TrendFlexStream.openIn(null));
        assertNullRefused("history", () -> stream.updateAll((double[]) null));
        assertNullRefused("history", () -> stream.updateAll((MemorySegment) null));
        assertNullRefused("prices", () -> stream.updateInto(null, new double[10]));
        assertNullRefused("out", () -> stream.updateInto(ramp(10), null));
    }

    @Test
    void aStreamSaysWhatItIs() {
        TrendFlexStream stream =
                TrendFlex.of(5)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.PROPAGATE)
                        .stream();
        stream.updateAll(ramp(7));
        TrendFlexStream restored = TrendFlexStream.restore(stream.snapshot());
        assertEquals(5, restored.period());
        assertEquals(Definition.EHLERS, restored.definition());
        assertEquals(NanPolicy.PROPAGATE, restored.nanPolicy());
        assertEquals(
                "TrendFlexStream[period=5, definition=EHLERS, nanPolicy=PROPAGATE, count=7]",
                restored.toString());
    }

    private static double[] updates(TrendFlexStream stream, double[] prices) {
        return Arrays.stream(prices).map(stream::update).toArray();
    }
}
