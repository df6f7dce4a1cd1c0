use std::f64::consts::PI;

use crate::Definition;

/// What a period and a definition come to, once per call.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Coefficients {
    /// Gain of the smoother, `1 + a² - 2a cos t` without its cancellation.
    pub k: f64,
    /// Square of the smoother's pole radius `a`.
    pub a2: f64,
    /// The period.
    pub length: f64,
    /// One over the period.
    pub reciprocal: f64,
}

impl Coefficients {
    /// `period` is 1 or more.
    pub fn new(period: i32, definition: Definition) -> Self {
        let length = f64::from(period);
        let smoother = match definition {
            Definition::VectorTa => (length / 2.0).round(),
            Definition::Ehlers => length / 2.0,
        };
        let t = (1.414 * PI) / smoother;
        // The functions of the crate `libm`, whose bits are the same on every system.
        let e = libm::expm1(-t);
        let a = 1.0 + e;
        let s = libm::sin(t * 0.5);
        Self { k: e * e + (4.0 * a) * (s * s), a2: a * a, length, reciprocal: 1.0 / length }
    }
}

/// The smallest of 1000, 2000, 4000, ... that is at least four periods: how many steps pass from
/// one rebuild of the window's sum to the next. Always a multiple of 8.
pub(crate) fn steps_between_rebuilds(period: u64) -> u64 {
    let mut steps = 1000;
    while steps < 4 * period {
        steps *= 2;
    }
    steps
}
