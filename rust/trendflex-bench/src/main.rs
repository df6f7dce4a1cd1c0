//! Times our library, by kernel, beside upstream's crate, in its default release build and built
//! for this CPU alone, and beside memset of the output, below which nothing can be. All are called
//! by the same C signatures, in one process, on the same prices. `scripts/bench rust` builds the
//! libraries and runs this from the root of the project.
//!
//! Only time is measured: ratios of what ran in the same round need no counter of cycles, and
//! virtual machines often have none. Nothing is held to a figure.

mod report;
mod rounds;

use std::collections::BTreeSet;
use std::env;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::error::Error;
use std::ffi::c_int;
use std::ops::RangeInclusive;
use std::path::Path;
use std::thread::available_parallelism;
use std::time::Duration;

use report::{Report, Work};
use rounds::Arm;
use trendflex_bench::library::{AUTO, Library, PERIOD, SCALAR, SERIES_MAJOR, TIME_MAJOR};

const MILLION: usize = 1_002_240;
/// Of a bank.
const SYMBOLS: usize = 1_024;
const CURVE: [usize; 10] = [100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000];

fn main() -> Result<(), Box<dyn Error>> {
    let quick = match env::args().skip(1).collect::<Vec<_>>().join(" ").as_str() {
        "" => false,
        "--quick" => true,
        unknown => return Err(format!("{unknown}: the only option is --quick").into()),
    };
    // An arm runs so long in each round; a batch may take longer than that in one call.
    let sample = Duration::from_millis(if quick { 2 } else { 10 });
    let rounds = if quick { 11 } else { 41 };
    let batch_rounds = if quick { 5 } else { 11 };
    let batch_bars = if quick { 100_000 } else { MILLION };

    let load = |target: &str, name: &str| {
        let file = format!("{DLL_PREFIX}{name}{DLL_SUFFIX}");
        Library::load(&Path::new(target).join("release").join(file))
    };
    let ours = load("rust/target", "trendflex_ffi")?;
    let upstream = load("rust/vector-ta-oracle/target", "vector_ta_oracle")?;
    let native = load("rust/vector-ta-oracle/target/native", "vector_ta_oracle")?;
    let kernels = ours.kernels()?;
    let best = ours.best_kernel()?;
    let by_kernel = kernels.iter().map(|&(name, kernel)| Program { name, library: &ours, kernel });
    let others = [("upstream", &upstream), ("upstream native", &native)]
        .map(|(name, library)| Program { name, library, kernel: AUTO });
    let all: Vec<_> = by_kernel.clone().chain(others).collect();
    let scalar_and_best: Vec<_> =
        by_kernel.filter(|program| [SCALAR, best].contains(&program.kernel)).collect();

    let cores = available_parallelism()?.get();
    let prices = &walk(MILLION)[..];
    let mut report = Report::new(&kernels, cores, sample);

    for bars in [1_000, 10_000, 100_000, MILLION] {
        let arms = single(&all, &prices[..bars], PERIOD);
        report.compare(&Work::of("single", bars, PERIOD, rounds), arms);
    }
    if !quick {
        let prices = walk(10 * MILLION);
        let alone = [Program { name: "trendflex", library: &ours, kernel: AUTO }];
        let work = Work::of("single", prices.len(), PERIOD, rounds);
        report.compare(&work, single(&alone, &prices, PERIOD));
    }
    for period in [5, 200, 1_000] {
        report.compare(&Work::of("single", MILLION, period, rounds), single(&all, prices, period));
    }
    for bars in CURVE {
        let arms = single(&scalar_and_best, &prices[..bars], PERIOD);
        report.compare(&Work::of("curve", bars, PERIOD, rounds), arms);
    }
    let ours_alone = [Program { name: "trendflex", library: &ours, kernel: AUTO }];
    let with_streams: Vec<_> = ours_alone.iter().chain(&others).collect();
    let arms = with_streams.iter().filter_map(|program| program.stream(prices));
    report.compare(&Work::of("stream", MILLION, PERIOD, rounds), arms.collect());

    let ticks = &prices[..SYMBOLS * (MILLION / SYMBOLS)];
    let bank = Arm::new("trendflex", 1, |out| {
        let mut bank = ours.bank(SYMBOLS, PERIOD);
        for (prices, out) in ticks.chunks_exact(SYMBOLS).zip(out.chunks_exact_mut(SYMBOLS)) {
            bank.update(prices, out);
        }
    });
    let arms = with_streams.iter().filter_map(|program| program.streams_side_by_side(ticks));
    let work = Work { series: SYMBOLS, ..Work::of("bank", MILLION / SYMBOLS, PERIOD, rounds) };
    report.compare(&work, std::iter::once(bank).chain(arms).collect());
    report.ticks(&ours, prices);

    let (series, len, rounds_of_many) =
        if quick { (100, 10_000, batch_rounds) } else { (1_000, 10_000, batch_rounds) };
    let by_series = walk(series * len);
    let by_time: Vec<_> =
        (0..len).flat_map(|time| by_series[time..].iter().step_by(len)).copied().collect();
    let counts = BTreeSet::from([1, cores]);
    for (name, layout, prices) in
        [("many", SERIES_MAJOR, &by_series), ("rows", TIME_MAJOR, &by_time)]
    {
        let with = |threads| {
            scalar_and_best.iter().map(move |program| program.many(prices, len, layout, threads))
        };
        let mut arms: Vec<_> = counts.iter().copied().flat_map(with).collect();
        // Upstream has no such function: series by series.
        arms.extend(others.iter().map(|program| program.series_by_series(&by_series, len)));
        arms.sort_by_key(|arm| arm.threads);
        let work = Work { series, ..Work::of(name, len, PERIOD, rounds_of_many) };
        report.compare(&work, arms);
    }
    for periods in [20..=80, 10..=236] {
        let (bars, rounds) = (batch_bars, batch_rounds);
        let with = |threads| {
            let periods = &periods;
            all.iter().map(move |program| program.batch(&prices[..bars], periods, threads))
        };
        let arms = BTreeSet::from([1, cores]).into_iter().flat_map(with).collect();
        let work = Work { periods: periods.clone(), ..Work::of("batch", bars, PERIOD, rounds) };
        report.compare(&work, arms);
    }
    report.write()
}

/// A library by one of its kernels.
#[derive(Clone, Copy)]
struct Program<'a> {
    name: &'static str,
    library: &'a Library,
    kernel: c_int,
}

impl<'a> Program<'a> {
    fn batch(&self, prices: &'a [f64], periods: &RangeInclusive<c_int>, threads: usize) -> Arm<'a> {
        let &Self { name, library, kernel } = self;
        let periods = periods.clone();
        Arm::new(name, threads, move |out| library.batch(prices, &periods, kernel, threads, out))
    }

    /// None where the library has no streams.
    fn stream(&self, prices: &'a [f64]) -> Option<Arm<'a>> {
        let streams = self.library.streams()?;
        Some(Arm::new(self.name, 1, move |out| {
            let mut stream = streams.begin(PERIOD);
            for (&price, out) in prices.iter().zip(out) {
                *out = stream.update(price);
            }
        }))
    }

    /// What a bank does, by a stream for each symbol; none where the library has no streams.
    fn streams_side_by_side(&self, ticks: &'a [f64]) -> Option<Arm<'a>> {
        let streams = self.library.streams()?;
        let name = if self.name == "trendflex" { "streams" } else { self.name };
        Some(Arm::new(name, 1, move |out| {
            let mut bank: Vec<_> = (0..SYMBOLS).map(|_| streams.begin(PERIOD)).collect();
            for (prices, out) in ticks.chunks_exact(SYMBOLS).zip(out.chunks_exact_mut(SYMBOLS)) {
                for ((stream, &price), out) in bank.iter_mut().zip(prices).zip(out) {
                    *out = stream.update(price);
                }
            }
        }))
    }

    fn many(&self, prices: &'a [f64], len: usize, layout: c_int, threads: usize) -> Arm<'a> {
        let &Self { name, library, kernel } = self;
        Arm::new(name, threads, move |out| {
            library.many(prices, len, layout, kernel, threads, out);
        })
    }

    fn series_by_series(&self, prices: &'a [f64], len: usize) -> Arm<'a> {
        let &Self { name, library, kernel } = self;
        Arm::new(name, 1, move |out| {
            for (prices, out) in prices.chunks_exact(len).zip(out.chunks_exact_mut(len)) {
                library.single(prices, PERIOD, kernel, out);
            }
        })
    }
}

fn single<'a>(programs: &[Program<'a>], prices: &'a [f64], period: c_int) -> Vec<Arm<'a>> {
    let arm = |&Program { name, library, kernel }: &Program<'a>| {
        Arm::new(name, 1, move |out| library.single(prices, period, kernel, out))
    };
    programs.iter().map(arm).collect()
}

/// Prices in cents that move by about 0.3 a bar, around 100; the same in every run.
fn walk(bars: usize) -> Vec<f64> {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut price = 100.0;
    (0..bars)
        .map(|_| {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            let step = (random >> 11) as f64 / (1_u64 << 52) as f64 - 1.0;
            price += 0.6 * step + 0.0001 * (100.0 - price);
            (price * 100.0).round() / 100.0
        })
        .collect()
}
