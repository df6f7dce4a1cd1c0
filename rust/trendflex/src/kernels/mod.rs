//! The code that steps through prices, and the only place in this crate with `unsafe`.

mod fma;
mod scalar;

pub(crate) use fma::Fma;
pub(crate) use scalar::{advance, step};
