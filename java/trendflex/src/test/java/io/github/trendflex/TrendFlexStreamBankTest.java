package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Refusals.assertNullRefused;
import static io.github.trendflex.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TrendFlexStreamBankTest {
    @Property
    void eachSymbolHasTheBitsOfAStream(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int symbols,
            @ForAll @IntRange(min = 1, max = 40) int period,
            @ForAll @IntRange(min = 1, max = 120) int ticks,
            @ForAll Definition definition,
            @ForAll boolean skip,
            @ForAll @DoubleRange(max = 0.05) double missing,
            @ForAll Memory from,
            @ForAll Memory to) {
        NanPolicy policy = skip ? NanPolicy.SKIP : NanPolicy.PROPAGATE;
        TrendFlex calculator =
                TrendFlex.of(period).withDefinition(definition).withNanPolicy(policy);
        TrendFlexStreamBank bank = calculator.bank(symbols);
        TrendFlexStream[] streams = new TrendFlexStream[symbols];
        Arrays.setAll(streams, _ -> calculator.stream());
        Random random = new Random(seed);
        for (int tick = 0; tick < ticks; tick++) {
            double[] prices = walk(symbols, random.nextLong());
            Arrays.setAll(prices, i -> random.nextDouble() < missing ? Double.NaN : prices[i]);
            double[] expected = new double[symbols];
            Arrays.setAll(expected, i -> streams[i].update(prices[i]));
            switch (random.nextInt(20)) {
                case 0 -> bank = bank.copy();
                case 1 -> bank = TrendFlexStreamBank.restore(bank.snapshot());
                case 2 -> {
                    int symbol = random.nextInt(symbols);
                    bank.reset(symbol);
                    streams[symbol].reset();
                    expected[symbol] = streams[symbol].update(prices[symbol]);
                }
                default -> {}
            }
            MemorySegment out = to.holding(untouched(symbols));
            bank.peekInto(from.holding(prices), out);
            assertSameBits(expected, array(out));
            int one = random.nextInt(symbols);
            assertSameBits(
                    new double[] {expected[one]}, new double[] {bank.peek(one, prices[one])});
            out.fill((byte) 0);
            bank.updateInto(from.holding(prices), out);
            assertSameBits(expected, array(out));
            assertEquals(streams[one].count(), bank.count(one));
            assertEquals(streams[one].isReady(), bank.isReady(one));
        }
    }

    @Test
    void aStreamGoesOnFromASymbolAndTheBankStaysAsItIs() {
        TrendFlexStreamBank bank = TrendFlex.of(3).withDefinition(Definition.EHLERS).bank(9);
        double[] prices = walk(9, 1);
        double[] out = new double[9];
        for (int tick = 0; tick < 5; tick++) {
            prices[8] += tick * tick;
            bank.updateInto(prices, out);
        }
        byte[] before = bank.snapshot();
        TrendFlexStream stream = bank.stream(8);
        assertEquals(
                "TrendFlexStream[period=3, definition=EHLERS, nanPolicy=PROPAGATE, count=5]",
                stream.toString());
        stream.update(Double.NaN);
        assertEquals(false, stream.isReady());
        bank.peekInto(prices, out);
        assertArrayEquals(before, bank.snapshot());
        double[] updated = new double[9];
        bank.updateInto(prices, updated);
        assertSameBits(out, updated);
        prices[8] = Double.NaN;
        bank.updateInto(prices, updated);
        assertEquals(false, bank.isReady(8));
        assertEquals(true, bank.isReady(7));
        assertEquals(6, bank.count(8));
        bank.reset(7);
        assertEquals(0, bank.count(7));
    }

    @Test
    void aTickOfManySymbolsIsTakenFromArraysAndSegmentsAlike() {
        int symbols = NativeBank.PIECE + 1;
        double[] prices = walk(symbols, 5);
        TrendFlexStreamBank inArrays = TrendFlexStreamBank.of(1, symbols);
        TrendFlexStreamBank inSegments = TrendFlexStreamBank.of(1, symbols);
        double[] out = new double[symbols];
        MemorySegment expected = offHeap(new double[symbols]);
        for (int tick = 0; tick < 3; tick++) {
            prices[tick] += 1;
            inArrays.updateInto(prices, out);
            inSegments.updateInto(offHeap(prices), expected);
            assertSameBits(array(expected), out);
            inArrays.peekInto(prices, out);
            inSegments.peekInto(offHeap(prices), expected);
            assertSameBits(array(expected), out);
        }
    }

    @Test
    void aResetBankBeginsAnew() {
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(2, 9);
        double[][] first = ticks(bank);
        bank.reset();
        double[][] again = ticks(bank);
        for (int tick = 0; tick < first.length; tick++) {
            assertSameBits(first[tick], again[tick]);
        }
        assertEquals(true, first[first.length - 1][8] > 0);
    }

    private static double[][] ticks(TrendFlexStreamBank bank) {
        double[][] out = new double[6][9];
        for (int tick = 0; tick < out.length; tick++) {
            double[] prices = new double[9];
            Arrays.fill(prices, tick * tick);
            bank.updateInto(prices, out[tick]);
        }
        return out;
    }

    @Test
    void aBankSaysWhatItIs() {
        TrendFlexStreamBank bank =
                TrendFlexStreamBank.of(20, 11)
                        .withDefinition(Definition.EHLERS)
                        .withNanPolicy(NanPolicy.PROPAGATE);
        assertEquals(11, bank.symbols());
        assertEquals(20, bank.period());
        assertEquals(Definition.EHLERS, bank.definition());
        assertEquals(NanPolicy.PROPAGATE, bank.nanPolicy());
        String expected =
                "TrendFlexStreamBank[period=20, definition=EHLERS, nanPolicy=PROPAGATE, symbols=11]";
        assertEquals(expected, bank.toString());
        assertEquals(expected, TrendFlexStreamBank.restore(bank.snapshot()).toString());
    }

    @Test
    void optionsChangeBeforeTheFirstPriceOnly() {
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(2, 9);
        double[] prices = new double[9];
        Arrays.fill(prices, Double.NaN);
        bank.updateInto(prices, new double[9]);
        TrendFlexStreamBank other =
                TrendFlexStreamBank.restore(bank.snapshot()).withDefinition(Definition.EHLERS);
        prices[8] = 1;
        bank.updateInto(prices, new double[9]);
        String message =
                "the bank has taken prices: its options can change before the first one only";
        for (Executable change :
                List.<Executable>of(
                        () -> bank.withDefinition(Definition.EHLERS),
                        () -> bank.withNanPolicy(NanPolicy.PROPAGATE))) {
            assertEquals(message, assertThrows(IllegalStateException.class, change).getMessage());
        }
        assertEquals(Definition.EHLERS, other.withNanPolicy(NanPolicy.PROPAGATE).definition());
        bank.reset(8);
        assertEquals(NanPolicy.PROPAGATE, bank.withNanPolicy(NanPolicy.PROPAGATE).nanPolicy());
    }

    @Test
    void noPriceIsTakenIfTheOutputIsGone() {
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(2, 3);
        MemorySegment prices = offHeap(1, 2, 3);
        MemorySegment out;
        try (Arena arena = Arena.ofConfined()) {
            out = arena.allocate(24, 8);
        }
        assertThrows(IllegalStateException.class, () -> bank.updateInto(prices, out));
        assertEquals(0, bank.count(0));
    }

    @Test
    void whatIsWrongIsSaidAndNoPriceIsTaken() {
        assertRefused(
                Refusal.INVALID_PERIOD,
                "period = 0: a period is at least 1",
                () -> TrendFlexStreamBank.of(0, 3));
        assertRefused(
                Refusal.INVALID_SHAPE,
                "symbols = 0: a bank has at least 1",
                () -> TrendFlexStreamBank.of(2, 0));
        assertRefused(
                Refusal.INVALID_SHAPE,
                "symbols = -1: a bank has at least 1",
                () -> TrendFlexStreamBank.of(2, -1));
        assertRefused(
                Refusal.REJECT_IN_STREAM,
                () -> TrendFlexStreamBank.of(2, 3).withNanPolicy(NanPolicy.REJECT));
        assertRefused(
                Refusal.SIZE_OVERFLOW,
                "period = 2, symbols = 9223372036854775807: the size of the state exceeds 2^63 - 1"
                        + " bytes",
                () -> TrendFlexStreamBank.of(2, Long.MAX_VALUE));

        TrendFlexStreamBank bank = TrendFlexStreamBank.of(1, 3);
        MemorySegment prices = offHeap(1, 2, 3);
        MemorySegment out = offHeap(untouched(3));
        assertRefused(
                Refusal.INVALID_SHAPE,
                "prices = 4: the bank has 3 symbols",
                () -> bank.updateInto(offHeap(1, 2, 3, 4), out));
        assertRefused(
                Refusal.INVALID_SHAPE,
                "prices = 2: the bank has 3 symbols",
                () -> bank.updateInto(offHeap(1, 2), out.asSlice(0, 16)));
        assertRefused(Refusal.OUTPUT_LENGTH, () -> bank.updateInto(prices, out.asSlice(0, 16)));
        assertRefused(Refusal.OVERLAP, () -> bank.updateInto(prices, prices));
        assertRefused(Refusal.READ_ONLY, () -> bank.updateInto(prices, out.asReadOnly()));
        assertRefused(Refusal.MISALIGNED, () -> bank.updateInto(prices.asSlice(0, 20), out));
        double[] three = {1, 2, 3};
        assertRefused(
                Refusal.INVALID_SHAPE,
                "prices = 4: the bank has 3 symbols",
                () -> bank.updateInto(new double[4], new double[4]));
        assertRefused(Refusal.OUTPUT_LENGTH, () -> bank.updateInto(three, new double[2]));
        assertRefused(Refusal.OVERLAP, () -> bank.updateInto(three, three));
        assertRefused(Refusal.OVERLAP, () -> bank.peekInto(three, three));
        double[] four = {1, 2, 3, 4};
        MemorySegment fourOnHeap = MemorySegment.ofArray(four);
        assertRefused(Refusal.OVERLAP, () -> bank.updateInto(four, four));
        assertRefused(Refusal.OVERLAP, () -> bank.updateInto(fourOnHeap, fourOnHeap));
        assertRefused(Refusal.OUTPUT_LENGTH, () -> bank.peekInto(prices, out.asSlice(0, 16)));
        for (long symbol : new long[] {-1, 3, Long.MAX_VALUE}) {
            assertRefused(
                    Refusal.INVALID_SHAPE,
                    "symbol = " + symbol + ": the bank has 3, counted from 0",
                    () -> bank.reset(symbol));
            assertRefused(Refusal.INVALID_SHAPE, () -> bank.stream(symbol));
            assertRefused(Refusal.INVALID_SHAPE, () -> bank.count(symbol));
            assertRefused(Refusal.INVALID_SHAPE, () -> bank.isReady(symbol));
            assertRefused(Refusal.INVALID_SHAPE, () -> bank.peek(symbol, 1));
        }
        assertUntouched(out);
        assertSameBits(new double[] {1, 2, 3}, three);
        bank.updateInto(prices, out);
        assertSameBits(new double[] {Double.NaN, Double.NaN, Double.NaN}, array(out));
    }

    @Test
    @SuppressWarnings("NullAway") // on purpose
    void nullsAreNamed() {
        TrendFlexStreamBank bank = TrendFlexStreamBank.of(1, 1);
        double[] one = {1};
        assertNullRefused("definition", () -> bank.withDefinition(null));
        assertNullRefused("nanPolicy", () -> TrendFlexStreamBank.of(1, 1).withNanPolicy(null));
        assertNullRefused("prices", () -> bank.updateInto((double[]) null, one));
        assertNullRefused("out", () -> bank.updateInto(one, null));
        assertNullRefused("prices", () -> bank.peekInto((double[]) null, one));
        assertNullRefused("out", () -> bank.peekInto(one, null));
        assertNullRefused("snapshot", () -> TrendFlexStreamBank.restore(null));
    }
}
