//! The block of a bank: what it holds, and how each of its symbols takes a price.

use super::tag::Tag;
use super::words::{COEFFICIENTS, COUNTS, DUE, POSITION, UNTIL_REBUILD, WORDS};
use crate::definition::admission::{Admitted, ENDED, admit};
use crate::definition::arithmetic::{Arithmetic, Lanes};
use crate::definition::coefficients::Coefficients;
use crate::definition::options::NanPolicy;
use crate::definition::price::{NAN, is_price};
use crate::definition::running::Running;

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
    Coefficients::of_words(std::array::from_fn(|at| head[AFTER_SYMBOLS + at]))
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

impl Tick {
    /// Takes a price for each symbol, eight by a vector if they are in step.
    #[inline(always)]
    pub fn in_vectors<A: Lanes<N>, S: Arithmetic<V = f64>, const N: usize>(
        &self,
        eights: &mut [Abreast],
        prices: &[f64],
        out: &mut [f64],
    ) {
        let c = self.c.splat::<A>();
        let chunks = prices.chunks(WIDTH).zip(out.chunks_mut(WIDTH));
        for (eight, (prices, out)) in eights.chunks_exact_mut(WORDS + self.period).zip(chunks) {
            let in_step = match (prices.first_chunk(), out.first_chunk_mut()) {
                (Some(prices), Some(out)) => self.step_together::<A, N>(&c, eight, prices, out),
                _ => false,
            };
            if !in_step {
                self.step_apart::<S>(eight, prices, out);
            }
        }
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
            self.step_apart::<S>(eight, prices, out);
        }
    }

    /// Gives whether all eight were in step and had prices. If not, it does nothing.
    #[inline(always)]
    fn step_together<A: Lanes<N>, const N: usize>(
        &self,
        c: &Coefficients<A::V>,
        eight: &mut [Abreast],
        prices: &Abreast,
        out: &mut Abreast,
    ) -> bool {
        let Some((words, ring)) = eight.split_first_chunk_mut::<WORDS>() else {
            return false;
        };
        let counts: [u64; COUNTS] = std::array::from_fn(|at| words[at][0].to_bits());
        let count = counts[DUE];
        let in_step = [DUE, UNTIL_REBUILD].iter().fold(true, |all, &at| {
            all & words[at].iter().fold(true, |all, w| all & (w.to_bits() == counts[at]))
        });
        let all_prices = prices.iter().fold(true, |all, &price| all & is_price(price));
        let Some(places) = ring.get_mut(counts[POSITION] as usize) else {
            return false;
        };
        if !in_step || !all_prices || count & ENDED != 0 {
            return false;
        }
        let mut counts_after = counts;
        for at in (0..WIDTH).step_by(N) {
            let mut running =
                Running::of_words(|word| counts[word], |word| load::<A, N>(&words[word], at));
            let (price, oldest) = (load::<A, N>(prices, at), load::<A, N>(places, at));
            let value = running.step::<A>(c, self.period as u64, price, oldest);
            store::<A, N>(value, out, at);
            store::<A, N>(running.state.smoothed, places, at);
            running.put_numbers(|word, values| store::<A, N>(values, &mut words[word], at));
            running.put_counts(self.period as u64, |word, count| counts_after[word] = count);
        }
        let [count, until_rebuild, position] = counts_after;
        words[DUE] = [f64::from_bits(count); WIDTH];
        words[UNTIL_REBUILD] = [f64::from_bits(until_rebuild); WIDTH];
        words[POSITION] = [f64::from_bits(position); WIDTH];
        true
    }

    #[inline(always)]
    fn step_apart<S: Arithmetic<V = f64>>(
        &self,
        eight: &mut [Abreast],
        prices: &[f64],
        out: &mut [f64],
    ) {
        for (lane, (&price, out)) in prices.iter().zip(out).enumerate() {
            *out = self.step_one::<S>(eight, lane, price);
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
        let mut running = running(words, lane);
        match admit(running.count, self.nan_policy, price) {
            Admitted::Price => {}
            Admitted::Nothing => return NAN,
            Admitted::End => {
                running.count |= ENDED;
                put_running(words, lane, self.period as u64, &running);
                return NAN;
            }
        }
        let Some(places) = ring.get_mut(running.position as usize) else {
            return NAN;
        };
        let value = running.step::<S>(&self.c, self.period as u64, price, places[lane]);
        places[lane] = running.state.smoothed;
        put_running(words, lane, self.period as u64, &running);
        value
    }
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
