//! TrendFlex as the textbook writes it, in arithmetic so wide that its rounding does not matter.

use dashu_float::{FBig, round::mode::HalfEven};

type Real = FBig<HalfEven>;

const BITS: usize = 256;

/// The exact outputs and the roots of the mean squares that divide them, each as the nearest
/// double; NaN during the warm-up.
pub fn trendflex(prices: &[f64], period: usize) -> (Vec<f64>, Vec<f64>) {
    let t = ratio(1414, 1000) * Real::pi(BITS) / ratio(period.div_ceil(2) as i32, 1);
    let a = (-&t).exp();
    let a2 = &a * &a;
    let b = ratio(2, 1) * a * t.cos();
    let c = (ratio(1, 1) + &a2 - &b) * ratio(1, 2);

    // The level does not matter; without it a flat series is 0, which has no rounding.
    let x: Vec<Real> = prices.iter().map(|&price| real(price) - real(prices[0])).collect();
    let mut smooth = x[..2].to_vec();
    for i in 2..x.len() {
        smooth.push(&c * (&x[i] + &x[i - 1]) + &b * &smooth[i - 1] - &a2 * &smooth[i - 2]);
    }

    let mut window: Real = smooth[..period].iter().fold(ratio(0, 1), |sum, value| sum + value);
    let mut mean_square = ratio(0, 1);
    let mut outputs = vec![f64::NAN; period];
    let mut roots = outputs.clone();
    for i in period..x.len() {
        let slope = &smooth[i] - &window / ratio(period as i32, 1);
        mean_square = ratio(4, 100) * (&slope * &slope) + ratio(96, 100) * mean_square;
        let root = mean_square.sqrt();
        roots.push(root.to_f64().value());
        outputs.push(if root == ratio(0, 1) { 0.0 } else { (slope / root).to_f64().value() });
        window += &smooth[i] - &smooth[i - period];
    }
    (outputs, roots)
}

fn real(value: f64) -> Real {
    Real::try_from(value).expect("a finite price").with_precision(BITS).value()
}

fn ratio(numerator: i32, denominator: i32) -> Real {
    real(numerator.into()) / real(denominator.into())
}
