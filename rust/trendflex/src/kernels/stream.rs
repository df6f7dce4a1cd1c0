//! The block of a stream: what it holds, and how it takes a price.

use super::tag::Tag;
use super::words::{self, COEFFICIENTS, COUNT, WORDS};
use crate::definition::admission::{Admitted, ENDED, admit};
use crate::definition::arithmetic::Arithmetic;
use crate::definition::coefficients::Coefficients;
use crate::definition::price::NAN;
use crate::definition::running::Running;

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
    put_running(head, &Running::default());
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
pub(crate) fn put_running(head: &mut Head, running: &Running) {
    running.put_words(|at, word| head[SERIES + at] = word);
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

/// Takes a price and gives its output, with a set of instructions.
#[inline(always)]
pub(crate) fn update<A: Arithmetic<V = f64>>(head: &mut Head, ring: &mut [f64], price: f64) -> f64 {
    let mut running = running(head);
    match admit(running.count, tag(head).nan_policy(), price) {
        Admitted::Price => {}
        Admitted::Nothing => return NAN,
        Admitted::End => {
            head[SERIES + COUNT] = f64::from_bits(running.count | ENDED);
            return NAN;
        }
    }
    let period = ring.len() as u64;
    // There is one, unless another thread has written to the state meanwhile.
    let Some(place) = ring.get_mut(running.position as usize) else {
        return NAN;
    };
    let out = running.step::<A>(&coefficients(head), period, price, *place);
    *place = running.state.smoothed;
    put_running(head, &running);
    out
}

/// What [`update`] would give for the price, without taking it.
#[inline(always)]
pub(crate) fn peek<A: Arithmetic<V = f64>>(head: &Head, ring: &[f64], price: f64) -> f64 {
    let mut running = running(head);
    let Admitted::Price = admit(running.count, tag(head).nan_policy(), price) else {
        return NAN;
    };
    // As for `update`.
    let Some(&oldest) = ring.get(running.position as usize) else {
        return NAN;
    };
    running.step::<A>(&coefficients(head), ring.len() as u64, price, oldest)
}
