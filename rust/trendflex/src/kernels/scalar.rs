//! One price at a time.

#[cfg(target_arch = "x86_64")]
use std::sync::atomic::{AtomicU8, Ordering};

use super::alone;
use super::bank::{Abreast, Tick};
use super::stream::{self, Head};
use crate::definition::arithmetic::{self, Arithmetic, Lanes};
use crate::definition::coefficients::Coefficients;
use crate::definition::price;
use crate::definition::rebuild::BEAT;
use crate::definition::running::Running;

/// [`HAS_FMA`] once it is known that this CPU has a fused multiply-add.
#[cfg(target_arch = "x86_64")]
static FMA: AtomicU8 = AtomicU8::new(0);
#[cfg(target_arch = "x86_64")]
const HAS_FMA: u8 = 1;

/// A function that uses the CPU's fused multiply-add if it has one, else the software's.
///
/// The convention "C" is for code that cannot panic, because it does not unwind. A hot call can then
/// catch panics at no cost: the compiler sees that there are none.
macro_rules! best_fma {
    (
        $(#[$doc:meta])*
        extern $convention:literal $name:ident($($argument:ident: $type:ty),*) $(-> $result:ty)?,
        $of:path
    ) => {
        $(#[$doc])*
        #[inline]
        pub(crate) fn $name($($argument: $type),*) $(-> $result)? {
            use $of as of;
            #[cfg(target_arch = "x86_64")]
            {
                #[inline]
                #[target_feature(enable = "fma")]
                fn hardware($($argument: $type),*) $(-> $result)? {
                    of::<arithmetic::Hardware>($($argument),*)
                }
                #[cold]
                #[inline(never)]
                extern $convention fn first($($argument: $type),*) $(-> $result)? {
                    if std::arch::is_x86_feature_detected!("fma") {
                        FMA.store(HAS_FMA, Ordering::Relaxed);
                        // SAFETY: this CPU has FMA.
                        return unsafe { hardware($($argument),*) };
                    }
                    of::<arithmetic::Baseline>($($argument),*)
                }
                match FMA.load(Ordering::Relaxed) {
                    // SAFETY: this CPU has FMA.
                    HAS_FMA => unsafe { hardware($($argument),*) },
                    _ => first($($argument),*),
                }
            }
            #[cfg(not(target_arch = "x86_64"))]
            of::<arithmetic::Baseline>($($argument),*)
        }
    };
}

best_fma! {
    /// Takes `prices`, each of them a price, and writes an output for each. `ring` has `period`
    /// places, `out` as many as `prices`.
    extern "Rust" advance(
        running: &mut Running,
        ring: &mut [f64],
        c: &Coefficients,
        prices: &[f64],
        out: &mut [f64]
    ),
    advance_with
}

best_fma! {
    /// [`price::run_of_prices`], which takes less time in longer registers.
    extern "Rust" run_of_prices(values: &[f64]) -> usize,
    run_of_prices_with
}

best_fma! {
    /// [`stream::update`]
    extern "C" update(
        head: &mut Head,
        period: u64,
        position: u64,
        place: &mut f64,
        price: f64
    ) -> f64,
    stream::update
}

best_fma! {
    /// [`stream::peek`]
    extern "C" peek(head: &Head, period: u64, oldest: f64, price: f64) -> f64,
    stream::peek
}

best_fma! {
    /// [`Tick::one_by_one`]
    extern "Rust" tick(tick: &Tick, eights: &mut [Abreast], prices: &[f64], out: &mut [f64]),
    tick_with
}

#[inline(always)]
fn run_of_prices_with<A: Arithmetic>(values: &[f64]) -> usize {
    price::run_of_prices(values)
}

#[inline(always)]
fn tick_with<A: Arithmetic<V = f64>>(
    tick: &Tick,
    eights: &mut [Abreast],
    prices: &[f64],
    out: &mut [f64],
) {
    tick.one_by_one::<A>(eights, prices, out);
}

/// The fewest steps, besides three for each four places of the ring, for which beats repay a copy of
/// it and what they prepare.
const FEWEST_IN_BEATS: usize = 88;

#[inline(always)]
fn advance_with<A: Lanes<1> + Arithmetic<V = f64, Mask = bool>>(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    out: &mut [f64],
) {
    let begin = running.count.max(1).next_multiple_of(BEAT as u64) - running.count;
    let begin = prices.len().min(begin as usize);
    let whole = (prices.len() - begin) / BEAT * BEAT;
    let mut done = 0;
    if whole >= FEWEST_IN_BEATS + ring.len() / 4 * 3 {
        step_with::<A>(running, ring, c, &prices[..begin], &mut out[..begin]);
        done = begin;
        let (prices, out) = (&prices[done..][..whole], &mut out[done..][..whole]);
        if alone::advance::<A>(running, ring, c, prices, out).is_some() {
            done += whole;
        }
    }
    step_with::<A>(running, ring, c, &prices[done..], &mut out[done..]);
}

#[inline(always)]
fn step_with<A: Arithmetic<V = f64>>(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    out: &mut [f64],
) {
    let mut local = *running;
    let period = ring.len() as u64;
    for (&price, out) in prices.iter().zip(out) {
        let place = &mut ring[local.position as usize];
        *out = local.step::<A>(c, period, price, *place);
        *place = local.state.smoothed;
    }
    *running = local;
}
