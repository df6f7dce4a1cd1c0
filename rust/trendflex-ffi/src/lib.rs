//! The C interface of [`trendflex`]: pointers to slices, ids to enums, errors to statuses, and
//! the boundary that no panic crosses. `headers/trendflex.h` is generated from this crate and its
//! comments; they are the documentation of the functions. The head of the header (`cbindgen.toml`)
//! states what a caller owes every function: valid pointers to as many values as it says.

#![allow(clippy::missing_safety_doc, reason = "one contract for all, at the head of the header")]

mod abi;
mod bank;
mod boundary;
mod ids;
mod series;
mod status;
mod stream;

use std::ffi::{c_char, c_int, c_ulonglong};

pub use abi::*;
pub use bank::*;
pub use ids::*;
pub use series::*;
pub use status::*;
pub use stream::*;

/// A count of doubles or bytes.
#[allow(non_camel_case_types, reason = "its name in C")]
pub type trendflex_len = c_ulonglong;

/// Returns TRENDFLEX_ABI_VERSION as it was when the library was built.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_abi_version() -> c_int {
    ABI_VERSION
}

/// Returns the library's version, "major.minor.patch"; never null, not to be freed.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_version() -> *const c_char {
    concat!(env!("CARGO_PKG_VERSION"), "\0").as_ptr().cast()
}
