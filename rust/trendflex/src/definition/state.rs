//! The arithmetic of one step, written once for a double and for vectors of them.

use super::arithmetic::{Arithmetic, Lanes};
use super::coefficients::Coefficients;

/// An unevaluated sum `hi + lo`.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Pair<V> {
    pub hi: V,
    pub lo: V,
}

impl<V: Copy> Pair<V> {
    #[inline(always)]
    pub fn zero<A: Arithmetic<V = V>>() -> Self {
        Self { hi: A::splat(0.0), lo: A::splat(0.0) }
    }

    /// The sum and `value`, with what `hi` cannot hold kept in `lo`.
    #[inline(always)]
    pub fn plus<A: Arithmetic<V = V>>(self, value: V) -> Self {
        let (hi, error) = two_sum::<A>(self.hi, value);
        Self { hi, lo: A::add(self.lo, error) }
    }

    #[inline(always)]
    pub fn renormalised<A: Arithmetic<V = V>>(self) -> Self {
        let hi = A::add(self.hi, self.lo);
        Self { hi, lo: A::sub(self.lo, A::sub(hi, self.hi)) }
    }
}

/// Knuth's: the rounded sum and its exact error, whichever operand is larger.
#[inline(always)]
fn two_sum<A: Arithmetic>(a: A::V, b: A::V) -> (A::V, A::V) {
    let sum = A::add(a, b);
    let b_part = A::sub(sum, a);
    let a_part = A::sub(sum, b_part);
    (sum, A::add(A::sub(a, a_part), A::sub(b, b_part)))
}

/// What a step hands to the next, except the last `period` smoothed prices.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct State<V> {
    /// The last smoothed price, F.
    pub smoothed: V,
    /// Its difference D from the one before.
    pub slope: V,
    /// The last price.
    pub price: V,
    /// W, the sum of the last `period` smoothed prices.
    pub window: Pair<V>,
    /// M, the weighted mean square.
    pub mean_square: V,
}

/// How many numbers a state has.
pub(crate) const NUMBERS: usize = 6;

impl<V: Copy> State<V> {
    #[inline(always)]
    pub fn numbers(&self) -> [V; NUMBERS] {
        let Self { smoothed, slope, price, window, mean_square } = *self;
        [smoothed, slope, price, window.hi, window.lo, mean_square]
    }

    /// The state that has these [numbers][State::numbers].
    #[inline(always)]
    pub fn of_numbers([smoothed, slope, price, hi, lo, mean_square]: [V; NUMBERS]) -> Self {
        Self { smoothed, slope, price, window: Pair { hi, lo }, mean_square }
    }

    /// The state of what `number` makes of each number.
    pub fn map<W>(&self, number: impl Fn(V) -> W) -> State<W> {
        State {
            smoothed: number(self.smoothed),
            slope: number(self.slope),
            price: number(self.price),
            window: Pair { hi: number(self.window.hi), lo: number(self.window.lo) },
            mean_square: number(self.mean_square),
        }
    }

    /// Takes the first price of a series.
    #[inline(always)]
    pub fn open<A: Arithmetic<V = V>>(&mut self, price: V) {
        self.slope = A::splat(0.0);
        self.smoothed = price;
        self.price = price;
    }

    /// Takes the second price of a series.
    #[inline(always)]
    pub fn open_second<A: Arithmetic<V = V>>(&mut self, price: V) {
        self.slope = A::sub(price, self.price);
        self.smoothed = price;
        self.price = price;
    }

    /// Smooths a price, the third of its series or a later one.
    #[inline(always)]
    pub fn smooth<A: Arithmetic<V = V>>(&mut self, c: &Coefficients<V>, price: V) {
        let sum = A::add(price, self.price);
        self.follow::<A>(c, A::fms(A::splat(0.5), sum, self.smoothed));
        self.price = price;
    }

    /// Smooths the price that is the second of two whose mean is so far above the last smoothed
    /// price.
    #[inline(always)]
    pub fn follow<A: Arithmetic<V = V>>(&mut self, c: &Coefficients<V>, pull: V) {
        self.slope = A::fma(c.k, pull, A::mul(c.a2, self.slope));
        self.smoothed = A::add(self.smoothed, self.slope);
    }

    /// The output for the price last smoothed, which a whole period precedes.
    #[inline(always)]
    pub fn output<A: Arithmetic<V = V>>(&mut self, c: &Coefficients<V>) -> V {
        let s = self.deviation::<A, true>(c);
        let m = self.mean_square;
        A::zero_where_rarely(has_vanished::<A>(m), ratio::<A, false>(s, m))
    }

    /// S, the numerator of [`State::output`]; M, whose root is the denominator, takes its square.
    /// M is flushed to 0 only if it `MAY_VANISH`.
    #[inline(always)]
    pub fn deviation<A: Arithmetic<V = V>, const MAY_VANISH: bool>(
        &mut self,
        c: &Coefficients<V>,
    ) -> V {
        let rise = A::sub(A::fms(c.length, self.smoothed, self.window.hi), self.window.lo);
        let s = A::mul(rise, c.reciprocal);
        let kept = A::mul(A::splat(0.96), self.mean_square);
        let m = A::fma(A::splat(0.04), A::mul(s, s), kept);
        self.mean_square =
            if MAY_VANISH { A::zero_where_rarely(has_vanished::<A>(m), m) } else { m };
        s
    }

    /// Where M may vanish in the next beat. Elsewhere it cannot, as 0.96 of it last each step.
    #[inline(always)]
    pub fn may_vanish<A: Arithmetic<V = V>>(&self) -> A::Mask {
        A::less(self.mean_square, A::splat(2.0 * SMALLEST_MEAN_SQUARE))
    }

    /// Moves the window on: the price last smoothed enters it, `oldest` leaves it.
    #[inline(always)]
    pub fn slide<A: Arithmetic<V = V>>(&mut self, oldest: V) {
        let (hi, gained) = two_sum::<A>(self.window.hi, self.smoothed);
        let (hi, lost) = two_difference::<A>(hi, oldest);
        let lo = A::add(A::add(self.window.lo, gained), lost);
        self.window = Pair { hi, lo };
    }
}

impl State<f64> {
    /// A state in each lane.
    pub fn side_by_side<A: Lanes<N>, const N: usize>(lanes: &[Self; N]) -> State<A::V> {
        let gather = |of: fn(&Self) -> f64| A::from_array(lanes.each_ref().map(of));
        State {
            smoothed: gather(|state| state.smoothed),
            slope: gather(|state| state.slope),
            price: gather(|state| state.price),
            window: Pair {
                hi: gather(|state| state.window.hi),
                lo: gather(|state| state.window.lo),
            },
            mean_square: gather(|state| state.mean_square),
        }
    }

    /// The state of one lane.
    pub fn of_lane<A: Lanes<N>, const N: usize>(all: &State<A::V>, lane: usize) -> Self {
        all.map(|values| A::to_array(values)[lane])
    }
}

/// `two_sum(a, -b)` without the negation.
#[inline(always)]
fn two_difference<A: Arithmetic>(a: A::V, b: A::V) -> (A::V, A::V) {
    let difference = A::sub(a, b);
    let b_part = A::sub(a, difference);
    let a_part = A::add(difference, b_part);
    (difference, A::sub(A::sub(a, a_part), A::sub(b, b_part)))
}

/// The output of S and M.
#[inline(always)]
pub(crate) fn ratio<A: Arithmetic, const MAY_VANISH: bool>(s: A::V, m: A::V) -> A::V {
    let ratio = A::div(s, A::sqrt(m));
    if MAY_VANISH { A::zero_where(has_vanished::<A>(m), ratio) } else { ratio }
}

/// Whether M counts as 0.
#[inline(always)]
fn has_vanished<A: Arithmetic>(m: A::V) -> A::Mask {
    A::less(m, A::splat(SMALLEST_MEAN_SQUARE))
}

/// 2^-960: below it, M is 0.
const SMALLEST_MEAN_SQUARE: f64 = f64::from_bits((1023 - 960) << 52);
