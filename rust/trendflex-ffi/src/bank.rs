use std::ffi::{c_int, c_void};

use trendflex::TrendFlexStreamBank;

use crate::boundary::{Region, check, input, output, report};
use crate::{Status, ids, trendflex_len};

/// Writes to size the bytes that the state of a bank takes, a multiple of 8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_size(
    period: c_int,
    symbols: trendflex_len,
    size: *mut trendflex_len,
) -> c_int {
    let work = || {
        check(&[], &[Region::new(size, 1)])?;
        let bytes = TrendFlexStreamBank::state_len(period, symbols as usize)? * size_of::<f64>();
        // SAFETY: not null and aligned, by `check`.
        unsafe { *size = bytes as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Begins a bank of streams, one for each symbol, in the size bytes at state, whatever is in
/// there; aligned to 64 bytes it is fastest. REJECT is no policy for it. The state holds no
/// pointers and may be copied, but is for this process alone. There is nothing to destroy. One
/// thread at a time may use a bank.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_init(
    state: *mut c_void,
    size: trendflex_len,
    period: c_int,
    definition: c_int,
    symbols: trendflex_len,
    nan_policy: c_int,
) -> c_int {
    let work = || {
        check(&[], &[Region::state(state, size)])?;
        let nan_policy = ids::stream_nan_policy(nan_policy)?;
        let definition = ids::definition(definition)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let whole = unsafe { output(state.cast(), size / 8) }?;
        // No state has a part of a double.
        let state = if size.is_multiple_of(8) { whole } else { &mut [] };
        let symbols = symbols as usize;
        TrendFlexStreamBank::create_in(state, period, definition, symbols, nan_policy)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Takes a price for each symbol and writes each one's output to out: NaN during its warm-up and
/// for a missing price, which puts its symbol out of step. symbols is the bank's.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_update(
    state: *mut c_void,
    size: trendflex_len,
    prices: *const f64,
    symbols: trendflex_len,
    out: *mut f64,
) -> c_int {
    let work = || {
        let inputs = [Region::new(prices, symbols)];
        check(&inputs, &[Region::state(state, size), Region::new(out, symbols)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (prices, out) = unsafe { (input(prices, symbols)?, output(out, symbols)?) };
        // SAFETY: likewise.
        unsafe { bank(state, size) }?.update(prices, out)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Has a symbol begin anew, as if it had taken no price yet. symbol counts from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_reset(
    state: *mut c_void,
    size: trendflex_len,
    symbol: trendflex_len,
) -> c_int {
    let work = || {
        check(&[], &[Region::state(state, size)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        unsafe { bank(state, size) }?.reset(symbol as usize)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// The bank in the `size` bytes at `state`.
///
/// # Safety
///
/// As for [`output`].
unsafe fn bank<'a>(
    state: *mut c_void,
    size: trendflex_len,
) -> Result<TrendFlexStreamBank<'a>, crate::status::Refused> {
    if !size.is_multiple_of(8) {
        return Err(Status::CorruptState.into());
    }
    // SAFETY: the caller's promise.
    Ok(TrendFlexStreamBank::open_in(unsafe { output(state.cast(), size / 8) }?)?)
}
