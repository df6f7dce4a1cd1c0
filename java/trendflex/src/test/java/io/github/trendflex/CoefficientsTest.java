package io.github.trendflex;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("once")
class CoefficientsTest {
    /// The Rust code has the same digests, of what its crate `libm` gives.
    @ParameterizedTest
    @CsvSource({"VECTOR_TA, 6b69323533a1e407", "EHLERS, 9308c6a0b1bbfa52"})
    void coefficientsHaveTheDigestThatRustFinds(Definition definition, String expected) {
        long digest = 0;
        for (int period = 1; period <= 1 << 22; period++) {
            Coefficients c = Coefficients.of(period, definition);
            for (double number : new double[] {c.k(), c.a2(), c.reciprocal()}) {
                digest =
                        (Long.rotateLeft(digest, 5) ^ Double.doubleToRawLongBits(number))
                                * 0x9e37_79b9_7f4a_7c15L;
            }
        }
        assertEquals(expected, Long.toHexString(digest));
    }
}
