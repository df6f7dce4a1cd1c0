package io.github.trendflex.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class NumbersTest {
    @Test
    void thousandsArePartedByCommas() {
        assertEquals("1,002,240", Numbers.count(1_002_240));
        assertEquals("2,500.00", Numbers.fixed(2, 2500));
    }

    @Test
    void haveThreeDigitsOrAllBeforeThePoint() {
        assertEquals("1.23", Numbers.threeDigits(1.234));
        assertEquals("12.3", Numbers.threeDigits(12.34));
        assertEquals("123", Numbers.threeDigits(123.4));
        assertEquals("1,234", Numbers.threeDigits(1234.4));
    }

    @Test
    void ratiosAndShares() {
        assertEquals("5.03", Numbers.ratio(5.0326));
        assertEquals("99.99", Numbers.ratio(99.99));
        assertEquals("103", Numbers.ratio(103.2));
        assertEquals("1.4 %", Numbers.percent(0.0137));
        assertEquals("+1.4 %", Numbers.signedPercent(0.0137));
        assertEquals("-1.4 %", Numbers.signedPercent(-0.0137));
    }
}
