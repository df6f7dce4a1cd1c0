//! The places from which lanes read their prices, and to which they write their outputs.

use super::vectors::Vectors;

/// The prices of lanes and the places for their outputs.
pub(crate) trait Places<A: Vectors<N>, const N: usize> {
    /// `N` prices of each lane, from its price `at` on: the first one of all lanes, then the
    /// second, ...
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

/// Each lane has a series of its own, whose prices are neighbours.
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
