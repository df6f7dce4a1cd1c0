//! One price at a time.

use super::arithmetic::{self, Arithmetic};
use crate::coefficients::Coefficients;
use crate::running::Running;

/// Takes `prices`, each of them a price, and writes an output for each. `ring` has `period`
/// places, `out` as many as `prices`.
pub(crate) fn advance(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    out: &mut [f64],
) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("fma") {
        // SAFETY: this CPU has FMA.
        return unsafe { advance_fma(running, ring, c, prices, out) };
    }
    advance_with::<arithmetic::Baseline>(running, ring, c, prices, out);
}

/// Takes one price; gives its output and leaves the ring, whose oldest value is `oldest`, alone.
#[inline]
pub(crate) fn step(
    running: &mut Running,
    c: &Coefficients,
    period: u64,
    price: f64,
    oldest: f64,
) -> f64 {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("fma") {
        // SAFETY: this CPU has FMA.
        return unsafe { step_fma(running, c, period, price, oldest) };
    }
    running.step::<arithmetic::Baseline>(c, period, price, oldest)
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "fma")]
fn advance_fma(
    running: &mut Running,
    ring: &mut [f64],
    c: &Coefficients,
    prices: &[f64],
    out: &mut [f64],
) {
    advance_with::<arithmetic::Hardware>(running, ring, c, prices, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "fma")]
fn step_fma(running: &mut Running, c: &Coefficients, period: u64, price: f64, oldest: f64) -> f64 {
    running.step::<arithmetic::Hardware>(c, period, price, oldest)
}

#[inline(always)]
fn advance_with<A: Arithmetic<V = f64>>(
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
