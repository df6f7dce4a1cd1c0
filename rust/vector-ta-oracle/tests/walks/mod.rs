//! Random prices, the same ones for the same seed.

use std::f64::consts::TAU;

const SEED: u64 = 2020;

/// A source of random walks.
pub struct Walks(u64);

impl Walks {
    /// From the seed in `TRENDFLEX_SEED`, or the default one; prints it.
    pub fn seeded() -> Self {
        let seed = std::env::var("TRENDFLEX_SEED")
            .map_or(SEED, |seed| seed.parse().expect("TRENDFLEX_SEED is a whole number"));
        println!("TRENDFLEX_SEED={seed}");
        Self(seed)
    }

    /// Walks between 50 and 150 that move at nearly every bar: by 0.25 on average, in cents, and
    /// by a normal deviate of 0.3.
    pub fn moving(&mut self, len: usize) -> [(&'static str, Vec<f64>); 2] {
        [("walk in cents", self.cents(len)), ("gaussian walk", self.gaussian(len, 100.0, 0.3))]
    }

    /// A walk by normal deviates, between half and one and a half times `level`.
    pub fn gaussian(&mut self, len: usize, level: f64, deviation: f64) -> Vec<f64> {
        self.walk(len, level, |walks| walks.normal() * deviation)
    }

    /// A walk in cents each of whose prices stays for 1 to `longest` bars.
    pub fn with_plateaus(&mut self, len: usize, longest: usize) -> Vec<f64> {
        let mut prices = Vec::with_capacity(len);
        for price in self.cents(len) {
            let stay = 1 + (self.uniform() * longest as f64) as usize;
            prices.extend(std::iter::repeat_n(price, stay.min(len - prices.len())));
        }
        prices
    }

    fn cents(&mut self, len: usize) -> Vec<f64> {
        let cents = self.walk(len, 10_000.0, |walks| (walks.normal() * 31.0).round());
        cents.into_iter().map(|price| price / 100.0).collect()
    }

    fn walk(&mut self, len: usize, level: f64, step: impl Fn(&mut Self) -> f64) -> Vec<f64> {
        let mut price = level;
        let mut prices = Vec::with_capacity(len);
        for _ in 0..len {
            prices.push(price);
            let step = step(self);
            let inside = (price + step - level).abs() <= 0.5 * level;
            price += if inside { step } else { -step };
        }
        prices
    }

    fn normal(&mut self) -> f64 {
        (-2.0 * (1.0 - self.uniform()).ln()).sqrt() * (TAU * self.uniform()).cos()
    }

    /// In [0, 1), by SplitMix64.
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^= bits >> 31;
        (bits >> 11) as f64 / (1_u64 << 53) as f64
    }
}
