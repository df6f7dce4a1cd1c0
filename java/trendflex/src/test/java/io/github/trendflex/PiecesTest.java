package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PiecesTest {
    @ParameterizedTest
    @CsvSource({"0.7, 500000", "1.2, 291666", "2.8, 125000", "0.01, 1000000", "50, 100000"})
    void aPieceTakesAThirdOfAMillisecond(double nanosAPrice, int length) {
        Pieces pieces = new Pieces();
        for (int piece = 0; piece < 5; piece++) {
            tookAtThisSpeed(pieces, nanosAPrice);
        }
        assertEquals(length, pieces.length(), 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 500_000_000, Long.MAX_VALUE})
    void oneMeasurementIsNotTrustedFarAndSoonForgotten(long nanos) {
        Pieces pieces = new Pieces();
        tookAtThisSpeed(pieces, 1);
        tookAtThisSpeed(pieces, 1);
        assertEquals(350_000, pieces.length());
        pieces.took(pieces.length(), nanos);
        assertTrue(pieces.length() == 175_000 || pieces.length() == 700_000);
        tookAtThisSpeed(pieces, 1);
        assertEquals(350_000, pieces.length());
    }

    private static void tookAtThisSpeed(Pieces pieces, double nanosAPrice) {
        pieces.took(pieces.length(), Math.round(pieces.length() * nanosAPrice));
    }
}
