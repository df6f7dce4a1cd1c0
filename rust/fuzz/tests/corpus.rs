//! The checks hold for the inputs that fuzzing has found, and for a few random ones.

use std::path::Path;
use std::{env, fs};

use trendflex_fuzz::{Draw, KERNELS, SHIMS, Tally, Target};

#[test]
fn every_kernel_gives_the_same_bits() {
    holds(KERNELS, 20_000);
}

#[test]
fn the_c_functions_do_what_the_crate_does_or_refuse() {
    holds(SHIMS, 20_000);
}

/// Tries the corpus, then random inputs for that many cases; with `$FUZZ_SEED` the same ones again.
fn holds(target: Target, cases: u64) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(target.name);
    let mut tally = Tally::new(target);
    let mut files: Vec<_> =
        fs::read_dir(corpus).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        println!("{}", file.display());
        tally.check(&fs::read(file).unwrap());
    }
    let seed =
        env::var("FUZZ_SEED").map_or_else(|_| fastrand::u64(..), |seed| seed.parse().unwrap());
    println!("then random inputs, FUZZ_SEED={seed}");
    let mut draw = Draw::new(seed);
    let end = tally.cases.main + cases;
    while tally.cases.main < end {
        tally.check(draw.input());
    }
}
