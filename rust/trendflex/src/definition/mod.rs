//! What the indicator is: its prices, its options and the arithmetic of a step, written once for a
//! double and for vectors of them. Nothing here says how many steps are taken at once.

pub(crate) mod admission;
pub(crate) mod arithmetic;
pub(crate) mod coefficients;
pub(crate) mod options;
pub(crate) mod price;
pub(crate) mod rebuild;
pub(crate) mod running;
pub(crate) mod state;
