//! The functions of `headers/trendflex.h` that are measured, from our library loaded at run time.

use std::error::Error;
use std::ffi::{c_int, c_ulonglong, c_void};
use std::ops::RangeInclusive;
use std::path::Path;
use std::ptr::null_mut;

pub type Into = unsafe extern "C" fn(
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

pub type BatchInto = unsafe extern "C" fn(
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

pub type ManyInto = unsafe extern "C" fn(
    prices: *const f64,
    series: c_ulonglong,
    len: c_ulonglong,
    layout: c_int,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
    out: *mut f64,
    out_len: c_ulonglong,
    detail: *mut c_ulonglong,
) -> c_int;

type BankSize =
    unsafe extern "C" fn(period: c_int, symbols: c_ulonglong, size: *mut c_ulonglong) -> c_int;

type BankInit = unsafe extern "C" fn(
    state: *mut c_void,
    size: c_ulonglong,
    period: c_int,
    definition: c_int,
    symbols: c_ulonglong,
    nan_policy: c_int,
) -> c_int;

pub type BankUpdate = unsafe extern "C" fn(
    state: *mut c_void,
    size: c_ulonglong,
    prices: *const f64,
    symbols: c_ulonglong,
    out: *mut f64,
) -> c_int;

type StreamSize = unsafe extern "C" fn(period: c_int, size: *mut c_ulonglong) -> c_int;

type StreamInit = unsafe extern "C" fn(
    state: *mut c_void,
    size: c_ulonglong,
    period: c_int,
    definition: c_int,
    nan_policy: c_int,
) -> c_int;

pub type StreamUpdate =
    unsafe extern "C" fn(state: *mut c_void, size: c_ulonglong, price: f64) -> f64;

const VECTOR_TA: c_int = 0;
const PROPAGATE: c_int = 0;

/// For all that has one series or stream beside another.
pub const PERIOD: c_int = 20;

pub const SERIES_MAJOR: c_int = 0;
pub const TIME_MAJOR: c_int = 1;

pub const AUTO: c_int = 0;
pub const SCALAR: c_int = 1;

/// Our library, which stays loaded.
pub struct Library {
    symbols: &'static libloading::Library,
    into: Into,
    batch_into: BatchInto,
}

impl Library {
    pub fn load(path: &Path) -> Result<Self, Box<dyn Error>> {
        // SAFETY: the library starts nothing when it is loaded. It must never be unloaded, because
        // it has a pool of threads.
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

    /// As many series of `len` prices as fill the outputs.
    pub fn many(
        &self,
        prices: &[f64],
        len: usize,
        layout: c_int,
        kernel: c_int,
        threads: usize,
        out: &mut [f64],
    ) {
        // SAFETY: the type is the header's.
        let many = unsafe { self.symbols.get::<ManyInto>(b"trendflex_many_series_into\0") };
        // SAFETY: prices and output are as long as is said, and apart.
        let status = unsafe {
            many.expect("trendflex_many_series_into")(
                prices.as_ptr(),
                (prices.len() / len) as c_ulonglong,
                len as c_ulonglong,
                layout,
                PERIOD,
                VECTOR_TA,
                PROPAGATE,
                kernel,
                threads as c_int,
                out.as_mut_ptr(),
                out.len() as c_ulonglong,
                null_mut(),
            )
        };
        assert_eq!(status, 0, "trendflex_many_series_into");
    }

    /// A new bank.
    pub fn bank(&self, symbols: usize, period: c_int) -> Bank {
        let symbols = symbols as c_ulonglong;
        let mut size = 0;
        // SAFETY: the types are the header's, and all pointers as it says.
        unsafe {
            let size_of_bank = self.symbols.get::<BankSize>(b"trendflex_bank_size\0").unwrap();
            let init = self.symbols.get::<BankInit>(b"trendflex_bank_init\0").unwrap();
            assert_eq!(size_of_bank(period, symbols, &mut size), 0, "trendflex_bank_size");
            let mut block = vec![CacheLine([0; 8]); (size as usize).div_ceil(64)];
            let state = block.as_mut_ptr().cast();
            assert_eq!(init(state, size, period, VECTOR_TA, symbols, PROPAGATE), 0);
            let update = *self.symbols.get(b"trendflex_bank_update\0").unwrap();
            Bank { block, size, update }
        }
    }

    /// A new stream.
    pub fn stream(&self, period: c_int) -> Stream {
        let mut size = 0;
        // SAFETY: the types are the header's, and all pointers as it says.
        unsafe {
            let size_of_stream =
                self.symbols.get::<StreamSize>(b"trendflex_stream_size\0").unwrap();
            let init = self.symbols.get::<StreamInit>(b"trendflex_stream_init\0").unwrap();
            assert_eq!(size_of_stream(period, &mut size), 0, "trendflex_stream_size");
            let mut block = vec![0_u64; size as usize / size_of::<u64>()];
            let state = block.as_mut_ptr().cast();
            assert_eq!(init(state, size, period, VECTOR_TA, PROPAGATE), 0);
            let update = *self.symbols.get(b"trendflex_stream_update\0").unwrap();
            Stream { block, size, update }
        }
    }
}

#[derive(Clone, Copy)]
#[repr(align(64))]
struct CacheLine(#[expect(dead_code, reason = "only its place counts")] [u64; 8]);

/// A bank of streams.
pub struct Bank {
    block: Vec<CacheLine>,
    size: c_ulonglong,
    update: BankUpdate,
}

impl Bank {
    /// Takes a price for each symbol.
    pub fn update(&mut self, prices: &[f64], out: &mut [f64]) {
        let (state, symbols) = (self.block.as_mut_ptr().cast(), prices.len() as c_ulonglong);
        // SAFETY: the block holds the bank, of that many symbols.
        let status =
            unsafe { (self.update)(state, self.size, prices.as_ptr(), symbols, out.as_mut_ptr()) };
        assert_eq!(status, 0, "trendflex_bank_update");
    }
}

/// A stream.
pub struct Stream {
    block: Vec<u64>,
    size: c_ulonglong,
    update: StreamUpdate,
}

impl Stream {
    /// Takes a price.
    #[inline]
    pub fn update(&mut self, price: f64) -> f64 {
        // SAFETY: the block holds the stream.
        unsafe { (self.update)(self.block.as_mut_ptr().cast(), self.size, price) }
    }
}
