//! The smoothed prices of lanes that are still in their windows.

use super::memory;
use super::vectors::Vectors;
use crate::definition::arithmetic::Hardware;
use crate::definition::rebuild::{self, BEAT, steps_between_rebuilds};
use crate::definition::state::Pair;

/// The smoothed prices that are still in the windows.
pub(crate) trait History<A: Vectors<N>, const N: usize> {
    /// The windows' sums, computed anew from their prices, oldest first. A lane that rebuilds at
    /// other steps than `taken` keeps its sum in `sums`.
    fn rebuilt(&self, taken: u64, sums: Pair<A::V>) -> Pair<A::V>;
    /// Prepares the next `N` steps.
    fn begin(&mut self);
    /// In step `i` of those takes the smoothed prices and gives those that leave the windows.
    fn exchange(&mut self, i: usize, smoothed: A::V) -> A::V;
    /// Ends the `N` steps.
    fn end(&mut self);
}

/// The history of lanes that have one period: a ring of vectors.
pub(crate) struct OnePeriod<V> {
    pub ring: Vec<V>,
    /// Index of the oldest.
    pub position: usize,
}

impl<A: Vectors<N>, const N: usize> History<A, N> for OnePeriod<A::V> {
    #[inline(always)]
    fn rebuilt(&self, _taken: u64, _sums: Pair<A::V>) -> Pair<A::V> {
        let (newer, older) = self.ring.split_at(self.position);
        rebuild::sum::<A>(older.iter().chain(newer).copied()).renormalised::<A>()
    }

    #[inline(always)]
    fn begin(&mut self) {}

    #[inline(always)]
    fn exchange(&mut self, _i: usize, smoothed: A::V) -> A::V {
        let oldest = std::mem::replace(&mut self.ring[self.position], smoothed);
        self.position += 1;
        if self.position == self.ring.len() {
            self.position = 0;
        }
        oldest
    }

    #[inline(always)]
    fn end(&mut self) {}
}

/// The history of lanes that each have a period of their own, [`BEAT`] or more: rings of `size`
/// values. The first `N` are repeated at the end, so that `N` can be read from anywhere.
pub(crate) struct OwnPeriods<A: Vectors<N>, const N: usize> {
    /// One ring after another, `stride` apart.
    rings: Vec<f64>,
    stride: usize,
    size: usize,
    /// The place of the next values.
    write: usize,
    /// The place of each lane's oldest value.
    read: [usize; N],
    periods: [i32; N],
    tile: [A::V; N],
}

impl<A: Vectors<N>, const N: usize> OwnPeriods<A, N> {
    /// None if there is no memory for it.
    pub fn new(periods: [i32; N]) -> Option<Self> {
        let largest = periods.into_iter().max().unwrap_or(0) as usize;
        let size = largest.next_multiple_of(N);
        // Rings that are a power of two apart would compete for the same lines of the cache.
        let stride = (size + N).next_multiple_of(64) + 8;
        Some(Self {
            rings: memory::filled(N * stride, 0.0)?,
            stride,
            size,
            write: 0,
            read: periods.map(|period| size - period as usize),
            periods,
            tile: [A::splat(0.0); N],
        })
    }

    /// `N` values of each lane, from `at` places after its oldest on.
    #[inline(always)]
    fn load(&self, at: usize) -> [A::V; N] {
        let place = |lane: usize| {
            let place = self.read[lane] + at;
            let place = if place < self.size { place } else { place - self.size };
            &self.rings[lane * self.stride + place..][..N]
        };
        // SAFETY: there are `N`, by the slices' lengths.
        unsafe { A::load_columns(std::array::from_fn(|lane| place(lane).as_ptr())) }
    }

    #[inline(always)]
    fn store(&mut self, at: usize) {
        let start = self.rings.as_mut_ptr();
        assert!(at + N <= self.stride && N * self.stride <= self.rings.len());
        // SAFETY: within the rings, by the assertion.
        unsafe {
            let place = |lane: usize| start.add(lane * self.stride + at);
            A::store_columns(self.tile, std::array::from_fn(place));
        }
    }
}

impl<A: Vectors<N>, const N: usize> History<A, N> for OwnPeriods<A, N> {
    fn rebuilt(&self, taken: u64, sums: Pair<A::V>) -> Pair<A::V> {
        let mut anew = Pair::zero::<A>();
        // First the values that all windows have, side by side; then those that only longer windows
        // have.
        let smallest = self.periods.into_iter().min().unwrap_or(0) as usize;
        let common = smallest / BEAT * BEAT;
        for beat in (0..common).step_by(BEAT) {
            for tile in (0..BEAT).step_by(N) {
                for smoothed in self.load(beat + tile) {
                    anew = anew.plus::<A>(smoothed);
                }
            }
            anew = anew.renormalised::<A>();
        }
        let (mut hi, mut lo) = (A::to_array(sums.hi), A::to_array(sums.lo));
        let anew = (A::to_array(anew.hi), A::to_array(anew.lo));
        for lane in 0..N {
            let period = self.periods[lane] as usize;
            if taken.is_multiple_of(steps_between_rebuilds(period as u64)) {
                let mut sum = Pair { hi: anew.0[lane], lo: anew.1[lane] };
                for at in common..period {
                    let place = (self.read[lane] + at) % self.size;
                    sum = sum.plus::<Hardware>(self.rings[lane * self.stride + place]);
                    if at % BEAT == BEAT - 1 {
                        sum = sum.renormalised::<Hardware>();
                    }
                }
                sum = sum.renormalised::<Hardware>();
                (hi[lane], lo[lane]) = (sum.hi, sum.lo);
            }
        }
        Pair { hi: A::from_array(hi), lo: A::from_array(lo) }
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.tile = self.load(0);
    }

    #[inline(always)]
    fn exchange(&mut self, i: usize, smoothed: A::V) -> A::V {
        std::mem::replace(&mut self.tile[i], smoothed)
    }

    #[inline(always)]
    fn end(&mut self) {
        self.store(self.write);
        if self.write == 0 {
            self.store(self.size);
        }
        let size = self.size;
        for place in self.read.iter_mut().chain([&mut self.write]) {
            *place += N;
            if *place >= size {
                *place -= size;
            }
        }
    }
}
