//! Calls of the kernel that was chosen, if it suits the work.

use super::bank::{Abreast, Tick};
use super::kernel::{Chosen, Kernel};
use super::many::{Columns, Left, Member};
#[cfg(target_arch = "aarch64")]
use super::neon;
use super::rows::Row;
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};
use super::{scalar, segments};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::run_of_prices;
use crate::definition::rebuild::BEAT;
use crate::definition::running::Running;

/// Calls a function of the chosen kernel.
macro_rules! with_vectors {
    ($chosen:expr, $function:ident($($argument:expr),*)) => {
        match $chosen.kernel() {
            // SAFETY: a kernel is only chosen if the CPU runs it.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx512 => unsafe { avx512::$function($($argument),*) },
            // SAFETY: likewise.
            #[cfg(target_arch = "x86_64")]
            Kernel::Avx2 => unsafe { avx2::$function($($argument),*) },
            // SAFETY: likewise.
            #[cfg(target_arch = "aarch64")]
            Kernel::Neon => unsafe { neon::$function($($argument),*) },
            _ => unreachable!("the scalar kernel has no vectors"),
        }
    };
}

/// Vectors take on no longer period, because their scratch is many times as long.
const LONGEST_IN_LANES: usize = 1 << 13;

/// Takes values up to the first missing one; gives how many. Writes an output for each, and may
/// write anything to the places of the others. If it is `hopeful`, it computes before it knows that
/// all are prices: that saves a pass if they are, and is in vain if not.
pub(crate) fn advance(
    chosen: Chosen,
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    values: &[f64],
    hopeful: bool,
    out: &mut [f64],
) -> usize {
    let period = ring.len();
    let in_vectors = |len: usize| {
        chosen.lanes() > 1
            && period <= LONGEST_IN_LANES
            && len >= segments::shortest(period, chosen.lanes())
    };
    let hopeful = hopeful && in_vectors(values.len());
    let mut len = if hopeful { values.len() } else { run_of_prices(values) };
    let mut done = 0;
    if in_vectors(len) {
        // To the beginning of a beat, with a full ring.
        let begin = running.count.max(period as u64).next_multiple_of(BEAT as u64);
        let lead = (begin - running.count) as usize;
        done = run_of_prices(&values[..lead]);
        scalar::advance(running, ring, c, &values[..done], &mut out[..done]);
        while done == lead && in_vectors(len - done) {
            let end = len - (len - done) % BEAT;
            let (values, out) = (&values[done..end], &mut out[done..end]);
            match with_vectors!(chosen, segments(running, ring, c, values, out)) {
                Some(true) => done = end,
                Some(false) => len = lead + run_of_prices(values),
                // There is no memory for vectors.
                None => break,
            }
        }
    }
    let run = done + run_of_prices(&values[done..len]);
    scalar::advance(running, ring, c, &values[done..run], &mut out[done..run]);
    run
}

/// Whether [`batch`] can compute the rows of a series of `len` prices, and faster than one by one.
/// One by one is faster for long series, whose segments overlap little for their length: the
/// history of one period needs no transposition.
pub(crate) fn suits_batch(len: usize, rows: &[Row]) -> bool {
    let fits = |period: i32| (BEAT..=LONGEST_IN_LANES).contains(&(period as usize));
    let largest = rows.iter().map(|row| row.period).max().unwrap_or(0) as usize;
    rows.iter().all(|row| fits(row.period))
        && (BEAT..12 * segments::overlap(largest)).contains(&len)
}

/// Computes up to [`Chosen::lanes`] rows of one series of prices. None if there is no memory for
/// that; nothing is then done.
pub(crate) fn batch(chosen: Chosen, prices: &[f64], rows: &mut [Row]) -> Option<()> {
    with_vectors!(chosen, batch(prices, rows))
}

/// How many of the series, from the first on, [`members`] best computes together; 1 if the first is
/// best computed alone. The longest comes first.
pub(crate) fn together(chosen: Chosen, period: i32, members: &[Member]) -> usize {
    let lanes = chosen.lanes();
    if lanes == 1 || period as usize > LONGEST_IN_LANES {
        return 1;
    }
    let group = &members[..members.len().min(lanes)];
    let overlap = segments::overlap(period as usize);
    let alone: usize = group.iter().map(|member| member.prices.len() / lanes + overlap).sum();
    if group.len() == 1 || alone < group[0].prices.len() { 1 } else { group.len() }
}

/// Computes two to [`Chosen::lanes`] series, longest first; gives whether it did. If a value is
/// missing or there is no memory, it does not, and their outputs may then hold anything. `ring` has
/// a place for each price of the period; what they hold does not matter.
pub(crate) fn members(
    chosen: Chosen,
    c: &Coefficients,
    ring: &mut [f64],
    members: &mut [Member],
) -> bool {
    with_vectors!(chosen, members(c, ring, members))
}

/// Computes columns, at most [`MOST_COLUMNS`](super::many::MOST_COLUMNS); gives those that are left
/// to do alone. `ring` is as for [`members`].
pub(crate) fn columns(
    chosen: Chosen,
    c: &Coefficients,
    ring: &mut [f64],
    columns: &mut Columns,
) -> Left {
    if chosen.lanes() == 1 || ring.len() > LONGEST_IN_LANES {
        return Left::all(columns);
    }
    with_vectors!(chosen, columns(c, ring, columns))
}

/// Takes a price for each symbol of a bank.
pub(crate) fn tick(
    chosen: Chosen,
    tick: &Tick,
    eights: &mut [Abreast],
    prices: &[f64],
    out: &mut [f64],
) {
    if chosen.lanes() == 1 {
        return scalar::tick(tick, eights, prices, out);
    }
    with_vectors!(chosen, tick(tick, eights, prices, out));
}
