//! Writes inputs and this crate's results, so that bindings can compare theirs: `cargo run
//! --release --example vectors -- FILE`. The file appears complete or not at all.
//!
//! Little-endian records, each an input under one period, definition and NaN policy: the magic
//! number (u64); period, definition, policy and the status of the single call (u32 each, as the
//! ids of `headers/trendflex.h`); the length (u64) and the prices (f64); if the status is 0, the
//! single call's output; start, end, step and status of a batch (i32); if the status is 0, its rows
//! (u64) and output; 1 or 0 (u32) for a stream or none, and its outputs.

use std::fs::{self, File};
use std::io::{BufWriter, Write};

use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, TrendFlexStream, trendflex_batch_inner_into,
    trendflex_into,
};

const MAGIC: u64 = 0x3158_4556_4c46_5254;

fn main() -> std::io::Result<()> {
    let path = std::env::args_os().nth(1).expect("usage: vectors FILE");
    let mut temporary = path.clone();
    temporary.push(".tmp");
    write(File::create(&temporary)?)
        .and_then(|()| fs::rename(&temporary, path))
        .inspect_err(|_| drop(fs::remove_file(&temporary)))
}

fn write(file: File) -> std::io::Result<()> {
    let mut file = BufWriter::new(file);
    for (prices, periods) in inputs() {
        for &period in &periods {
            for definition in [Definition::VectorTa, Definition::Ehlers] {
                for nan_policy in [NanPolicy::Propagate, NanPolicy::Skip, NanPolicy::Reject] {
                    write_record(&mut file, &prices, period, definition, nan_policy)?;
                }
            }
        }
    }
    file.flush()
}

fn write_record(
    file: &mut impl Write,
    prices: &[f64],
    period: i32,
    definition: Definition,
    nan_policy: NanPolicy,
) -> std::io::Result<()> {
    let mut out = vec![0.0; prices.len()];
    let single = trendflex_into(prices, period, definition, nan_policy, Kernel::Auto, &mut out);
    file.write_all(&MAGIC.to_le_bytes())?;
    for id in [period, definition as i32, nan_policy as i32, status(single)] {
        file.write_all(&id.to_le_bytes())?;
    }
    file.write_all(&(prices.len() as u64).to_le_bytes())?;
    write_values(file, prices)?;
    if single.is_ok() {
        write_values(file, &out)?;
    }

    let range = PeriodRange { start: period, end: (period - 9).max(1), step: 3 };
    let rows = range.rows().unwrap_or(0);
    let mut out = vec![0.0; rows * prices.len()];
    let batch = trendflex_batch_inner_into(
        prices,
        range,
        definition,
        nan_policy,
        Kernel::Auto,
        1,
        &mut out,
    );
    for number in [range.start, range.end, range.step, status(batch)] {
        file.write_all(&number.to_le_bytes())?;
    }
    if batch.is_ok() {
        file.write_all(&(rows as u64).to_le_bytes())?;
        write_values(file, &out)?;
    }

    let mut state = vec![0.0; TrendFlexStream::state_len(period).unwrap_or(0)];
    match TrendFlexStream::create_in(&mut state, period, definition, nan_policy) {
        Ok(mut stream) => {
            file.write_all(&1_u32.to_le_bytes())?;
            let out: Vec<f64> = prices.iter().map(|&price| stream.update(price)).collect();
            write_values(file, &out)
        }
        Err(_) => file.write_all(&0_u32.to_le_bytes()),
    }
}

fn write_values(file: &mut impl Write, values: &[f64]) -> std::io::Result<()> {
    values.iter().try_for_each(|value| file.write_all(&value.to_le_bytes()))
}

fn status(result: Result<(), Error>) -> i32 {
    match result {
        Ok(()) => 0,
        Err(Error::EmptyInput) => 1,
        Err(Error::InvalidPeriod { .. }) => 2,
        Err(Error::PeriodTooLong { .. }) => 3,
        Err(Error::NoPrices { .. }) => 4,
        Err(Error::MissingPrice { .. }) => 5,
        Err(Error::TooFewPrices { .. }) => 6,
        Err(Error::InvalidRange { .. }) => 8,
        Err(other) => unreachable!("no input here leads to: {other}"),
    }
}

fn inputs() -> Vec<(Vec<f64>, Vec<i32>)> {
    let mut inputs = Vec::new();
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    let mut uniform = move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 11) as f64 / (1_u64 << 53) as f64 - 0.5
    };
    let mut walk = move |len: usize, scale: f64| {
        let mut price = 100.0;
        let steps = (0..len).map(|_| {
            price += uniform();
            price * scale
        });
        steps.collect::<Vec<f64>>()
    };

    // Lengths around the edges: nothing, the period, a rebuild of the window.
    for len in [0, 1, 2, 3, 5, 8, 19, 20, 21, 22, 40, 999, 1000, 1001, 1007, 1008, 2100] {
        inputs.push((walk(len, 1.0), vec![0, 1, 2, 3, 5, 20]));
    }
    for period in [50, 249, 250, 251, 500, 1000] {
        inputs.push((walk(9000, 1.0), vec![period]));
    }
    // Magnitudes: denormal, tiny, huge, and at the bound of what is a price.
    for exponent in [-1060, -400, 300, 490] {
        inputs.push((walk(1500, 2_f64.powi(exponent / 2) * 2_f64.powi(exponent / 2)), vec![1, 20]));
    }
    inputs.push((vec![0.0; 300], vec![1, 7]));
    inputs.push((vec![123.45; 3000], vec![1, 20, 33]));
    inputs.push(((0..500).map(f64::from).collect(), vec![5, 21]));

    // Missing values: before, inside, all over, everywhere.
    let with = |mut prices: Vec<f64>, missing: &[(usize, f64)]| {
        missing.iter().for_each(|&(index, value)| prices[index] = value);
        prices
    };
    let over = f64::from_bits(2_f64.powi(500).to_bits() + 1);
    let (nan, inf) = (f64::NAN, f64::INFINITY);
    let lead = [(0, nan), (1, inf), (2, -over)];
    inputs.push((with(walk(1200, 1.0), &lead), vec![1, 20]));
    inputs.push((with(walk(1200, 1.0), &[(600, -inf)]), vec![1, 20]));
    inputs
        .push((with(walk(2500, 1.0), &[(0, nan), (30, over), (1000, nan), (1001, nan)]), vec![20]));
    inputs.push((with(walk(400, 1.0), &[(399, nan)]), vec![20, 398]));
    inputs.push((with(walk(23, 1.0), &[(0, nan), (5, nan)]), vec![20, 21]));
    inputs.push(((0..50).map(|_| nan).collect(), vec![20]));
    inputs
        .push((with(walk(900, 1.0), &[(100, 2_f64.powi(500)), (200, -2_f64.powi(500))]), vec![9]));

    // A price that falls to zero and comes back, and a move that ends.
    let mut there_and_back = vec![100.1; 3];
    there_and_back.extend([0.0; 30]);
    there_and_back.extend([100.0; 4000]);
    inputs.push((there_and_back, vec![1, 20]));
    let mut settled = walk(100, 1.0);
    settled.extend([99.99; 4000]);
    inputs.push((settled, vec![2, 20, 300]));
    inputs
}
