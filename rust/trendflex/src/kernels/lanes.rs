//! Several series stepped at once, one in each lane of a vector. The callers know what the lanes
//! are (segments of one series, series of a panel, periods of a batch); here they are inputs and
//! outputs, and every lane takes the same step at the same time.

use super::history::{History, OnePeriod};
use super::places::{Apart, Places};
use super::vectors::{Vectors, is_in_all, replace_pair_where};
use crate::definition::arithmetic::{Arithmetic, Hardware};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::{LARGEST_PRICE, NAN};
use crate::definition::rebuild::{BEAT, steps_between_rebuilds};
use crate::definition::running::Running;
use crate::definition::state::{Pair, State, ratio};

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
    pub rebuilds: Rebuilds<N>,
    /// The step of each lane that gives its first output.
    pub live_from: [f64; N],
    /// The lanes in which a value is missing.
    pub missing: A::Mask,
}

/// When the lanes rebuild the sums of their windows, counted in steps taken.
pub(crate) struct Rebuilds<const N: usize> {
    next: [usize; N],
    every: [usize; N],
    soonest: usize,
}

impl<const N: usize> Rebuilds<N> {
    pub fn new(next: [usize; N], every: [usize; N]) -> Self {
        Self { next, every, soonest: soonest(&next) }
    }

    /// The windows' sums before the step `at`, which begins a beat of the lanes.
    #[inline(always)]
    pub fn renewed<A: Vectors<N>>(
        &mut self,
        history: &impl History<A, N>,
        sums: Pair<A::V>,
        at: usize,
    ) -> Pair<A::V> {
        if at == self.soonest { self.rebuilt(history, sums) } else { sums.renormalised::<A>() }
    }

    #[inline(always)]
    fn rebuilt<A: Vectors<N>>(
        &mut self,
        history: &impl History<A, N>,
        sums: Pair<A::V>,
    ) -> Pair<A::V> {
        let due = self.next.map(|next| next == self.soonest);
        let (old, new) = (sums.renormalised::<A>(), history.rebuilt(&due));
        for ((next, every), due) in self.next.iter_mut().zip(self.every).zip(due) {
            *next += if due { every } else { 0 };
        }
        self.soonest = soonest(&self.next);
        let due = A::less(A::splat(0.0), A::from_array(due.map(f64::from)));
        replace_pair_where::<A, N>(due, old, new)
    }
}

fn soonest(of: &[usize]) -> usize {
    of.iter().fold(usize::MAX, |a, &b| a.min(b))
}

impl<A: Vectors<N>, const N: usize, H: History<A, N>, P: Places<A, N>> Group<A, N, H, P> {
    /// Series that begin with their first prices.
    pub fn of_new_series(c: Coefficients<A::V>, periods: [i32; N], history: H, places: P) -> Self {
        let every = periods.map(|period| steps_between_rebuilds(period as u64) as usize);
        Self {
            state: State::side_by_side::<A, N>(&[State::default(); N]),
            history,
            c,
            places,
            taken: 0,
            rebuilds: Rebuilds::new(every, every),
            live_from: periods.map(f64::from),
            missing: A::none(),
        }
    }

    /// Parts of a series with a full ring, after each of which so many prices have been taken. They
    /// are whole beats apart.
    pub fn under_way(
        states: [State<f64>; N],
        counts: [u64; N],
        period: usize,
        c: Coefficients<A::V>,
        history: H,
        places: P,
    ) -> Self {
        let every = steps_between_rebuilds(period as u64) as usize;
        let until_rebuild = |count| Running::after(count, period as i32).until_rebuild as usize;
        Self {
            state: State::side_by_side::<A, N>(&states),
            history,
            c,
            places,
            taken: 0,
            rebuilds: Rebuilds::new(counts.map(until_rebuild), [every; N]),
            live_from: [0.0; N],
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

    /// [`Group::open_and_run`], but goes on after a missing value until one is missing in each lane.
    ///
    /// # Safety
    ///
    /// As for [`Group::run`].
    #[inline(always)]
    pub unsafe fn run_over_gaps(&mut self, end: usize) {
        while self.taken < end && !is_in_all::<A, N>(self.missing) {
            let gaps = std::mem::replace(&mut self.missing, A::none());
            // SAFETY: the caller's promise.
            unsafe { self.open_and_run(end) };
            self.missing = A::or(gaps, self.missing);
        }
    }

    #[inline(always)]
    unsafe fn stretch<const STRETCH: u8>(&mut self, end: usize) {
        // What changes with each step is kept apart from what others might point to.
        let Self { mut state, mut taken, mut missing, .. } = *self;
        let live_from = A::from_array(self.live_from);
        let history = &mut self.history;
        while taken < end && !A::any(missing) {
            // SAFETY: the caller's promise.
            let prices = unsafe { self.places.load(taken) };
            let mut out = prices;
            for price in prices {
                missing = A::or(missing, A::beyond(price, A::splat(LARGEST_PRICE)));
            }
            history.begin();
            state.window = self.rebuilds.renewed(history, state.window, taken);
            match STRETCH == STEADY && !A::any(state.may_vanish::<A>()) {
                true => {
                    // Written out: a loop would keep prices and outputs on the stack.
                    macro_rules! steps {
                        ($($i:literal)*) => {$(
                            state.smooth::<A>(&self.c, prices[$i]);
                            let s = state.deviation::<A, false>(&self.c);
                            out[$i] = ratio::<A, false>(s, state.mean_square);
                            state.slide::<A>(history.exchange($i, state.smoothed));
                        )*};
                    }
                    steps!(0 1 2 3 4 5 6 7);
                }
                false => {
                    for i in 0..BEAT {
                        match (STRETCH, i) {
                            (OPENING, 0) => state.open::<A>(prices[i]),
                            (OPENING, 1) => state.open_second::<A>(prices[i]),
                            _ => state.smooth::<A>(&self.c, prices[i]),
                        }
                        out[i] = state.output::<A>(&self.c);
                        if STRETCH != STEADY {
                            let early = A::less(A::splat((taken + i) as f64), live_from);
                            state.mean_square = A::zero_where(early, state.mean_square);
                            out[i] = A::replace_where(early, out[i], A::splat(NAN));
                        }
                        state.slide::<A>(history.exchange(i, state.smoothed));
                    }
                }
            }
            history.end();
            // SAFETY: the caller's promise.
            unsafe { self.places.store(taken, out) };
            taken += BEAT;
        }
        (self.state, self.taken, self.missing) = (state, taken, missing);
    }
}

impl<A: Vectors<N>, const N: usize, H, P> Group<A, N, H, P> {
    /// Whether a value is missing in a lane.
    pub fn has_gap(&self, lane: usize) -> bool {
        A::which(self.missing) >> lane & 1 != 0
    }

    /// One lane's state.
    pub fn lane(&self, lane: usize) -> State<f64> {
        State::of_lane::<A, N>(&self.state, lane)
    }
}

impl<A: Vectors<N>, const N: usize, P> Group<A, N, OnePeriod<A::V>, P> {
    /// A lane of [new series][Group::of_new_series], to be stepped alone from here. Its smoothed
    /// prices go to `ring`.
    pub fn running(&self, lane: usize, ring: &mut [f64]) -> Running {
        let in_window = self.history.in_windows().into_iter().flatten();
        for (place, &values) in ring.iter_mut().zip(in_window) {
            *place = A::to_array(values)[lane];
        }
        resume::<Hardware>(self.lane(lane), self.taken as u64, ring)
    }
}

/// A series that has taken so many prices, to be stepped one by one from here. `ring` holds its
/// smoothed prices, oldest first, and is put in the order that the steps expect.
pub(super) fn resume<S: Arithmetic<V = f64>>(
    state: State<f64>,
    count: u64,
    ring: &mut [f64],
) -> Running {
    let mut running = Running { state, ..Running::after(count, ring.len() as i32) };
    running.restore_shadow::<S>(ring.len(), ring.iter().copied());
    ring.rotate_right(running.position as usize);
    running
}

impl<A: Vectors<N>, const N: usize> Group<A, N, OnePeriod<A::V>, Apart<N>> {
    /// From now on a lane takes the same steps as another, with the same outputs.
    pub fn follow(&mut self, lane: usize, other: usize) {
        let copied = |values: A::V| {
            let mut values = A::to_array(values);
            values[lane] = values[other];
            A::from_array(values)
        };
        self.state = self.state.map(copied);
        self.history.for_each(copied);
        self.places.from[lane] = self.places.from[other];
        self.places.to[lane] = self.places.to[other];
    }
}
