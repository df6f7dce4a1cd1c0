//! The arithmetic of one step, and the state that a step takes to the next.

use crate::NAN;
use crate::coefficients::{Coefficients, steps_between_rebuilds};
use crate::kernels::Fma;

/// An unevaluated sum `hi + lo`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Pair {
    pub hi: f64,
    pub lo: f64,
}

impl Pair {
    /// `self + value`, with what `hi` cannot hold kept in `lo`.
    #[inline(always)]
    fn plus(self, value: f64) -> Self {
        let (hi, error) = two_sum(self.hi, value);
        Self { hi, lo: self.lo + error }
    }

    #[inline(always)]
    fn renormalised(self) -> Self {
        let hi = self.hi + self.lo;
        Self { hi, lo: self.lo - (hi - self.hi) }
    }
}

/// Knuth's: the rounded sum and its exact error, whichever operand is larger.
#[inline(always)]
fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_part = sum - a;
    let a_part = sum - b_part;
    (sum, (a - a_part) + (b - b_part))
}

/// Everything that the outputs to come depend on, but for the last `period` smoothed prices, which
/// the caller keeps in a ring: [`Running::position`] is where the oldest of them stands.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Running {
    /// The last smoothed price, F.
    pub smoothed: f64,
    /// Its difference D from the one before.
    pub slope: f64,
    /// The last price.
    pub price: f64,
    /// W, the sum of the ring.
    pub window: Pair,
    /// The window's next rebuild in the making: the sum of what came since `period` steps before it.
    pub shadow: Pair,
    /// M, the weighted mean square.
    pub mean_square: f64,
    /// Prices taken.
    pub count: u64,
    /// Steps until the window's sum becomes the shadow; 0 when the next step begins with it.
    pub until_rebuild: u64,
    /// Index of the oldest smoothed price in the ring.
    pub position: u64,
}

impl Running {
    /// Takes one price; gives the output, NaN during the warm-up. `oldest` is the smoothed price
    /// at `position`, 0 where there is none yet; the caller puts the new one in its place.
    #[inline(always)]
    pub fn step<A: Fma>(&mut self, c: &Coefficients, period: u64, price: f64, oldest: f64) -> f64 {
        if self.count >= 2 {
            let pull = A::fma(0.5, price + self.price, -self.smoothed);
            self.slope = A::fma(c.k, pull, c.a2 * self.slope);
            self.smoothed += self.slope;
        } else {
            self.slope = if self.count == 0 { 0.0 } else { price - self.price };
            self.smoothed = price;
        }
        self.price = price;

        if self.until_rebuild == 0 {
            self.window = self.shadow.renormalised();
            self.shadow = Pair::default();
            self.until_rebuild = steps_between_rebuilds(period);
        } else if self.until_rebuild.is_multiple_of(8) {
            self.window = self.window.renormalised();
        }

        let out = if self.count >= period {
            let rise = A::fma(c.length, self.smoothed, -self.window.hi) - self.window.lo;
            let s = rise * c.reciprocal;
            let m = A::fma(0.04, s * s, 0.96 * self.mean_square);
            self.mean_square = if m < SMALLEST_MEAN_SQUARE { 0.0 } else { m };
            if self.mean_square == 0.0 { 0.0 } else { s / self.mean_square.sqrt() }
        } else {
            NAN
        };

        let (hi, gained) = two_sum(self.window.hi, self.smoothed);
        let (hi, lost) = two_sum(hi, -oldest);
        self.window = Pair { hi, lo: (self.window.lo + gained) + lost };
        if self.until_rebuild <= period {
            self.shadow = self.shadow.plus(self.smoothed);
            if (period - self.until_rebuild) % 8 == 7 {
                self.shadow = self.shadow.renormalised();
            }
        }

        self.count = self.count.wrapping_add(1);
        self.until_rebuild -= 1;
        self.position = if self.position + 1 < period { self.position + 1 } else { 0 };
        out
    }
}

/// 2^-960: below it, M is 0.
const SMALLEST_MEAN_SQUARE: f64 = f64::from_bits((1023 - 960) << 52);
