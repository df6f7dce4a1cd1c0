package io.github.trendflex;

import static io.github.trendflex.Doubles.array;
import static io.github.trendflex.Doubles.assertSameBits;
import static io.github.trendflex.Doubles.assertUntouched;
import static io.github.trendflex.Doubles.offHeap;
import static io.github.trendflex.Doubles.untouched;
import static io.github.trendflex.Doubles.walk;
import static io.github.trendflex.Doubles.withGaps;
import static io.github.trendflex.Refusals.assertRefused;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Checks arrays so long that they are computed in pieces.
class LongHeapSeriesTest {
    private static final int SEAM = Pieces.LEAST;
    private static final int LENGTH = 5 * SEAM + 1;
    private static final double[] PRICES = walk(LENGTH, 1);

    /// Makes the first piece end at [#SEAM]. The next ones are likely to be longer.
    @BeforeEach
    void theFirstPieceIsShort() {
        while (Pieces.SHARED.length() > Pieces.LEAST) {
            Pieces.SHARED.took(Pieces.LEAST, Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void piecesHaveTheBitsOfOneCall(NanPolicy nanPolicy) {
        TrendFlex calculator =
                TrendFlex.of(21).withDefinition(Definition.EHLERS).withNanPolicy(nanPolicy);
        double[] prices =
                nanPolicy == NanPolicy.REJECT
                        ? withGaps(PRICES, 0, 1)
                        : withGaps(PRICES, 0, 1, SEAM - 1, SEAM, SEAM + 5, 3 * SEAM);
        double[] expected = array(calculator.compute(offHeap(prices), Arena.ofAuto()));
        assertSameBits(expected, calculator.compute(prices));

        MemorySegment offHeap = offHeap(untouched(LENGTH));
        calculator.computeInto(MemorySegment.ofArray(prices), offHeap);
        assertSameBits(expected, array(offHeap));
    }

    @ParameterizedTest
    @EnumSource
    void aSingleLongPieceIsOneCall(NanPolicy nanPolicy) {
        while (Pieces.SHARED.length() < LENGTH) {
            Pieces.SHARED.took(Pieces.LEAST, 0);
        }
        TrendFlex calculator = TrendFlex.of(21).withNanPolicy(nanPolicy);
        double[] prices = withGaps(PRICES, 0, LENGTH - 1);
        if (nanPolicy == NanPolicy.REJECT) {
            double[] out = untouched(LENGTH);
            assertRefused(Refusal.MISSING_PRICE, () -> calculator.computeInto(prices, out));
            assertUntouched(out);
        } else {
            double[] expected = array(calculator.compute(offHeap(prices), Arena.ofAuto()));
            assertSameBits(expected, calculator.compute(prices));
        }
    }

    @Test
    void aNamedKernelComputesThemToo() {
        for (Kernel kernel : Kernel.values()) {
            TrendFlex calculator = TrendFlex.of(21).withKernel(kernel);
            if (kernel.isSupported()) {
                assertSameBits(TrendFlex.of(21).compute(PRICES), calculator.compute(PRICES));
            } else {
                assertRefused(Refusal.KERNEL_UNAVAILABLE, () -> calculator.compute(PRICES));
            }
        }
    }

    @Test
    void firstPriceMayComeAfterTheFirstPiece() {
        double[] prices = PRICES.clone();
        Arrays.fill(prices, 0, SEAM + 10, Double.NaN);
        double[] tail = Arrays.copyOfRange(prices, SEAM + 10, LENGTH);
        for (NanPolicy nanPolicy : NanPolicy.values()) {
            TrendFlex calculator = TrendFlex.of(20).withNanPolicy(nanPolicy);
            assertSameBits(
                    calculator.compute(tail),
                    Arrays.copyOfRange(calculator.compute(prices), SEAM + 10, LENGTH));
        }
    }

    @Test
    void periodMayBeLongerThanAPiece() {
        TrendFlex calculator = TrendFlex.of(2 * SEAM);
        assertSameBits(
                array(calculator.compute(offHeap(PRICES), Arena.ofAuto())),
                calculator.compute(PRICES));
    }

    @Test
    void lastValueIsRejectedBeforeTheFirstIsWritten() {
        TrendFlex calculator = TrendFlex.of(20).withNanPolicy(NanPolicy.REJECT);
        double[] prices = withGaps(PRICES, LENGTH - 1);
        double[] out = untouched(LENGTH);
        assertRefused(
                Refusal.MISSING_PRICE,
                "index = "
                        + (LENGTH - 1)
                        + ": the price is missing: NaN, infinite, or above 2^500 in magnitude",
                () -> calculator.computeInto(prices, out));
        assertUntouched(out);
    }

    @Test
    void pricesOfAllPiecesAreCounted() {
        double[] prices = new double[LENGTH];
        Arrays.fill(prices, Double.NaN);
        double[] out = untouched(LENGTH);
        assertRefused(Refusal.NO_PRICES, () -> TrendFlex.of(2).computeInto(prices, out));

        prices[3] = 1;
        prices[SEAM + 3] = 2;
        assertRefused(
                Refusal.TOO_FEW_PRICES,
                "period = 2, prices = 2: at least period + 1 prices are needed",
                () -> TrendFlex.of(2).withNanPolicy(NanPolicy.SKIP).computeInto(prices, out));
        assertRefused(
                Refusal.MISSING_PRICE,
                "index = 4: the price is missing: NaN, infinite, or above 2^500 in magnitude",
                () -> TrendFlex.of(2).withNanPolicy(NanPolicy.REJECT).computeInto(prices, out));
        assertUntouched(out);
    }

    @Test
    void otherErrorsOfTheDataAreFoundBeforeTheFirstWrite() {
        double[] out = untouched(LENGTH);
        Kernel foreign = BadData.foreignKernel();
        assertRefused(Refusal.PERIOD_TOO_LONG, () -> TrendFlex.of(LENGTH).computeInto(PRICES, out));
        assertRefused(
                Refusal.KERNEL_UNAVAILABLE,
                () -> TrendFlex.of(20).withKernel(foreign).computeInto(PRICES, out));
        assertUntouched(out);
    }

    @Test
    void streamsTakeLongArrays() {
        double[] expected = TrendFlex.of(20).compute(PRICES);
        double[] out = new double[LENGTH];
        TrendFlexStream stream = TrendFlexStream.of(20);
        stream.updateInto(PRICES, out);
        assertSameBits(expected, out);
        stream.reset();
        assertSameBits(
                new double[] {expected[LENGTH - 1]}, new double[] {stream.updateAll(PRICES)});
    }
}
