//! The definition, and series to try it on.
#![allow(dead_code, reason = "each test takes what it needs")]

mod definition;

pub use definition::{expected, is_price};
use proptest::prelude::*;
use trendflex::NanPolicy;

pub const WHOLE_SERIES_POLICIES: [NanPolicy; 2] = [NanPolicy::Propagate, NanPolicy::Skip];

pub fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// The first place where two series differ in their bits.
pub fn first_difference(actual: &[f64], expected: &[f64]) -> Option<String> {
    assert_eq!(actual.len(), expected.len());
    let index = actual.iter().zip(expected).position(|(a, e)| a.to_bits() != e.to_bits())?;
    Some(format!("index {index}: {:e} for {:e}", actual[index], expected[index]))
}

/// Prices that move in several ways, stop, jump, and reach every magnitude.
pub fn series(len: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Vec<f64>> {
    let len = len.into();
    let walk = |step: f64| {
        (proptest::collection::vec(-1.0..1.0_f64, len.clone()), -500.0..500.0_f64).prop_map(
            move |(steps, start)| {
                let mut price = start;
                let prices = steps.into_iter().map(|s| {
                    price += s * step;
                    price
                });
                prices.collect::<Vec<_>>()
            },
        )
    };
    let ticks = walk(0.05).prop_map(|prices| {
        prices.into_iter().map(|price| (price * 100.0).round() / 100.0).collect()
    });
    let flats =
        (walk(3.0), prop_oneof![2..400_usize, 400..6000_usize]).prop_map(|(prices, hold)| {
            (0..prices.len()).map(|i| prices[i - i % hold]).collect::<Vec<_>>()
        });
    let anything = proptest::collection::vec(
        prop_oneof![
            -1e150..1e150_f64,
            -1e-300..1e-300_f64,
            Just(0.0),
            any::<f64>().prop_filter("a price", |&x| is_price(x))
        ],
        len.clone(),
    );
    let scaled = (walk(1.0), -1000..480_i32).prop_map(|(prices, exponent)| {
        let half = 2_f64.powi(exponent / 2);
        prices.into_iter().map(|price| price * half * half).collect::<Vec<_>>()
    });
    let jumps = (walk(1.0), any::<prop::sample::Index>()).prop_map(|(mut prices, at)| {
        let at = at.index(prices.len());
        prices[at..].iter_mut().for_each(|price| *price += 1e12);
        prices
    });
    let alternation = (walk(1.0), -9.0..9.0_f64).prop_map(|(mut prices, other)| {
        let first = prices[0];
        prices.iter_mut().enumerate().for_each(|(i, price)| *price = [first, other][i % 2]);
        prices
    });
    prop_oneof![
        4 => walk(1.0),
        2 => ticks,
        2 => flats,
        1 => anything,
        1 => scaled,
        1 => jumps,
        1 => alternation,
    ]
}

/// A value that is no price.
pub fn missing() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(f64::NAN),
        Just(-f64::NAN),
        Just(f64::from_bits(0x7ff0_0000_0000_0001)),
        Just(f64::INFINITY),
        Just(f64::NEG_INFINITY),
        Just(-1.7e308),
        Just(f64::from_bits(2_f64.powi(500).to_bits() + 1)),
    ]
}

/// A series some of whose values, leading ones among them, are missing.
pub fn gappy_series(
    len: impl Into<proptest::collection::SizeRange>,
) -> impl Strategy<Value = Vec<f64>> {
    let gaps =
        proptest::collection::vec((any::<proptest::sample::Index>(), 1..4_usize, missing()), 0..4);
    (series(len), gaps, 0..4_usize, missing()).prop_map(|(mut values, gaps, lead, first)| {
        let len = values.len();
        for (index, width, value) in gaps {
            let start = index.index(len);
            values[start..len.min(start + width)].fill(value);
        }
        values[..lead.min(len)].fill(first);
        values
    })
}
