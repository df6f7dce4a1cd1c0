//! A series under way as words of 8 bytes. The blocks of streams and of banks hold all of them; a
//! snapshot holds those from which the others follow.
//!
//! In a block the prices taken are not a word but follow from the first two, so that most steps
//! change only the second. Its sign tells the steps that need more care than most.

use crate::definition::admission::ENDED;
use crate::definition::coefficients::Coefficients;
use crate::definition::running::Running;
use crate::definition::state::{NUMBERS, Pair, State};

/// The places of a series' words in a block, which holds counts as the bits of doubles.
/// How many prices the series will have taken when the next rebuild is due; has the bit [`ENDED`].
pub(crate) const DUE: usize = 0;
/// The steps until that rebuild; has the bit [`CARE`].
pub(crate) const UNTIL_REBUILD: usize = 1;
pub(crate) const POSITION: usize = 2;
const SMOOTHED: usize = 3;
const SLOPE: usize = 4;
const PRICE: usize = 5;
const WINDOW: usize = 6;
const SHADOW: usize = 8;
const MEAN_SQUARE: usize = 10;
pub(crate) const WORDS: usize = 11;

/// This bit is set during the warm-up, and after the end of the series.
pub(crate) const CARE: u64 = 1 << 63;

/// The steps until the rebuild, from their word, if the next is a [plain one](State::plain_step).
#[inline(always)]
pub(crate) fn plain(until_rebuild: f64) -> Option<u64> {
    let steps = until_rebuild.to_bits();
    (steps as i64 > 0).then_some(steps)
}

impl<V: Copy> Running<V> {
    /// The series whose words are given by `count` and `number`, each by its place.
    #[inline(always)]
    pub fn of_words(count: impl Fn(usize) -> u64, number: impl Fn(usize) -> V) -> Self {
        let (due, until) = (count(DUE), count(UNTIL_REBUILD));
        let until_rebuild = until & !CARE;
        let ended = if until & CARE != 0 { due & ENDED } else { 0 };
        Self {
            shadow: shadow_of_words(&number),
            state: State::of_words(number),
            // Not below 0, whatever two threads have written.
            count: (due & !ENDED).saturating_sub(until_rebuild) | ended,
            until_rebuild,
            position: count(POSITION),
        }
    }

    /// Gives `put` each count and its place.
    #[inline(always)]
    pub fn put_counts(&self, period: u64, mut put: impl FnMut(usize, u64)) {
        let ended = self.count & ENDED;
        // A series that has taken no price is all zeros.
        let warms_up = self.until_rebuild != 0 && self.count < period.max(2);
        let care = if ended != 0 || warms_up { CARE } else { 0 };
        put(DUE, (self.count & !ENDED).wrapping_add(self.until_rebuild) & !ENDED | ended);
        put(UNTIL_REBUILD, self.until_rebuild | care);
        put(POSITION, self.position);
    }

    /// Gives `put` each number and its place.
    #[inline(always)]
    pub fn put_numbers(&self, mut put: impl FnMut(usize, V)) {
        self.state.put_numbers(&mut put);
        put_shadow(self.shadow, put);
    }
}

#[inline(always)]
pub(crate) fn shadow_of_words<V>(number: impl Fn(usize) -> V) -> Pair<V> {
    Pair { hi: number(SHADOW), lo: number(SHADOW + 1) }
}

#[inline(always)]
pub(crate) fn put_shadow<V>(shadow: Pair<V>, mut put: impl FnMut(usize, V)) {
    put(SHADOW, shadow.hi);
    put(SHADOW + 1, shadow.lo);
}

impl<V: Copy> State<V> {
    /// The state whose numbers are given by their places.
    #[inline(always)]
    pub fn of_words(number: impl Fn(usize) -> V) -> Self {
        Self {
            smoothed: number(SMOOTHED),
            slope: number(SLOPE),
            price: number(PRICE),
            window: Pair { hi: number(WINDOW), lo: number(WINDOW + 1) },
            mean_square: number(MEAN_SQUARE),
        }
    }

    /// Gives `put` each number and its place, without a loop: one would keep the compiler from
    /// unrolling the loop that calls this.
    #[inline(always)]
    pub fn put_numbers(&self, mut put: impl FnMut(usize, V)) {
        put(SMOOTHED, self.smoothed);
        put(SLOPE, self.slope);
        put(PRICE, self.price);
        put(WINDOW, self.window.hi);
        put(WINDOW + 1, self.window.lo);
        put(MEAN_SQUARE, self.mean_square);
    }
}

/// How many words of a series a snapshot holds: the prices taken and the numbers of the state.
pub(crate) const SAVED: usize = 1 + NUMBERS;

impl Running {
    /// Gives `put` each word and its place.
    #[inline(always)]
    pub fn put_words(&self, period: u64, mut put: impl FnMut(usize, f64)) {
        self.put_counts(period, |at, count| put(at, f64::from_bits(count)));
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
