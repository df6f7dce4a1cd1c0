//! Every place that has to try all C functions has them all. Their table is
//! `headers/abi-VERSION.txt`, which `header.rs` compares with the header. A new function makes a
//! test here fail for each place that lacks it.

use std::fs;
use std::path::Path;

#[test]
fn the_tests_of_the_shims_call_every_function() {
    calls_every_function("rust/trendflex-ffi/tests/shims.rs");
}

#[test]
fn the_c_client_calls_every_function() {
    calls_every_function("rust/trendflex-ffi/tests/client.c");
}

/// Also the functions that have no way to report a panic, and cannot have one.
#[test]
fn the_tests_of_panics_call_every_function() {
    calls_every_function("rust/trendflex-ffi/tests/panic.rs");
}

#[test]
fn the_fuzzer_calls_every_function() {
    calls_every_function("rust/fuzz/src/shims.rs");
}

/// Asks for calls, and for functions that are passed on: `load_size: trendflex_stream_load_size,`.
fn calls_every_function(file: &str) {
    let text = read(file);
    let code: Vec<_> = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
    let calls = |name: &str| {
        let [call, passed] = [format!("{name}("), format!(": {name},")];
        code.iter().any(|line| line.contains(&call) || line.contains(&passed))
    };
    let mut missing = functions();
    missing.retain(|name| !calls(name));
    assert!(missing.is_empty(), "{file} does not call {missing:?}");
}

/// The names in lines like `int trendflex_batch_rows(int, int, int, trendflex_len *)`.
fn functions() -> Vec<String> {
    let table = read(&format!("headers/abi-{}.txt", trendflex_ffi::ABI_VERSION));
    let names: Vec<_> = table
        .lines()
        .filter_map(|line| line.split_once('(')?.0.rsplit([' ', '*']).next())
        .map(str::to_owned)
        .collect();
    assert!(names.iter().any(|name| name == "trendflex_into"), "{names:?}");
    names
}

fn read(file: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(file);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
