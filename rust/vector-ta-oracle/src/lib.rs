//! The crate `vector-ta`, which defines TrendFlex, behind some functions of `headers/trendflex.h`,
//! so that parity tests and benchmarks call it just as they call our own library.
//!
//! The statuses are the header's. This crate refuses what upstream does not have: the definition
//! EHLERS, the NaN policies SKIP and REJECT, kernels by name other than SCALAR (its SIMD code is
//! for nightly compilers). It lets through what upstream lets through; if upstream panics, the
//! status is PANIC.

#![allow(clippy::missing_safety_doc, reason = "the contract is that of headers/trendflex.h")]

use std::ffi::{c_int, c_ulonglong, c_void};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::slice;

use vector_ta::indicators::moving_averages::trendflex as upstream;
use vector_ta::utilities::enums::Kernel;

use upstream::{TrendFlexBatchRange, TrendFlexError, TrendFlexInput, TrendFlexParams};

/// A count of doubles or bytes.
#[allow(non_camel_case_types, reason = "its name in C")]
pub type trendflex_len = c_ulonglong;

/// `trendflex_into` of the header, with upstream's function of that name.
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
        // SAFETY: the caller's promise.
        let (prices, out) = unsafe { series(prices, len, out, out_len) }?;
        let kernel = upstream_kernel(definition, nan_policy, kernel)?;
        let period = unsigned(period, Status::InvalidPeriod)?;
        let input = TrendFlexInput::from_slice(prices, TrendFlexParams { period: Some(period) });
        match kernel {
            Kernel::Auto => upstream::trendflex_into(&input, out)?,
            kernel => upstream::trendflex_into_slice(out, &input, kernel)?,
        }
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}

/// `trendflex_batch_inner_into` of the header, with upstream's function of that name.
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
        // SAFETY: the caller's promise.
        let (prices, out) = unsafe { series(prices, len, out, out_len) }?;
        let kernel = upstream_kernel(definition, nan_policy, kernel)?;
        let threads = unsigned(threads, Status::InvalidThreads)?;
        let bound = |period| unsigned(period, Status::InvalidRange);
        let range = TrendFlexBatchRange { period: (bound(start)?, bound(end)?, bound(step)?) };
        let parallel = threads != 1;
        let mut batch = || {
            upstream::trendflex_batch_inner_into(prices, &range, kernel, parallel, out).map(drop)
        };
        // Upstream has one thread or the process's pool; fewer need a pool of their own.
        if (2..rayon::current_num_threads()).contains(&threads) {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
            pool.map_err(|_| Status::OutOfMemory)?.install(batch)?;
        } else {
            batch()?;
        }
        Ok(())
    };
    // SAFETY: the caller's promise.
    unsafe { report(detail, work) }
}

/// The statuses of the header that a call here may return, besides OK.
#[derive(Clone, Copy)]
enum Status {
    EmptyInput = 1,
    InvalidPeriod = 2,
    PeriodTooLong = 3,
    NoPrices = 4,
    TooFewPrices = 6,
    KernelUnavailable = 7,
    InvalidRange = 8,
    SizeOverflow = 9,
    OutputLength = 10,
    NullPointer = 11,
    Misaligned = 12,
    Overlap = 13,
    UnknownKernel = 14,
    UnknownNanPolicy = 15,
    UnknownDefinition = 16,
    InvalidThreads = 17,
    StateSize = 18,
    OutOfMemory = 20,
    Panic = 21,
}

struct Refused {
    status: Status,
    detail: usize,
}

impl From<Status> for Refused {
    fn from(status: Status) -> Self {
        Self { status, detail: 0 }
    }
}

impl From<TrendFlexError> for Refused {
    fn from(error: TrendFlexError) -> Self {
        let (status, detail) = match error {
            TrendFlexError::NoDataProvided => (Status::EmptyInput, 0),
            TrendFlexError::AllValuesNaN => (Status::NoPrices, 0),
            TrendFlexError::ZeroTrendFlexPeriod { .. } => (Status::InvalidPeriod, 0),
            TrendFlexError::TrendFlexPeriodExceedsData { .. }
            | TrendFlexError::SmootherPeriodExceedsData { .. } => (Status::PeriodTooLong, 0),
            TrendFlexError::OutputLengthMismatch { expected, .. } => {
                (Status::OutputLength, expected)
            }
            TrendFlexError::NotEnoughValidData { valid, .. } => (Status::TooFewPrices, valid),
            TrendFlexError::InvalidRange { .. } => (Status::InvalidRange, 0),
            TrendFlexError::InvalidKernelForBatch(_) => (Status::KernelUnavailable, 0),
            TrendFlexError::DimensionsOverflow { .. } => (Status::SizeOverflow, 0),
        };
        Self { status, detail }
    }
}

/// Runs a function's work; its status is the function's. A panic ends here.
///
/// # Safety
///
/// `detail` is null or may be written.
unsafe fn report(detail: *mut trendflex_len, work: impl FnOnce() -> Result<(), Refused>) -> c_int {
    let refused = match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(())) => return 0,
        Ok(Err(refused)) => refused,
        Err(_) => return Status::Panic as c_int,
    };
    if !detail.is_null() {
        // SAFETY: the caller's promise; no alignment is assumed.
        unsafe { detail.write_unaligned(refused.detail as trendflex_len) };
    }
    refused.status as c_int
}

/// The prices and the output of a call.
///
/// # Safety
///
/// If the pointers are valid at all, that many doubles may be read and written there while `'a`
/// lasts, by nobody else.
unsafe fn series<'a>(
    prices: *const f64,
    len: trendflex_len,
    out: *mut f64,
    out_len: trendflex_len,
) -> Result<(&'a [f64], &'a mut [f64]), Status> {
    let starts = [prices.addr(), out.addr()];
    if starts.contains(&0) {
        return Err(Status::NullPointer);
    }
    if starts.iter().any(|start| start % align_of::<f64>() != 0) {
        return Err(Status::Misaligned);
    }
    let ends = [end(starts[0], len)?, end(starts[1], out_len)?];
    if starts[0] < ends[1] && starts[1] < ends[0] {
        return Err(Status::Overlap);
    }
    // SAFETY: checked above; the rest is the caller's promise.
    Ok(unsafe {
        (
            slice::from_raw_parts(prices, len as usize),
            slice::from_raw_parts_mut(out, out_len as usize),
        )
    })
}

/// The address after `len` doubles at `start`.
fn end(start: usize, len: trendflex_len) -> Result<usize, Status> {
    usize::try_from(len)
        .ok()
        .and_then(|len| len.checked_mul(size_of::<f64>()))
        .filter(|&bytes| isize::try_from(bytes).is_ok())
        .and_then(|bytes| start.checked_add(bytes))
        .ok_or(Status::SizeOverflow)
}

/// The kernel for the header's ids, if upstream has what they ask for.
fn upstream_kernel(definition: c_int, nan_policy: c_int, kernel: c_int) -> Result<Kernel, Status> {
    if nan_policy != 0 {
        return Err(Status::UnknownNanPolicy);
    }
    if definition != 0 {
        return Err(Status::UnknownDefinition);
    }
    match kernel {
        0 => Ok(Kernel::Auto),
        1 => Ok(Kernel::Scalar),
        2..=4 => Err(Status::KernelUnavailable),
        _ => Err(Status::UnknownKernel),
    }
}

fn unsigned(number: c_int, otherwise: Status) -> Result<usize, Status> {
    usize::try_from(number).map_err(|_| otherwise)
}

/// `trendflex_stream_size` of the header.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_size(period: c_int, size: *mut trendflex_len) -> c_int {
    let work = || {
        unsigned(period, Status::InvalidPeriod)?;
        // SAFETY: the caller's promise.
        unsafe { *size = size_of::<upstream::TrendFlexStream>() as trendflex_len };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// `trendflex_stream_init` of the header; the window that upstream allocates is never freed.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_init(
    state: *mut c_void,
    size: trendflex_len,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
) -> c_int {
    let work = || {
        upstream_kernel(definition, nan_policy, 0)?;
        if size != size_of::<upstream::TrendFlexStream>() as trendflex_len {
            return Err(Status::StateSize.into());
        }
        let period = Some(unsigned(period, Status::InvalidPeriod)?);
        let stream = upstream::TrendFlexStream::try_new(TrendFlexParams { period })?;
        // SAFETY: the caller's promise.
        unsafe { state.cast::<upstream::TrendFlexStream>().write(stream) };
        Ok(())
    };
    // SAFETY: there is no detail.
    unsafe { report(std::ptr::null_mut(), work) }
}

/// `trendflex_stream_update` of the header, with upstream's stream; a panic ends the process.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn trendflex_stream_update(
    state: *mut c_void,
    _size: trendflex_len,
    price: f64,
) -> f64 {
    // SAFETY: the caller's promise.
    unsafe { &mut *state.cast::<upstream::TrendFlexStream>() }.update(price).unwrap_or(f64::NAN)
}
