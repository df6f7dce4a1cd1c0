//! libFuzzer's way to [`trendflex_fuzz::KERNELS`].
#![no_main]

use std::sync::{Mutex, PoisonError};

use libfuzzer_sys::fuzz_target;
use trendflex_fuzz::{KERNELS, Tally, at_exit};

static TALLY: Mutex<Tally> = Mutex::new(Tally::new(KERNELS));

fuzz_target!(
    init: at_exit(report),
    |input: &[u8]| TALLY.lock().unwrap_or_else(PoisonError::into_inner).check(input)
);

extern "C" fn report() {
    eprintln!("{}", TALLY.lock().unwrap_or_else(PoisonError::into_inner));
}
