//! When the window's sum is computed anew, and how.

use super::arithmetic::Arithmetic;
use super::state::Pair;

/// Steps from one renormalisation of the window's sum to the next. Lanes step in beats of as many
/// steps.
pub(crate) const BEAT: usize = 8;

/// The smallest of 1000, 2000, 4000, ... that is at least four periods: how many steps pass from
/// one rebuild of the window's sum to the next. Always a multiple of [`BEAT`].
pub(crate) fn steps_between_rebuilds(period: u64) -> u64 {
    let mut steps = 1000;
    while steps < 4 * period {
        steps *= 2;
    }
    steps
}

/// The sum that the next rebuild gives the window, one smoothed price later. It is made over the
/// last `period` steps before that; `until_rebuild` is how many of them there still are.
#[inline(always)]
pub(crate) fn shadow_after<A: Arithmetic>(
    shadow: Pair<A::V>,
    smoothed: A::V,
    period: u64,
    until_rebuild: u64,
) -> Pair<A::V> {
    let shadow = shadow.plus::<A>(smoothed);
    if (period - until_rebuild) % BEAT as u64 == BEAT as u64 - 1 {
        shadow.renormalised::<A>()
    } else {
        shadow
    }
}

/// The sum of smoothed prices, renormalised after every whole beat of them.
#[inline(always)]
pub(crate) fn sum<A: Arithmetic>(oldest_first: impl Iterator<Item = A::V>) -> Pair<A::V> {
    let mut sum = Pair::zero::<A>();
    for (i, smoothed) in oldest_first.enumerate() {
        sum = sum.plus::<A>(smoothed);
        if i % BEAT == BEAT - 1 {
            sum = sum.renormalised::<A>();
        }
    }
    sum
}
