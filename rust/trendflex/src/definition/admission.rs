//! Which of the values offered to a stream, or to a symbol of a bank, are taken.

use super::options::NanPolicy;
use super::price::is_price;

/// Set in the count of one that propagates and has met a missing price: its outputs are NaN for
/// ever.
pub(crate) const ENDED: u64 = 1 << 63;

/// What a value is to the one it is offered to.
pub(crate) enum Admitted {
    Price,
    /// Passed over.
    Nothing,
    /// The first missing price under [`NanPolicy::Propagate`]: sets [`ENDED`].
    End,
}

/// `count`: the prices taken so far.
#[inline(always)]
pub(crate) fn admit(count: u64, nan_policy: NanPolicy, value: f64) -> Admitted {
    if count & ENDED != 0 {
        Admitted::Nothing
    } else if is_price(value) {
        Admitted::Price
    } else if count > 0 && nan_policy != NanPolicy::Skip {
        Admitted::End
    } else {
        Admitted::Nothing
    }
}
