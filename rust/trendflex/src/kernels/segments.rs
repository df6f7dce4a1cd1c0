//! One series in all lanes. It is cut into segments. Each begins so early that it has forgotten its
//! beginning by its first output. At the seam between two segments their states are compared, bit
//! for bit.

use super::history::OnePeriod;
use super::lanes::{Group, resume};
use super::places::Apart;
use super::scalar;
use super::vectors::Vectors;
use crate::definition::arithmetic::Hardware;
use crate::definition::coefficients::Coefficients;
use crate::definition::rebuild::BEAT;
use crate::definition::running::Running;
use crate::definition::state::{NUMBERS, State};

/// How many steps before its first output a segment begins, a multiple of [`BEAT`]. It is too few
/// at no more than 0.12 % of seams on prices that move.
pub(super) fn overlap(period: usize) -> usize {
    let smoother = period.div_ceil(2);
    (1150 + period + period / 2).max(14 * smoother + 100).next_multiple_of(BEAT)
}

/// The lanes at some step.
struct Standing<'a, A: Vectors<N>, const N: usize> {
    state: State<A::V>,
    /// The last `period` smoothed prices, oldest first.
    ring: &'a [A::V],
}

impl<A: Vectors<N>, const N: usize> Standing<'_, A, N> {
    /// Whether each lane but the first stands where the lane before it stands in `ends`.
    #[inline(always)]
    fn follow(&self, ends: &Self) -> bool {
        let mut differences = [0; N];
        let mut compare = |here: A::V, end: A::V| {
            let (here, end) = (A::to_array(here), A::to_array(end));
            for lane in 1..N {
                differences[lane] |= here[lane].to_bits() ^ end[lane - 1].to_bits();
            }
        };
        let (here, end) = (self.state.numbers(), ends.state.numbers());
        (0..NUMBERS).for_each(|number| compare(here[number], end[number]));
        for (&here, &end) in self.ring.iter().zip(ends.ring) {
            compare(here, end);
        }
        differences == [0; N]
    }

    /// Whether a lane's state and ring are those of a series.
    fn is_that_of(&self, lane: usize, running: &Running, ring: &[f64]) -> bool {
        let bits = |state: &State<f64>| state.numbers().map(f64::to_bits);
        let (newer, older) = ring.split_at(running.position as usize);
        let mut pairs = self.lane(lane).zip(older.iter().chain(newer));
        bits(&State::of_lane::<A, N>(&self.state, lane)) == bits(&running.state)
            && pairs.all(|(a, b)| a.to_bits() == b.to_bits())
    }

    /// A series that stands where a lane does, and its ring.
    fn series(&self, lane: usize, count: u64, ring: &mut [f64]) -> Running {
        ring.iter_mut().zip(self.lane(lane)).for_each(|(place, smoothed)| *place = smoothed);
        resume::<Hardware>(State::of_lane::<A, N>(&self.state, lane), count, ring)
    }

    fn lane(&self, lane: usize) -> impl Iterator<Item = f64> {
        self.ring.iter().map(move |&values| A::to_array(values)[lane])
    }
}

fn count_rerun() {
    #[cfg(test)]
    tests::RERUNS.set(tests::RERUNS.get() + 1);
}

/// Takes as many prices as segments that begin so many prices apart have; gives whether all are
/// prices, or none if there is no memory. If it does not take them, only `out` has changed.
/// `running` has a full ring; the first prices, as many as overlap, are known to be prices.
#[inline(always)]
pub(super) fn advance<A: Vectors<N>, const N: usize>(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    apart: usize,
    out: &mut [f64],
) -> Option<bool> {
    let period = ring.len();
    let overlap = overlap(period);
    let steps = overlap + apart;
    assert!(prices.len() == (N - 1) * apart + steps && out.len() == prices.len());
    let starts: [usize; N] = std::array::from_fn(|lane| lane * apart);
    let counts = starts.map(|start| running.count + start as u64);
    let states = starts.map(|start| match start {
        0 => running.state,
        _ => {
            let mut state = State::default();
            state.open::<Hardware>(prices[start - 2]);
            state.open_second::<Hardware>(prices[start - 1]);
            state
        }
    });
    let (newer, older) = ring.split_at(running.position as usize);
    let in_first = |&smoothed: &f64| {
        A::from_array(std::array::from_fn(|lane| if lane == 0 { smoothed } else { 0.0 }))
    };
    let oldest_first = older.iter().chain(newer).map(in_first);
    let history = OnePeriod::new(period, A::splat(0.0), oldest_first, 3)?;
    let (from, to) = (prices.as_ptr(), out.as_mut_ptr());
    let places = Apart {
        from: starts.map(|start| from.wrapping_add(start)),
        to: starts.map(|start| to.wrapping_add(start)),
    };
    let mut group =
        Group::<A, N, _, _>::under_way(states, counts, period, c.splat::<A>(), history, places);
    let later = overlap + (apart / 8).next_multiple_of(BEAT);
    // SAFETY: each segment reads and writes within its steps.
    let standings = unsafe {
        group.run_led(period.next_multiple_of(BEAT));
        // Until its window was full, a lane's M was that of no series.
        let begun_here = A::less(A::splat(0.0), A::from_array(starts.map(|start| start as f64)));
        group.state.mean_square = A::zero_where(begun_here, group.state.mean_square);
        group.run_led(overlap);
        let at_seam = (group.state, group.history.keep());
        group.run(later);
        let after_seam = (group.state, group.history.keep());
        group.run(steps);
        [at_seam, after_seam, (group.state, group.history.keep())]
    };
    let [at_seam, after_seam, ends] =
        standings.map(|(state, copy)| Standing::<A, N> { state, ring: group.history.kept(copy) });
    if A::any(group.missing) {
        return Some(false);
    }
    let count_at_end = |segment: usize| counts[segment] + steps as u64;
    if at_seam.follow(&ends) {
        *running = ends.series(N - 1, count_at_end(N - 1), ring);
        return Some(true);
    }
    *running = ends.series(0, count_at_end(0), ring);
    for (segment, start) in starts.into_iter().enumerate().skip(1) {
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
                rerun(running, ring, later, steps);
            }
        }
        if met {
            *running = ends.series(segment, count_at_end(segment), ring);
        }
    }
    Some(true)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::overlap;
    use crate::definition::rebuild::BEAT;
    use crate::kernels::cut::Cut;
    use crate::kernels::kernel::Chosen;
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
        let (period, len) = (20_usize, 100_000);
        for kernel in [Kernel::Avx2, Kernel::Avx512, Kernel::Neon] {
            let Some(chosen) = Chosen::new(kernel) else { continue };
            let until_beat = period.next_multiple_of(BEAT);
            let Cut { apart, prices: end, .. } =
                Cut::best(chosen, period, len - until_beat).unwrap();
            let mut prices = walk(len);
            // Moves again soon after each seam.
            for seam in (until_beat + overlap(period)..until_beat + end).step_by(apart) {
                let level = prices[seam];
                prices[seam - overlap(period)..seam + 600].fill(level);
            }
            assert!(reruns(&prices, period as i32).into_iter().any(|count| count > 0));
        }
    }
}
