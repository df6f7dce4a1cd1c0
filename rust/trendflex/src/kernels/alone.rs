//! One series alone, beat by beat.
//!
//! The smoother takes 10 cycles or so for each price, because every step of it waits for the one
//! before. All else can be done meanwhile, if it does not stand in the smoother's way: so the
//! windows follow a beat behind, and the outputs [some beats][super::deferred] behind those.

use std::hint::black_box;
use std::ptr::read_volatile;

use super::deferred::{Beat, Deferred};
use super::lanes::resume;
use super::memory;
use crate::definition::arithmetic::{Arithmetic, Lanes};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::NAN;
use crate::definition::rebuild::{self, BEAT, steps_between_rebuilds};
use crate::definition::running::Running;
use crate::definition::state::{Pair, State};

/// The fewest steps after which the smoothed prices are moved back to the beginning of their room.
const ROOM: usize = 512;

/// Takes whole beats of prices, at least one. `running` stands at the beginning of a beat, but not
/// of the first. None if there is no memory for it; nothing is then done.
#[inline(always)]
pub(super) fn advance<A: Lanes<1> + Arithmetic<V = f64, Mask = bool>>(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    out: &mut [f64],
) -> Option<()> {
    let period = ring.len();
    let beats = prices.as_chunks::<BEAT>().0;
    let results = out.as_chunks_mut::<BEAT>().0;
    // The smoothed prices of a window, then those of its beat, then those of the beat after it.
    let room = period.max(ROOM).next_multiple_of(BEAT).min(prices.len());
    let mut history = memory::room(period + room + BEAT)?;
    let (newer, older) = ring.split_at(running.position as usize);
    history.extend_from_slice(older);
    history.extend_from_slice(newer);
    history.resize(period + room + BEAT, 0.0);
    let mut at = 0;

    // The smoother is a beat ahead of the rest.
    let (mut state, mut ahead) = (running.state, running.state);
    let warm_up = (period as u64).saturating_sub(running.count) as usize;
    let every = steps_between_rebuilds(period as u64);
    let mut until_rebuild = Running::after(running.count, period as i32).until_rebuild;
    let mut deferred = Deferred::new(0);
    let one = black_box(1.0);

    let mut before = beats[0];
    before.copy_within(..BEAT - 1, 1);
    before[0] = state.price;
    smooth::<A>(&mut ahead, c, &before, &beats[0], beat_at_mut(&mut history, period));
    let mut beat = 0;
    while beat < beats.len() {
        if until_rebuild == 0 {
            state.window = rebuild::sum::<A>(history[at..][..period].iter().copied());
            until_rebuild = every;
        }
        // Loops without a call leave everything in registers.
        let calm = (room - at).min(until_rebuild as usize) / BEAT;
        let (begun, turn) = (beat, beats.len().min(beat + calm));
        macro_rules! take_beats {
            ($may_vanish:literal, while $going:expr) => {
                while beat < turn && $going {
                    if let Some(next) = beats.get(beat + 1) {
                        let before = beat_at(prices, beat * BEAT + BEAT - 1);
                        let smoothed = beat_at_mut(&mut history, at + period + BEAT);
                        smooth::<A>(&mut ahead, c, before, next, smoothed);
                    }
                    let write = |beat: usize, outputs| results[beat] = outputs;
                    let (s, m) = deferred.begin::<A, 1>(beat, write);
                    state.window = state.window.renormalised::<A>();
                    let (oldest, newest) = (beat_at(&history, at), beat_at(&history, at + period));
                    for i in 0..BEAT {
                        state.smoothed = newest[i];
                        s[i] = state.deviation::<A, $may_vanish>(c);
                        if $may_vanish && beat * BEAT + i < warm_up {
                            state.mean_square = 0.0;
                        }
                        m[i] = state.mean_square;
                        slide::<A>(&mut state.window, &oldest[i], &newest[i], one);
                    }
                    at += BEAT;
                    beat += 1;
                }
            };
        }
        // During the warm-up M is 0.
        take_beats!(false, while !state.may_vanish::<A>());
        take_beats!(true, while state.may_vanish::<A>());
        until_rebuild -= ((beat - begun) * BEAT) as u64;
        if at == room {
            history.copy_within(at.., 0);
            at = 0;
        }
    }
    deferred.end::<A, 1>(beats.len(), |beat, outputs| results[beat] = outputs);
    out[..warm_up.min(prices.len())].fill(NAN);

    let State { smoothed, slope, .. } = ahead;
    let state = State { smoothed, slope, price: prices[prices.len() - 1], ..state };
    let count = running.count + prices.len() as u64;
    ring.copy_from_slice(&history[at..][..period]);
    *running = resume::<A>(state, count, ring);
    Some(())
}

/// Smooths a beat of prices; `before` holds each one's predecessor.
#[inline(always)]
fn smooth<A: Arithmetic<V = f64>>(
    ahead: &mut State<f64>,
    c: &Coefficients,
    before: &Beat,
    prices: &Beat,
    smoothed: &mut Beat,
) {
    let sums: Beat = std::array::from_fn(|i| A::add(prices[i], before[i]));
    let halves = sums.map(|sum| A::mul(0.5, sum));
    // A half is exact unless it is denormal. Then it may as well be subtracted alone, which takes
    // less time than a fused operation.
    let differences = std::array::from_fn::<_, BEAT, _>(|i| {
        A::add(halves[i], halves[i]).to_bits() ^ sums[i].to_bits()
    });
    let exact = differences.into_iter().fold(0, |all, difference| all | difference) == 0;
    for i in 0..BEAT {
        let pull = match exact {
            true => A::sub(halves[i], ahead.smoothed),
            false => A::fms(0.5, sums[i], ahead.smoothed),
        };
        ahead.follow::<A>(c, pull);
        smoothed[i] = ahead.smoothed;
    }
}

/// [`State::slide`] for a CPU that adds and multiplies in different units: the multipliers, which
/// are idle, do a part of the additions. `one` is 1, which the compiler must not know.
#[inline(always)]
fn slide<A: Arithmetic<V = f64>>(window: &mut Pair<f64>, oldest: &f64, newest: &f64, one: f64) {
    let add = |a: f64, b: f64| if A::FUSES { A::fma(one, a, b) } else { A::add(a, b) };
    let sub = |a: f64, b: f64| if A::FUSES { A::fms(one, a, b) } else { A::sub(a, b) };
    // SAFETY: they may be read. If the compiler read neighbours at once, they would come as late as
    // the last of them, which has only just been written.
    let (oldest, newest) = unsafe { (read_volatile(oldest), read_volatile(newest)) };
    let longer = A::add(window.hi, newest);
    let newest_part = A::sub(longer, window.hi);
    let window_part = A::sub(longer, newest_part);
    let gained = add(sub(window.hi, window_part), sub(newest, newest_part));
    let hi = A::sub(longer, oldest);
    let oldest_part = A::sub(longer, hi);
    let longer_part = A::add(hi, oldest_part);
    let lost = sub(sub(longer, longer_part), sub(oldest, oldest_part));
    *window = Pair { hi, lo: A::add(A::add(window.lo, gained), lost) };
}

/// The beat of values at a place.
#[inline(always)]
fn beat_at(values: &[f64], at: usize) -> &Beat {
    values[at..].first_chunk().expect("a whole beat")
}

#[inline(always)]
fn beat_at_mut(values: &mut [f64], at: usize) -> &mut Beat {
    values[at..].first_chunk_mut().expect("a whole beat")
}
