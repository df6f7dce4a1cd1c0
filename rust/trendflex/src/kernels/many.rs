//! Many series, one in each lane.

use std::marker::PhantomData;

use super::history::OnePeriod;
use super::lanes::Group;
use super::places::{Apart, Places, Together};
use super::vectors::Vectors;
use super::{memory, scalar};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::run_of_prices;
use crate::definition::rebuild::BEAT;

/// A series that lies apart from others.
#[derive(Default)]
pub(crate) struct Member<'a> {
    pub prices: &'a [f64],
    /// As long as the prices.
    pub out: &'a mut [f64],
}

/// Computes up to `N` series, at least one, the longest first. The ring has a place for each price
/// of the period; what they hold does not matter. Gives those that are left to do, whose outputs may
/// hold anything: those in which a value is missing, or all if there is no memory.
#[inline(always)]
pub(super) fn members<A: Vectors<N>, const N: usize>(
    c: &Coefficients,
    ring: &mut [f64],
    members: &mut [Member],
) -> Left {
    let mut places = Apart { from: [std::ptr::null(); N], to: [std::ptr::null_mut(); N] };
    for (lane, member) in members.iter_mut().enumerate() {
        places.from[lane] = member.prices.as_ptr();
        places.to[lane] = member.out.as_mut_ptr();
    }
    // A lane without a series does what the first does.
    let (first_from, first_to) = (places.from[0], places.to[0]);
    places.from[members.len()..].fill(first_from);
    places.to[members.len()..].fill(first_to);
    let Some(mut group) = new_group::<A, N, _>(c, ring.len(), places) else {
        return Left::all(members.len());
    };
    let longest = members[0].prices.len() / BEAT * BEAT;
    let mut left = Left(0);
    for lane in (0..members.len()).rev() {
        let Member { prices, out } = &mut members[lane];
        let whole = prices.len() / BEAT * BEAT;
        // SAFETY: this series is the shortest of those that still have a lane of their own; or no step
        // is taken, as a value is missing in each lane.
        unsafe { group.run_over_gaps(whole) };
        let rest = &prices[whole..];
        if group.has_gap(lane) || run_of_prices(rest) < rest.len() {
            left.0 |= 1 << lane;
        } else {
            let mut running = group.running(lane, ring);
            scalar::advance(&mut running, ring, c, rest, &mut out[whole..]);
        }
        // That takes time. It is in vain if no step is left or a value is missing in each lane.
        if whole < longest && group.taken == whole {
            group.follow(lane, 0);
        }
    }
    left
}

/// The steps that one vector of columns takes before the next one has its turn. A line of the cache
/// holds the columns of several vectors: if turns are short, it is still there for the last of
/// them. Meanwhile the rows of the next turn are prefetched. From 16 to 256 steps were tried; 64 to
/// 128 were fastest.
const TURN: usize = 64;

/// Computes columns, at most [`MOST_COLUMNS`], `N` at a time; the ring is as for [`members`]. Gives
/// those that are left to do: those in which a value is missing, or all if they are fewer than `N`
/// or there is no memory.
#[inline(always)]
pub(super) fn columns<A: Vectors<N>, const N: usize>(
    c: &Coefficients,
    ring: &mut [f64],
    columns: &mut Columns,
) -> Left {
    let Columns { prices, out, stride, width, len, .. } = *columns;
    if width < N {
        return Left::all(width);
    }
    // The last vector may overlap the one before it, and then writes the same once more.
    let firsts = || (0..width - N).step_by(N).chain([width - N]);
    let Some(mut groups) = memory::room(width.div_ceil(N)) else {
        return Left::all(width);
    };
    for first in firsts() {
        let (from, to) = (prices.wrapping_add(first), out.wrapping_add(first));
        let places = Together { from, to, stride, prefetched: TURN };
        match new_group::<A, N, _>(c, ring.len(), places) {
            Some(group) => groups.push(group),
            None => return Left::all(width),
        }
    }
    let whole = len / BEAT * BEAT;
    for begun in (0..whole).step_by(TURN) {
        for group in &mut groups {
            // SAFETY: the columns are `len` long.
            unsafe { group.run_over_gaps(whole.min(begun + TURN)) };
        }
    }

    let mut left = Left(0);
    for (group, first) in groups.iter().zip(firsts()) {
        for lane in 0..N {
            let mut rest = [0.0; BEAT];
            let mut last_out = [0.0; BEAT];
            let rest = &mut rest[..len - whole];
            columns.read(&[first + lane], whole, rest);
            if group.has_gap(lane) || run_of_prices(rest) < rest.len() {
                left.0 |= 1 << (first + lane);
                continue;
            }
            let mut running = group.running(lane, ring);
            let last_out = &mut last_out[..rest.len()];
            scalar::advance(&mut running, ring, c, rest, last_out);
            columns.write(&[first + lane], whole, last_out);
        }
    }
    left
}

#[inline(always)]
fn new_group<A: Vectors<N>, const N: usize, P: Places<A, N>>(
    c: &Coefficients,
    period: usize,
    places: P,
) -> Option<Group<A, N, OnePeriod<A::V>, P>> {
    let history = OnePeriod::new(period, A::splat(0.0), std::iter::empty(), 0)?;
    Some(Group::of_new_series(c.splat::<A>(), [period as i32; N], history, places))
}

/// Series that are left to do alone, one bit for each.
pub(crate) struct Left(u64);

/// Columns that are taken at once.
pub(crate) const MOST_COLUMNS: usize = u64::BITS as usize;

impl Left {
    pub fn all(series: usize) -> Self {
        assert!((1..=MOST_COLUMNS).contains(&series));
        Self(u64::MAX >> (MOST_COLUMNS - series))
    }
}

impl Iterator for Left {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let first = self.0.trailing_zeros();
        self.0 &= self.0.wrapping_sub(1);
        (first < u64::BITS).then_some(first as usize)
    }
}

/// Neighbouring columns of a matrix of prices and of a matrix of outputs, both row-major and of the
/// same shape.
pub(crate) struct Columns<'a> {
    prices: *const f64,
    out: *mut f64,
    /// From one row to the next.
    stride: usize,
    width: usize,
    /// How many rows there are.
    len: usize,
    matrices: PhantomData<(&'a [f64], &'a mut [f64])>,
}

// SAFETY: no two have a column in common, because only `split_at` makes more of them; so it is as
// if each had a slice of outputs of its own.
unsafe impl Send for Columns<'_> {}

impl<'a> Columns<'a> {
    /// All columns, `width` of them, of matrices of the same length.
    pub fn all(prices: &'a [f64], out: &'a mut [f64], width: usize) -> Self {
        let len = prices.len() / width;
        assert!(prices.len() == len * width && out.len() == prices.len());
        let (prices, out) = (prices.as_ptr(), out.as_mut_ptr());
        Self { prices, out, stride: width, width, len, matrices: PhantomData }
    }

    pub fn width(&self) -> usize {
        self.width
    }

    pub fn len(&self) -> usize {
        self.len
    }

    /// The first `width` columns, and the others.
    pub fn split_at(self, width: usize) -> (Self, Self) {
        assert!(width <= self.width);
        let (prices, out) = (self.prices.wrapping_add(width), self.out.wrapping_add(width));
        (Self { width, ..self }, Self { prices, out, width: self.width - width, ..self })
    }

    /// Copies as many prices of each column, from a row on, column after column.
    pub fn read(&self, columns: &[usize], row: usize, prices: &mut [f64]) {
        let len = prices.len() / columns.len();
        for i in 0..len {
            for (of_column, &column) in prices.chunks_exact_mut(len).zip(columns) {
                // SAFETY: within the matrix, by `place`.
                of_column[i] = unsafe { self.prices.add(self.place(column, row + i)).read() };
            }
        }
    }

    /// Copies outputs to columns as [`Columns::read`] does prices.
    pub fn write(&mut self, columns: &[usize], row: usize, out: &[f64]) {
        let len = out.len() / columns.len();
        for i in 0..len {
            for (of_column, &column) in out.chunks_exact(len).zip(columns) {
                // SAFETY: within the matrix, by `place`, in a column of ours.
                unsafe { self.out.add(self.place(column, row + i)).write(of_column[i]) };
            }
        }
    }

    /// The index of a place, which must be in the matrix.
    fn place(&self, column: usize, row: usize) -> usize {
        assert!(column < self.width && row < self.len);
        row * self.stride + column
    }
}
