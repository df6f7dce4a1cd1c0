//! Does the named work once, so that `scripts/test instructions` can count its instructions: `cargo
//! run --release --example instructions -- WORK`. Prints how many outputs the work has. Without
//! WORK it lists all that this CPU can do.

use std::hint::black_box;

use trendflex::{
    Definition, Kernel, NAN, NanPolicy, PeriodRange, TrendFlexStream, TrendFlexStreamBank,
    trendflex_batch_inner_into, trendflex_into,
};

const PERIOD: i32 = 20;
const DEFINITION: Definition = Definition::VectorTa;
const NAN_POLICY: NanPolicy = NanPolicy::Propagate;
/// The symbols of a bank.
const SYMBOLS: usize = 1_024;

fn main() {
    let works = works();
    match std::env::args().nth(1) {
        None => works.iter().for_each(|(name, _)| println!("{name}")),
        Some(asked) => {
            let (_, work) = works.iter().find(|(name, _)| *name == asked).expect("a work");
            println!("{}", work());
        }
    }
}

/// Does the work; returns how many outputs it had.
type Work = Box<dyn Fn() -> usize>;

fn works() -> Vec<(String, Work)> {
    let mut works: Vec<(String, Work)> = Vec::new();
    let mut add = |name: String, work: Work| works.push((name, work));
    for (name, kernel) in [("scalar", Kernel::Scalar), ("avx2", Kernel::Avx2)] {
        if !kernel.is_supported() {
            continue;
        }
        for bars in [1_000, 10_000, 100_000] {
            add(format!("single-{bars}-{name}"), Box::new(move || single(bars, kernel)));
        }
        add(format!("batch-{name}"), Box::new(move || batch(kernel)));
    }
    add("stream".into(), Box::new(stream));
    add("bank".into(), Box::new(|| bank(NanPolicy::Propagate, false)));
    add("bank-gaps".into(), Box::new(|| bank(NanPolicy::Skip, true)));
    works
}

/// The only code whose instructions are counted: not even its caller may be merged into it.
#[inline(never)]
fn counted(work: &mut dyn FnMut()) {
    work();
    black_box(());
}

fn single(bars: usize, kernel: Kernel) -> usize {
    let prices = walk(bars);
    let mut out = vec![1.0; bars];
    counted(&mut || {
        trendflex_into(&prices, PERIOD, DEFINITION, NAN_POLICY, kernel, &mut out).unwrap();
    });
    out.len()
}

fn batch(kernel: Kernel) -> usize {
    let range = PeriodRange { start: 20, end: 80, step: 1 };
    let prices = walk(10_000);
    let mut out = vec![1.0; range.rows().unwrap() * prices.len()];
    counted(&mut || {
        trendflex_batch_inner_into(&prices, range, DEFINITION, NAN_POLICY, kernel, 1, &mut out)
            .unwrap();
    });
    out.len()
}

fn stream() -> usize {
    let prices = walk(10_000);
    let mut state = vec![0.0; TrendFlexStream::state_len(PERIOD).unwrap()];
    let mut stream =
        TrendFlexStream::create_in(&mut state, PERIOD, DEFINITION, NAN_POLICY).unwrap();
    counted(&mut || {
        for &price in &prices {
            black_box(stream.update(price));
        }
    });
    prices.len()
}

/// At times with gaps in the middle, one among every eight symbols.
fn bank(nan_policy: NanPolicy, gaps: bool) -> usize {
    let mut prices = walk(100 * SYMBOLS);
    if gaps {
        prices[50 * SYMBOLS..51 * SYMBOLS].iter_mut().step_by(8).for_each(|price| *price = NAN);
    }
    let mut out = vec![1.0; SYMBOLS];
    let mut state = vec![0.0; TrendFlexStreamBank::state_len(PERIOD, SYMBOLS).unwrap()];
    let mut bank =
        TrendFlexStreamBank::create_in(&mut state, PERIOD, DEFINITION, SYMBOLS, nan_policy)
            .unwrap();
    counted(&mut || {
        for prices in prices.chunks_exact(SYMBOLS) {
            bank.update(prices, &mut out).unwrap();
        }
    });
    prices.len()
}

/// Moves of up to 0.5 by a generator of Knuth's, the same on every machine.
fn walk(bars: usize) -> Vec<f64> {
    let mut random = 1_u64;
    let mut price = 100.0;
    let step = |_| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        price += (random >> 11) as f64 / (1_u64 << 53) as f64 - 0.5;
        price
    };
    (0..bars).map(step).collect()
}
