package io.github.trendflex.parity;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class DifferenceTest {
    private static final double NAN = Double.NaN;

    @Test
    void isTheLargestOfWhatIsNumbersOnBothSides() {
        double[] a = {NAN, 1, 2, -3};
        double[] b = {NAN, 1, 2.5, -3.25};
        assertEquals(new Difference(0.5, 0), Difference.between(a, b));
    }

    @Test
    void countsWhereOnlyOneSideHasNumbers() {
        double[] a = {NAN, 1, 2, Double.POSITIVE_INFINITY};
        double[] b = {0, NAN, 2.5, 3};
        assertEquals(new Difference(0.5, 3), Difference.between(a, b));
    }

    @Test
    void exactOutputsAreNumbersFromTheWarmUpToTheFirstNanInside() {
        double[] prices = {NAN, 1, 2, 3, 4, NAN, 6, 7};
        ExactOutputs exact = new ExactOutputs(prices, 2);
        double[] outputs = {NAN, NAN, NAN, exact.output(3), exact.output(4), NAN, NAN, NAN};
        Difference none = Difference.of(outputs, exact);
        assertEquals(0, none.unlike());
        assertEquals(0, none.largest(), 1e-15);

        double[] others = {0, NAN, NAN, NAN, exact.output(4) + 1, NAN, 7, NAN};
        Difference found = Difference.of(others, exact);
        assertEquals(3, found.unlike());
        assertEquals(1, found.largest(), 1e-15);
    }
}
