//! How the indicator is stepped: one price at a time, or as many as a vector has lanes. The only
//! place in this crate with `unsafe`.

mod alone;
#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
pub(crate) mod bank;
mod cut;
mod deferred;
pub(crate) mod dispatch;
mod entry_points;
mod history;
pub(crate) mod kernel;
mod lanes;
mod lead;
pub(crate) mod many;
pub(crate) mod memory;
#[cfg(target_arch = "aarch64")]
mod neon;
mod places;
pub(crate) mod rows;
pub(crate) mod scalar;
mod segments;
pub(crate) mod stream;
pub(crate) mod tag;
mod vectors;
pub(crate) mod words;
