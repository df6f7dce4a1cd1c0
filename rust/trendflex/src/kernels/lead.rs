//! Steps of which only the first lane's outputs are wanted, as the others still forget their
//! beginning. Its outputs are [deferred](super::deferred).

use super::deferred::{Beat, Deferred};
use super::history::{History, OnePeriod};
use super::lanes::Group;
use super::places::{Apart, Places};
use super::vectors::Vectors;
use crate::definition::coefficients::Coefficients;
use crate::definition::rebuild::BEAT;
use crate::definition::state::State;

impl<A: Vectors<N>, const N: usize> Group<A, N, OnePeriod<A::V>, Apart<N>> {
    /// Takes steps until `taken` is `end`, both multiples of [`BEAT`], and writes the outputs of the
    /// first lane alone.
    ///
    /// # Safety
    ///
    /// Each lane has `end` prices, and the first lane as many places for outputs.
    #[inline(always)]
    pub unsafe fn run_led(&mut self, end: usize) {
        let mut state = self.state;
        let history = &mut self.history;
        let (begun, end) = (self.taken / BEAT, end / BEAT);
        let mut deferred = Deferred::new(begun);
        let to = self.places.to[0].cast::<Beat>();
        // SAFETY: the caller's promise.
        let write = |beat, outputs| unsafe { to.add(beat).write(outputs) };
        for beat in begun..end {
            let at = beat * BEAT;
            // SAFETY: the caller's promise.
            let prices: [A::V; BEAT] = unsafe { Places::<A, N>::load(&self.places, at) };
            let (s, m) = deferred.begin::<A, N>(beat, write);
            History::<A, N>::begin(history);
            state.window = self.rebuilds.renewed::<A>(history, state.window, at);
            match A::any(state.may_vanish::<A>()) {
                true => beat_led::<A, N, true>(&mut state, &self.c, history, &prices, s, m),
                false => beat_led::<A, N, false>(&mut state, &self.c, history, &prices, s, m),
            }
            History::<A, N>::end(history);
        }
        deferred.end::<A, N>(end, write);
        (self.state, self.taken) = (state, end * BEAT);
    }
}

#[inline(always)]
fn beat_led<A: Vectors<N>, const N: usize, const MAY_VANISH: bool>(
    state: &mut State<A::V>,
    c: &Coefficients<A::V>,
    history: &mut OnePeriod<A::V>,
    prices: &[A::V; BEAT],
    s: &mut Beat,
    m: &mut Beat,
) {
    for (i, &price) in prices.iter().enumerate() {
        state.smooth::<A>(c, price);
        s[i] = A::to_array(state.deviation::<A, MAY_VANISH>(c))[0];
        m[i] = A::to_array(state.mean_square)[0];
        state.slide::<A>(History::<A, N>::exchange(history, i, state.smoothed));
    }
}
