//! A file of its own, because `build.rs` reads it too.

/// Rises when a function, an id or the meaning of one changes incompatibly.
pub const ABI_VERSION: std::ffi::c_int = 1;
