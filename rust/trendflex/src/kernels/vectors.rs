//! What kernels need of vectors beyond arithmetic.

use crate::definition::arithmetic::Lanes;
use crate::definition::state::Pair;

/// Vectors of `N` doubles, `N` a divisor of 8: their masks, and what moves them.
pub(crate) trait Vectors<const N: usize>: Lanes<N> {
    /// Whether `|a| <= bound` does not hold; true for NaN.
    fn beyond(a: Self::V, bound: Self::V) -> Self::Mask;
    fn none() -> Self::Mask;
    fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask;
    fn any(mask: Self::Mask) -> bool;
    /// `b` where the mask is true, `a` elsewhere.
    fn replace_where(mask: Self::Mask, a: Self::V, b: Self::V) -> Self::V;
    /// Which lanes of the mask are true, the first in the lowest bit.
    fn which(mask: Self::Mask) -> u32;
    /// The difference of the lanes' bits as integers, which wraps.
    fn sub_bits(a: Self::V, b: Self::V) -> Self::V;
    fn and_bits(a: Self::V, b: Self::V) -> Self::V;
    fn equal_bits(a: Self::V, b: Self::V) -> Self::Mask;
    /// Whether `a < b` as signed integers.
    fn less_bits(a: Self::V, b: Self::V) -> Self::Mask;
    /// Makes the cache fetch what is at a place, which need not be memory.
    fn prefetch(place: *const f64);
    /// Reads `N` neighbours from each lane's place: the first one of all lanes, then the second,
    /// ...
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

/// Whether the mask is true in all lanes.
#[inline(always)]
pub(crate) fn is_in_all<A: Vectors<N>, const N: usize>(mask: A::Mask) -> bool {
    A::which(mask) == (1 << N) - 1
}

/// `b` where the mask is true, `a` elsewhere.
#[inline(always)]
pub(crate) fn replace_pair_where<A: Vectors<N>, const N: usize>(
    mask: A::Mask,
    a: Pair<A::V>,
    b: Pair<A::V>,
) -> Pair<A::V> {
    Pair { hi: A::replace_where(mask, a.hi, b.hi), lo: A::replace_where(mask, a.lo, b.lo) }
}
