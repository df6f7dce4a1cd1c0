use std::cmp::Reverse;

use super::error::Error;
use super::{checks, series, threads};
use crate::definition::coefficients::Coefficients;
use crate::definition::options::{Definition, NanPolicy};
use crate::definition::price::{NAN, is_price, run_of_missing, run_of_prices};
use crate::definition::running::Running;
use crate::kernels::kernel::{Chosen, Kernel, MOST_LANES};
use crate::kernels::many::{Columns, Left, MOST_COLUMNS, Member};
use crate::kernels::{dispatch, memory};

/// How series of one length lie in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SeriesLayout {
    /// One series after the other.
    #[default]
    SeriesMajor,
    /// The values of all series for one time together, then those for the next.
    TimeMajor,
}

/// TrendFlex of `series` series of one length and one period: `layout` says how they lie in
/// `prices`; `out`, which is as long, gets their outputs in the same places, with the bits that
/// [`trendflex_into`](crate::trendflex_into) gives for each alone.
///
/// A series that has too few prices gets NaN, and the call succeeds, even if all series are so. If
/// there are no values at all, there is nothing to do. `threads`: 1 computes on the calling thread,
/// 0 on all cores, n in at most n tasks of the process's pool. Any number of threads may call it at
/// once. Allocates scratch in proportion to the period for each task, and a few bytes for each
/// series. Series that lie side by side and have missing values are copied, up to half a million
/// values at a time.
///
/// # Errors
///
/// [`Error::InvalidThreads`], [`Error::OutputLength`], [`Error::UnevenSeries`],
/// [`Error::InvalidPeriod`], [`Error::MissingPrice`] (the first index in `prices`),
/// [`Error::KernelUnavailable`], [`Error::OutOfMemory`], found in this order; `out` is then as it
/// was.
#[expect(clippy::too_many_arguments, reason = "as many as the C function has")]
pub fn trendflex_many_series_into(
    prices: &[f64],
    series: usize,
    layout: SeriesLayout,
    period: i32,
    definition: Definition,
    nan_policy: NanPolicy,
    kernel: Kernel,
    threads: i32,
    out: &mut [f64],
) -> Result<(), Error> {
    let tasks = threads::most_tasks(threads)?;
    let values = prices.len();
    checks::output(prices.len(), out.len())?;
    if !values.is_multiple_of(series) {
        return Err(Error::UnevenSeries { series, values });
    }
    checks::period(period)?;
    // If there are no values, it does not matter how many series there are.
    let series = if values == 0 { 1 } else { series };
    let len = values / series;
    match layout {
        SeriesLayout::SeriesMajor => {
            if nan_policy == NanPolicy::Reject {
                reject_missing(prices.chunks_exact(len.max(1)))?;
            }
            let job = Job::new(period, definition, nan_policy, kernel, tasks.min(series))?;
            let pairs = prices.chunks_exact(len.max(1)).zip(out.chunks_exact_mut(len.max(1)));
            job.members(pairs.map(|(prices, out)| Member { prices, out }))
        }
        SeriesLayout::TimeMajor => {
            if nan_policy == NanPolicy::Reject {
                reject_missing_in_rows(prices, series, period)?;
            }
            let strips = (series / STRIP_WIDTH).max(1);
            let job = Job::new(period, definition, nan_policy, kernel, tasks.min(strips))?;
            if period as usize >= len {
                out.fill(NAN);
                return Ok(());
            }
            job.columns(Columns::all(prices, out, series))
        }
    }
}

/// TrendFlex of a panel: series of any lengths, end to end in `prices`. Series `s` is
/// `prices[offsets[s]..offsets[s + 1]]`. There is one offset more than series; the first is 0, the
/// last is the number of values. `out`, as long as `prices`, gets the outputs in the same places.
///
/// Series that have too few prices, or none, `threads` and all else are as for
/// [`trendflex_many_series_into`].
///
/// # Errors
///
/// [`Error::InvalidThreads`], [`Error::OutputLength`], [`Error::InvalidOffsets`],
/// [`Error::InvalidPeriod`], [`Error::MissingPrice`], [`Error::KernelUnavailable`],
/// [`Error::OutOfMemory`], found in this order; `out` is then as it was.
#[expect(clippy::too_many_arguments, reason = "as many as the C function has")]
pub fn trendflex_panel_into(
    prices: &[f64],
    offsets: &[u64],
    period: i32,
    definition: Definition,
    nan_policy: NanPolicy,
    kernel: Kernel,
    threads: i32,
    out: &mut [f64],
) -> Result<(), Error> {
    let tasks = threads::most_tasks(threads)?;
    checks::output(prices.len(), out.len())?;
    check_offsets(offsets, prices.len())?;
    checks::period(period)?;
    // They can fall only if another thread writes the offsets meanwhile.
    let lengths = offsets.windows(2).map(|ends| ends[1].saturating_sub(ends[0]) as usize);
    if nan_policy == NanPolicy::Reject {
        let mut rest = prices;
        reject_missing(lengths.clone().map(|len| rest.split_off(..len).unwrap_or(&[])))?;
    }
    let job = Job::new(period, definition, nan_policy, kernel, tasks.min(lengths.len()))?;
    let (mut prices, mut out) = (prices, out);
    job.members(lengths.map(|len| Member {
        prices: prices.split_off(..len).unwrap_or(&[]),
        out: out.split_off_mut(..len).unwrap_or(&mut []),
    }))
}

fn check_offsets(offsets: &[u64], len: usize) -> Result<(), Error> {
    let mut least = 0;
    for (index, &offset) in offsets.iter().enumerate() {
        let is_first = index == 0;
        let is_last = index + 1 == offsets.len();
        if offset < least
            || offset > len as u64
            || (is_first && offset > 0)
            || (is_last && offset < len as u64)
        {
            return Err(Error::InvalidOffsets { index });
        }
        least = offset;
    }
    if offsets.is_empty() { Err(Error::InvalidOffsets { index: 0 }) } else { Ok(()) }
}

/// Finds the first missing value after its series' first price, in series end to end.
fn reject_missing<'a>(all: impl Iterator<Item = &'a [f64]>) -> Result<(), Error> {
    let mut begin = 0;
    for prices in all {
        let first = run_of_missing(prices);
        let end = first + run_of_prices(&prices[first..]);
        if end < prices.len() {
            return Err(Error::MissingPrice { index: begin + end });
        }
        begin += prices.len();
    }
    Ok(())
}

/// The same in series side by side.
fn reject_missing_in_rows(prices: &[f64], series: usize, period: i32) -> Result<(), Error> {
    let mut has_begun = memory::filled(series, false).ok_or(Error::OutOfMemory { period })?;
    for (row, prices) in prices.chunks_exact(series).enumerate() {
        for (column, (&price, has_begun)) in prices.iter().zip(&mut has_begun).enumerate() {
            if is_price(price) {
                *has_begun = true;
            } else if *has_begun {
                return Err(Error::MissingPrice { index: row * series + column });
            }
        }
    }
    Ok(())
}

/// Columns that a task takes at once: they fill whole lines of the cache.
const STRIP_WIDTH: usize = MOST_COLUMNS / 2;

/// What a task needs for columns: a ring, and [`Job::room`].
struct ColumnScratch {
    ring: Vec<f64>,
    prices: Vec<f64>,
    out: Vec<f64>,
}

/// What is computed for each series, and with what.
struct Job {
    period: i32,
    c: Coefficients,
    nan_policy: NanPolicy,
    chosen: Chosen,
    tasks: usize,
}

impl Job {
    fn new(
        period: i32,
        definition: Definition,
        nan_policy: NanPolicy,
        kernel: Kernel,
        tasks: usize,
    ) -> Result<Self, Error> {
        let chosen = Chosen::new(kernel).ok_or(Error::KernelUnavailable { kernel })?;
        Ok(Self { period, c: Coefficients::new(period, definition), nan_policy, chosen, tasks })
    }

    /// Computes series that lie apart.
    fn members<'a>(&self, all: impl ExactSizeIterator<Item = Member<'a>>) -> Result<(), Error> {
        let no_memory = Error::OutOfMemory { period: self.period };
        let mut members = memory::room(all.len()).ok_or(no_memory)?;
        members.extend(all);
        // If no series is long enough, a long period needs no long rings.
        let long_enough = |member: &Member| member.prices.len() > self.period as usize;
        let tasks = if members.iter().any(long_enough) { self.tasks } else { 0 };
        let new_ring = || series::new_ring(self.period);
        let mut rings = series::for_each_task(tasks, self.period, new_ring)?;

        let mut rest = self.begin(&mut members);
        let groups = std::iter::from_fn(|| self.next_group(&mut rest));
        threads::share(&mut rings, groups, |ring, group| self.group(group, ring));
        Ok(())
    }

    /// Writes the outputs before the first price of each series, and all outputs of series that
    /// have too few prices. Gives the other series from their first prices on, longest first.
    fn begin<'m, 'a>(&self, members: &'m mut [Member<'a>]) -> &'m mut [Member<'a>] {
        for member in &mut *members {
            let first = run_of_missing(member.prices);
            let enough = member.prices.len() - first > self.period as usize;
            let begin = if enough { first } else { member.prices.len() };
            let (before, out) = std::mem::take(&mut member.out).split_at_mut(begin);
            before.fill(NAN);
            *member = Member { prices: &member.prices[begin..], out };
        }
        members.sort_unstable_by_key(|member| Reverse(member.prices.len()));
        let computed = members.partition_point(|member| !member.prices.is_empty());
        &mut members[..computed]
    }

    /// The first of the series: as many as are best computed together.
    fn next_group<'m, 'a>(&self, rest: &mut &'m mut [Member<'a>]) -> Option<&'m mut [Member<'a>]> {
        match rest.len() {
            0 => None,
            _ => rest.split_off_mut(..dispatch::together(self.chosen, self.period, rest)),
        }
    }

    fn group(&self, group: &mut [Member], ring: &mut [f64]) {
        let Self { c, nan_policy, chosen, .. } = self;
        let left = match group.len() {
            1 => Left::all(1),
            _ => dispatch::members(*chosen, c, ring, group),
        };
        for at in left {
            let Member { prices, out } = &mut group[at];
            series::row(prices, c, *nan_policy, *chosen, ring, out);
        }
    }

    /// Computes series that stand side by side.
    fn columns(&self, all: Columns) -> Result<(), Error> {
        let mut scratches = series::for_each_task(self.tasks, self.period, || {
            let ring = series::new_ring(self.period)?;
            Ok(ColumnScratch { ring, prices: self.room(&all)?, out: self.room(&all)? })
        })?;
        let mut rest = Some(all);
        let strips = std::iter::from_fn(|| {
            let all = rest.take()?;
            if all.width() < 2 * STRIP_WIDTH {
                return Some(all);
            }
            let (strip, others) = all.split_at(STRIP_WIDTH);
            rest = Some(others);
            Some(strip)
        });
        threads::share(&mut scratches, strips, |scratch, mut strip| {
            let mut left = dispatch::columns(self.chosen, &self.c, &mut scratch.ring, &mut strip);
            let mut columns = [0; MOST_LANES];
            loop {
                let places = columns[..self.chosen.lanes()].iter_mut();
                let count = places.zip(&mut left).map(|(place, column)| *place = column).count();
                if count == 0 {
                    break;
                }
                self.copied(&columns[..count], &mut strip, scratch);
            }
        });
        Ok(())
    }

    /// Room for the values that [`Job::copied`] copies at once.
    fn room(&self, columns: &Columns) -> Result<Vec<f64>, Error> {
        let whole = columns.len() <= COPIED;
        let at_once = if whole { self.chosen.lanes() * columns.len() } else { COPIED };
        memory::room(at_once).ok_or(Error::OutOfMemory { period: self.period })
    }

    /// Computes columns apart from each other, in copies: those that begin late, for example.
    fn copied(&self, columns: &[usize], strip: &mut Columns, scratch: &mut ColumnScratch) {
        let ColumnScratch { ring, prices, out } = scratch;
        let rows = strip.len().min(COPIED);
        let at_once = if rows == strip.len() { columns.len() } else { 1 };
        for values in [&mut *prices, &mut *out] {
            values.resize(at_once * rows, 0.0);
        }
        if rows == strip.len() {
            strip.read(columns, 0, prices);
            let pairs = prices.chunks_exact(rows).zip(out.chunks_exact_mut(rows));
            let mut members: [Member; MOST_LANES] = Default::default();
            let places = members.iter_mut().zip(pairs);
            places.for_each(|(place, (prices, out))| *place = Member { prices, out });
            let mut rest = self.begin(&mut members[..at_once]);
            while let Some(group) = self.next_group(&mut rest) {
                self.group(group, ring);
            }
            strip.write(columns, 0, out);
            return;
        }
        for &column in columns {
            let mut running = Running::default();
            ring.fill(0.0);
            let mut going = true;
            for row in (0..strip.len()).step_by(COPIED) {
                let len = COPIED.min(strip.len() - row);
                let (prices, out) = (&mut prices[..len], &mut out[..len]);
                strip.read(&[column], row, prices);
                if going {
                    let Self { c, nan_policy, chosen, .. } = self;
                    going = series::advance_over_gaps(
                        &mut running,
                        ring,
                        c,
                        *nan_policy,
                        *chosen,
                        prices,
                        out,
                    );
                } else {
                    out.fill(NAN);
                }
                strip.write(&[column], row, out);
            }
        }
    }
}

/// Values of a column that are copied at once.
const COPIED: usize = 1 << 16;
