//! Series under way, and their steps one at a time: the reference for every other kernel.

use crate::NAN;
use crate::admission::ENDED;
use crate::coefficients::{Coefficients, steps_between_rebuilds};
use crate::kernels::Arithmetic;
use crate::state::{Pair, State};

/// Everything that the outputs to come depend on, but for the last `period` smoothed prices, which
/// the caller keeps in a ring, 0 where there is none yet: of one series, or of several in step.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Running<V = f64> {
    pub state: State<V>,
    /// The next rebuild of the window's sum in the making: the sum of what came since `period`
    /// steps before it. A rebuild so takes no longer than any other step.
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
        } else if self.until_rebuild.is_multiple_of(8) {
            state.window = state.window.renormalised::<A>();
        }
        let out = if self.count < period { A::splat(NAN) } else { state.output::<A>(c) };
        state.slide::<A>(oldest);
        if self.until_rebuild <= period {
            self.shadow = self.shadow.plus::<A>(state.smoothed);
            if (period - self.until_rebuild) % 8 == 7 {
                self.shadow = self.shadow.renormalised::<A>();
            }
        }
        self.count = self.count.wrapping_add(1);
        self.until_rebuild -= 1;
        self.position = if self.position + 1 < period { self.position + 1 } else { 0 };
        out
    }
}

impl Running {
    /// One that has taken so many prices, nothing else being known of it.
    pub fn after(taken: u64, period: i32) -> Self {
        let (period, every) = (period as u64, steps_between_rebuilds(period as u64));
        let until_rebuild = (every - taken % every) % every;
        Self { count: taken, until_rebuild, position: taken % period, ..Self::default() }
    }

    /// Whether what follows from the count is as it follows, and every number is one.
    pub fn is_consistent(&self, period: i32) -> bool {
        let Self { state, shadow, until_rebuild, position, .. } = *self;
        let after = Self::after(self.count & !ENDED, period);
        (until_rebuild, position) == (after.until_rebuild, after.position)
            && [state.smoothed, state.slope, state.price, state.mean_square]
                .into_iter()
                .chain([state.window.hi, state.window.lo, shadow.hi, shadow.lo])
                .all(f64::is_finite)
    }

    /// Sets `shadow` to what the steps so far have made of it, from the last `period` smoothed
    /// prices.
    pub fn restore_shadow<A: Arithmetic<V = f64>>(
        &mut self,
        period: usize,
        oldest_first: impl Iterator<Item = f64>,
    ) {
        let begun = period.saturating_sub(self.until_rebuild as usize);
        self.shadow = Pair::default();
        for (i, smoothed) in oldest_first.skip(period - begun).enumerate() {
            self.shadow = self.shadow.plus::<A>(smoothed);
            if i % 8 == 7 {
                self.shadow = self.shadow.renormalised::<A>();
            }
        }
    }
}
