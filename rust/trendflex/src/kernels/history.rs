//! The smoothed prices of lanes that are still in their windows.

use super::memory;
use super::places::{load_beat, store_beat};
use super::vectors::Vectors;
use crate::definition::arithmetic::Hardware;
use crate::definition::rebuild::{self, BEAT};
use crate::definition::state::Pair;

/// The smoothed prices that are still in the windows.
pub(crate) trait History<A: Vectors<N>, const N: usize> {
    /// The windows' sums, computed anew from their prices, oldest first. Those of lanes that are not
    /// `due` may be anything.
    fn rebuilt(&self, due: &[bool; N]) -> Pair<A::V>;
    /// Prepares the next beat.
    fn begin(&mut self);
    /// In its step `i` takes the smoothed prices and gives those that leave the windows.
    fn exchange(&mut self, i: usize, smoothed: A::V) -> A::V;
    /// Ends the beat.
    fn end(&mut self);
}

/// The history of lanes that have one period: a ring of vectors. A beat of them is read, and
/// written, without a look at the ring's end, because its first beat is repeated there.
pub(crate) struct OnePeriod<V> {
    /// Whole beats, as many as hold the period, and one more; then what was [kept][Self::keep].
    ring: Vec<V>,
    period: usize,
    /// The ring's size without that one beat.
    size: usize,
    /// The place of the beat under way, above 0.
    write: usize,
    /// The place that is the period before it, within the size.
    read: usize,
}

impl<V: Copy> OnePeriod<V> {
    /// A history of the values that are given, oldest first, or of as many that mean nothing, with
    /// room to [keep][Self::keep] as many copies. None if there is no memory for it.
    ///
    /// All is one request: glibc gives back to the system what is freed at once if it is more than
    /// twice the largest request before, and to get that again takes longer than the steps.
    pub fn new(
        period: usize,
        nothing: V,
        oldest_first: impl Iterator<Item = V>,
        copies: usize,
    ) -> Option<Self> {
        let size = period.next_multiple_of(BEAT);
        let mut ring = memory::room(size + BEAT + copies * period)?;
        ring.resize(size - period, nothing);
        ring.extend(oldest_first);
        ring.resize(size + BEAT, nothing);
        Some(Self { ring, period, size, write: size, read: size - period })
    }

    /// Keeps a copy of the values in the windows; gives its number for [`OnePeriod::kept`].
    #[inline(always)]
    pub fn keep(&mut self) -> usize {
        let before = self.ring.len();
        let (read, write) = (self.read, self.write);
        match read < write {
            true => self.ring.extend_from_within(read..write),
            false => {
                self.ring.extend_from_within(read..self.size);
                self.ring.extend_from_within(..write);
            }
        }
        (before - self.size - BEAT) / self.period
    }

    /// A copy that was kept, oldest first.
    #[inline(always)]
    pub fn kept(&self, copy: usize) -> &[V] {
        &self.ring[self.size + BEAT + copy * self.period..][..self.period]
    }

    pub fn for_each(&mut self, change: impl Fn(V) -> V) {
        self.ring.iter_mut().for_each(|values| *values = change(*values));
    }

    /// The values in the windows, oldest first, in two parts.
    #[inline(always)]
    pub fn in_windows(&self) -> [&[V]; 2] {
        let (read, write) = (self.read, self.write);
        match read < write {
            true => [&self.ring[read..write], &[]],
            false => [&self.ring[read..self.size], &self.ring[..write]],
        }
    }
}

impl<A: Vectors<N>, const N: usize> History<A, N> for OnePeriod<A::V> {
    #[inline(always)]
    fn rebuilt(&self, _due: &[bool; N]) -> Pair<A::V> {
        rebuild::sum::<A>(self.in_windows().into_iter().flatten().copied()).renormalised::<A>()
    }

    #[inline(always)]
    fn begin(&mut self) {
        assert!(self.read.max(self.write) <= self.size && self.size + BEAT <= self.ring.len());
    }

    #[inline(always)]
    fn exchange(&mut self, i: usize, smoothed: A::V) -> A::V {
        let ring = self.ring.as_mut_ptr();
        assert!(i < BEAT);
        // SAFETY: within the ring, by the assertion when the beat began.
        unsafe {
            let oldest = ring.add(self.read + i).read();
            ring.add(self.write + i).write(smoothed);
            oldest
        }
    }

    #[inline(always)]
    fn end(&mut self) {
        if self.write == self.size {
            self.ring.copy_within(self.size..self.size + BEAT, 0);
            self.write = 0;
        }
        self.write += BEAT;
        self.read += BEAT;
        if self.read >= self.size {
            self.read -= self.size;
        }
    }
}

/// The history of lanes that each have a period of their own, [`BEAT`] or more: rings of `size`
/// values. The first beat is repeated at the end, so that one can be read from anywhere.
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
    beat: [A::V; BEAT],
}

impl<A: Vectors<N>, const N: usize> OwnPeriods<A, N> {
    /// None if there is no memory for it.
    pub fn new(periods: [i32; N]) -> Option<Self> {
        let largest = periods.into_iter().max().unwrap_or(0) as usize;
        let size = largest.next_multiple_of(BEAT);
        // Rings that are a power of two apart would compete for the same lines of the cache.
        let stride = (size + BEAT).next_multiple_of(64) + 8;
        Some(Self {
            rings: memory::filled(N * stride, 0.0)?,
            stride,
            size,
            write: 0,
            read: periods.map(|period| size - period as usize),
            periods,
            beat: [A::splat(0.0); BEAT],
        })
    }

    /// A beat of each lane, from `at` places after its oldest on.
    #[inline(always)]
    fn load(&self, at: usize) -> [A::V; BEAT] {
        let mut from = [self.rings.as_ptr(); N];
        for (lane, from) in from.iter_mut().enumerate() {
            let place = self.read[lane] + at;
            let place = if place < self.size { place } else { place - self.size };
            *from = self.rings[lane * self.stride + place..][..BEAT].as_ptr();
        }
        // SAFETY: there is a beat, by the slices' lengths.
        unsafe { load_beat::<A, N>(from) }
    }

    #[inline(always)]
    fn store(&mut self, at: usize) {
        let start = self.rings.as_mut_ptr();
        assert!(at + BEAT <= self.stride && N * self.stride <= self.rings.len());
        // SAFETY: within the rings, by the assertion.
        unsafe {
            let place = |lane: usize| start.add(lane * self.stride + at);
            store_beat::<A, N>(self.beat, std::array::from_fn(place));
        }
    }
}

impl<A: Vectors<N>, const N: usize> History<A, N> for OwnPeriods<A, N> {
    #[inline(always)]
    fn rebuilt(&self, due: &[bool; N]) -> Pair<A::V> {
        let mut anew = Pair::zero::<A>();
        // First the values that all windows have, side by side; then those that only longer windows
        // have.
        let smallest = self.periods.into_iter().min().unwrap_or(0) as usize;
        let common = smallest / BEAT * BEAT;
        for beat in (0..common).step_by(BEAT) {
            for smoothed in self.load(beat) {
                anew = anew.plus::<A>(smoothed);
            }
            anew = anew.renormalised::<A>();
        }
        let (mut hi, mut lo) = (A::to_array(anew.hi), A::to_array(anew.lo));
        for lane in (0..N).filter(|&lane| due[lane]) {
            let mut sum = Pair { hi: hi[lane], lo: lo[lane] };
            for at in common..self.periods[lane] as usize {
                let place = (self.read[lane] + at) % self.size;
                sum = sum.plus::<Hardware>(self.rings[lane * self.stride + place]);
                if at % BEAT == BEAT - 1 {
                    sum = sum.renormalised::<Hardware>();
                }
            }
            sum = sum.renormalised::<Hardware>();
            (hi[lane], lo[lane]) = (sum.hi, sum.lo);
        }
        Pair { hi: A::from_array(hi), lo: A::from_array(lo) }
    }

    #[inline(always)]
    fn begin(&mut self) {
        self.beat = self.load(0);
    }

    #[inline(always)]
    fn exchange(&mut self, i: usize, smoothed: A::V) -> A::V {
        std::mem::replace(&mut self.beat[i], smoothed)
    }

    #[inline(always)]
    fn end(&mut self) {
        self.store(self.write);
        if self.write == 0 {
            self.store(self.size);
        }
        let size = self.size;
        for place in self.read.iter_mut().chain([&mut self.write]) {
            *place += BEAT;
            if *place >= size {
                *place -= size;
            }
        }
    }
}
