//! Outputs whose root and quotient are computed some beats after their steps, for a whole beat at
//! once. Step by step they would take as long as all the rest of it.

use crate::definition::arithmetic::Lanes;
use crate::definition::rebuild::BEAT;
use crate::definition::state::ratio;

pub(super) type Beat = [f64; BEAT];

/// How many beats later. A vector that is read soon after its parts were written has to wait until
/// the last of them is in the cache.
const LATER: usize = 4;

/// S and M of the last steps of one series.
pub(super) struct Deferred {
    s: [Beat; LATER],
    m: [Beat; LATER],
    /// The first beat.
    begun: usize,
}

impl Deferred {
    #[inline(always)]
    pub fn new(begun: usize) -> Self {
        Self { s: [[0.0; BEAT]; LATER], m: [[0.0; BEAT]; LATER], begun }
    }

    /// Where a beat puts S and M, after its place has given the outputs of an earlier beat to
    /// `write`, with their beat.
    #[inline(always)]
    pub fn begin<A: Lanes<N>, const N: usize>(
        &mut self,
        beat: usize,
        write: impl FnOnce(usize, Beat),
    ) -> (&mut Beat, &mut Beat) {
        if beat >= self.begun + LATER {
            write(beat - LATER, self.outputs::<A, N>(beat));
        }
        (&mut self.s[beat % LATER], &mut self.m[beat % LATER])
    }

    /// Gives the outputs that are left, after all beats before `end`.
    #[inline(always)]
    pub fn end<A: Lanes<N>, const N: usize>(self, end: usize, mut write: impl FnMut(usize, Beat)) {
        for beat in self.begun.max(end.saturating_sub(LATER))..end {
            write(beat, self.outputs::<A, N>(beat));
        }
    }

    #[inline(always)]
    fn outputs<A: Lanes<N>, const N: usize>(&self, beat: usize) -> Beat {
        let load = |of: &[Beat; LATER], at: usize| {
            A::from_array(std::array::from_fn(|i| of[beat % LATER][at + i]))
        };
        let mut outputs = [0.0; BEAT];
        for at in (0..BEAT).step_by(N) {
            let ratios = ratio::<A, true>(load(&self.s, at), load(&self.m, at));
            outputs[at..at + N].copy_from_slice(&A::to_array(ratios));
        }
        outputs
    }
}
