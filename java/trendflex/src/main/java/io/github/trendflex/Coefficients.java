package io.github.trendflex;

/// Holds the numbers that follow from a period and a definition.
///
/// @param k the gain of the smoother, `1 + a² - 2a cos t` without its cancellation
/// @param a2 the square of the smoother's pole radius `a`
/// @param length the period
/// @param reciprocal one over the period
record Coefficients(double k, double a2, double length, double reciprocal) {
    static Coefficients of(int period, Definition definition) {
        double half = period / 2.0;
        double smoother = definition == Definition.VECTOR_TA ? Math.ceil(half) : half;
        double t = (1.414 * Math.PI) / smoother;
        // These functions give the same bits on every system, those of the Rust crate libm.
        double e = StrictMath.expm1(-t);
        double a = 1 + e;
        double s = StrictMath.sin(t * 0.5);
        return new Coefficients(e * e + (4 * a) * (s * s), a * a, period, 1.0 / period);
    }
}
