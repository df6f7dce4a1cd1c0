//! What every whole-series call has in common: which input it takes, and how missing values split
//! a series into runs of prices.

use super::checks;
use super::error::Error;
use super::scan::trendflex_scan;
use crate::definition::coefficients::Coefficients;
use crate::definition::options::NanPolicy;
use crate::definition::price::{NAN, run_of_missing, run_of_prices};
use crate::definition::running::Running;
use crate::kernels::kernel::{Chosen, Kernel};
use crate::kernels::{dispatch, memory};

/// Checks a series against the largest period asked of it.
pub(crate) fn check(
    prices: &[f64],
    period: i32,
    nan_policy: NanPolicy,
    kernel: Kernel,
) -> Result<Chosen, Error> {
    let len = prices.len();
    if len == 0 {
        return Err(Error::EmptyInput);
    }
    checks::period(period)?;
    let needed = period as usize + 1;
    if len < needed {
        return Err(Error::PeriodTooLong { period, len });
    }
    let first = run_of_missing(prices);
    if first == len {
        return Err(Error::NoPrices { len });
    }
    let usable = match nan_policy {
        NanPolicy::Propagate => len - first,
        NanPolicy::Skip => trendflex_scan(prices).count,
        NanPolicy::Reject => {
            let index = first + run_of_prices(&prices[first..]);
            if index < len {
                return Err(Error::MissingPrice { index });
            }
            len - first
        }
    };
    if usable < needed {
        return Err(Error::TooFewPrices { period, prices: usable });
    }
    Chosen::new(kernel).ok_or(Error::KernelUnavailable { kernel })
}

/// Computes one row of a checked series. `ring` has `period` places; what they hold does not
/// matter.
pub(crate) fn row(
    prices: &[f64],
    c: &Coefficients,
    nan_policy: NanPolicy,
    chosen: Chosen,
    ring: &mut [f64],
    out: &mut [f64],
) {
    ring.fill(0.0);
    advance_over_gaps(&mut Running::default(), ring, c, nan_policy, chosen, prices, out);
}

/// Takes values, some of which may be missing; gives whether outputs may still come.
pub(crate) fn advance_over_gaps(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    nan_policy: NanPolicy,
    chosen: Chosen,
    mut values: &[f64],
    mut out: &mut [f64],
) -> bool {
    let mut hopeful = true;
    while !values.is_empty() {
        let gap = run_of_missing(values);
        if gap > 0 && running.count > 0 && nan_policy != NanPolicy::Skip {
            out.fill(NAN);
            return false;
        }
        let (from_gap, out_from_gap) = (&values[gap..], &mut out[gap..]);
        let run = dispatch::advance(chosen, running, ring, c, from_gap, hopeful, out_from_gap);
        hopeful = false;
        let (now, later) = out.split_at_mut(gap + run);
        now[..gap].fill(NAN);
        (values, out) = (&values[gap + run..], later);
    }
    true
}

/// A scratch for each task.
pub(crate) fn for_each_task<S>(
    tasks: usize,
    period: i32,
    scratch: impl Fn() -> Result<S, Error>,
) -> Result<Vec<S>, Error> {
    let mut scratches = memory::room(tasks).ok_or(Error::OutOfMemory { period })?;
    for _ in 0..tasks {
        scratches.push(scratch()?);
    }
    Ok(scratches)
}

/// Room for the last `period` smoothed prices.
pub(crate) fn new_ring(period: i32) -> Result<Vec<f64>, Error> {
    memory::filled(period as usize, 0.0).ok_or(Error::OutOfMemory { period })
}
