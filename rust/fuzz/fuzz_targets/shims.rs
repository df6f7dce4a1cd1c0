//! libFuzzer's way to [`trendflex_fuzz::SHIMS`].
#![no_main]

use std::sync::{Mutex, PoisonError};

use libfuzzer_sys::fuzz_target;
use trendflex_fuzz::{SHIMS, Tally, at_exit};

static TALLY: Mutex<Tally> = Mutex::new(Tally::new(SHIMS));

fuzz_target!(
    init: at_exit(report),
    |input: &[u8]| TALLY.lock().unwrap_or_else(PoisonError::into_inner).check(input)
);

extern "C" fn report() {
    eprintln!("{}", TALLY.lock().unwrap_or_else(PoisonError::into_inner));
}
