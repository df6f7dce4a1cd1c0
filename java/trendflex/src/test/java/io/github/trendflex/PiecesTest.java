package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecesTest {
    @ParameterizedTest
    @CsvSource({"0.7, 500000", "1.2, 291666", "2.8, 125000", "0.01, 1000000", "50, 100000"})
    void aPieceTakesAThirdOfAMillisecond(double nanosAPrice, int length) {
        Pieces pieces = new Pieces();
        for (int piece = 0; piece < 10; piece++) {
            tookAtThisSpeed(pieces, nanosAPrice);
        }
        assertEquals(length, pieces.length(), 1);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "200000, 200000", "200001, 100001", "999999, 200000", "1000001, 166667"})
    void piecesAreOfLikeLength(long left, long next) {
        assertEquals(200_000, new Pieces().length());
        assertEquals(next, new Pieces().next(left));
    }

    @Test
    void anInterruptionCostsLittleAndIsForgottenSoon() {
        Pieces pieces = new Pieces();
        tookAtThisSpeed(pieces, 1);
        tookAtThisSpeed(pieces, 1);
        assertEquals(350_000, pieces.length());
        pieces.took(pieces.length(), Long.MAX_VALUE);
        assertEquals(315_000, pieces.length());
        tookAtThisSpeed(pieces, 1);
        assertEquals(350_000, pieces.length());
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
