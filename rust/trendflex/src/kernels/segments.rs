//! One series in all lanes. It is cut into segments. Each begins so early that it has forgotten its
//! beginning by its first output. At the seam between two segments their states are compared, bit
//! for bit.

use super::history::OnePeriod;
use super::lanes::Group;
use super::places::Apart;
use super::vectors::Vectors;
use super::{memory, scalar};
use crate::definition::arithmetic::Hardware;
use crate::definition::coefficients::Coefficients;
use crate::definition::rebuild::{BEAT, steps_between_rebuilds};
use crate::definition::running::Running;
use crate::definition::state::State;

/// How many steps before its first output a segment begins, a multiple of [`BEAT`]. It is too few
/// at no more than 0.12 % of seams on prices that move.
pub(super) fn overlap(period: usize) -> usize {
    let smoother = period.div_ceil(2);
    (1150 + period + period / 2).max(14 * smoother + 100).next_multiple_of(BEAT)
}

/// The length from which on it pays to cut a series.
pub(super) fn shortest(period: usize, lanes: usize) -> usize {
    2 * overlap(period) + lanes * 500
}

/// The states of the lanes at some step.
struct Standing<const N: usize> {
    period: usize,
    states: [State<f64>; N],
    /// The last `period` smoothed prices of each lane, oldest first, lane after lane.
    rings: Vec<f64>,
}

impl<const N: usize> Standing<N> {
    /// None if there is no memory for it.
    fn new(period: usize) -> Option<Self> {
        let rings = memory::filled(N * period, 0.0)?;
        Some(Self { period, states: [State::default(); N], rings })
    }

    fn ring(&self, lane: usize) -> &[f64] {
        &self.rings[lane * self.period..][..self.period]
    }

    fn take<A: Vectors<N>>(&mut self, group: &Group<A, N, OnePeriod<A::V>, Apart<N>>) {
        (0..N).for_each(|lane| self.take_lane(lane, group));
    }

    fn take_lane<A: Vectors<N>>(
        &mut self,
        lane: usize,
        group: &Group<A, N, OnePeriod<A::V>, Apart<N>>,
    ) {
        self.states[lane] = group.lane(lane);
        group.copy_ring(lane, &mut self.rings[lane * self.period..][..self.period]);
    }

    /// Whether the lane's state and ring are those of a series.
    fn is_that_of(&self, lane: usize, running: &Running, ring: &[f64]) -> bool {
        let bits = |state: &State<f64>| state.numbers().map(f64::to_bits);
        let (newer, older) = ring.split_at(running.position as usize);
        let mut pairs = self.ring(lane).iter().zip(older.iter().chain(newer));
        bits(&self.states[lane]) == bits(&running.state)
            && pairs.all(|(a, b)| a.to_bits() == b.to_bits())
    }
}

fn count_rerun() {
    #[cfg(test)]
    tests::RERUNS.set(tests::RERUNS.get() + 1);
}

/// Takes `prices`, a multiple of [`BEAT`] of them; gives whether all are prices, or none if there
/// is no memory. If it does not take them, only `out` has changed. `running` has a full ring and
/// stands at the beginning of a beat.
#[inline(always)]
pub(super) fn advance<A: Vectors<N>, const N: usize>(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    out: &mut [f64],
) -> Option<bool> {
    let period = ring.len();
    let mut history = OnePeriod { ring: memory::room(period)?, position: 0 };
    let [mut at_seam, mut after_seam, mut ends] =
        [Standing::new(period)?, Standing::new(period)?, Standing::new(period)?];
    let rebuild_every = steps_between_rebuilds(period as u64);
    let overlap = overlap(period);
    // Segments rebuild together if the steps between their beginnings are a multiple of those
    // between rebuilds.
    let apart = (prices.len() - overlap).div_ceil(N).next_multiple_of(rebuild_every as usize);
    // The segments that have outputs of their own; the last may be short.
    let segments = (prices.len() - overlap).div_ceil(apart);
    let last = segments - 1;
    let steps = |segment: usize| (prices.len() - segment * apart).min(apart + overlap);

    // The segment before a seam writes the outputs before it, and does so later than this one. A
    // lane without a segment does what the first does.
    let mut starts = [0; N];
    let mut states = [running.state; N];
    let mut live_from = [0.0; N];
    for segment in 1..segments {
        let start = segment * apart;
        starts[segment] = start;
        states[segment] = State::default();
        states[segment].open::<Hardware>(prices[start - 2]);
        states[segment].open_second::<Hardware>(prices[start - 1]);
        live_from[segment] = period as f64;
    }
    let (newer, older) = ring.split_at(running.position as usize);
    let in_lanes = |&smoothed: &f64| {
        let lane = |lane: usize| if (1..segments).contains(&lane) { 0.0 } else { smoothed };
        A::from_array(std::array::from_fn(lane))
    };
    history.ring.extend(older.iter().chain(newer).map(in_lanes));
    let (from, to) = (prices.as_ptr(), out.as_mut_ptr());
    let mut group = Group::<A, N, _, _> {
        state: State::side_by_side::<A, N>(&states),
        history,
        c: c.splat::<A>(),
        places: Apart {
            from: starts.map(|start| from.wrapping_add(start)),
            to: starts.map(|start| to.wrapping_add(start)),
        },
        taken: 0,
        until_rebuild: running.until_rebuild,
        rebuild_every,
        live_from,
        missing: A::none(),
    };
    let later = (overlap + (apart / 8).next_multiple_of(BEAT)).min(steps(last));
    // SAFETY: each segment reads and writes within its steps.
    unsafe {
        group.run(overlap);
        at_seam.take(&group);
        group.run(later);
        after_seam.take(&group);
        group.run(steps(last));
        ends.take_lane(last, &group);
        group.follow(last, 0);
        group.run(apart + overlap);
    }
    if A::any(group.missing) {
        return Some(false);
    }
    (0..last).for_each(|segment| ends.take_lane(segment, &group));

    let begin = *running;
    let stand_at_end_of = |segment: usize, running: &mut Running, ring: &mut [f64]| {
        let taken = (segment * apart + steps(segment)) as u64;
        ring.copy_from_slice(ends.ring(segment));
        running.state = ends.states[segment];
        running.count = begin.count + taken;
        running.until_rebuild =
            (begin.until_rebuild + rebuild_every - taken % rebuild_every) % rebuild_every;
        running.position = 0;
        running.restore_shadow::<Hardware>(period, ring.iter().copied());
    };
    stand_at_end_of(0, running, ring);
    for segment in 1..segments {
        let start = segment * apart;
        let mut met = at_seam.is_that_of(segment, running, ring);
        if !met {
            count_rerun();
            let mut rerun = |running: &mut Running, ring: &mut [f64], from: usize, to: usize| {
                let span = start + from..start + to;
                scalar::advance(running, ring, c, &prices[span.clone()], &mut out[span]);
            };
            rerun(running, ring, overlap, later);
            met = after_seam.is_that_of(segment, running, ring);
            if !met {
                rerun(running, ring, later, steps(segment));
            }
        }
        if met {
            stand_at_end_of(segment, running, ring);
        }
    }
    // The place at which the ring begins follows from the count, as after single steps.
    ring.rotate_left(running.position as usize);
    running.position = running.count % period as u64;
    ring.rotate_right(running.position as usize);
    Some(true)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use crate::{Definition, Kernel, NanPolicy, trendflex_into};

    thread_local! {
        /// The reruns of this test's thread.
        pub(super) static RERUNS: Cell<usize> = const { Cell::new(0) };
    }

    /// How many segments each kernel of this CPU ran again; checks that its output is the scalar
    /// kernel's.
    fn reruns(prices: &[f64], period: i32) -> Vec<usize> {
        let compute = |kernel| {
            let mut out = vec![7.0; prices.len()];
            let (definition, policy) = (Definition::VectorTa, NanPolicy::Propagate);
            trendflex_into(prices, period, definition, policy, kernel, &mut out).unwrap();
            out.into_iter().map(f64::to_bits).collect::<Vec<_>>()
        };
        let expected = compute(Kernel::Scalar);
        let vectors = [Kernel::Avx2, Kernel::Avx512, Kernel::Neon];
        let supported = vectors.into_iter().filter(|kernel| kernel.is_supported());
        let of_kernel = |kernel| {
            RERUNS.set(0);
            assert!(compute(kernel) == expected, "{kernel:?}, period {period}");
            RERUNS.get()
        };
        supported.map(of_kernel).collect()
    }

    fn walk(len: usize) -> Vec<f64> {
        let mut random = 0x9e37_79b9_7f4a_7c15_u64;
        let mut price = 100.0;
        let mut step = || {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            price += (random >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
            price
        };
        (0..len).map(|_| step()).collect()
    }

    #[test]
    fn prices_that_move_need_no_rerun() {
        for period in [1, 5, 20, 200] {
            assert!(reruns(&walk(100_000), period).into_iter().all(|count| count == 0));
        }
    }

    #[test]
    fn pieces_that_never_meet_are_run_again() {
        // Two prices in turn: a segment never forgets what it remembers of its beginning.
        let prices: Vec<f64> = (0..100_000).map(|i| [100.1, 99.7][i % 2]).collect();
        for period in [5, 20, 200] {
            assert!(reruns(&prices, period).into_iter().all(|count| count > 0), "{period}");
        }
    }

    #[test]
    fn a_rerun_ends_where_it_meets_what_was_there() {
        let mut prices = walk(100_000);
        // Moves again soon after each of the seams that there can be.
        for seam in (12_000..96_000).step_by(1000) {
            let level = prices[seam];
            prices[seam..seam + 600].fill(level);
        }
        reruns(&prices, 20);
    }
}
