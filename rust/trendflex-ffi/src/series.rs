use std::ffi::c_int;

use trendflex::PeriodRange;

use crate::boundary::{Region, check, check_with_detail, input, output, report};
use crate::ids::{self, Options};
use crate::trendflex_len;

/// Finds the prices among len values. Writes to first the index of the first price, to count how
/// many prices there are, and to first_missing the index of the first missing value after the first
/// price. If there is no such value, its index is len.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_scan(
    prices: *const f64,
    len: trendflex_len,
    first: *mut trendflex_len,
    count: *mut trendflex_len,
    first_missing: *mut trendflex_len,
) -> c_int {
    let work = || {
        let results = [first, count, first_missing].map(|result| Region::new(result, 1));
        check(&[Region::new(prices, len)], &results)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let scan = trendflex::trendflex_scan(unsafe { input(prices, len) }?);
        // SAFETY: not null, aligned, apart from each other and from the prices, by `check`.
        unsafe {
            *first = scan.first as trendflex_len;
            *count = scan.count as trendflex_len;
            *first_missing = scan.first_missing as trendflex_len;
        }
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// TrendFlex of one series: out gets one value for each of the len prices, NaN for leading missing
/// values and for the first period prices; out_len is len. definition, nan_policy and kernel are
/// ids of trendflex_definition, trendflex_nan_policy and trendflex_kernel. detail may be null.
/// Runs on the calling thread; allocates scratch in proportion to the period.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_into(
    prices: *const f64,
    len: trendflex_len,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    out: *mut f64,
    out_len: trendflex_len,
    detail: *mut trendflex_len,
) -> c_int {
    let work = || {
        check_with_detail(&[Region::new(prices, len)], Region::new(out, out_len), detail)?;
        let Options { definition, nan_policy, kernel } =
            Options::decode(definition, nan_policy, kernel)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (prices, out) = unsafe { (input(prices, len)?, output(out, out_len)?) };
        trendflex::trendflex_into(prices, period, definition, nan_policy, kernel, out)?;
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}

/// Writes to rows how many periods the range from start to end by step holds. The range holds
/// start, and end if the steps reach it. It descends if start is above end. A step of 0 means start
/// alone.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_batch_rows(
    start: c_int,
    end: c_int,
    step: c_int,
    rows: *mut trendflex_len,
) -> c_int {
    let work = || {
        check(&[], &[Region::new(rows, 1)])?;
        let count = PeriodRange { start, end, step }.rows()?;
        // SAFETY: not null and aligned, by `check`.
        unsafe { *rows = count as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// TrendFlex of one series for every period of a range (see trendflex_batch_rows): out is
/// row-major, one row for each period in the order of the range. A row has len values, with the
/// bits that trendflex_into gives; out_len is rows * len. threads: 1 for the calling thread alone,
/// 0 for all cores, n for at most n tasks of the process's pool. detail may be null. Allocates
/// scratch in proportion to the largest period for each task.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_batch_inner_into(
    prices: *const f64,
    len: trendflex_len,
    start: c_int,
    end: c_int,
    step: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: trendflex_len,
    detail: *mut trendflex_len,
) -> c_int {
    let work = || {
        check_with_detail(&[Region::new(prices, len)], Region::new(out, out_len), detail)?;
        let Options { definition, nan_policy, kernel } =
            Options::decode(definition, nan_policy, kernel)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (prices, out) = unsafe { (input(prices, len)?, output(out, out_len)?) };
        let range = PeriodRange { start, end, step };
        trendflex::trendflex_batch_inner_into(
            prices, range, definition, nan_policy, kernel, threads, out,
        )?;
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}

/// TrendFlex of one series for each of a list of rows periods, in any order, repeated or not.
/// Otherwise it is as trendflex_batch_inner_into.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_batch_periods_into(
    prices: *const f64,
    len: trendflex_len,
    periods: *const c_int,
    rows: trendflex_len,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: trendflex_len,
    detail: *mut trendflex_len,
) -> c_int {
    let work = || {
        let inputs = [Region::new(prices, len), Region::new(periods, rows)];
        check_with_detail(&inputs, Region::new(out, out_len), detail)?;
        let Options { definition, nan_policy, kernel } =
            Options::decode(definition, nan_policy, kernel)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (prices, periods, out) =
            unsafe { (input(prices, len)?, input(periods, rows)?, output(out, out_len)?) };
        trendflex::trendflex_batch_periods_into(
            prices, periods, definition, nan_policy, kernel, threads, out,
        )?;
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}

/// TrendFlex of many series of len values each, for one period; series is their number. layout, an
/// id of trendflex_layout, says how they lie in prices. out gets the outputs in the same places,
/// with the bits that trendflex_into gives; out_len is series * len. A series that has too few
/// prices gets NaN, and the call succeeds, even if all series are so. If there are no values at
/// all, there is nothing to do. Under REJECT detail counts from the beginning of prices. threads:
/// as for trendflex_batch_inner_into. Allocates scratch in proportion to the period for each task,
/// and 32 bytes for each series.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_many_series_into(
    prices: *const f64,
    series: trendflex_len,
    len: trendflex_len,
    layout: c_int,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: trendflex_len,
    detail: *mut trendflex_len,
) -> c_int {
    let work = || {
        // A product that overflows cannot be memory, and is refused as too large.
        let values = series.saturating_mul(len);
        check_with_detail(&[Region::new(prices, values)], Region::new(out, out_len), detail)?;
        let Options { definition, nan_policy, kernel } =
            Options::decode(definition, nan_policy, kernel)?;
        let layout = ids::layout(layout)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (prices, out) = unsafe { (input(prices, values)?, output(out, out_len)?) };
        trendflex::trendflex_many_series_into(
            prices,
            series as usize,
            layout,
            period,
            definition,
            nan_policy,
            kernel,
            threads,
            out,
        )?;
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}

/// TrendFlex of a panel, series of any lengths end to end: prices[offsets[s]] is the first of
/// series s and prices[offsets[s + 1]] the first after it, so there are series + 1 offsets, from 0
/// to len. out gets the outputs in the same places; out_len is len. Otherwise it is as
/// trendflex_many_series_into.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_panel_into(
    prices: *const f64,
    len: trendflex_len,
    offsets: *const trendflex_len,
    series: trendflex_len,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: trendflex_len,
    detail: *mut trendflex_len,
) -> c_int {
    let work = || {
        let ends = series.saturating_add(1);
        let inputs = [Region::new(prices, len), Region::new(offsets, ends)];
        check_with_detail(&inputs, Region::new(out, out_len), detail)?;
        let Options { definition, nan_policy, kernel } =
            Options::decode(definition, nan_policy, kernel)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (prices, offsets, out) =
            unsafe { (input(prices, len)?, input(offsets, ends)?, output(out, out_len)?) };
        trendflex::trendflex_panel_into(
            prices, offsets, period, definition, nan_policy, kernel, threads, out,
        )?;
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}
