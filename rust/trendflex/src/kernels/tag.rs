//! The first word of a state: whether it is a stream's or a bank's, and its options.

use crate::definition::options::{Definition, NanPolicy};

const SKIPS: u64 = 1 << 32;
const EHLERS: u64 = 2 << 32;
/// The lowest bit that a kind may have.
const KINDS: u64 = 1 << 40;

/// A kind of state, a period, a definition and a NaN policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tag(u64);

impl Tag {
    pub const STREAM: u64 = 0x54_5246 * KINDS;
    pub const BANK: u64 = 0x54_4246 * KINDS;

    /// None for [`NanPolicy::Reject`], which no state can keep.
    pub fn new(
        kind: u64,
        period: i32,
        definition: Definition,
        nan_policy: NanPolicy,
    ) -> Option<Self> {
        let skips = match nan_policy {
            NanPolicy::Propagate => 0,
            NanPolicy::Skip => SKIPS,
            NanPolicy::Reject => return None,
        };
        let ehlers = match definition {
            Definition::VectorTa => 0,
            Definition::Ehlers => EHLERS,
        };
        Some(Self(kind | skips | ehlers | period as u64))
    }

    #[inline(always)]
    pub fn load(word: f64) -> Self {
        Self(word.to_bits())
    }

    pub fn word(self) -> f64 {
        f64::from_bits(self.0)
    }

    /// Whether this is the tag of a state of the kind and of `period` doubles.
    #[inline(always)]
    pub fn is(self, kind: u64, period: u64) -> bool {
        self.0 & !(SKIPS | EHLERS) == kind | period && period <= i32::MAX as u64
    }

    pub fn period(self) -> i32 {
        self.0 as i32
    }

    pub fn definition(self) -> Definition {
        if self.0 & EHLERS != 0 { Definition::Ehlers } else { Definition::VectorTa }
    }

    #[inline(always)]
    pub fn nan_policy(self) -> NanPolicy {
        if self.0 & SKIPS != 0 { NanPolicy::Skip } else { NanPolicy::Propagate }
    }
}
