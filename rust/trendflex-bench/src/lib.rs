//! Calls a native library's functions as a Rust program does, many times in a row. The Java
//! benchmarks load this as a library, and time both languages' calls of one function on the same
//! memory.

#![allow(clippy::missing_safety_doc, reason = "the contract is that of the function called")]

use std::ffi::{c_int, c_ulonglong, c_void};
use std::ptr::null_mut;

use library::{BankUpdate, BatchInto, Into, ManyInto, StreamUpdate};

pub mod library;

/// Calls `trendflex_into`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call_into(
    calls: c_ulonglong,
    into: Into,
    prices: *const f64,
    len: c_ulonglong,
    period: c_int,
    out: *mut f64,
) {
    for _ in 0..calls {
        // SAFETY: the caller's promise.
        let status = unsafe { into(prices, len, period, 0, 0, 0, out, len, null_mut()) };
        assert_eq!(status, 0);
    }
}

/// Calls `trendflex_batch_inner_into` with a step of 1.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call_batch(
    calls: c_ulonglong,
    batch: BatchInto,
    prices: *const f64,
    len: c_ulonglong,
    start: c_int,
    end: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: c_ulonglong,
) {
    for _ in 0..calls {
        // SAFETY: the caller's promise.
        let status = unsafe {
            batch(prices, len, start, end, 1, 0, 0, 0, threads, out, out_len, null_mut())
        };
        assert_eq!(status, 0);
    }
}

/// Calls `trendflex_many_series_into`.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call_many(
    calls: c_ulonglong,
    many: ManyInto,
    prices: *const f64,
    series: c_ulonglong,
    len: c_ulonglong,
    layout: c_int,
    period: c_int,
    threads: c_int,
    out: *mut f64,
) {
    for _ in 0..calls {
        // SAFETY: the caller's promise.
        let status = unsafe {
            let values = series * len;
            many(prices, series, len, layout, period, 0, 0, 0, threads, out, values, null_mut())
        };
        assert_eq!(status, 0);
    }
}

/// Calls `trendflex_stream_update` with each of the prices.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call_stream(
    calls: c_ulonglong,
    update: StreamUpdate,
    state: *mut c_void,
    size: c_ulonglong,
    prices: *const f64,
    len: c_ulonglong,
    out: *mut f64,
) {
    for _ in 0..calls {
        for i in 0..len as usize {
            // SAFETY: the caller's promise.
            unsafe { *out.add(i) = update(state, size, *prices.add(i)) };
        }
    }
}

/// Calls `trendflex_bank_update` with the prices of each tick.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn call_bank(
    calls: c_ulonglong,
    update: BankUpdate,
    state: *mut c_void,
    size: c_ulonglong,
    prices: *const f64,
    symbols: c_ulonglong,
    ticks: c_ulonglong,
    out: *mut f64,
) {
    for _ in 0..calls {
        for tick in 0..ticks as usize {
            // SAFETY: the caller's promise.
            let status = unsafe {
                let first = tick * symbols as usize;
                update(state, size, prices.add(first), symbols, out.add(first))
            };
            assert_eq!(status, 0);
        }
    }
}

/// One square root and one division for each price, and nothing else. By its definition every
/// output of TrendFlex takes these, so none can cost less on one core.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn root_and_divide(
    calls: c_ulonglong,
    prices: *const f64,
    len: c_ulonglong,
    out: *mut f64,
) {
    // SAFETY: the caller's promise.
    let (prices, out) = unsafe {
        (
            std::slice::from_raw_parts(prices, len as usize),
            std::slice::from_raw_parts_mut(out, len as usize),
        )
    };
    for _ in 0..calls {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx512f") {
            // SAFETY: this CPU has it.
            unsafe { root_and_divide_by_avx512(prices, out) };
            continue;
        } else if is_x86_feature_detected!("avx2") {
            // SAFETY: this CPU has it.
            unsafe { root_and_divide_by_avx2(prices, out) };
            continue;
        }
        root_and_divide_all(prices, out);
    }
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f")]
fn root_and_divide_by_avx512(prices: &[f64], out: &mut [f64]) {
    root_and_divide_all(prices, out);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn root_and_divide_by_avx2(prices: &[f64], out: &mut [f64]) {
    root_and_divide_all(prices, out);
}

#[inline(always)]
fn root_and_divide_all(prices: &[f64], out: &mut [f64]) {
    for (price, out) in prices.iter().zip(out) {
        *out = price / price.sqrt();
    }
}
