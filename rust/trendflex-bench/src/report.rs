//! Comparisons as a table on standard output and as JSON.

use std::error::Error;
use std::ffi::c_int;
use std::fs;
use std::hint::black_box;
use std::io::{IsTerminal, stderr};
use std::ops::RangeInclusive;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use trendflex_bench::library::Library;

use crate::rounds::{Arm, check, measure, ratio, spread};

const FILE: &str = "target/bench/rust.json";

/// The work of the arms of a comparison, and how often they do it.
pub struct Work {
    pub name: &'static str,
    pub series: usize,
    pub bars: usize,
    pub periods: RangeInclusive<c_int>,
    pub rounds: usize,
}

impl Work {
    /// One series and one period.
    pub fn of(name: &'static str, bars: usize, period: c_int, rounds: usize) -> Self {
        Self { name, series: 1, bars, periods: period..=period, rounds }
    }
}

/// What has been measured so far.
pub struct Report {
    machine: Value,
    sample: Duration,
    results: Vec<Value>,
}

impl Report {
    /// Begins the table.
    pub fn new(kernels: &[(&str, c_int)], cores: usize, sample: Duration) -> Self {
        let machine = json!({
            "cpu": cpu_model(),
            "cores": cores,
            "kernels": kernels.iter().map(|(name, _)| name).collect::<Vec<_>>(),
            "system": said_by("uname", &["-srm"]),
            "date": said_by("date", &["-u", "+%Y-%m-%dT%H:%M:%SZ"]),
            "load": said_by("uptime", &[]),
        });
        println!("{machine:#}\n");
        println!("{:65}{:^27}{:^18}{:>9}", "", "ns an output", "times as fast as", "times");
        println!(
            "{:6} {:>6} {:>9} {:>7} {:>7}  {:15} {:>6}  {:>8} {:>8} {:>8} {:>9}{:>9}{:>9}",
            "work",
            "series",
            "bars",
            "period",
            "threads",
            "arm",
            "rounds",
            "min",
            "median",
            "max",
            "scalar",
            "1 thread",
            "memset",
        );
        Self { machine, sample, results: Vec::new() }
    }

    /// Measures the arms, and memset for each number of threads, and prints them.
    pub fn compare(&mut self, work: &Work, mut arms: Vec<Arm>) {
        let Work { name, series, bars, rounds, .. } = *work;
        let (start, end) = (work.periods.start(), work.periods.end());
        let periods = if start == end { start.to_string() } else { format!("{start}..{end}") };
        let title = format!("{name:6} {series:>6} {bars:>9} {periods:>7}");

        let mut out = vec![0.0; series * bars * work.periods.clone().count()];
        check(&arms, &mut out);
        let mut thread_counts: Vec<_> = arms.iter().map(|arm| arm.threads).collect();
        thread_counts.dedup();
        arms.extend(
            thread_counts
                .iter()
                .map(|&threads| Arm::new("memset", threads, move |out| memset(out, threads))),
        );
        let terminal = stderr().is_terminal();
        let times = measure(&arms, rounds, self.sample, &mut out, |round| {
            if terminal {
                eprint!("\r{title}: round {} of {rounds}\x1b[K\r", round + 1);
            }
        });
        if terminal {
            eprint!("\x1b[K");
        }

        for (arm, ns) in arms.iter().zip(&times) {
            let Arm { name: arm, threads, .. } = *arm;
            let find = |name, threads| {
                let mut found = arms.iter().zip(&times);
                Some(found.find(|(arm, _)| arm.name == name && arm.threads == threads)?.1)
            };
            let faster = |base, threads| find(base, threads).map(|base| ratio(base, ns));
            let [min, median, max] = spread(ns.iter().copied());
            let scalar = faster("scalar", threads);
            let one_thread = (threads > 1).then(|| faster(arm, 1)).flatten();
            let memset = find("memset", threads).map(|memset| ratio(ns, memset));
            let ratios = [scalar, one_thread, memset]
                .map(|it| it.map_or_else(|| format!("{:>9}", "-"), |it| format!("{it:9.2}")))
                .concat();
            println!(
                "{title} {threads:>7}  {arm:15} {rounds:>6}  {min:>8.3} {median:>8.3} {max:>8.3} {ratios}"
            );
            self.results.push(json!({
                "work": name,
                "series": series,
                "bars": bars,
                "periods": periods,
                "threads": threads,
                "arm": arm,
                "rounds": rounds,
                "ns_per_output": { "min": min, "median": median, "max": max },
                "times_as_fast_as": {
                    "scalar": scalar,
                    "one_thread": one_thread,
                },
                "times_memset": memset,
            }));
        }
        println!();
    }

    /// How long single ticks take, of a bank and of a stream. The stream's are timed sixteen at a
    /// time, because one is too short.
    pub fn ticks(&mut self, library: &Library, prices: &[f64]) {
        const SYMBOLS: usize = 1_024;
        println!(
            "ns a tick{:>16} {:>9} {:>9} {:>9} {:>9}",
            "median", "99 %", "99.9 %", "max", "ratio"
        );
        for period in [20, 1_000] {
            let mut bank = library.bank(SYMBOLS, period);
            let mut out = [0.0; SYMBOLS];
            let ticks = prices.chunks_exact(SYMBOLS).cycle().take(20_000);
            let times = ticks.map(|prices| {
                let start = Instant::now();
                bank.update(black_box(prices), black_box(&mut out));
                start.elapsed().as_nanos() as f64
            });
            self.tick("bank", period, SYMBOLS, times.collect());

            let mut stream = library.stream(period);
            let sixteens = prices.chunks_exact(16).take(60_000);
            let times = sixteens.map(|prices| {
                let start = Instant::now();
                for &price in prices {
                    black_box(stream.update(price));
                }
                start.elapsed().as_nanos() as f64 / 16.0
            });
            self.tick("stream", period, 1, times.collect());
        }
        println!();
    }

    fn tick(&mut self, name: &str, period: c_int, symbols: usize, mut ns: Vec<f64>) {
        ns.sort_by(f64::total_cmp);
        let at = |thousandths: usize| ns[(ns.len() - 1) * thousandths / 1000];
        let (median, p99, p999, max) = (at(500), at(990), at(999), at(1000));
        let ratio = p999 / median;
        println!(
            "{name:6} {period:>7} {median:>9.0} {p99:>9.0} {p999:>9.0} {max:>9.0} {ratio:>9.2}"
        );
        self.results.push(json!({
            "work": "tick",
            "of": name,
            "symbols": symbols,
            "period": period,
            "ns": { "median": median, "p99": p99, "p99.9": p999, "max": max },
        }));
    }

    /// Writes the JSON.
    pub fn write(self) -> Result<(), Box<dyn Error>> {
        let report = json!({ "machine": self.machine, "results": self.results });
        fs::create_dir_all(Path::new(FILE).parent().expect("a folder"))?;
        let temporary = Path::new(FILE).with_extension("tmp");
        fs::write(&temporary, format!("{report:#}\n"))?;
        fs::rename(temporary, FILE)?;
        println!("written to {FILE}");
        Ok(())
    }
}

/// The floor: every output is written, and none is computed.
fn memset(out: &mut [f64], threads: usize) {
    // SAFETY: all of it may be written, and zeros are doubles.
    let zero = |part: &mut [f64]| unsafe { part.as_mut_ptr().write_bytes(0, part.len()) };
    if threads == 1 {
        return zero(out);
    }
    thread::scope(|scope| {
        for part in out.chunks_mut(out.len().div_ceil(threads)) {
            scope.spawn(move || zero(part));
        }
    });
}

fn cpu_model() -> String {
    let info = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    match info.lines().find_map(|line| line.strip_prefix("model name")) {
        Some(model) => model.trim_start_matches([' ', '\t', ':']).to_owned(),
        None => said_by("sysctl", &["-n", "machdep.cpu.brand_string"]),
    }
}

/// What a command prints, or that it failed.
fn said_by(command: &str, arguments: &[&str]) -> String {
    let output = Command::new(command).args(arguments).output().ok();
    let said = output.filter(|output| output.status.success());
    said.map_or_else(
        || "unknown".to_owned(),
        |output| String::from_utf8_lossy(&output.stdout).trim().to_owned(),
    )
}
