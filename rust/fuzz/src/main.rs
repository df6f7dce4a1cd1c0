//! Draws inputs at random and tries them.
//!
//! `campaign TARGET [--cases N] [--seconds N] [--seed N]` ends after that many cases or seconds. It
//! prints the seed, which gives the same inputs again. If something does not hold for an input, it
//! leaves the input in the working directory.

use std::env;
use std::error::Error;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use trendflex_fuzz::{Draw, TARGETS, Tally};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let mut words = env::args().skip(1);
    let name = words.next().ok_or("which target?")?;
    let target = TARGETS.into_iter().find(|target| target.name == name);
    let target = target.ok_or_else(|| format!("{name}: no such target"))?;
    let (mut cases, mut seconds, mut seed) = (u64::MAX, u64::MAX, fastrand::u64(..));
    while let Some(option) = words.next() {
        let value = words.next().ok_or_else(|| format!("{option} of what?"))?.parse()?;
        match option.as_str() {
            "--cases" => cases = value,
            "--seconds" => seconds = value,
            "--seed" => seed = value,
            _ => return Err(format!("{option}: no such option").into()),
        }
    }

    println!("{name}: seed {seed}");
    let begun = Instant::now();
    let longest = Duration::from_secs(seconds);
    let mut draw = Draw::new(seed);
    let mut tally = Tally::new(target);
    while tally.cases.main < cases && begun.elapsed() < longest {
        let input = draw.input();
        if catch_unwind(AssertUnwindSafe(|| tally.check(input))).is_err() {
            let file = format!("finding-{name}-{:08x}", crc32fast::hash(input));
            fs::write(&file, input)?;
            println!("{tally}; then a finding: {file}");
            return Ok(ExitCode::FAILURE);
        }
    }
    println!("{tally}; no finding in {:.0} s", begun.elapsed().as_secs_f64());
    Ok(ExitCode::SUCCESS)
}
