package io.github.trendflex;

/// Tells prices from missing values.
final class Price {
    /// The largest magnitude of a price: the square of anything larger could overflow.
    static final double LARGEST = 0x1p500;

    private Price() {}

    static boolean isPrice(double value) {
        return Math.abs(value) <= LARGEST;
    }
}
