//! TrendFlex, the trend indicator that John F. Ehlers published in "Reflex: A New Zero-Lag
//! Indicator" (Technical Analysis of Stocks & Commodities, February 2020), computed so that every
//! path gives the same bits: one call, a batch row, a stream, any kernel, any number of threads.
//!
//! A series of prices goes through Ehlers' two-pole super smoother of half the period. The output
//! is the mean difference between the smoothed price and its `period` predecessors, divided by the
//! root of that difference's exponentially weighted mean square: a number within ±5 that is
//! positive while the price rises. The definition follows the crate `vector-ta`; the arithmetic is
//! written out in `docs/explanation/numerics.md`.
//!
//! | to compute | call |
//! |---|---|
//! | one series, one period | [`trendflex_into`] |
//! | one series, many periods (a batch) | [`trendflex_batch_inner_into`], [`trendflex_batch_periods_into`] |
//! | many series of one length, one period | [`trendflex_many_series_into`] |
//! | series of any lengths end to end (a panel), one period | [`trendflex_panel_into`] |
//! | one price at a time (a stream) | [`TrendFlexStream`] |
//! | one price of each of many symbols at a time (a bank) | [`TrendFlexStreamBank`] |
//!
//! A **price** is a value of magnitude at most 2<sup>500</sup>; anything else is **missing**, and
//! the [`NanPolicy`] says what happens then. The outputs of the leading missing values and of the
//! first `period` prices, the warm-up, are NaN. Every NaN written is `0x7ff8000000000000`.
//!
//! ```
//! use trendflex::{Definition, Kernel, NanPolicy, trendflex_into};
//!
//! let prices: Vec<f64> = (1..=10).map(f64::from).collect();
//! let mut out = vec![0.0; prices.len()];
//! trendflex_into(&prices, 5, Definition::VectorTa, NanPolicy::Propagate, Kernel::Auto, &mut out)?;
//! assert!(out[4].is_nan() && out[5] > 4.999);
//! # Ok::<(), trendflex::Error>(())
//! ```

#[forbid(unsafe_code)]
mod calls;
#[forbid(unsafe_code)]
mod definition;
mod kernels;

pub use calls::bank::{BankInfo, TrendFlexStreamBank};
pub use calls::batch::{trendflex_batch_inner_into, trendflex_batch_periods_into};
pub use calls::error::Error;
pub use calls::many::{SeriesLayout, trendflex_many_series_into, trendflex_panel_into};
pub use calls::range::PeriodRange;
pub use calls::scan::{Scan, trendflex_scan};
pub use calls::single::trendflex_into;
pub use calls::stream::{StreamInfo, TrendFlexStream};
pub use definition::options::{Definition, NanPolicy};
pub use definition::price::NAN;
pub use kernels::kernel::Kernel;
