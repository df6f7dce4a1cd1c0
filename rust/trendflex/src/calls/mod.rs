//! What users call: which input is taken and which is refused, what an output is if there is no
//! price to compute it from, and how the work is spread over threads.

pub(crate) mod bank;
pub(crate) mod batch;
mod checks;
pub(crate) mod error;
pub(crate) mod many;
pub(crate) mod range;
pub(crate) mod scan;
mod series;
pub(crate) mod single;
mod snapshot;
pub(crate) mod stream;
mod threads;
