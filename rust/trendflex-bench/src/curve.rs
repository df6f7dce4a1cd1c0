//! The kernels and the automatic choice among them, length by length.

use std::ffi::c_int;
use std::time::Duration;

use crate::rounds::{Arm, check, measure, ratio, spread};

const ROUNDS: usize = 21;
const SAMPLE: Duration = Duration::from_millis(2);

/// From this ratio on the automatic choice is a wrong one.
const SLOWER: f64 = 1.05;

/// Prints a table with a column for each arm.
pub fn begin(arms: &[(&str, c_int)]) {
    let names: String = arms.iter().map(|(name, _)| format!("{name:>8}")).collect();
    println!("nanoseconds an output, medians of {ROUNDS} rounds\n");
    println!("period      bars {names}  auto over the fastest");
}

/// Prints a line of it; the last arm is the automatic choice.
pub fn line(period: c_int, bars: usize, arms: &[Arm]) {
    let mut out = vec![0.0; bars];
    check(arms, &mut out);
    let times = measure(arms, ROUNDS, SAMPLE, &mut out, |_| {});
    let medians: Vec<_> = times.iter().map(|ns| spread(ns.iter().copied())[1]).collect();
    let auto = arms.len() - 1;
    let fastest = (0..auto).min_by(|&a, &b| medians[a].total_cmp(&medians[b])).expect("a kernel");
    let over = ratio(&times[auto], &times[fastest]);
    let slower = if over > SLOWER { "  slower than " } else { "" };
    let than = if over > SLOWER { arms[fastest].name } else { "" };
    let ns: String = medians.iter().map(|ns| format!("{ns:8.3}")).collect();
    println!("{period:>6} {bars:>9} {ns} {over:>7.3}{slower}{than}");
}
