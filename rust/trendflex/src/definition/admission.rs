//! Which of the values offered to a stream, or to a symbol of a bank, are taken.

use super::options::NanPolicy;
use super::price::is_price;

/// This bit is set in the count of a series that has ended: it propagates missing prices, and one
/// has come. Its outputs are NaN for ever.
pub(crate) const ENDED: u64 = 1 << 63;

/// What becomes of a value.
pub(crate) enum Admitted {
    /// It is taken.
    Price,
    /// It is passed over.
    Nothing,
    /// It ends the series: it is the first missing price under [`NanPolicy::Propagate`]. The caller
    /// sets [`ENDED`].
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
