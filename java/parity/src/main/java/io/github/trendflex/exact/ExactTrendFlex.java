package io.github.trendflex.exact;

import ch.obermuhlner.math.big.BigDecimalMath;
import io.github.trendflex.Definition;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/// Computes TrendFlex as the textbook defines it, to more than 60 digits. The library is measured
/// against it.
///
/// It shares no arithmetic with the library, which has another form of the filter. This form is the
/// textbook's, with the true pi and the decimal 1.414:
///
/// ```
/// F = c1 (x + x') / 2 + c2 F' + c3 F''
/// ```
///
/// A value is an integer that counts units of 2^-256 (77 digits) of the power of two of the largest
/// price. So sums over windows of any length are exact, and only products, quotients and roots are
/// truncated.
public final class ExactTrendFlex {
    private static final int BITS = 256;
    private static final BigInteger ONE = BigInteger.ONE.shiftLeft(BITS);
    private static final MathContext DIGITS = new MathContext(90);

    private final int unit;
    private final BigInteger[] outputs;
    private final double[] meanDifferences;
    private final double[] rootMeanSquares;

    /// Computes the exact outputs for prices none of which is missing.
    public ExactTrendFlex(double[] prices, int period, Definition definition) {
        double largest = 0;
        for (double price : prices) {
            largest = Math.max(largest, Math.abs(price));
        }
        unit = Math.getExponent(largest) - BITS;
        outputs = new BigInteger[prices.length];
        meanDifferences = new double[prices.length];
        rootMeanSquares = new double[prices.length];

        BigInteger[] smooth = smooth(prices, halfPeriod(period, definition));
        BigInteger[] sums = sumsBefore(smooth);
        BigInteger length = BigInteger.valueOf(period);
        BigInteger meanSquare = BigInteger.ZERO;
        for (int j = period; j < prices.length; j++) {
            BigInteger window = sums[j].subtract(sums[j - period]);
            BigInteger meanDifference = smooth[j].multiply(length).subtract(window).divide(length);
            meanSquare =
                    hundredths(4, meanDifference.multiply(meanDifference))
                            .add(hundredths(96, meanSquare));
            BigInteger root = meanSquare.sqrt();
            outputs[j] =
                    root.signum() == 0
                            ? BigInteger.ZERO
                            : meanDifference.shiftLeft(BITS).divide(root);
            meanDifferences[j] = toDouble(meanDifference, unit);
            rootMeanSquares[j] = toDouble(root, unit);
        }
    }

    /// Returns the period of the smoother.
    public static BigDecimal halfPeriod(int period, Definition definition) {
        BigDecimal half = new BigDecimal(period).divide(BigDecimal.TWO);
        return switch (definition) {
            case VECTOR_TA -> half.setScale(0, RoundingMode.HALF_UP);
            case EHLERS -> half;
        };
    }

    /// Returns the output of bar `j`, to the nearest double.
    public double output(int j) {
        return toDouble(outputs[j], -BITS);
    }

    /// Returns how far a value is from the output of bar `j`, or NaN if the value is no number.
    public double error(int j, double value) {
        return Double.isFinite(value)
                ? toDouble(toUnits(value, -BITS).subtract(outputs[j]).abs(), -BITS)
                : Double.NaN;
    }

    /// Returns S, the output without the normalisation.
    public double meanDifference(int j) {
        return meanDifferences[j];
    }

    /// Returns the square root of M, which normalises the output.
    public double rootMeanSquare(int j) {
        return rootMeanSquares[j];
    }

    private BigInteger[] smooth(double[] prices, BigDecimal halfPeriod) {
        BigDecimal t =
                new BigDecimal("1.414")
                        .multiply(BigDecimalMath.pi(DIGITS))
                        .divide(halfPeriod, DIGITS);
        BigDecimal a = BigDecimalMath.exp(t.negate(), DIGITS);
        BigInteger c2 = toFixed(BigDecimal.TWO.multiply(a).multiply(BigDecimalMath.cos(t, DIGITS)));
        BigInteger c3 = toFixed(a.multiply(a).negate());
        BigInteger c1 = ONE.subtract(c2).subtract(c3);

        BigInteger[] smooth = new BigInteger[prices.length];
        BigInteger previous = BigInteger.ZERO;
        for (int j = 0; j < prices.length; j++) {
            BigInteger price = toUnits(prices[j], unit);
            smooth[j] =
                    j < 2
                            ? price
                            : c1.multiply(price.add(previous))
                                    .shiftRight(1)
                                    .add(c2.multiply(smooth[j - 1]))
                                    .add(c3.multiply(smooth[j - 2]))
                                    .shiftRight(BITS);
            previous = price;
        }
        return smooth;
    }

    /// Returns the sum of all values before each index, and the sum of all.
    private static BigInteger[] sumsBefore(BigInteger[] values) {
        BigInteger[] sums = new BigInteger[values.length + 1];
        sums[0] = BigInteger.ZERO;
        for (int j = 0; j < values.length; j++) {
            sums[j + 1] = sums[j].add(values[j]);
        }
        return sums;
    }

    private static BigInteger hundredths(int count, BigInteger value) {
        return value.multiply(BigInteger.valueOf(count)).divide(BigInteger.valueOf(100));
    }

    private static BigInteger toFixed(BigDecimal coefficient) {
        return coefficient.multiply(new BigDecimal(ONE)).toBigInteger();
    }

    /// Returns a finite double in units of a power of two.
    private static BigInteger toUnits(double value, int unit) {
        int exponent = Math.getExponent(value) - 52;
        long significand = (long) Math.scalb(value, -exponent);
        return BigInteger.valueOf(significand).shiftLeft(exponent - unit);
    }

    private static double toDouble(BigInteger value, int unit) {
        return Math.scalb(value.doubleValue(), unit);
    }
}
