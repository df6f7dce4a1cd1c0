//! Several series stepped at once, one a lane of a vector. What the lanes are (pieces of one
//! series, series of a panel, periods of a batch) is for the callers; here they are inputs and
//! outputs of which every lane takes the same step at the same time.

use crate::definition::arithmetic::{Hardware, Lanes};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::{LARGEST_PRICE, NAN};
use crate::definition::rebuild::{self, BEAT, steps_between_rebuilds};
use crate::definition::running::Running;
use crate::definition::state::{Pair, State};
use crate::memory;

/// Vectors of `N` doubles, `N` a divisor of [`BEAT`]: what kernels need of them beyond arithmetic.
pub(crate) trait Vectors<const N: usize>: Lanes<N> {
    /// Whether `|a| <= bound` does not hold, NaN included.
    fn beyond(a: Self::V, bound: Self::V) -> Self::Mask;
    fn none() -> Self::Mask;
    fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    fn any(mask: Self::Mask) -> bool;
    /// `b` where the mask is true, `a` elsewhere.
    fn replace_where(mask: Self::Mask, a: Self::V, b: Self::V) -> Self::V;
    /// Has the cache fetch what stands at a place, which need not be memory.
    fn prefetch(place: *const f64);
    /// Reads `N` neighbours from each lane's place: the first of all lanes, the second, ...
    ///
    /// # Safety
    ///
    /// `N` doubles may be read at each place.
    unsafe fn load_columns(from: [*const f64; N]) -> [Self::V; N];
    /// Writes what [`Vectors::load_columns`] would read.
    ///
    /// # Safety
    ///
    /// `N` doubles may be written at each place.
    unsafe fn store_columns(columns: [Self::V; N], to: [*mut f64; N]);
}

/// The smoothed prices that are still in the windows.
pub(crate) trait History<A: Vectors<N>, const N: usize> {
    /// The windows' sums, each anew from its prices, oldest first; `sums` where `taken` steps are
    /// no multiple of a lane's own distance between rebuilds.
    fn rebuilt(&self, taken: u64, sums: Pair<A::V>) -> Pair<A::V>;
    /// Prepares the next `N` steps.
    fn begin(&mut self);
    /// In step `i` of those: takes the smoothed prices, gives those that leave the windows.
    fn exchange(&mut self, i: usize, smoothed: A::V) -> A::V;
    /// Ends the `N` steps.
    fn end(&mut self);
}

/// Ordinary steps.
const STEADY: u8 = 0;
/// Steps while some lanes have no outputs yet.
const WARM_UP: u8 = 1;
/// The first steps of a series.
const OPENING: u8 = 2;

/// Where lanes have their prices and the places for their outputs.
pub(crate) trait Places<A: Vectors<N>, const N: usize> {
    /// `N` prices of each lane, from its price `at` on: the first of all lanes, the second, ...
    ///
    /// # Safety
    ///
    /// Each lane has them.
    unsafe fn load(&self, at: usize) -> [A::V; N];
    /// Writes outputs as [`Places::load`] reads prices.
    ///
    /// # Safety
    ///
    /// Each lane has the places.
    unsafe fn store(&self, at: usize, out: [A::V; N]);
}

/// Each lane has its own, one after the other.
pub(crate) struct Apart<const N: usize> {
    pub from: [*const f64; N],
    pub to: [*mut f64; N],
}

impl<A: Vectors<N>, const N: usize> Places<A, N> for Apart<N> {
    #[inline(always)]
    unsafe fn load(&self, at: usize) -> [A::V; N] {
        // SAFETY: the caller's promise.
        unsafe { A::load_columns(self.from.map(|from| from.wrapping_add(at))) }
    }

    #[inline(always)]
    unsafe fn store(&self, at: usize, out: [A::V; N]) {
        // SAFETY: the caller's promise.
        unsafe { A::store_columns(out, self.to.map(|to| to.wrapping_add(at))) };
    }
}

/// Those of all lanes for one time stand together, those for the next `stride` further on: too far
/// for a CPU to foresee, so they are prefetched.
pub(crate) struct Together {
    pub from: *const f64,
    pub to: *mut f64,
    pub stride: usize,
    /// How many times ahead.
    pub prefetched: usize,
}

impl<A: Vectors<N>, const N: usize> Places<A, N> for Together {
    #[inline(always)]
    unsafe fn load(&self, at: usize) -> [A::V; N] {
        let mut prices = [A::splat(0.0); N];
        for (i, prices) in prices.iter_mut().enumerate() {
            let ahead = (at + i + self.prefetched) * self.stride;
            A::prefetch(self.from.wrapping_add(ahead));
            A::prefetch(self.to.wrapping_add(ahead));
            let row = self.from.wrapping_add((at + i) * self.stride).cast::<[f64; N]>();
            // SAFETY: the caller's promise.
            *prices = A::from_array(unsafe { row.read() });
        }
        prices
    }

    #[inline(always)]
    unsafe fn store(&self, at: usize, out: [A::V; N]) {
        for (i, out) in out.into_iter().enumerate() {
            let row = self.to.wrapping_add((at + i) * self.stride).cast::<[f64; N]>();
            // SAFETY: the caller's promise.
            unsafe { row.write(A::to_array(out)) };
        }
    }
}

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
    /// Where a value has come up that is no price.
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

    /// A lane of [new series][Group::of_new_series], to go on with alone, and its ring.
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
    /// Has a lane do from now on what another does.
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
/// values, the first `N` of which stand again at the end, so that `N` can be read from anywhere.
pub(crate) struct OwnPeriods<A: Vectors<N>, const N: usize> {
    /// One ring after the other, `stride` apart.
    rings: Vec<f64>,
    stride: usize,
    size: usize,
    /// Where the next values go.
    write: usize,
    /// Where each lane's oldest are.
    read: [usize; N],
    periods: [i32; N],
    tile: [A::V; N],
}

impl<A: Vectors<N>, const N: usize> OwnPeriods<A, N> {
    /// None where there is no memory for it.
    pub fn new(periods: [i32; N]) -> Option<Self> {
        let largest = periods.into_iter().max().unwrap_or(0) as usize;
        let size = largest.next_multiple_of(N);
        // Rings a power of two apart would fight for the same lines of the cache.
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

    /// `N` values of each lane, beginning `at` after its oldest.
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
        // What all windows have, side by side; then what each has more.
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
