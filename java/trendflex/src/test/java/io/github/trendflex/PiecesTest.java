package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class PiecesTest {
    @ParameterizedTest
    @CsvSource({"0.7, 714285", "1.2, 416666", "2.8, 178571", "0.01, 2000000", "50, 100000"})
    void aPieceTakesHalfAMillisecond(double nanosAPrice, int length) {
        Pieces pieces = new Pieces();
        for (int piece = 0; piece < 10; piece++) {
            tookAtThisSpeed(pieces, nanosAPrice);
        }
        assertEquals(length, pieces.length(), 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "299999, 299999", "300000, 150000", "999999, 200000", "1000001, 200001"})
    void piecesAreOfLikeLength(long left, long next) {
        assertEquals(200_000, new Pieces().length());
        assertEquals(next, new Pieces().next(left));
    }

    @Test
    void anInterruptionCostsLittleAndIsForgottenSoon() {
        Pieces pieces = new Pieces();
        tookAtThisSpeed(pieces, 1);
        tookAtThisSpeed(pieces, 1);
        assertEquals(500_000, pieces.length());
        pieces.took(pieces.length(), Long.MAX_VALUE);
        assertEquals(450_000, pieces.length());
        tookAtThisSpeed(pieces, 1);
        assertEquals(500_000, pieces.length());
    }

    @Test
    void aClockThatStandsStillDoesNoHarm() {
        Pieces pieces = new Pieces();
        pieces.took(pieces.length(), 0);
        assertEquals(400_000, pieces.length());
    }

    private static void tookAtThisSpeed(Pieces pieces, double nanosAPrice) {
        pieces.took(pieces.length(), Math.round(pieces.length() * nanosAPrice));
    }
}
