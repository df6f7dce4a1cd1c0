use super::error::Error;
use super::{checks, series};
use crate::definition::coefficients::Coefficients;
use crate::definition::options::{Definition, NanPolicy};
use crate::kernels::kernel::Kernel;

/// TrendFlex of one series: one output for each of `prices`, in `out`, which is as long.
///
/// The outputs of leading missing values and of the first `period` prices are NaN. The output of a
/// prefix of the series is the prefix of its output, bit for bit. Runs on the calling thread; any
/// number of threads may call it at once. Allocates scratch in proportion to the period.
///
/// # Errors
///
/// [`Error::OutputLength`], [`Error::EmptyInput`], [`Error::InvalidPeriod`],
/// [`Error::PeriodTooLong`], [`Error::NoPrices`], [`Error::MissingPrice`],
/// [`Error::TooFewPrices`], [`Error::KernelUnavailable`], [`Error::OutOfMemory`], found in this
/// order; `out` is then as it was.
pub fn trendflex_into(
    prices: &[f64],
    period: i32,
    definition: Definition,
    nan_policy: NanPolicy,
    kernel: Kernel,
    out: &mut [f64],
) -> Result<(), Error> {
    checks::output(prices.len(), out.len())?;
    let chosen = series::check(prices, period, nan_policy, kernel)?;
    let mut ring = series::new_ring(period)?;
    let c = Coefficients::new(period, definition);
    series::row(prices, &c, nan_policy, chosen, &mut ring, out);
    Ok(())
}
