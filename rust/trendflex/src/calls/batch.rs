use std::ops::Range;

use super::error::Error;
use super::range::PeriodRange;
use super::scan::trendflex_scan;
use super::{checks, series, threads};
use crate::definition::coefficients::Coefficients;
use crate::definition::options::{Definition, NanPolicy};
use crate::definition::price::NAN;
use crate::kernels::dispatch;
use crate::kernels::kernel::{Kernel, MOST_LANES};
use crate::kernels::rows::Row;

impl PeriodRange {
    /// How many periods the range holds: the rows of its batch.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRange`]
    pub fn rows(self) -> Result<usize, Error> {
        self.count().ok_or(Error::InvalidRange { range: self })
    }
}

/// TrendFlex of one series for every period of a range: `out` is row-major, one row for each period
/// in the order of the range, one column for each of `prices`. A row has the bits that
/// [`trendflex_into`](crate::trendflex_into) gives for its period.
///
/// `threads`: 1 computes on the calling thread, 0 on all cores, n in at most n tasks of the
/// process's pool. Any number of threads may call it at once. Allocates scratch in proportion to
/// the largest period for each task.
///
/// # Errors
///
/// [`Error::InvalidThreads`], [`Error::InvalidRange`], then those of
/// [`trendflex_into`](crate::trendflex_into) for the largest period, with
/// [`Error::SizeOverflow`] and [`Error::OutputLength`] after [`Error::KernelUnavailable`]; `out`
/// is then as it was.
pub fn trendflex_batch_inner_into(
    prices: &[f64],
    range: PeriodRange,
    definition: Definition,
    nan_policy: NanPolicy,
    kernel: Kernel,
    threads: i32,
    out: &mut [f64],
) -> Result<(), Error> {
    let tasks = threads::most_tasks(threads)?;
    let rows = range.rows()?;
    let rows = Rows { count: rows, largest: range.largest(rows), period: |row| range.period(row) };
    rows.compute(prices, definition, nan_policy, kernel, tasks, out)
}

/// [`trendflex_batch_inner_into`] for any list of periods, in any order, repeated or not.
///
/// # Errors
///
/// Those of [`trendflex_batch_inner_into`], but [`Error::EmptyInput`] for an empty list and
/// [`Error::InvalidPeriod`] for a period below 1 in place of [`Error::InvalidRange`].
pub fn trendflex_batch_periods_into(
    prices: &[f64],
    periods: &[i32],
    definition: Definition,
    nan_policy: NanPolicy,
    kernel: Kernel,
    threads: i32,
    out: &mut [f64],
) -> Result<(), Error> {
    let tasks = threads::most_tasks(threads)?;
    let &largest = periods.iter().max().ok_or(Error::EmptyInput)?;
    periods.iter().try_for_each(|&period| checks::period(period))?;
    // Stays within what has been checked, even if another thread writes the list meanwhile.
    let period = |row: usize| periods[row].clamp(1, largest);
    let rows = Rows { count: periods.len(), largest, period };
    rows.compute(prices, definition, nan_policy, kernel, tasks, out)
}

/// The rows of a batch.
struct Rows<P> {
    count: usize,
    /// The largest period.
    largest: i32,
    /// The period of a row.
    period: P,
}

impl<P: Fn(usize) -> i32 + Sync> Rows<P> {
    fn compute(
        &self,
        prices: &[f64],
        definition: Definition,
        nan_policy: NanPolicy,
        kernel: Kernel,
        tasks: usize,
        out: &mut [f64],
    ) -> Result<(), Error> {
        let chosen = series::check(prices, self.largest, nan_policy, kernel)?;
        let (rows, columns) = (self.count, prices.len());
        let expected = rows
            .checked_mul(columns)
            .filter(|&places| places <= isize::MAX as usize / size_of::<f64>())
            .ok_or(Error::SizeOverflow { rows, columns })?;
        checks::output(expected, out.len())?;

        let mut rings = series::for_each_task(tasks.min(rows), self.largest, || {
            series::new_ring(self.largest)
        })?;
        let together = in_one_run(prices, nan_policy).filter(|_| chosen.lanes() > 1);
        // A vector of rows, or fewer if a task would otherwise get none.
        let height = chosen.lanes().min(rows.div_ceil(rings.len()));
        let groups = out.chunks_mut(columns * height).enumerate();
        threads::share(&mut rings, groups, |ring, (group, out)| {
            let first = group * height;
            let mut out = out.chunks_exact_mut(columns);
            let height = out.len();
            let mut rows: [Row; MOST_LANES] = std::array::from_fn(|row| {
                let row_of = |out| {
                    let period = (self.period)(first + row);
                    Row { period, c: Coefficients::new(period, definition), out }
                };
                out.next().map(row_of).unwrap_or_default()
            });
            let rows = &mut rows[..height];
            let mut prices = prices;
            if let Some(run) = &together
                && dispatch::suits_batch(chosen, run.len(), rows)
            {
                prices = &prices[run.clone()];
                for row in &mut *rows {
                    let (before, rest) = std::mem::take(&mut row.out).split_at_mut(run.start);
                    let (within, after) = rest.split_at_mut(run.len());
                    before.fill(NAN);
                    after.fill(NAN);
                    row.out = within;
                }
                if dispatch::batch(chosen, prices, rows).is_some() {
                    return;
                }
            }
            for Row { period, c, out } in rows {
                let ring = &mut ring[..*period as usize];
                series::row(prices, c, nan_policy, chosen, ring, out);
            }
        });
        Ok(())
    }
}

/// The prices that outputs are computed from, if no missing value stands between them.
fn in_one_run(prices: &[f64], nan_policy: NanPolicy) -> Option<Range<usize>> {
    let scan = trendflex_scan(prices);
    let gapless = scan.first_missing - scan.first == scan.count;
    (gapless || nan_policy == NanPolicy::Propagate).then_some(scan.first..scan.first_missing)
}
