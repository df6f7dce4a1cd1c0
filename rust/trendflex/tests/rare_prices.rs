//! Prices for which a kernel may not take its usual, faster way.

mod common;

use common::{expected, first_difference};
use trendflex::{
    Definition, Kernel, NanPolicy, SeriesLayout, TrendFlexStream, trendflex_batch_periods_into,
    trendflex_into, trendflex_many_series_into,
};

const PERIODS: [i32; 6] = [1, 5, 8, 20, 51, 200];
/// Vectors take rows if each period is 8 or more and there are enough of them. The last bits of a
/// rebuild show at 108, 129 and 209, if prices come back.
const ROWS: [i32; 8] = [8, 20, 51, 108, 13, 29, 129, 209];
const LEN: usize = 9_003;

/// Random numbers of -1 to 1, the same in every run.
fn noise() -> impl Iterator<Item = f64> {
    let mut random = 0x9e37_79b9_7f4a_7c15_u64;
    std::iter::repeat_with(move || {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random >> 11) as f64 / (1_u64 << 52) as f64 - 1.0
    })
}

fn two_to(exponent: i32) -> f64 {
    2.0_f64.powi(exponent / 2) * 2.0_f64.powi(exponent - exponent / 2)
}

/// Every way of the whole-series calls gives the definition's bits.
fn gives_the_definition(prices: &[f64]) {
    let (definition, policy) = (Definition::VectorTa, NanPolicy::Propagate);
    let row = |period: i32| expected(prices, period as usize, definition, policy);
    let (rows, batch) = (PERIODS.map(row), ROWS.map(row).concat());
    let kernels = [Kernel::Scalar, Kernel::Avx2, Kernel::Avx512, Kernel::Neon];
    for kernel in kernels.into_iter().filter(|kernel| kernel.is_supported()) {
        let mut out = vec![7.0; LEN];
        for (period, row) in PERIODS.into_iter().zip(&rows) {
            trendflex_into(prices, period, definition, policy, kernel, &mut out).unwrap();
            assert_eq!(first_difference(&out, row), None, "{kernel:?}, period {period}");
        }
        let mut out = vec![7.0; LEN * ROWS.len()];
        trendflex_batch_periods_into(prices, &ROWS, definition, policy, kernel, 1, &mut out)
            .unwrap();
        assert_eq!(first_difference(&out, &batch), None, "batch, {kernel:?}");

        let many = prices.repeat(9);
        let mut out = vec![7.0; many.len()];
        let layout = SeriesLayout::SeriesMajor;
        trendflex_many_series_into(&many, 9, layout, 20, definition, policy, kernel, 1, &mut out)
            .unwrap();
        assert_eq!(first_difference(&out, &rows[3].repeat(9)), None, "many, {kernel:?}");
    }
}

/// The half of a sum of two such prices may not be exact. Their outputs are all 0, but the states
/// tell.
#[test]
fn denormal_prices() {
    let prices: Vec<f64> = noise().map(|x| (x * 1e6).round() * two_to(-1074)).take(LEN).collect();
    gives_the_definition(&prices);
    for period in PERIODS {
        let snapshot = |in_pieces: bool| {
            let mut state = vec![0.0; TrendFlexStream::state_len(period).unwrap()];
            let mut stream = TrendFlexStream::create_in(
                &mut state,
                period,
                Definition::VectorTa,
                NanPolicy::Skip,
            )
            .unwrap();
            for piece in prices.chunks(if in_pieces { LEN } else { 1 }) {
                stream.update_into(piece, None).unwrap();
            }
            let mut snapshot = vec![0; TrendFlexStream::snapshot_len(period).unwrap()];
            TrendFlexStream::save_in(&state, &mut snapshot).unwrap();
            snapshot
        };
        assert_eq!(snapshot(true), snapshot(false), "period {period}");
    }
}

/// M comes and goes across the bound below which it is 0.
#[test]
fn prices_whose_mean_square_vanishes_again_and_again() {
    let scale = |i: usize| two_to(-480 - [0, 5, -3, 9][i / 100 % 4]);
    let prices: Vec<f64> = noise().take(LEN).enumerate().map(|(i, x)| x * scale(i)).collect();
    gives_the_definition(&prices);
}

/// The window's sum loses bits, which only a rebuild brings back.
#[test]
fn prices_that_fall_to_nothing_and_come_back() {
    let price = |(i, x): (usize, f64)| match i % 2_200 {
        0..60 => 100.0 + x,
        60..900 => 0.0,
        _ => 100.0,
    };
    let prices: Vec<f64> = noise().take(LEN).enumerate().map(price).collect();
    gives_the_definition(&prices);
}
