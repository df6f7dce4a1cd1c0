use std::ffi::{c_int, c_void};
use std::slice;

use trendflex::TrendFlexStream;

use crate::boundary::{
    self, Region, check, input, no_panic, output, report, state_mut, stream_len,
};
use crate::ids::{DefinitionId, NanPolicyId, StreamOptions};
use crate::trendflex_len;

/// What the two calls that return no status return if the state is not valid.
const NO_STREAM: f64 = f64::from_bits(0x7ff8_0000_0000_0001);

/// Writes to size the bytes that the state of a stream takes, a multiple of 8.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_size(period: c_int, size: *mut trendflex_len) -> c_int {
    let work = || {
        check(&[], &[Region::new(size, 1)])?;
        let bytes = TrendFlexStream::state_len(period)? * size_of::<f64>();
        // SAFETY: not null and aligned, by `check`.
        unsafe { *size = bytes as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Begins a stream in the size bytes at state, whatever they hold. A stream cannot have the policy
/// REJECT. The state holds no pointers and may be copied, but only this process can use it. There
/// is nothing to destroy. One thread at a time may use a stream.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_init(
    state: *mut c_void,
    size: trendflex_len,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
) -> c_int {
    let work = || {
        check(&[], &[Region::state(state, size)])?;
        let StreamOptions { definition, nan_policy } =
            StreamOptions::decode(definition, nan_policy)?;
        // SAFETY: checked above; the rest is the caller's promise.
        let state = unsafe { state_mut(state, size) }?;
        TrendFlexStream::create_in(state, period, definition, nan_policy)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Takes one price and returns its output, not a status: NaN during the warm-up and for a missing
/// price, and the NaN 0x7ff8000000000001 if state is not a stream's or not of this size. Every
/// other NaN is 0x7ff8000000000000.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_update(
    state: *mut c_void,
    size: trendflex_len,
    price: f64,
) -> f64 {
    let work = || {
        let Some(len) = stream_len(state, size) else {
            return NO_STREAM;
        };
        // SAFETY: as for `output`.
        let state = unsafe { slice::from_raw_parts_mut(state.cast(), len) };
        TrendFlexStream::open_in(state).map_or(NO_STREAM, |mut stream| stream.update(price))
    };
    no_panic(work).unwrap_or(NO_STREAM)
}

/// Returns what trendflex_stream_update would, but does not take the price: for a bar that is still
/// forming.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_peek(
    state: *const c_void,
    size: trendflex_len,
    price: f64,
) -> f64 {
    let work = || {
        let Some(len) = stream_len(state, size) else {
            return NO_STREAM;
        };
        // SAFETY: as for `input`.
        let state = unsafe { slice::from_raw_parts(state.cast(), len) };
        TrendFlexStream::peek_in(state, price).unwrap_or(NO_STREAM)
    };
    no_panic(work).unwrap_or(NO_STREAM)
}

/// Takes len prices and writes as many outputs to out, or nowhere if out is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_update_into(
    state: *mut c_void,
    size: trendflex_len,
    prices: *const f64,
    len: trendflex_len,
    out: *mut f64,
) -> c_int {
    let work = || {
        let prices_region = Region::new(prices, len);
        let state_region = Region::state(state, size);
        if out.is_null() {
            check(&[prices_region], &[state_region])?;
        } else {
            check(&[prices_region], &[state_region, Region::new(out, len)])?;
        }
        // SAFETY: checked above; the rest is the caller's promise.
        let (state, prices) = unsafe { (state_mut(state, size)?, input(prices, len)?) };
        let out = match out.is_null() {
            true => None,
            // SAFETY: likewise.
            false => Some(unsafe { output(out, len) }?),
        };
        TrendFlexStream::open_in(state)?.update_into(prices, out)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes to period, definition and nan_policy what the stream was begun with, and to count how many
/// prices it has taken.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_info(
    state: *const c_void,
    size: trendflex_len,
    period: *mut c_int,
    definition: *mut c_int,
    nan_policy: *mut c_int,
    count: *mut trendflex_len,
) -> c_int {
    let work = || {
        let [a, b, c] = [period, definition, nan_policy].map(|result| Region::new(result, 1));
        check(&[Region::state(state, size)], &[a, b, c, Region::new(count, 1)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let info = TrendFlexStream::info_in(unsafe { boundary::state(state, size) }?)?;
        // SAFETY: not null, aligned, apart from each other and from the state, by `check`.
        unsafe {
            *period = info.period;
            *definition = DefinitionId::from(info.definition) as c_int;
            *nan_policy = NanPolicyId::from(info.nan_policy) as c_int;
            *count = info.count as trendflex_len;
        }
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes to bytes_len the bytes that a snapshot of a stream takes.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_save_size(
    period: c_int,
    bytes_len: *mut trendflex_len,
) -> c_int {
    let work = || {
        check(&[], &[Region::new(bytes_len, 1)])?;
        let len = TrendFlexStream::snapshot_len(period)?;
        // SAFETY: not null and aligned, by `check`.
        unsafe { *bytes_len = len as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes a snapshot of the stream to the bytes_len bytes at bytes, which may have any alignment.
/// It can be loaded in this process or another, on this machine or another, by this release or a
/// later one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_save(
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
        TrendFlexStream::save_in(state, bytes)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Writes to size the bytes of the state that a snapshot of a stream needs.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_load_size(
    bytes: *const c_void,
    bytes_len: trendflex_len,
    size: *mut trendflex_len,
) -> c_int {
    let work = || {
        let bytes = bytes.cast::<u8>();
        check(&[Region::new(bytes, bytes_len)], &[Region::new(size, 1)])?;
        // SAFETY: checked above; the rest is the caller's promise.
        let len = TrendFlexStream::state_len_of(unsafe { input(bytes, bytes_len) }?)?;
        // SAFETY: not null, aligned, apart from the bytes, by `check`.
        unsafe { *size = (len * size_of::<f64>()) as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// Makes a stream of a snapshot, in the size bytes at state, whatever they hold; it goes on where
/// the saved one was.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_load(
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
        TrendFlexStream::load_in(bytes, state)?;
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}
