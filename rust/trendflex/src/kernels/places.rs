//! The places from which lanes read their prices, and to which they write their outputs.

use super::vectors::Vectors;
use crate::definition::rebuild::BEAT;

/// How many places ahead a lane's prices and places for outputs are fetched.
const AHEAD: usize = 32;

/// The prices of lanes and the places for their outputs.
pub(crate) trait Places<A: Vectors<N>, const N: usize> {
    /// A beat of prices of each lane, from its price `at` on: the first one of all lanes, then the
    /// second, ...
    ///
    /// # Safety
    ///
    /// Each lane has them.
    unsafe fn load(&self, at: usize) -> [A::V; BEAT];
    /// Writes outputs as [`Places::load`] reads prices.
    ///
    /// # Safety
    ///
    /// Each lane has the places.
    unsafe fn store(&self, at: usize, out: [A::V; BEAT]);
}

/// Each lane has a series of its own, whose prices are neighbours.
pub(crate) struct Apart<const N: usize> {
    pub from: [*const f64; N],
    pub to: [*mut f64; N],
}

impl<A: Vectors<N>, const N: usize> Places<A, N> for Apart<N> {
    #[inline(always)]
    unsafe fn load(&self, at: usize) -> [A::V; BEAT] {
        // Vectors as long as a line of the cache lie across two if memory is not aligned, as that
        // of arrays and of malloc is not, and then the CPU fetches too little ahead by itself.
        if N == BEAT {
            for (from, to) in self.from.into_iter().zip(self.to) {
                A::prefetch(from.wrapping_add(at + AHEAD));
                A::prefetch(to.wrapping_add(at + AHEAD));
            }
        }
        // SAFETY: the caller's promise.
        unsafe { load_beat::<A, N>(self.from.map(|from| from.wrapping_add(at))) }
    }

    #[inline(always)]
    unsafe fn store(&self, at: usize, out: [A::V; BEAT]) {
        // SAFETY: the caller's promise.
        unsafe { store_beat::<A, N>(out, self.to.map(|to| to.wrapping_add(at))) };
    }
}

/// Reads a beat of neighbours from each lane's place: the first one of all lanes, then the second,
/// ...
///
/// # Safety
///
/// They may be read.
#[inline(always)]
pub(super) unsafe fn load_beat<A: Vectors<N>, const N: usize>(
    from: [*const f64; N],
) -> [A::V; BEAT] {
    let mut columns = [A::splat(0.0); BEAT];
    for at in (0..BEAT).step_by(N) {
        let tile = columns[at..].as_mut_ptr().cast::<[A::V; N]>();
        // SAFETY: the caller's promise; a beat has room for whole tiles of `N`.
        unsafe { tile.write(A::load_columns(from.map(|from| from.wrapping_add(at)))) };
    }
    columns
}

/// Writes what [`load_beat`] would read.
///
/// # Safety
///
/// It may be written.
#[inline(always)]
pub(super) unsafe fn store_beat<A: Vectors<N>, const N: usize>(
    columns: [A::V; BEAT],
    to: [*mut f64; N],
) {
    for (at, columns) in (0..BEAT).step_by(N).zip(columns.as_chunks().0) {
        // SAFETY: the caller's promise.
        unsafe { A::store_columns(*columns, to.map(|to| to.wrapping_add(at))) };
    }
}

/// The prices of all lanes for one time are neighbours; those for the next time are `stride` places
/// further on. No CPU fetches that far ahead by itself, so they are prefetched.
pub(crate) struct Together {
    pub from: *const f64,
    pub to: *mut f64,
    pub stride: usize,
    /// How many steps ahead.
    pub prefetched: usize,
}

impl<A: Vectors<N>, const N: usize> Places<A, N> for Together {
    #[inline(always)]
    unsafe fn load(&self, at: usize) -> [A::V; BEAT] {
        let mut prices = [A::splat(0.0); BEAT];
        for (i, prices) in prices.iter_mut().enumerate() {
            // If memory is not aligned, a vector may end in another line than it begins in.
            let ahead = (at + i + self.prefetched) * self.stride;
            for ahead in [ahead, ahead + (N - 1)] {
                A::prefetch(self.from.wrapping_add(ahead));
                A::prefetch(self.to.wrapping_add(ahead));
            }
            let row = self.from.wrapping_add((at + i) * self.stride).cast::<[f64; N]>();
            // SAFETY: the caller's promise.
            *prices = A::from_array(unsafe { row.read() });
        }
        prices
    }

    #[inline(always)]
    unsafe fn store(&self, at: usize, out: [A::V; BEAT]) {
        for (i, out) in out.into_iter().enumerate() {
            let row = self.to.wrapping_add((at + i) * self.stride).cast::<[f64; N]>();
            // SAFETY: the caller's promise.
            unsafe { row.write(A::to_array(out)) };
        }
    }
}
