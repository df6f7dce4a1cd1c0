//! Checks of arguments that several calls have in common.

use super::error::Error;

pub(crate) fn period(period: i32) -> Result<(), Error> {
    if period < 1 { Err(Error::InvalidPeriod { period }) } else { Ok(()) }
}

/// Whether an output of `actual` places has as many as the results.
pub(crate) fn output(expected: usize, actual: usize) -> Result<(), Error> {
    if actual == expected { Ok(()) } else { Err(Error::OutputLength { expected, actual }) }
}
