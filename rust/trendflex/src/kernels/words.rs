//! A series under way as words of 8 bytes. The blocks of streams and of banks hold all of them; a
//! snapshot holds those from which the others follow.

use crate::definition::admission::ENDED;
use crate::definition::coefficients::Coefficients;
use crate::definition::running::Running;
use crate::definition::state::{NUMBERS, Pair, State};

/// The places of a series' words in a block, which holds counts as the bits of doubles.
pub(crate) const COUNTS: usize = 3;
pub(crate) const COUNT: usize = 0;
pub(crate) const UNTIL_REBUILD: usize = 1;
pub(crate) const POSITION: usize = 2;
const SMOOTHED: usize = 3;
const SLOPE: usize = 4;
const PRICE: usize = 5;
const WINDOW: usize = 6;
const SHADOW: usize = 8;
const MEAN_SQUARE: usize = 10;
pub(crate) const WORDS: usize = 11;

impl<V: Copy> Running<V> {
    /// The series whose words are given by `count` and `number`, each by its place.
    #[inline(always)]
    pub fn of_words(count: impl Fn(usize) -> u64, number: impl Fn(usize) -> V) -> Self {
        let pair = |at: usize| Pair { hi: number(at), lo: number(at + 1) };
        Self {
            state: State {
                smoothed: number(SMOOTHED),
                slope: number(SLOPE),
                price: number(PRICE),
                window: pair(WINDOW),
                mean_square: number(MEAN_SQUARE),
            },
            shadow: pair(SHADOW),
            count: count(COUNT),
            until_rebuild: count(UNTIL_REBUILD),
            position: count(POSITION),
        }
    }

    /// Gives `put` each count and its place.
    #[inline(always)]
    pub fn put_counts(&self, mut put: impl FnMut(usize, u64)) {
        put(COUNT, self.count);
        put(UNTIL_REBUILD, self.until_rebuild);
        put(POSITION, self.position);
    }

    /// Gives `put` each number and its place, without a loop: one would keep the compiler from
    /// unrolling the loop that calls this.
    #[inline(always)]
    pub fn put_numbers(&self, mut put: impl FnMut(usize, V)) {
        let Self { state, shadow, .. } = self;
        put(SMOOTHED, state.smoothed);
        put(SLOPE, state.slope);
        put(PRICE, state.price);
        put(WINDOW, state.window.hi);
        put(WINDOW + 1, state.window.lo);
        put(SHADOW, shadow.hi);
        put(SHADOW + 1, shadow.lo);
        put(MEAN_SQUARE, state.mean_square);
    }
}

/// How many words of a series a snapshot holds: the prices taken and the numbers of the state.
pub(crate) const SAVED: usize = 1 + NUMBERS;

impl Running {
    /// Gives `put` each word and its place.
    #[inline(always)]
    pub fn put_words(&self, mut put: impl FnMut(usize, f64)) {
        self.put_counts(|at, count| put(at, f64::from_bits(count)));
        self.put_numbers(put);
    }

    /// The words that a snapshot holds.
    pub fn saved(&self) -> [u64; SAVED] {
        let [a, b, c, d, e, f] = self.state.numbers().map(f64::to_bits);
        [self.count, a, b, c, d, e, f]
    }

    /// The series of the words that a snapshot holds. The other words are as if the series had been
    /// computed here, except the shadow, which [`Running::restore_shadow`] sets.
    pub fn of_saved(words: [u64; SAVED], period: i32) -> Self {
        let [count, numbers @ ..] = words;
        Self {
            state: State::of_numbers(numbers.map(f64::from_bits)),
            count,
            ..Self::after(count & !ENDED, period)
        }
    }
}

/// How many words a block holds of the coefficients.
pub(crate) const COEFFICIENTS: usize = 4;

impl Coefficients {
    #[inline(always)]
    pub fn of_words([k, a2, length, reciprocal]: [f64; COEFFICIENTS]) -> Self {
        Self { k, a2, length, reciprocal }
    }

    pub fn words(&self) -> [f64; COEFFICIENTS] {
        [self.k, self.a2, self.length, self.reciprocal]
    }
}
