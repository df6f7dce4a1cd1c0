//! One series for a vector of periods.

use super::history::OwnPeriods;
use super::lanes::Group;
use super::places::Apart;
use super::vectors::Vectors;
use crate::definition::coefficients::Coefficients;
use crate::definition::rebuild::BEAT;

/// A row of a batch.
#[derive(Default)]
pub(crate) struct Row<'a> {
    /// [`BEAT`] or more.
    pub period: i32,
    pub c: Coefficients,
    pub out: &'a mut [f64],
}

/// Computes up to `N` rows, at least one, of one series of prices that is longer than the periods.
/// None if there is no memory for it; nothing is then done.
#[inline(always)]
pub(super) fn batch<A: Vectors<N>, const N: usize>(prices: &[f64], rows: &mut [Row]) -> Option<()> {
    // A lane without a row does what the first does.
    let row: [usize; N] = std::array::from_fn(|lane| if lane < rows.len() { lane } else { 0 });
    let periods = row.map(|row| rows[row].period);
    let c = Coefficients::side_by_side::<A, N>(row.map(|row| rows[row].c));
    let mut to = [std::ptr::null_mut(); N];
    for (lane, to) in to.iter_mut().enumerate().take(rows.len()) {
        *to = rows[lane].out.as_mut_ptr();
    }
    let to = row.map(|row| to[row]);
    let whole = prices.len() / BEAT * BEAT;
    let places = Apart { from: [prices.as_ptr(); N], to };
    let history = OwnPeriods::new(periods)?;
    let mut group = Group::<A, N, _, _>::of_new_series(c, periods, history, places);
    // SAFETY: each row is as long as the prices.
    unsafe { group.open_and_run(whole) };

    let mut last_prices = [0.0; BEAT];
    let mut last_out = [[0.0; BEAT]; N];
    let rest = prices.len() - whole;
    last_prices[..rest].copy_from_slice(&prices[whole..]);
    group.places = Apart {
        from: [last_prices.as_ptr().wrapping_sub(whole); N],
        to: last_out.each_mut().map(|out| out.as_mut_ptr().wrapping_sub(whole)),
    };
    // SAFETY: the places hold one beat, counted from `whole`.
    unsafe { group.run(whole + BEAT) };
    for (row, out) in rows.iter_mut().zip(&last_out) {
        row.out[whole..].copy_from_slice(&out[..rest]);
    }
    Some(())
}
