//! What a caller sees of a panic in the library. The feature `test-panic` makes every call panic:
//! `cargo test -p trendflex-ffi --features test-panic --test panic`.
#![cfg(feature = "test-panic")]

use std::ffi::{CStr, c_int};
use std::process::Command;
use std::ptr::null_mut;
use std::{env, panic};

use trendflex_ffi::*;

const UNTOUCHED: f64 = -77.0;
const PANIC: c_int = Status::Panic as c_int;

/// The calls are right: without the panic all would succeed and write.
#[test]
fn a_panic_is_a_status_and_nothing_is_written() {
    let prices = [1.0, 2.0, 4.0, 7.0];
    let mut out = [UNTOUCHED; 8];
    let (mut first, mut count, mut detail) = (99, 99, 99);
    let state = [UNTOUCHED; 18];
    let (mut block, size) = (state, size_of_val(&state) as trendflex_len);
    let (from, to, memory) = (prices.as_ptr(), out.as_mut_ptr(), block.as_mut_ptr().cast());

    // SAFETY: all pointers are to as many values as the calls are told.
    unsafe {
        assert_eq!(trendflex_scan(from, 4, &mut first, &mut count, &mut detail), PANIC);
        assert_eq!(trendflex_into(from, 4, 2, 0, 0, 0, to, 4, &mut detail), PANIC);
        assert_eq!(trendflex_into(from, 4, 2, 0, 0, 0, to, 4, null_mut()), PANIC);
        assert_eq!(trendflex_batch_rows(2, 3, 1, &mut count), PANIC);
        for threads in [1, 2] {
            let (definition, nan_policy, kernel) = (0, 0, 0);
            let status = trendflex_batch_inner_into(
                from,
                4,
                2,
                3,
                1,
                definition,
                nan_policy,
                kernel,
                threads,
                to,
                8,
                &mut detail,
            );
            assert_eq!(status, PANIC);
        }
        let (periods, offsets) = ([2, 3], [0, 4]);
        let list = trendflex_batch_periods_into(
            from,
            4,
            periods.as_ptr(),
            2,
            0,
            0,
            0,
            1,
            to,
            8,
            &mut detail,
        );
        let many = trendflex_many_series_into(from, 1, 4, 0, 2, 0, 0, 0, 1, to, 4, &mut detail);
        let panel =
            trendflex_panel_into(from, 4, offsets.as_ptr(), 1, 2, 0, 0, 0, 1, to, 4, &mut detail);
        assert_eq!((list, many, panel), (PANIC, PANIC, PANIC));
        let (bytes, len) = (to.cast(), size_of_val(&out) as trendflex_len);
        assert_eq!(trendflex_bank_size(2, 1, &mut count), PANIC);
        assert_eq!(trendflex_bank_init(memory, size, 2, 0, 1, 0), PANIC);
        assert_eq!(trendflex_bank_update(memory, size, from, 1, to), PANIC);
        assert_eq!(trendflex_bank_reset(memory, size, 0), PANIC);
        assert_eq!(trendflex_bank_stream(memory, size, 0, bytes, len), PANIC);
        assert_eq!(trendflex_bank_save_size(2, 1, &mut count), PANIC);
        assert_eq!(trendflex_bank_save(memory, size, bytes, len), PANIC);
        assert_eq!(trendflex_bank_load_size(bytes, len, &mut count), PANIC);
        assert_eq!(trendflex_bank_load(bytes, len, memory, size), PANIC);
        assert_eq!(trendflex_stream_save_size(2, &mut count), PANIC);
        assert_eq!(trendflex_stream_save(memory, size, bytes, len), PANIC);
        assert_eq!(trendflex_stream_load_size(bytes, len, &mut count), PANIC);
        assert_eq!(trendflex_stream_load(bytes, len, memory, size), PANIC);
        assert_eq!(trendflex_stream_size(2, &mut count), PANIC);
        assert_eq!(trendflex_stream_init(memory, size, 2, 0, 0), PANIC);
        assert_eq!(trendflex_stream_update_into(memory, size, from, 4, to), PANIC);
        let mut ids = [99; 3];
        let [period, definition, nan_policy] = ids.each_mut().map(|id| &raw mut *id);
        let info = trendflex_stream_info(memory, size, period, definition, nan_policy, &mut count);
        assert_eq!((info, ids), (PANIC, [99; 3]));
        let info = trendflex_bank_info(memory, size, period, definition, nan_policy, &mut count);
        assert_eq!((info, ids), (PANIC, [99; 3]));
        assert!(trendflex_stream_update(memory, size, 1.0).is_nan());
        assert!(trendflex_stream_peek(memory, size, 1.0).is_nan());
    }
    assert_eq!((out, block), ([UNTOUCHED; 8], state));
    assert_eq!((first, count, detail), (99, 99, 99));
}

/// Panics in all calls, hot ones first, print nothing; those in the host's own code do.
#[test]
fn a_panic_prints_nothing_and_leaves_others_to_their_hook() {
    let standard_error = |test: &str| {
        let mut tests = Command::new(env::current_exe().unwrap());
        tests.args(["--exact", test, "--nocapture"]);
        String::from_utf8_lossy(&tests.output().unwrap().stderr).into_owned()
    };
    assert_eq!(standard_error("a_panic_is_a_status_and_nothing_is_written"), "");
    assert!(standard_error("a_panic_of_the_host").contains("not the library's"));
}

#[test]
fn a_panic_of_the_host() {
    let mut rows = 0;
    // SAFETY: rows may be written.
    assert_eq!(unsafe { trendflex_batch_rows(1, 2, 1, &mut rows) }, PANIC);
    assert!(panic::catch_unwind(|| panic!("not the library's")).is_err());
}

#[test]
fn what_tells_of_the_library_still_answers_after_a_panic() {
    let mut rows = 0;
    // SAFETY: rows may be written.
    assert_eq!(unsafe { trendflex_batch_rows(1, 2, 1, &mut rows) }, PANIC);

    // SAFETY: never null.
    let text = |message| unsafe { CStr::from_ptr(message) }.to_str().unwrap();
    assert_eq!(text(trendflex_status_message(PANIC)), "a defect of the library");
    assert_eq!(text(trendflex_version()), env!("CARGO_PKG_VERSION"));
    assert_eq!(trendflex_abi_version(), ABI_VERSION);
    assert_eq!(trendflex_kernel_supported(trendflex_kernel_best()), 1);
}
