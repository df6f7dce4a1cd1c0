//! Calls of the kernel that was chosen, if it suits the work.

use super::bank::{Abreast, Tick};
use super::cut::{self, Cut, LONGEST_IN_LANES};
use super::kernel::{Chosen, Kernel};
use super::many::{Columns, Left, Member};
#[cfg(target_arch = "aarch64")]
use super::neon;
use super::rows::Row;
#[cfg(target_arch = "x86_64")]
use super::{avx2, avx512};
use super::{scalar, segments};
use crate::definition::coefficients::Coefficients;
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
    let best_cut = |len| Cut::best(chosen, period, len);
    // To the beginning of a beat, with a full ring.
    let begin = running.count.max(period as u64).next_multiple_of(BEAT as u64);
    let until_beat = (begin - running.count) as usize;

    let hopeful = hopeful && best_cut(values.len().saturating_sub(until_beat)).is_some();
    let checked = if hopeful { until_beat + segments::overlap(period) } else { values.len() };
    let run = scalar::run_of_prices(&values[..checked]);
    let mut end = if run == checked { values.len() } else { run };
    let mut done = 0;
    let mut cut = best_cut(end.saturating_sub(until_beat));
    if cut.is_some() {
        scalar::advance(running, ring, c, &values[..until_beat], &mut out[..until_beat]);
        done = until_beat;
    }
    while let Some(Cut { kernel, prices, apart }) = cut {
        let (prices, out) = (&values[done..][..prices], &mut out[done..][..prices]);
        let taken = with_vectors!(kernel, segments(running, ring, c, prices, apart, out));
        if taken == Some(true) {
            done += prices.len();
        }
        end = done + scalar::run_of_prices(&values[done..end]);
        // Without memory for vectors the rest goes without them.
        cut = best_cut(end - done).filter(|_| taken.is_some());
    }
    scalar::advance(running, ring, c, &values[done..end], &mut out[done..end]);
    end
}

/// Whether [`batch`] can compute the rows of a series of `len` prices, and faster than one by one.
pub(crate) fn suits_batch(chosen: Chosen, len: usize, rows: &[Row]) -> bool {
    let fits = |period: i32| (BEAT..=LONGEST_IN_LANES).contains(&(period as usize));
    len >= BEAT
        && rows.iter().all(|row| fits(row.period))
        && cut::cost_of_rows(chosen, len)
            < rows.iter().map(|row| cut::cost(chosen, row.period as usize, len)).sum()
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
    let cost_of = |member: &Member| cut::cost(chosen, period as usize, member.prices.len());
    let alone: f64 = group.iter().map(cost_of).sum();
    if cut::cost_of_lanes(chosen, group[0].prices.len()) < alone { group.len() } else { 1 }
}

/// Computes two to [`Chosen::lanes`] series, longest first; gives those that are left to do alone,
/// whose outputs may hold anything. `ring` has a place for each price of the period; what they hold
/// does not matter.
pub(crate) fn members(
    chosen: Chosen,
    c: &Coefficients,
    ring: &mut [f64],
    members: &mut [Member],
) -> Left {
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
        return Left::all(columns.width());
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
