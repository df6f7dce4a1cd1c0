//! What every shim does with its pointers, and the place where a panic ends.

use std::cell::Cell;
use std::ffi::{c_int, c_void};
use std::panic::{self, AssertUnwindSafe, Location, PanicHookInfo, catch_unwind};
use std::sync::{Once, OnceLock};
use std::{slice, thread};

use crate::status::Refused;
use crate::{Status, trendflex_len};

/// Runs a shim's work; its status is the function's. A panic ends here.
///
/// # Safety
///
/// `detail` is null or may be written.
pub(crate) unsafe fn report(
    detail: *mut trendflex_len,
    work: impl FnOnce() -> Result<(), Refused>,
) -> c_int {
    clean_registers();
    keep_silent();
    IN_CALL.set(true);
    let done = no_panic(work);
    IN_CALL.set(false);
    let Some(done) = done else {
        return Status::Panic as c_int;
    };
    let Err(refused) = done else {
        return Status::Ok as c_int;
    };
    if let Some(value) = refused.detail
        && !detail.is_null()
    {
        // SAFETY: the caller's promise. `check` has passed it: no earlier error has a detail.
        unsafe { *detail = value as trendflex_len };
    }
    refused.status as c_int
}

thread_local! {
    /// Whether this thread is in a call. Hot calls do not set it.
    static IN_CALL: Cell<bool> = const { Cell::new(false) };
}

type Hook = Box<dyn Fn(&PanicHookInfo) + Send + Sync>;

/// Keeps our panics, which end at the boundary, from printing to standard error, which is the
/// host's.
///
/// A hook serves all code that shares its copy of the standard library. A library that is loaded
/// has a copy of its own. A Rust program that links this crate shares its copy with us, so a panic
/// that is not ours goes on to the hook that was there.
fn keep_silent() {
    static PREVIOUS: OnceLock<Hook> = OnceLock::new();
    static SET: Once = Once::new();
    if SET.is_completed() || thread::panicking() {
        return;
    }
    SET.call_once(|| {
        // Not captured: that would allocate.
        let _ = PREVIOUS.set(panic::take_hook());
        panic::set_hook(Box::new(|info| {
            if let Some(previous) = PREVIOUS.get()
                && !is_ours(info)
            {
                previous(info);
            }
        }));
    });
}

/// Whether a panic comes from a call. A hot call runs nothing but our sources, so the place of the
/// panic tells; in another call the thread is marked, or is a thread of the pool.
fn is_ours(info: &PanicHookInfo) -> bool {
    let in_sources = |location: &Location| {
        let file = location.file().replace('\\', "/");
        ["trendflex/src/", "trendflex-ffi/src/"].iter().any(|sources| file.contains(sources))
    };
    IN_CALL.try_with(Cell::get).unwrap_or(false)
        || thread::current().name().is_some_and(|name| name.starts_with("trendflex-"))
        || info.location().is_some_and(in_sources)
}

/// What the work gives, or none if it panics.
#[inline(always)]
pub(crate) fn no_panic<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(|| {
        if cfg!(feature = "test-panic") {
            panic!("the feature test-panic is on");
        }
        work()
    }))
    .ok()
}

/// Code that Java has compiled may leave the upper halves of the vector registers dirty, which
/// slows down all older instructions until somebody cleans them. The hot calls do not need that:
/// they are short and have new instructions alone.
fn clean_registers() {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx") {
        // SAFETY: this CPU has AVX. By the calling convention nobody keeps values in those halves.
        unsafe { std::arch::x86_64::_mm256_zeroupper() };
    }
}

/// Memory that a call speaks of.
#[derive(Clone, Copy)]
pub(crate) struct Region {
    start: u128,
    bytes: u128,
    align: u128,
}

impl Region {
    /// `len` values at `start`.
    pub fn new<T>(start: *const T, len: trendflex_len) -> Self {
        Self {
            start: start.addr() as u128,
            bytes: u128::from(len) * size_of::<T>() as u128,
            align: align_of::<T>() as u128,
        }
    }

    /// The `size` bytes of a state, which holds doubles.
    pub fn state(start: *const c_void, size: trendflex_len) -> Self {
        Self { bytes: size.into(), ..Self::new(start.cast::<f64>(), 0) }
    }

    /// Whether this and `other` share a byte. A region of more bytes than an address can count is
    /// no memory and shares none: it is refused for its size.
    fn overlaps(self, other: Self) -> bool {
        let start = self.start.max(other.start);
        let end = (self.start + self.bytes).min(other.start + other.bytes);
        start < end && self.is_addressable() && other.is_addressable()
    }

    fn is_addressable(self) -> bool {
        self.bytes <= isize::MAX as u128 && self.start + self.bytes <= usize::MAX as u128
    }
}

/// Finds null pointers, then misaligned ones, then an output that overlaps anything else.
pub(crate) fn check(inputs: &[Region], outputs: &[Region]) -> Result<(), Status> {
    let all = || inputs.iter().chain(outputs);
    if all().any(|region| region.start == 0) {
        return Err(Status::NullPointer);
    }
    if all().any(|region| region.start % region.align != 0) {
        return Err(Status::Misaligned);
    }
    let overlapping = outputs.iter().enumerate().any(|(i, output)| {
        let others = inputs.iter().chain(&outputs[i + 1..]);
        others.into_iter().any(|other| output.overlaps(*other))
    });
    if overlapping { Err(Status::Overlap) } else { Ok(()) }
}

/// [`check`] of inputs and one output, and of `detail` unless it is null.
pub(crate) fn check_with_detail(
    inputs: &[Region],
    output: Region,
    detail: *mut trendflex_len,
) -> Result<(), Status> {
    check(inputs, &[output])?;
    if detail.is_null() { Ok(()) } else { check(inputs, &[output, Region::new(detail, 1)]) }
}

/// # Safety
///
/// [`check`] has passed the region, `len` numbers at `start` may be read while `'a` lasts and are
/// not written meanwhile, and any bits are a `T`.
pub(crate) unsafe fn input<'a, T>(start: *const T, len: trendflex_len) -> Result<&'a [T], Status> {
    let len = addressable(start, len)?;
    // SAFETY: not null and aligned by `check`, below isize::MAX bytes by `addressable`, and
    // readable by the caller's promise.
    Ok(unsafe { slice::from_raw_parts(start, len) })
}

/// # Safety
///
/// [`check`] has passed the region as an output, `len` numbers at `start` may be written, by nobody
/// else, while `'a` lasts, and any bits are a `T`.
pub(crate) unsafe fn output<'a, T>(
    start: *mut T,
    len: trendflex_len,
) -> Result<&'a mut [T], Status> {
    let len = addressable(start, len)?;
    // SAFETY: as for `input`; `check` found that no other region of the call overlaps it.
    Ok(unsafe { slice::from_raw_parts_mut(start, len) })
}

/// A stream's state has as many doubles more than its period.
const HEAD_LEN: u64 = 16;

/// The doubles in the `size` bytes of a state that a hot call is given, if a stream may have as
/// many: [`check`] and [`addressable`] of one block, in few instructions.
#[inline(always)]
pub(crate) fn stream_len(start: *const c_void, size: trendflex_len) -> Option<usize> {
    // A size that is no multiple of 8 comes to more than any stream has.
    let period = size.rotate_right(3).wrapping_sub(HEAD_LEN);
    let misaligned = !start.addr().is_multiple_of(align_of::<f64>());
    if unlikely(start.is_null()) || unlikely(misaligned) || unlikely(period > i32::MAX as u64) {
        return None;
    }
    Some((HEAD_LEN + period) as usize)
}

/// The condition, which seldom holds: the branch where it does not is to cost least.
#[inline(always)]
fn unlikely(condition: bool) -> bool {
    #[cold]
    #[inline]
    fn is_cold() {}
    if condition {
        is_cold();
    }
    condition
}

/// The doubles of a state; none if its bytes are no whole number of them, which no state has.
///
/// # Safety
///
/// As for [`input`] of `size` bytes.
pub(crate) unsafe fn state<'a>(
    start: *const c_void,
    size: trendflex_len,
) -> Result<&'a [f64], Status> {
    // SAFETY: the caller's promise.
    let whole = unsafe { input(start.cast(), size / 8) }?;
    Ok(if size.is_multiple_of(8) { whole } else { &[] })
}

/// The same, to be written.
///
/// # Safety
///
/// As for [`output`] of `size` bytes.
pub(crate) unsafe fn state_mut<'a>(
    start: *mut c_void,
    size: trendflex_len,
) -> Result<&'a mut [f64], Status> {
    // SAFETY: the caller's promise.
    let whole = unsafe { output(start.cast(), size / 8) }?;
    Ok(if size.is_multiple_of(8) { whole } else { &mut [] })
}

fn addressable<T>(start: *const T, len: trendflex_len) -> Result<usize, Status> {
    if Region::new(start, len).is_addressable() {
        Ok(len as usize)
    } else {
        Err(Status::SizeOverflow)
    }
}
