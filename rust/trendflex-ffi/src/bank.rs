use std::ffi::{c_int, c_void};

use trendflex::TrendFlexStreamBank;

use crate::boundary::{self, Region, check, input, output, report, state_mut};
use crate::ids::{DefinitionId, NanPolicyId, StreamOptions};
use crate::trendflex_len;

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

/// Begins a bank of streams, one for each symbol, in the size bytes at state, whatever they hold.
/// It is fastest if state is aligned to 64 bytes. A bank cannot have the policy REJECT. The state
/// holds no pointers and may be copied, but only this process can use it. There is nothing to
/// destroy. One thread at a time may use a bank.
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
        let StreamOptions { definition, nan_policy } =
            StreamOptions::decode(definition, nan_policy)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let state = unsafe { state_mut(state, size) }?;
        let symbols = symbols as usize;
        TrendFlexStreamBank::create_in(state, period, definition, symbols, nan_policy)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Takes a price for each symbol and writes each one's output to out: NaN during its warm-up and
/// for a missing price. symbols must be the bank's number of them. Neighbours are stepped at once,
/// fastest while they have taken the same number of prices; a missing price makes them take up to
/// about twice as long from then on.
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
        let (state, prices, out) =
            unsafe { (state_mut(state, size)?, input(prices, symbols)?, output(out, symbols)?) };
        TrendFlexStreamBank::open_in(state)?.update(prices, out)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Makes a symbol begin anew, as if it had taken no price yet. symbol counts from 0.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_reset(
    state: *mut c_void,
    size: trendflex_len,
    symbol: trendflex_len,
) -> c_int {
    let work = || {
        check(&[], &[Region::state(state, size)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let state = unsafe { state_mut(state, size) }?;
        TrendFlexStreamBank::open_in(state)?.reset(symbol as usize)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes to period, definition, nan_policy and symbols what the bank was begun with.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_info(
    state: *const c_void,
    size: trendflex_len,
    period: *mut c_int,
    definition: *mut c_int,
    nan_policy: *mut c_int,
    symbols: *mut trendflex_len,
) -> c_int {
    let work = || {
        let [a, b, c] = [period, definition, nan_policy].map(|result| Region::new(result, 1));
        check(&[Region::state(state, size)], &[a, b, c, Region::new(symbols, 1)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let info = TrendFlexStreamBank::info_in(unsafe { boundary::state(state, size) }?)?;
        // SAFETY: not null, aligned, apart from each other and from the state, by `check`.
        unsafe {
            *period = info.period;
            *definition = DefinitionId::from(info.definition) as c_int;
            *nan_policy = NanPolicyId::from(info.nan_policy) as c_int;
            *symbols = info.symbols as trendflex_len;
        }
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Begins a stream that goes on from the state of a symbol of the bank, in the stream_size bytes at
/// stream, whatever they hold. The bank does not change. So this is also the way to a symbol's
/// count, or to a peek. symbol counts from 0; stream_size is that of trendflex_stream_size.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_stream(
    state: *const c_void,
    size: trendflex_len,
    symbol: trendflex_len,
    stream: *mut c_void,
    stream_size: trendflex_len,
) -> c_int {
    let work = || {
        check(&[Region::state(state, size)], &[Region::state(stream, stream_size)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (state, stream) =
            unsafe { (boundary::state(state, size)?, state_mut(stream, stream_size)?) };
        TrendFlexStreamBank::stream_in(state, symbol as usize, stream)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes to bytes_len the bytes that a snapshot of a bank takes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_save_size(
    period: c_int,
    symbols: trendflex_len,
    bytes_len: *mut trendflex_len,
) -> c_int {
    let work = || {
        check(&[], &[Region::new(bytes_len, 1)])?;
        let len = TrendFlexStreamBank::snapshot_len(period, symbols as usize)?;
        // SAFETY: not null and aligned, by `check`.
        unsafe { *bytes_len = len as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes a snapshot of the bank, as trendflex_stream_save does of a stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_save(
    state: *const c_void,
    size: trendflex_len,
    bytes: *mut c_void,
    bytes_len: trendflex_len,
) -> c_int {
    let work = || {
        let bytes = bytes.cast::<u8>();
        check(&[Region::state(state, size)], &[Region::new(bytes, bytes_len)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (state, bytes) = unsafe { (boundary::state(state, size)?, output(bytes, bytes_len)?) };
        TrendFlexStreamBank::save_in(state, bytes)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes to size the bytes of the state that a snapshot of a bank needs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_load_size(
    bytes: *const c_void,
    bytes_len: trendflex_len,
    size: *mut trendflex_len,
) -> c_int {
    let work = || {
        let bytes = bytes.cast::<u8>();
        check(&[Region::new(bytes, bytes_len)], &[Region::new(size, 1)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let len = TrendFlexStreamBank::state_len_of(unsafe { input(bytes, bytes_len) }?)?;
        // SAFETY: not null, aligned, apart from the bytes, by `check`.
        unsafe { *size = (len * size_of::<f64>()) as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Makes a bank of a snapshot, in the size bytes at state, whatever they hold; it goes on where the
/// saved one was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_bank_load(
    bytes: *const c_void,
    bytes_len: trendflex_len,
    state: *mut c_void,
    size: trendflex_len,
) -> c_int {
    let work = || {
        let bytes = bytes.cast::<u8>();
        check(&[Region::new(bytes, bytes_len)], &[Region::state(state, size)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let (bytes, state) = unsafe { (input(bytes, bytes_len)?, state_mut(state, size)?) };
        TrendFlexStreamBank::load_in(bytes, state)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}
