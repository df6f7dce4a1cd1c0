//! Whether it pays to cut a series into segments, one for each lane, and where.

use super::kernel::{Chosen, Kernel};
use super::segments::overlap;
use crate::definition::rebuild::{BEAT, steps_between_rebuilds};

/// Vectors take on no longer period, because their scratch is many times as long.
pub(super) const LONGEST_IN_LANES: usize = 1 << 13;

/// A series that is cut into as many segments as a vector has lanes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cut {
    /// The kernel whose vectors take it: the one that was chosen or, where fewer segments are
    /// faster, a narrower one.
    pub kernel: Chosen,
    /// How many prices are taken.
    pub prices: usize,
    /// How many prices after one segment the next one begins, whole beats of them.
    pub apart: usize,
}

impl Cut {
    /// The fastest cut of a series of `len` prices, or of most of them; none if it is faster alone.
    pub fn best(chosen: Chosen, period: usize, len: usize) -> Option<Self> {
        let (cut, cost) = Self::cheapest(chosen, period, len)?;
        (cost < ALONE * len as f64).then_some(cut)
    }

    /// A cut, and the cost of the whole series with it.
    fn cheapest(chosen: Chosen, period: usize, len: usize) -> Option<(Self, f64)> {
        if period > LONGEST_IN_LANES {
            return None;
        }
        let overlap = overlap(period);
        let shared = len.checked_sub(overlap)?;
        let rebuild_every = steps_between_rebuilds(period as u64) as usize;
        let cut = |kernel: Chosen, unit: usize| {
            let (lanes, costs) = (kernel.lanes(), Costs::of(kernel)?);
            let apart = unconflicted(shared / lanes / unit * unit);
            let prices = lanes * apart + overlap;
            let together = apart.is_multiple_of(rebuild_every);
            let rebuilds = (overlap + apart) * if together { 1 } else { lanes };
            let cost = SEAMS
                + SEAMS_BY_PERIOD * period as f64
                + costs.led * overlap as f64
                + costs.full * apart as f64
                + (REBUILD + REBUILD_BY_PERIOD * period as f64) / rebuild_every as f64
                    * rebuilds as f64
                + ALONE * (len - prices) as f64;
            (apart > 0).then_some((Self { kernel, prices, apart }, cost))
        };
        // Segments that are whole rebuilds apart rebuild together; others leave less of the series.
        let units = [BEAT, rebuild_every];
        let kernels = [Some(chosen), chosen.narrower()].into_iter().flatten();
        let cuts = kernels.flat_map(|kernel| units.map(|unit| cut(kernel, unit))).flatten();
        cuts.min_by(|(_, a), (_, b)| a.total_cmp(b))
    }
}

/// The cost of a series of `len` prices, cut or alone.
pub(super) fn cost(chosen: Chosen, period: usize, len: usize) -> f64 {
    let alone = ALONE * len as f64;
    Cut::cheapest(chosen, period, len).map_or(alone, |(_, cut)| cut.min(alone))
}

/// The cost of a vector of series of `len` prices.
pub(super) fn cost_of_lanes(chosen: Chosen, len: usize) -> f64 {
    Costs::of(chosen).map_or(f64::INFINITY, |costs| costs.full * len as f64)
}

/// The cost of a vector of rows of a batch over `len` prices.
pub(super) fn cost_of_rows(chosen: Chosen, len: usize) -> f64 {
    Costs::of(chosen).map_or(f64::INFINITY, |costs| costs.rows * len as f64)
}

/// The largest distance up to `apart` at which lanes do not use the same lines of the cache: it is
/// not near to a multiple of 4 KiB.
fn unconflicted(apart: usize) -> usize {
    const PAGE: usize = 4096 / size_of::<f64>();
    const NEAR: usize = 2 * BEAT;
    match apart % PAGE {
        over if over < NEAR && apart >= NEAR => apart - over - NEAR,
        over if over > PAGE - NEAR => apart - (over - (PAGE - NEAR)),
        _ => apart,
    }
}

/// Nanoseconds for a step of a vector, as measured on an AMD EPYC with AVX-512. Only their ratios
/// matter, and little: near a crossover one way is as good as the other.
struct Costs {
    /// If the outputs of the first lane alone are wanted.
    led: f64,
    full: f64,
    /// If each lane has a period of its own.
    rows: f64,
}

impl Costs {
    fn of(chosen: Chosen) -> Option<Self> {
        match chosen.kernel() {
            Kernel::Avx512 => Some(Self { led: 3.7, full: 5.5, rows: 8.6 }),
            Kernel::Avx2 => Some(Self { led: 3.3, full: 4.7, rows: 6.6 }),
            // Not measured: derived from the number of its registers.
            Kernel::Neon => Some(Self { led: 7.0, full: 15.0, rows: 22.0 }),
            Kernel::Scalar | Kernel::Auto => None,
        }
    }
}

/// For a step of a series alone.
const ALONE: f64 = 2.8;
/// For the preparation and comparison of the seams.
const SEAMS: f64 = 800.0;
const SEAMS_BY_PERIOD: f64 = 5.0;
/// For a rebuild of some lanes or all.
const REBUILD: f64 = 60.0;
const REBUILD_BY_PERIOD: f64 = 1.2;
