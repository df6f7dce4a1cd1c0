//! Arms that do the same work in turns, round by round. Whatever else the machine does meets them
//! all, and only times of the same round are compared.

use std::hash::{DefaultHasher, Hasher};
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Fills the output.
type Run<'a> = dyn Fn(&mut [f64]) + 'a;

/// One of the things that are compared.
pub struct Arm<'a> {
    pub name: &'static str,
    pub threads: usize,
    run: Box<Run<'a>>,
}

impl<'a> Arm<'a> {
    pub fn new(name: &'static str, threads: usize, run: impl Fn(&mut [f64]) + 'a) -> Self {
        Self { name, threads, run: Box::new(run) }
    }

    fn time(&self, calls: u32, out: &mut [f64]) -> Duration {
        let start = Instant::now();
        for _ in 0..calls {
            (self.run)(black_box(&mut *out));
        }
        start.elapsed()
    }
}

/// The nanoseconds for an output, for each arm and each round. An arm's turn lasts a sample or one
/// call.
pub fn measure(
    arms: &[Arm],
    rounds: usize,
    sample: Duration,
    out: &mut [f64],
    progress: impl Fn(usize),
) -> Vec<Vec<f64>> {
    let calls: Vec<_> =
        arms.iter().map(|arm| sample.div_duration_f64(arm.time(1, out)).ceil() as u32).collect();
    let mut times = vec![Vec::with_capacity(rounds); arms.len()];
    for round in 0..rounds {
        progress(round);
        for turn in 0..arms.len() {
            // Every round begins with another arm, and every second goes backwards, so that no arm
            // always finds the caches as the same other arm left them.
            let turn = if round % 2 == 0 { turn } else { arms.len() - 1 - turn };
            let arm = (round / 2 + turn) % arms.len();
            let time = arms[arm].time(calls[arm], out).as_nanos() as f64;
            times[arm].push(time / f64::from(calls[arm]) / out.len() as f64);
        }
    }
    times
}

/// Panics unless all arms write the same bits, by their hash, and some are numbers.
pub fn check(arms: &[Arm], out: &mut [f64]) {
    let mut written = arms.iter().map(|arm| {
        out.fill(f64::INFINITY);
        (arm.run)(out);
        assert!(out.iter().any(|out| out.is_finite()), "{} wrote no number", arm.name);
        let mut hasher = DefaultHasher::new();
        out.iter().for_each(|out| hasher.write_u64(out.to_bits()));
        (arm.name, hasher.finish())
    });
    let Some((first, bits)) = written.next() else { return };
    for (name, its_bits) in written {
        assert_eq!(its_bits, bits, "{name} and {first} differ");
    }
}

/// The least, the median and the largest.
pub fn spread(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f64::total_cmp);
    [values[0], values[values.len() / 2], values[values.len() - 1]]
}

/// How many times as long as b the arm a takes: the median over the rounds.
pub fn ratio(a: &[f64], b: &[f64]) -> f64 {
    spread(a.iter().zip(b).map(|(a, b)| a / b))[1]
}
