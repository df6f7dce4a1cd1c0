//! The block of a bank: what it holds, and how each of its symbols takes a price.

use std::array::from_fn;
use std::marker::PhantomData;

use super::tag::Tag;
use super::vectors::{Vectors, is_in_all, replace_pair_where};
use super::words::{self, CARE, COEFFICIENTS, DUE, POSITION, UNTIL_REBUILD, WORDS};
use crate::definition::admission::{Admitted, ENDED, admit};
use crate::definition::arithmetic::{Arithmetic, Lanes};
use crate::definition::coefficients::Coefficients;
use crate::definition::options::NanPolicy;
use crate::definition::price::{LARGEST_PRICE, NAN};
use crate::definition::rebuild::{BEAT, shadow_after, steps_between_rebuilds};
use crate::definition::running::{Running, next_position};
use crate::definition::state::{Pair, State};

/// The words before the symbols, by index: the tag, the number of symbols (as the bits of a
/// double), the words of the coefficients.
pub(crate) type Head = [f64; 8];
pub(crate) const TAG: usize = 0;
pub(crate) const SYMBOLS: usize = 1;
const AFTER_SYMBOLS: usize = 2;

/// The same word of eight neighbouring symbols. Eight symbols take up as many of these as a series
/// has [`WORDS`], and one for each place of the ring.
pub(crate) type Abreast = [f64; WIDTH];
pub(crate) const WIDTH: usize = 8;

/// Makes a block a new bank.
pub(crate) fn begin(
    head: &mut Head,
    eights: &mut [f64],
    tag: Tag,
    symbols: usize,
    c: &Coefficients,
) {
    *head = Head::default();
    (head[TAG], head[SYMBOLS]) = (tag.word(), f64::from_bits(symbols as u64));
    head[AFTER_SYMBOLS..][..COEFFICIENTS].copy_from_slice(&c.words());
    eights.fill(0.0);
}

pub(crate) fn coefficients(head: &Head) -> Coefficients {
    Coefficients::of_words(from_fn(|at| head[AFTER_SYMBOLS + at]))
}

/// The state of a symbol, which is one lane of its eight.
#[inline(always)]
pub(crate) fn running(eight: &[Abreast], lane: usize) -> Running {
    let word = |at: usize| eight[at][lane];
    Running::of_words(|at| word(at).to_bits(), word)
}

#[inline(always)]
pub(crate) fn put_running(eight: &mut [Abreast], lane: usize, period: u64, running: &Running) {
    running.put_words(period, |at, word| eight[at][lane] = word);
}

/// What is the same for all symbols.
pub(crate) struct Tick {
    pub c: Coefficients,
    pub period: usize,
    pub nan_policy: NanPolicy,
}

/// So many eights are stepped in vectors, then the symbols among them that have to step alone.
const RUN: usize = 32;

impl Tick {
    /// Takes a price for each symbol, as many at once as a vector has lanes.
    #[inline(always)]
    pub fn in_vectors<A: Vectors<N>, S: Arithmetic<V = f64>, const N: usize>(
        &self,
        eights: &mut [Abreast],
        prices: &[f64],
        out: &mut [f64],
    ) {
        let c = self.c.splat::<A>();
        let len = WORDS + self.period;
        let runs = prices.chunks(RUN * WIDTH).zip(out.chunks_mut(RUN * WIDTH));
        for (eights, (prices, out)) in eights.chunks_mut(RUN * len).zip(runs) {
            // All the symbols of the last eight if that is not whole.
            let mut alone = [u32::MAX; RUN];
            let whole = prices.as_chunks().0.iter().zip(out.as_chunks_mut().0);
            let each = eights.chunks_exact_mut(len).zip(&mut alone);
            for ((eight, alone), (prices, out)) in each.zip(whole) {
                *alone = self.step_eight::<A, N>(&c, eight, prices, out);
            }
            let each = eights.chunks_exact_mut(len).zip(alone);
            let chunks = prices.chunks(WIDTH).zip(out.chunks_mut(WIDTH));
            for ((eight, alone), (prices, out)) in each.zip(chunks) {
                if alone != 0 {
                    self.step_apart::<S>(eight, alone, prices, out);
                }
            }
        }
    }

    /// Steps all symbols of an eight but those that have to step alone: the bits of their lanes are
    /// given.
    #[inline(always)]
    fn step_eight<A: Vectors<N>, const N: usize>(
        &self,
        c: &Coefficients<A::V>,
        eight: &mut [Abreast],
        prices: &Abreast,
        out: &mut Abreast,
    ) -> u32 {
        let Some((words, ring)) = eight.split_first_chunk_mut() else {
            return 0;
        };
        let mut all_alone = 0;
        for at in (0..WIDTH).step_by(N) {
            let mut part = Part::<A, N> { words, ring, at, set: PhantomData };
            let (values, alone) = match part.step_together(c, prices) {
                Some(values) => (values, 0),
                None => part.step_abreast(c, prices, self.nan_policy),
            };
            store::<A, N>(values, out, at);
            all_alone |= alone << at;
        }
        all_alone
    }

    /// Takes a price for each symbol, one after the other.
    #[inline(always)]
    pub fn one_by_one<S: Arithmetic<V = f64>>(
        &self,
        eights: &mut [Abreast],
        prices: &[f64],
        out: &mut [f64],
    ) {
        let chunks = prices.chunks(WIDTH).zip(out.chunks_mut(WIDTH));
        for (eight, (prices, out)) in eights.chunks_exact_mut(WORDS + self.period).zip(chunks) {
            self.step_apart::<S>(eight, u32::MAX, prices, out);
        }
    }

    /// Steps the symbols of an eight, or of a part of one, whose bits are set.
    #[inline(always)]
    fn step_apart<S: Arithmetic<V = f64>>(
        &self,
        eight: &mut [Abreast],
        lanes: u32,
        prices: &[f64],
        out: &mut [f64],
    ) {
        for (lane, (&price, out)) in prices.iter().zip(out).enumerate() {
            if lanes >> lane & 1 != 0 {
                *out = self.step_one::<S>(eight, lane, price);
            }
        }
    }

    #[inline(always)]
    fn step_one<S: Arithmetic<V = f64>>(
        &self,
        eight: &mut [Abreast],
        lane: usize,
        price: f64,
    ) -> f64 {
        let Some((words, ring)) = eight.split_first_chunk_mut::<WORDS>() else {
            return NAN;
        };
        let period = self.period as u64;
        let mut running = running(words, lane);
        let value = match admit(running.count, self.nan_policy, price) {
            Admitted::Price => {
                let Some(places) = ring.get_mut(running.position as usize) else {
                    return NAN;
                };
                let value = running.step::<S>(&self.c, period, price, places[lane]);
                places[lane] = running.state.smoothed;
                value
            }
            Admitted::Nothing => return NAN,
            Admitted::End => {
                running.count |= ENDED;
                NAN
            }
        };
        put_running(words, lane, period, &running);
        value
    }
}

#[inline(always)]
fn bits<A: Arithmetic>(bits: u64) -> A::V {
    A::splat(f64::from_bits(bits))
}

/// As many symbols of an eight as a vector has lanes, from `at` on.
struct Part<'a, A, const N: usize> {
    words: &'a mut [Abreast; WORDS],
    ring: &'a mut [Abreast],
    at: usize,
    set: PhantomData<A>,
}

impl<A: Vectors<N>, const N: usize> Part<'_, A, N> {
    /// Takes a price for each symbol if their steps are plain, with the same steps until their
    /// rebuilds and the same place in the ring. If not, it does nothing.
    #[inline(always)]
    fn step_together(&mut self, c: &Coefficients<A::V>, prices: &Abreast) -> Option<A::V> {
        let (at, period) = (self.at, self.ring.len() as u64);
        let [first, position] = [UNTIL_REBUILD, POSITION].map(|word| self.words[word][at]);
        let until_rebuild = words::plain(first)?;
        let place = position.to_bits() as usize;
        let price = load::<A, N>(prices, at);
        let missing = A::beyond(price, A::splat(LARGEST_PRICE));
        let in_step = self.all_are(UNTIL_REBUILD, first) && self.all_are(POSITION, position);
        if A::any(missing) || !in_step {
            return None;
        }
        let oldest = load::<A, N>(self.ring.get(place)?, at);
        let mut state = State::of_words(|word| self.word(word));
        let value = state.plain_step::<A>(c, until_rebuild, price, oldest);
        state.put_numbers(|word, values| self.put(word, values));
        store::<A, N>(state.smoothed, self.ring.get_mut(place)?, at);
        if until_rebuild <= period {
            let shadow = words::shadow_of_words(|word| self.word(word));
            let shadow = shadow_after::<A>(shadow, state.smoothed, period, until_rebuild);
            words::put_shadow(shadow, |word, values| self.put(word, values));
        }
        self.put(UNTIL_REBUILD, bits::<A>(until_rebuild - 1));
        self.put(POSITION, bits::<A>(next_position(place as u64, period)));
        Some(value)
    }

    /// Takes a price for each symbol, at its own place in the ring and between its own rebuilds. A
    /// symbol whose price is missing stays as it is, and so does one that has ended. Those that open
    /// or end now have to step alone: the bits of their lanes are given too.
    #[inline(always)]
    fn step_abreast(
        &mut self,
        c: &Coefficients<A::V>,
        prices: &Abreast,
        nan_policy: NanPolicy,
    ) -> (A::V, u32) {
        let price = load::<A, N>(prices, self.at);
        let until_rebuild = self.word(UNTIL_REBUILD);
        let missing = A::beyond(price, A::splat(LARGEST_PRICE));
        let (mut left, lacks_price) = (missing, A::which(missing));
        let (mut opens, mut may_end) = (0, lacks_price);
        let with_care = A::less_bits(until_rebuild, bits::<A>(1));
        if A::any(with_care) {
            // Few look at this word, which lies in another line of the cache.
            let steps = A::and_bits(until_rebuild, bits::<A>(!CARE));
            let count = A::sub_bits(self.word(DUE), steps);
            // It is negative after the end.
            let [ended, not_begun, unopened] =
                [0, 1, 2].map(|limit| A::less_bits(count, bits::<A>(limit)));
            left = A::or(missing, unopened);
            opens = A::which(unopened) & !A::which(ended) & !lacks_price;
            may_end &= !A::which(not_begun);
        }
        let values = match A::any(left) {
            false => self.step_except::<false>(c, price, left),
            true if is_in_all::<A, N>(left) => A::splat(NAN),
            true => self.step_except::<true>(c, price, left),
        };
        match nan_policy {
            NanPolicy::Skip => (values, opens),
            _ => (values, opens | may_end),
        }
    }

    /// Takes the prices of symbols, except of those that are `left`, of which there are `SOME`.
    #[inline(always)]
    fn step_except<const SOME: bool>(
        &mut self,
        c: &Coefficients<A::V>,
        price: A::V,
        left: A::Mask,
    ) -> A::V {
        let (at, period) = (self.at, self.ring.len() as u64);
        if period == 0 {
            return A::splat(NAN);
        }
        let [until_rebuild, positions] = [UNTIL_REBUILD, POSITION].map(|word| self.word(word));
        let mut steps = A::and_bits(until_rebuild, bits::<A>(!CARE));
        // None is, unless another thread has written to the state meanwhile.
        let outside = A::or(
            A::less_bits(positions, bits::<A>(0)),
            A::less_bits(bits::<A>(period - 1), positions),
        );
        let positions = A::zero_where(outside, positions);
        let places = A::to_array(positions).map(|position| position.to_bits() as usize);
        let oldest = A::from_array(from_fn(|lane| {
            // SAFETY: a place in the ring, or the first, which there is.
            unsafe { self.ring.get_unchecked(places[lane])[at + lane] }
        }));
        let mut state = State::of_words(|word| self.word(word));
        let mean_square = state.mean_square;

        state.smooth::<A>(c, price);
        let rebuilds = A::equal_bits(steps, bits::<A>(0));
        if A::any(rebuilds) {
            state.window = self.rebuilt::<SOME>(left, rebuilds, state.window);
            steps = A::replace_where(rebuilds, steps, bits::<A>(steps_between_rebuilds(period)));
        }
        state.window = renormalised_at_beat::<A, N>(state.window, steps);
        let mut values = state.output::<A>(c);
        state.slide::<A>(oldest);
        let mut steps_after = A::sub_bits(steps, bits::<A>(1));
        if A::any(A::less_bits(until_rebuild, bits::<A>(0))) {
            let count = A::sub_bits(self.word(DUE), steps);
            let warm_up = A::less_bits(count, bits::<A>(period));
            values = A::replace_where(warm_up, values, A::splat(NAN));
            state.mean_square = A::replace_where(warm_up, state.mean_square, mean_square);
            let goes_on = A::less_bits(count, bits::<A>(period - 1));
            let with_care = A::sub_bits(steps_after, bits::<A>(CARE));
            steps_after = A::replace_where(goes_on, steps_after, with_care);
        }
        self.put_except::<SOME>(left, UNTIL_REBUILD, steps_after);
        let after = A::sub_bits(positions, bits::<A>(u64::MAX));
        let after = A::zero_where(A::equal_bits(after, bits::<A>(period)), after);
        self.put_except::<SOME>(left, POSITION, after);
        state.put_numbers(|word, values| self.put_except::<SOME>(left, word, values));
        self.grow_shadows::<SOME>(left, state.smoothed, steps);
        let smoothed = match SOME {
            true => A::replace_where(left, state.smoothed, oldest),
            false => state.smoothed,
        };
        for (lane, smoothed) in A::to_array(smoothed).into_iter().enumerate() {
            // SAFETY: likewise.
            unsafe { self.ring.get_unchecked_mut(places[lane])[at + lane] = smoothed };
        }
        if SOME { A::replace_where(left, values, A::splat(NAN)) } else { values }
    }

    /// Begins the way to the next rebuild where one is due, and gives the windows then.
    #[inline(always)]
    fn rebuilt<const SOME: bool>(
        &mut self,
        left: A::Mask,
        due_now: A::Mask,
        window: Pair<A::V>,
    ) -> Pair<A::V> {
        let (due, shadow) = (self.word(DUE), words::shadow_of_words(|word| self.word(word)));
        let every = steps_between_rebuilds(self.ring.len() as u64);
        let next_due = A::sub_bits(due, bits::<A>(every.wrapping_neg()));
        self.put_except::<SOME>(left, DUE, A::replace_where(due_now, due, next_due));
        let empty = replace_pair_where::<A, N>(due_now, shadow, Pair::zero::<A>());
        words::put_shadow(empty, |word, values| self.put_except::<SOME>(left, word, values));
        replace_pair_where::<A, N>(due_now, window, shadow)
    }

    /// Adds to the sums that the next rebuilds give the windows.
    #[inline(always)]
    fn grow_shadows<const SOME: bool>(&mut self, left: A::Mask, smoothed: A::V, steps: A::V) {
        let after_period = bits::<A>(self.ring.len() as u64 + 1);
        let shadowed = A::less_bits(steps, after_period);
        if A::any(shadowed) {
            let shadow = words::shadow_of_words(|word| self.word(word));
            let longer = shadow.plus::<A>(smoothed);
            let to_beat = A::sub_bits(steps, after_period);
            let longer = renormalised_at_beat::<A, N>(longer, to_beat);
            let shadow = replace_pair_where::<A, N>(shadowed, shadow, longer);
            words::put_shadow(shadow, |word, values| self.put_except::<SOME>(left, word, values));
        }
    }

    /// Whether a word of all symbols has the bits of `value`.
    #[inline(always)]
    fn all_are(&self, word: usize, value: f64) -> bool {
        is_in_all::<A, N>(A::equal_bits(self.word(word), A::splat(value)))
    }

    #[inline(always)]
    fn word(&self, word: usize) -> A::V {
        load::<A, N>(&self.words[word], self.at)
    }

    #[inline(always)]
    fn put(&mut self, word: usize, values: A::V) {
        store::<A, N>(values, &mut self.words[word], self.at);
    }

    #[inline(always)]
    fn put_except<const SOME: bool>(&mut self, left: A::Mask, word: usize, values: A::V) {
        match SOME {
            true => self.put(word, A::replace_where(left, values, self.word(word))),
            false => self.put(word, values),
        }
    }
}

/// The sums, renormalised in the lanes where the steps are a multiple of a beat.
#[inline(always)]
fn renormalised_at_beat<A: Vectors<N>, const N: usize>(sum: Pair<A::V>, steps: A::V) -> Pair<A::V> {
    let into_beat = A::and_bits(steps, bits::<A>(BEAT as u64 - 1));
    let at_beat = A::equal_bits(into_beat, bits::<A>(0));
    replace_pair_where::<A, N>(at_beat, sum, sum.renormalised::<A>())
}

#[inline(always)]
fn load<A: Lanes<N>, const N: usize>(of_eight: &Abreast, at: usize) -> A::V {
    let mut values = [0.0; N];
    values.copy_from_slice(&of_eight[at..at + N]);
    A::from_array(values)
}

#[inline(always)]
fn store<A: Lanes<N>, const N: usize>(values: A::V, of_eight: &mut Abreast, at: usize) {
    of_eight[at..at + N].copy_from_slice(&A::to_array(values));
}
