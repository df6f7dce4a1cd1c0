//! Several series stepped at once, one in each lane of a vector. The callers know what the lanes
//! are (segments of one series, series of a panel, periods of a batch); here they are inputs and
//! outputs, and every lane takes the same step at the same time.

use super::history::{History, OnePeriod};
use super::places::{Apart, Places};
use super::vectors::Vectors;
use crate::definition::arithmetic::Hardware;
use crate::definition::coefficients::Coefficients;
use crate::definition::price::{LARGEST_PRICE, NAN};
use crate::definition::rebuild::{BEAT, steps_between_rebuilds};
use crate::definition::running::Running;
use crate::definition::state::{Pair, State};

/// Ordinary steps.
const STEADY: u8 = 0;
/// Steps while some lanes have no outputs yet.
const WARM_UP: u8 = 1;
/// The first steps of a series.
const OPENING: u8 = 2;

/// Series in lanes, under way. Each lane has prices and places for outputs of its own, or shares
/// them with a lane of the same state, which then writes the same.
pub(crate) struct Group<A: Vectors<N>, const N: usize, H, P> {
    pub state: State<A::V>,
    pub history: H,
    pub c: Coefficients<A::V>,
    pub places: P,
    /// Steps taken.
    pub taken: usize,
    /// Steps until the next rebuild, a multiple of [`BEAT`]; 0 when the next beat begins with it.
    pub until_rebuild: u64,
    pub rebuild_every: u64,
    /// The step of each lane that gives its first output.
    pub live_from: [f64; N],
    /// The lanes in which a value is missing.
    pub missing: A::Mask,
}

impl<A: Vectors<N>, const N: usize, H: History<A, N>, P: Places<A, N>> Group<A, N, H, P> {
    /// Series that begin with their first prices.
    pub fn of_new_series(c: Coefficients<A::V>, periods: [i32; N], history: H, places: P) -> Self {
        let rebuild_every = periods.map(|period| steps_between_rebuilds(period as u64));
        Self {
            state: State::side_by_side::<A, N>(&[State::default(); N]),
            history,
            c,
            places,
            taken: 0,
            until_rebuild: 0,
            rebuild_every: rebuild_every.into_iter().min().unwrap_or(0),
            live_from: periods.map(f64::from),
            missing: A::none(),
        }
    }

    /// Takes steps until `taken` is `end`, both multiples of [`BEAT`], or a value is missing.
    ///
    /// # Safety
    ///
    /// Each lane has `end` prices and as many places for outputs.
    #[inline(always)]
    pub unsafe fn run(&mut self, end: usize) {
        let last_live = self.live_from.iter().fold(0.0, |a: f64, &b| a.max(b)) as usize;
        // SAFETY: the caller's promise.
        unsafe {
            self.stretch::<WARM_UP>(end.min(last_live.next_multiple_of(BEAT)));
            self.stretch::<STEADY>(end);
        }
    }

    /// [`Group::run`] for [new series][Group::of_new_series].
    ///
    /// # Safety
    ///
    /// As for [`Group::run`].
    #[inline(always)]
    pub unsafe fn open_and_run(&mut self, end: usize) {
        // SAFETY: the caller's promise.
        unsafe {
            self.stretch::<OPENING>(BEAT.min(end));
            self.run(end);
        }
    }

    #[inline(always)]
    unsafe fn stretch<const STRETCH: u8>(&mut self, end: usize) {
        // What changes with each step is kept apart from what others might point to.
        let Self { mut state, mut taken, mut until_rebuild, mut missing, .. } = *self;
        let live_from = A::from_array(self.live_from);
        let history = &mut self.history;
        while taken < end && !A::any(missing) {
            state.window = state.window.renormalised::<A>();
            if until_rebuild == 0 {
                state.window = history.rebuilt(taken as u64, state.window);
                until_rebuild = self.rebuild_every;
            }
            for tile in (0..BEAT).step_by(N) {
                let at = taken + tile;
                // SAFETY: the caller's promise.
                let prices = unsafe { self.places.load(at) };
                let mut out = prices;
                history.begin();
                for (i, &price) in prices.iter().enumerate() {
                    missing = A::or(missing, A::beyond(price, A::splat(LARGEST_PRICE)));
                    match (STRETCH, tile + i) {
                        (OPENING, 0) => state.open::<A>(price),
                        (OPENING, 1) => state.open_second::<A>(price),
                        _ => state.smooth::<A>(&self.c, price),
                    }
                    out[i] = state.output::<A>(&self.c);
                    if STRETCH != STEADY {
                        let early = A::less(A::splat((at + i) as f64), live_from);
                        state.mean_square = A::zero_where(early, state.mean_square);
                        out[i] = A::replace_where(early, out[i], A::splat(NAN));
                    }
                    state.slide::<A>(history.exchange(i, state.smoothed));
                }
                history.end();
                // SAFETY: the caller's promise.
                unsafe { self.places.store(at, out) };
            }
            taken += BEAT;
            until_rebuild -= BEAT as u64;
        }
        (self.state, self.taken) = (state, taken);
        (self.until_rebuild, self.missing) = (until_rebuild, missing);
    }
}

impl<A: Vectors<N>, const N: usize, H, P> Group<A, N, H, P> {
    /// One lane's state.
    pub fn lane(&self, lane: usize) -> State<f64> {
        State::of_lane::<A, N>(&self.state, lane)
    }
}

impl<A: Vectors<N>, const N: usize, P> Group<A, N, OnePeriod<A::V>, P> {
    /// Writes the last smoothed prices of a lane, oldest first, to a ring of as many.
    pub fn copy_ring(&self, lane: usize, ring: &mut [f64]) {
        let (newer, older) = self.history.ring.split_at(self.history.position);
        for (place, &values) in ring.iter_mut().zip(older.iter().chain(newer)) {
            *place = A::to_array(values)[lane];
        }
    }

    /// A lane of [new series][Group::of_new_series], to be stepped alone from here. Its smoothed
    /// prices go to `ring`.
    pub fn running(&self, lane: usize, ring: &mut [f64]) -> Running {
        self.copy_ring(lane, ring);
        let mut running = Running {
            state: self.lane(lane),
            shadow: Pair::default(),
            count: self.taken as u64,
            until_rebuild: self.until_rebuild,
            position: 0,
        };
        running.restore_shadow::<Hardware>(ring.len(), ring.iter().copied());
        running
    }
}

impl<A: Vectors<N>, const N: usize> Group<A, N, OnePeriod<A::V>, Apart<N>> {
    /// From now on a lane takes the same steps as another, with the same outputs.
    pub fn follow(&mut self, lane: usize, other: usize) {
        let copied = |values: A::V| {
            let mut values = A::to_array(values);
            values[lane] = values[other];
            A::from_array(values)
        };
        let states: [_; N] =
            std::array::from_fn(|at| self.lane(if at == lane { other } else { at }));
        self.state = State::side_by_side::<A, N>(&states);
        for values in &mut self.history.ring {
            *values = copied(*values);
        }
        self.places.from[lane] = self.places.from[other];
        self.places.to[lane] = self.places.to[other];
    }
}
