//! The functions of `headers/trendflex.h` that are measured, from a library loaded at run time.

use std::error::Error;
use std::ffi::{c_int, c_ulonglong, c_void};
use std::ops::RangeInclusive;
use std::path::Path;
use std::ptr::null_mut;

type Into = unsafe extern "C" fn(
    prices: *const f64,
    len: c_ulonglong,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    out: *mut f64,
    out_len: c_ulonglong,
    detail: *mut c_ulonglong,
) -> c_int;

type BatchInto = unsafe extern "C" fn(
    prices: *const f64,
    len: c_ulonglong,
    start: c_int,
    end: c_int,
    step: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: c_ulonglong,
    detail: *mut c_ulonglong,
) -> c_int;

type StreamSize = unsafe extern "C" fn(period: c_int, size: *mut c_ulonglong) -> c_int;

type StreamInit = unsafe extern "C" fn(
    state: *mut c_void,
    size: c_ulonglong,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
) -> c_int;

type StreamUpdate = unsafe extern "C" fn(state: *mut c_void, size: c_ulonglong, price: f64) -> f64;

const VECTOR_TA: c_int = 0;
const PROPAGATE: c_int = 0;

pub const AUTO: c_int = 0;
pub const SCALAR: c_int = 1;

/// A library behind our header, or behind a part of it; stays loaded.
pub struct Library {
    symbols: &'static libloading::Library,
    into: Into,
    batch_into: BatchInto,
}

impl Library {
    pub fn load(path: &Path) -> Result<Self, Box<dyn Error>> {
        // SAFETY: both libraries start nothing when they are loaded. One that has a pool of threads
        // must never be unloaded.
        let symbols: &_ = Box::leak(Box::new(unsafe { libloading::Library::new(path) }?));
        // SAFETY: the types are the header's.
        unsafe {
            Ok(Self {
                symbols,
                into: *symbols.get(b"trendflex_into\0")?,
                batch_into: *symbols.get(b"trendflex_batch_inner_into\0")?,
            })
        }
    }

    /// The kernels that the library has for this CPU, by name and id.
    pub fn kernels(&self) -> Result<Vec<(&'static str, c_int)>, libloading::Error> {
        type Supported = unsafe extern "C" fn(c_int) -> c_int;
        // SAFETY: the type is the header's.
        let supported = unsafe { self.symbols.get::<Supported>(b"trendflex_kernel_supported\0") }?;
        let mut kernels = vec![("scalar", SCALAR), ("avx2", 2), ("avx512", 3), ("neon", 4)];
        // SAFETY: any id may be asked for.
        kernels.retain(|&(_, id)| unsafe { supported(id) } == 1);
        Ok(kernels)
    }

    /// The id of the kernel that the library would choose.
    pub fn best_kernel(&self) -> Result<c_int, libloading::Error> {
        type Best = unsafe extern "C" fn() -> c_int;
        // SAFETY: the type is the header's.
        Ok(unsafe { self.symbols.get::<Best>(b"trendflex_kernel_best\0")?() })
    }

    pub fn single(&self, prices: &[f64], period: c_int, kernel: c_int, out: &mut [f64]) {
        // SAFETY: prices and output are as long as is said, and apart.
        let status = unsafe {
            (self.into)(
                prices.as_ptr(),
                prices.len() as c_ulonglong,
                period,
                VECTOR_TA,
                PROPAGATE,
                kernel,
                out.as_mut_ptr(),
                out.len() as c_ulonglong,
                null_mut(),
            )
        };
        assert_eq!(status, 0, "trendflex_into");
    }

    pub fn batch(
        &self,
        prices: &[f64],
        periods: &RangeInclusive<c_int>,
        kernel: c_int,
        threads: usize,
        out: &mut [f64],
    ) {
        // SAFETY: prices and output are as long as is said, and apart.
        let status = unsafe {
            (self.batch_into)(
                prices.as_ptr(),
                prices.len() as c_ulonglong,
                *periods.start(),
                *periods.end(),
                1,
                VECTOR_TA,
                PROPAGATE,
                kernel,
                threads as c_int,
                out.as_mut_ptr(),
                out.len() as c_ulonglong,
                null_mut(),
            )
        };
        assert_eq!(status, 0, "trendflex_batch_inner_into");
    }

    /// Streams, where the library has them.
    pub fn streams(&self) -> Option<Streams> {
        // SAFETY: the types are the header's.
        unsafe {
            Some(Streams {
                size: *self.symbols.get(b"trendflex_stream_size\0").ok()?,
                init: *self.symbols.get(b"trendflex_stream_init\0").ok()?,
                update: *self.symbols.get(b"trendflex_stream_update\0").ok()?,
            })
        }
    }
}

/// The functions of a library for streams.
pub struct Streams {
    size: StreamSize,
    init: StreamInit,
    update: StreamUpdate,
}

impl Streams {
    /// A new stream takes the prices, a call each.
    pub fn update(&self, prices: &[f64], period: c_int, out: &mut [f64]) {
        let mut size = 0;
        // SAFETY: the size may be written.
        let status = unsafe { (self.size)(period, &mut size) };
        assert_eq!(status, 0, "trendflex_stream_size");
        let mut block = vec![0_u64; size as usize / size_of::<u64>()];
        let state = block.as_mut_ptr().cast();
        // SAFETY: the block is of that size, and aligned to 8 bytes.
        let status = unsafe { (self.init)(state, size, period, VECTOR_TA, PROPAGATE) };
        assert_eq!(status, 0, "trendflex_stream_init");
        for (&price, out) in prices.iter().zip(out) {
            // SAFETY: the block holds the stream.
            *out = unsafe { (self.update)(state, size, price) };
        }
    }
}
