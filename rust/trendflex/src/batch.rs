use std::fmt;
use std::ops::Range;
use std::sync::Mutex;

use crate::coefficients::Coefficients;
use crate::kernels::{self, Row};
use crate::{Definition, Error, Kernel, NAN, NanPolicy, series, trendflex_scan};

/// Periods from `start` to `end`, both of the range as far as the step reaches them: 20 to 25 by 2
/// is 20, 22, 24. With `start` above `end` they descend. A step of 0 means `start` alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PeriodRange {
    /// The first period, 1 or more.
    pub start: i32,
    /// The bound of the last period, 1 or more.
    pub end: i32,
    /// The difference of neighbours, 0 or more.
    pub step: i32,
}

impl Default for PeriodRange {
    /// 20 to 269 by 1.
    fn default() -> Self {
        Self { start: 20, end: 269, step: 1 }
    }
}

impl fmt::Display for PeriodRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.start, self.end, self.step)
    }
}

impl PeriodRange {
    /// How many periods the range holds: the rows of its batch.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidRange`]
    pub fn rows(self) -> Result<usize, Error> {
        if self.start < 1 || self.end < 1 || self.step < 0 {
            return Err(Error::InvalidRange { range: self });
        }
        let steps = self.start.abs_diff(self.end).checked_div(self.step as u32);
        Ok(steps.unwrap_or(0) as usize + 1)
    }

    /// The period of a row below [`PeriodRange::rows`].
    fn period(self, row: usize) -> i32 {
        let distance = row as i32 * self.step;
        if self.start <= self.end { self.start + distance } else { self.start - distance }
    }
}

/// TrendFlex of one series for every period of a range: `out` is row-major, one row a period in
/// the order of the range, one column for each of `prices`. A row has the bits that
/// [`trendflex_into`](crate::trendflex_into) gives for its period.
///
/// `threads`: 1 computes on the calling thread, 0 on all cores, n in at most n tasks of the
/// process's pool. Any number of threads may call it at once. Allocates, per task, scratch in
/// proportion to the largest period.
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
    if threads < 0 {
        return Err(Error::InvalidThreads { threads });
    }
    let rows = range.rows()?;
    let largest = range.period(0).max(range.period(rows - 1));
    let chosen = series::check(prices, largest, nan_policy, kernel)?;
    let columns = prices.len();
    let expected = rows
        .checked_mul(columns)
        .filter(|&places| places <= isize::MAX as usize / size_of::<f64>())
        .ok_or(Error::SizeOverflow { rows, columns })?;
    if out.len() != expected {
        return Err(Error::OutputLength { expected, actual: out.len() });
    }

    let tasks = match threads {
        0 => rayon::current_num_threads(),
        1 => 1,
        n => rayon::current_num_threads().min(n as usize),
    }
    .min(rows);
    let mut rings = Vec::with_capacity(tasks);
    for _ in 0..tasks {
        rings.push(series::new_ring(largest)?);
    }

    let together = in_one_run(prices, nan_policy).filter(|_| chosen.lanes() > 1);
    let groups = Mutex::new(out.chunks_mut(columns * chosen.lanes()).enumerate());
    let take_groups = |ring: &mut [f64]| {
        while let Some((group, out)) = next(&groups) {
            let first = group * chosen.lanes();
            let rows = out.chunks_exact_mut(columns).enumerate().map(|(row, out)| {
                let period = range.period(first + row);
                Row { period, c: Coefficients::new(period, definition), out }
            });
            let mut rows: Vec<Row> = rows.collect();
            match &together {
                Some(run) if kernels::suits_batch(run.len(), &rows) => {
                    for row in &mut rows {
                        let (before, rest) = std::mem::take(&mut row.out).split_at_mut(run.start);
                        let (within, after) = rest.split_at_mut(run.len());
                        before.fill(NAN);
                        after.fill(NAN);
                        row.out = within;
                    }
                    kernels::batch(chosen, &prices[run.clone()], &mut rows);
                }
                _ => {
                    for Row { period, c, out } in rows {
                        let ring = &mut ring[..period as usize];
                        series::row(prices, &c, nan_policy, chosen, ring, out);
                    }
                }
            }
        }
    };
    match &mut rings[..] {
        [ring] => take_groups(ring),
        rings => rayon::scope(|scope| {
            for ring in rings {
                scope.spawn(|_| take_groups(ring));
            }
        }),
    }
    Ok(())
}

/// Where the prices are that outputs are computed from, if no missing value stands between them.
fn in_one_run(prices: &[f64], nan_policy: NanPolicy) -> Option<Range<usize>> {
    let scan = trendflex_scan(prices);
    let gapless = scan.first_missing - scan.first == scan.count;
    (gapless || nan_policy == NanPolicy::Propagate).then_some(scan.first..scan.first_missing)
}

fn next<T>(items: &Mutex<impl Iterator<Item = T>>) -> Option<T> {
    items.lock().ok()?.next()
}
