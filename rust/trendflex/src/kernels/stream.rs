//! The block of a stream: what it holds, and how it takes a price.

use super::tag::Tag;
use super::words::{self, COEFFICIENTS, UNTIL_REBUILD, WORDS};
use crate::definition::admission::{Admitted, ENDED, admit};
use crate::definition::arithmetic::{Arithmetic, unlikely};
use crate::definition::coefficients::Coefficients;
use crate::definition::price::{NAN, is_price};
use crate::definition::rebuild::shadow_after;
use crate::definition::running::{Running, next_position};
use crate::definition::state::State;

/// The words before the ring: the tag, the words of the series, those of the coefficients.
pub(crate) type Head = [f64; HEAD_LEN];
pub(crate) const HEAD_LEN: usize = AFTER_SERIES + COEFFICIENTS;
pub(crate) const TAG: usize = 0;
const SERIES: usize = 1;
const AFTER_SERIES: usize = SERIES + WORDS;
pub(crate) const POSITION: usize = SERIES + words::POSITION;

/// Makes a block a new stream.
pub(crate) fn begin(head: &mut Head, ring: &mut [f64], tag: Tag, c: &Coefficients) {
    head[TAG] = tag.word();
    put_running(head, ring.len() as u64, &Running::default());
    head[AFTER_SERIES..].copy_from_slice(&c.words());
    ring.fill(0.0);
}

#[inline(always)]
pub(crate) fn tag(head: &Head) -> Tag {
    Tag::load(head[TAG])
}

#[inline(always)]
pub(crate) fn running(head: &Head) -> Running {
    let word = |at: usize| head[SERIES + at];
    Running::of_words(|at| word(at).to_bits(), word)
}

#[inline(always)]
pub(crate) fn put_running(head: &mut Head, period: u64, running: &Running) {
    running.put_words(period, |at, word| head[SERIES + at] = word);
}

#[inline(always)]
pub(crate) fn position(head: &Head) -> usize {
    head[POSITION].to_bits() as usize
}

#[inline(always)]
pub(crate) fn coefficients(head: &Head) -> Coefficients {
    Coefficients::of_words(std::array::from_fn(|at| head[AFTER_SERIES + at]))
}

/// Whether stepping from this state stays within the ring, whatever else is in it.
#[inline(always)]
pub(crate) fn is_sound(head: &Head, ring: &[f64]) -> bool {
    let len = ring.len() as u64;
    tag(head).is(Tag::STREAM, len) && head[POSITION].to_bits() < len
}

/// Takes a price and gives its output, with a set of instructions. `place` is the ring's at
/// `position`.
#[inline(always)]
pub(crate) fn update<A: Arithmetic<V = f64>>(
    head: &mut Head,
    period: u64,
    position: u64,
    place: &mut f64,
    price: f64,
) -> f64 {
    let Some((until_rebuild, mut state)) = plain(head, price) else {
        return update_with_care::<A>(head, period, place, price);
    };
    let out = state.plain_step::<A>(&coefficients(head), until_rebuild, price, *place);
    *place = state.smoothed;
    let mut put = |at: usize, word| head[SERIES + at] = word;
    state.put_numbers(&mut put);
    put(UNTIL_REBUILD, f64::from_bits(until_rebuild - 1));
    put(words::POSITION, f64::from_bits(next_position(position, period)));
    if unlikely(until_rebuild <= period) {
        let shadow = words::shadow_of_words(|at| head[SERIES + at]);
        let shadow = shadow_after::<A>(shadow, state.smoothed, period, until_rebuild);
        words::put_shadow(shadow, |at, word| head[SERIES + at] = word);
    }
    out
}

/// What [`update`] would give for the price, without taking it.
#[inline(always)]
pub(crate) fn peek<A: Arithmetic<V = f64>>(
    head: &Head,
    period: u64,
    oldest: f64,
    price: f64,
) -> f64 {
    if let Some((until_rebuild, mut state)) = plain(head, price) {
        return state.plain_step::<A>(&coefficients(head), until_rebuild, price, oldest);
    }
    let mut running = running(head);
    match admit(running.count, tag(head).nan_policy(), price) {
        Admitted::Price => running.step::<A>(&coefficients(head), period, price, oldest),
        Admitted::Nothing | Admitted::End => NAN,
    }
}

/// The steps until the rebuild, and the state, if the value is a price and its step a plain one.
#[inline(always)]
fn plain(head: &Head, value: f64) -> Option<(u64, State<f64>)> {
    let word = |at: usize| head[SERIES + at];
    let until_rebuild = words::plain(word(UNTIL_REBUILD));
    if unlikely(!is_price(value)) || unlikely(until_rebuild.is_none()) {
        return None;
    }
    Some((until_rebuild?, State::of_words(word)))
}

/// [`update`] at any other time, and for missing values.
#[cold]
#[inline(always)]
fn update_with_care<A: Arithmetic<V = f64>>(
    head: &mut Head,
    period: u64,
    place: &mut f64,
    value: f64,
) -> f64 {
    let mut running = running(head);
    let out = match admit(running.count, tag(head).nan_policy(), value) {
        Admitted::Price => {
            let out = running.step::<A>(&coefficients(head), period, value, *place);
            *place = running.state.smoothed;
            out
        }
        Admitted::Nothing => return NAN,
        Admitted::End => {
            running.count |= ENDED;
            NAN
        }
    };
    put_running(head, period, &running);
    out
}
