//! Times what Java cannot: our library with each of its kernels, single ticks, and memset of the
//! output, which nothing can beat; or with `curve` the kernels beside the automatic choice, length
//! by length. `scripts/bench rust` builds the library and runs this from the root of the project.
//! The Java benchmarks compare it with others.
//!
//! Only time is measured: ratios of what ran in the same round need no counter of cycles, and
//! virtual machines often have none. No figure has a limit that it must keep.

mod curve;
mod report;
mod rounds;

use std::collections::BTreeSet;
use std::env;
use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::error::Error;
use std::ffi::c_int;
use std::path::Path;
use std::thread::available_parallelism;
use std::time::Duration;

use report::{Report, Work};
use rounds::Arm;
use trendflex_bench::library::{AUTO, Library, PERIOD, SCALAR, SERIES_MAJOR, TIME_MAJOR};

const MILLION: usize = 1_002_240;
const CURVE: [usize; 15] = [
    100, 250, 500, 1_000, 1_500, 2_500, 3_500, 5_000, 7_500, 10_000, 20_000, 50_000, 100_000,
    300_000, 1_000_000,
];

fn main() -> Result<(), Box<dyn Error>> {
    let quick = match env::args().skip(1).collect::<Vec<_>>().join(" ").as_str() {
        "" => false,
        "--quick" => true,
        "curve" => return curve(),
        unknown => return Err(format!("{unknown}: there are only --quick and curve").into()),
    };
    // How long an arm runs in each round; a single call of a batch may take longer.
    let sample = Duration::from_millis(if quick { 2 } else { 10 });
    let rounds = if quick { 11 } else { 41 };
    let batch_rounds = if quick { 5 } else { 11 };
    let batch_bars = if quick { 100_000 } else { MILLION };

    let library = &load()?;
    let kernels = &library.kernels()?[..];
    let best = library.best_kernel()?;
    let scalar_and_best: Vec<_> =
        kernels.iter().copied().filter(|&(_, kernel)| [SCALAR, best].contains(&kernel)).collect();

    let cores = available_parallelism()?.get();
    let thread_counts = BTreeSet::from([1, cores]);
    let prices = &walk(MILLION)[..];
    let mut report = Report::new(kernels, cores, sample);

    for bars in [1_000, 10_000, 100_000, MILLION] {
        let arms = single(library, kernels, &prices[..bars], PERIOD);
        report.compare(&Work::of("single", bars, PERIOD, rounds), arms);
    }
    for period in [5, 200, 1_000] {
        let arms = single(library, kernels, prices, period);
        report.compare(&Work::of("single", MILLION, period, rounds), arms);
    }
    report.ticks(library, prices);

    let (series, len) = (if quick { 100 } else { 1_000 }, 10_000);
    let by_series = walk(series * len);
    let by_time: Vec<_> =
        (0..len).flat_map(|time| by_series[time..].iter().step_by(len)).copied().collect();
    for (name, layout, prices) in
        [("many", SERIES_MAJOR, &by_series), ("rows", TIME_MAJOR, &by_time)]
    {
        let arms = by_threads(&thread_counts, &scalar_and_best, |kernel, threads, out| {
            library.many(prices, len, layout, kernel, threads, out);
        });
        report.compare(&Work { series, ..Work::of(name, len, PERIOD, batch_rounds) }, arms);
    }
    for periods in [20..=80, 10..=236] {
        let arms = by_threads(&thread_counts, kernels, |kernel, threads, out| {
            library.batch(&prices[..batch_bars], &periods, kernel, threads, out);
        });
        let work = Work::of("batch", batch_bars, PERIOD, batch_rounds);
        report.compare(&Work { periods: periods.clone(), ..work }, arms);
    }
    report.write()
}

/// Where each kernel is the fastest, and whether the automatic choice is as fast as that.
fn curve() -> Result<(), Box<dyn Error>> {
    let library = &load()?;
    let mut arms = library.kernels()?;
    arms.push(("auto", AUTO));
    let prices = walk(1_000_000);
    curve::begin(&arms);
    for period in [5, 20, 50, 200, 1_000] {
        for bars in CURVE.into_iter().filter(|&bars| bars > period as usize) {
            curve::line(period, bars, &single(library, &arms, &prices[..bars], period));
        }
    }
    Ok(())
}

fn load() -> Result<Library, Box<dyn Error>> {
    let file = format!("{DLL_PREFIX}trendflex_ffi{DLL_SUFFIX}");
    Library::load(&Path::new("rust/target/release").join(file))
}

/// An arm for each kernel: one series and one period.
fn single<'a>(
    library: &'a Library,
    kernels: &[(&'static str, c_int)],
    prices: &'a [f64],
    period: c_int,
) -> Vec<Arm<'a>> {
    kernels
        .iter()
        .map(|&(name, kernel)| {
            Arm::new(name, 1, move |out| library.single(prices, period, kernel, out))
        })
        .collect()
}

/// An arm for each number of threads and each kernel.
fn by_threads<'a>(
    thread_counts: &BTreeSet<usize>,
    kernels: &[(&'static str, c_int)],
    run: impl Fn(c_int, usize, &mut [f64]) + Copy + 'a,
) -> Vec<Arm<'a>> {
    thread_counts
        .iter()
        .flat_map(|&threads| {
            kernels.iter().map(move |&(name, kernel)| {
                Arm::new(name, threads, move |out| run(kernel, threads, out))
            })
        })
        .collect()
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
