//! Series under way, and their steps one at a time: the reference for every other kernel.

use super::admission::ENDED;
use super::arithmetic::Arithmetic;
use super::coefficients::Coefficients;
use super::options::NanPolicy;
use super::price::{LARGEST_PRICE, NAN, is_price};
use super::rebuild::{self, BEAT, steps_between_rebuilds};
use super::state::{Pair, State};

/// Everything that the outputs to come depend on, of one series or of several in step, except the
/// last `period` smoothed prices: the caller keeps those in a ring, with 0 for each that there is
/// not yet.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Running<V = f64> {
    pub state: State<V>,
    /// The sum that the next rebuild gives the window. Its making begins `period` steps before the
    /// rebuild, so that a step with a rebuild takes no longer than any other.
    pub shadow: Pair<V>,
    /// Prices taken.
    pub count: u64,
    /// Steps until the window's sum becomes the shadow; 0 when the next step begins with it.
    pub until_rebuild: u64,
    /// Index of the oldest smoothed price in the ring.
    pub position: u64,
}

impl<V: Copy> Running<V> {
    /// Takes one price; gives the output, NaN during the warm-up. `oldest` is the smoothed price
    /// at `position`; the caller puts the new one in its place.
    #[inline(always)]
    pub fn step<A: Arithmetic<V = V>>(
        &mut self,
        c: &Coefficients<V>,
        period: u64,
        price: V,
        oldest: V,
    ) -> V {
        let state = &mut self.state;
        match self.count {
            0 => state.open::<A>(price),
            1 => state.open_second::<A>(price),
            _ => state.smooth::<A>(c, price),
        }
        if self.until_rebuild == 0 {
            state.window = self.shadow.renormalised::<A>();
            self.shadow = Pair::zero::<A>();
            self.until_rebuild = steps_between_rebuilds(period);
        } else if self.until_rebuild.is_multiple_of(BEAT as u64) {
            state.window = state.window.renormalised::<A>();
        }
        let out = if self.count < period { A::splat(NAN) } else { state.output::<A>(c) };
        state.slide::<A>(oldest);
        if self.until_rebuild <= period {
            self.shadow =
                rebuild::shadow_after::<A>(self.shadow, state.smoothed, period, self.until_rebuild);
        }
        self.count = self.count.wrapping_add(1);
        self.until_rebuild -= 1;
        self.position = next_position(self.position, period);
        out
    }
}

/// The place in a ring after `position`: always one that there is.
#[inline(always)]
pub(crate) fn next_position(position: u64, period: u64) -> u64 {
    let next = position.wrapping_add(1);
    if next < period { next } else { 0 }
}

impl<V: Copy> State<V> {
    /// What [`Running::step`] does to the state after the warm-up, unless a rebuild is due.
    #[inline(always)]
    pub fn plain_step<A: Arithmetic<V = V>>(
        &mut self,
        c: &Coefficients<V>,
        until_rebuild: u64,
        price: V,
        oldest: V,
    ) -> V {
        self.smooth::<A>(c, price);
        if until_rebuild.is_multiple_of(BEAT as u64) {
            self.window = self.window.renormalised::<A>();
        }
        let out = self.output::<A>(c);
        self.slide::<A>(oldest);
        out
    }
}

/// Bounds of what a series can reach.
pub(crate) struct Limits {
    /// More prices than a series can have taken.
    taken: u64,
    /// How many times as large its numbers may be as prices can make them.
    scale: f64,
}

impl Limits {
    /// For a series in a snapshot.
    pub const IN_SNAPSHOT: Self = Self { taken: ENDED / 2, scale: 1.0 };
    /// For a series in a block. A series from a snapshot never leaves these bounds: its count does
    /// not come so far in a lifetime, and the smoother makes its numbers only a few times as large.
    pub const IN_BLOCK: Self = Self { taken: ENDED / 4 * 3, scale: 64.0 };
}

impl Running {
    /// A series of which only the prices taken are known.
    pub fn after(taken: u64, period: i32) -> Self {
        let (period, every) = (period as u64, steps_between_rebuilds(period as u64));
        let until_rebuild = (every - taken % every) % every;
        Self { count: taken, until_rebuild, position: taken % period, ..Self::default() }
    }

    /// Whether it can be stepped: its position is within the ring, its numbers are finite, but M may
    /// be infinite, and it has ended only if its policy ends series. A series that two threads have
    /// stepped at once has wrong numbers, but is sound.
    pub fn is_sound(&self, period: i32, nan_policy: NanPolicy) -> bool {
        let finite = State { mean_square: 0.0, ..self.state };
        self.position < period as u64
            && (self.count & ENDED == 0 || nan_policy == NanPolicy::Propagate)
            && finite.numbers().into_iter().all(f64::is_finite)
            && !self.state.mean_square.is_nan()
    }

    /// Whether its counts and numbers are within the limits.
    pub fn is_possible(
        &self,
        period: i32,
        mut ring: impl Iterator<Item = f64>,
        limits: &Limits,
    ) -> bool {
        let Self { state, shadow, .. } = self;
        let State { smoothed, slope, price, window, mean_square } = *state;
        let length = f64::from(period);
        let steepest = limits.scale * 4.0 * LARGEST_PRICE;
        // If the first two prices lie far apart, the smoother overshoots by a part of the period.
        let most = steepest + limits.scale * LARGEST_PRICE * (length / 8.0);
        let sums = [window.hi, window.lo, shadow.hi, shadow.lo];
        self.count & !ENDED < limits.taken
            && self.until_rebuild < steps_between_rebuilds(period as u64)
            && is_price(price)
            && slope.abs() <= steepest
            && smoothed.abs() <= most
            && ring.all(|smoothed| smoothed.abs() <= most)
            && sums.iter().all(|sum| sum.abs() <= most * length)
            && (0.0..=16.0 * most * most).contains(&mean_square)
    }

    /// Sets `shadow` to what the steps so far have made of it, from the last `period` smoothed
    /// prices.
    pub fn restore_shadow<A: Arithmetic<V = f64>>(
        &mut self,
        period: usize,
        oldest_first: impl Iterator<Item = f64>,
    ) {
        let begun = period.saturating_sub(self.until_rebuild as usize);
        self.shadow = rebuild::sum::<A>(oldest_first.skip(period - begun));
    }
}
