//! The definition as `docs/numerics.md` writes it, with whole arrays and no state, and series to
//! try it on.
#![allow(dead_code, reason = "each test takes what it needs")]

use proptest::prelude::*;
use trendflex::{Definition, NanPolicy};

pub const NAN: f64 = f64::from_bits(0x7ff8_0000_0000_0000);

pub const WHOLE_SERIES_POLICIES: [NanPolicy; 2] = [NanPolicy::Propagate, NanPolicy::Skip];

pub fn is_price(value: f64) -> bool {
    value.abs() <= 2_f64.powi(500)
}

/// What any path must give, bit for bit, for a series that is accepted.
pub fn expected(
    values: &[f64],
    period: usize,
    definition: Definition,
    nan_policy: NanPolicy,
) -> Vec<f64> {
    let first = values.iter().position(|&value| is_price(value)).unwrap_or(values.len());
    let end = match nan_policy {
        NanPolicy::Skip => values.len(),
        _ => first + values[first..].iter().take_while(|&&value| is_price(value)).count(),
    };
    let places: Vec<usize> = (first..end).filter(|&index| is_price(values[index])).collect();
    let prices: Vec<f64> = places.iter().map(|&index| values[index]).collect();
    let mut out = vec![NAN; values.len()];
    for (&index, value) in places.iter().zip(of_prices(&prices, period, definition)) {
        out[index] = value;
    }
    out
}

fn of_prices(x: &[f64], period: usize, definition: Definition) -> Vec<f64> {
    let l = period as f64;
    let p = match definition {
        Definition::VectorTa => (l / 2.0).round(),
        Definition::Ehlers => l / 2.0,
    };
    let t = (1.414 * std::f64::consts::PI) / p;
    let e = libm::expm1(-t);
    let a = 1.0 + e;
    let a2 = a * a;
    let s = libm::sin(t * 0.5);
    let k = e * e + (4.0 * a) * (s * s);
    let r = 1.0 / l;
    let mut rebuild_every = 1000;
    while rebuild_every < 4 * period {
        rebuild_every *= 2;
    }

    let mut f = Vec::<f64>::new();
    let (mut d, mut m) = (0.0, 0.0);
    let (mut hi, mut lo) = (0.0, 0.0);
    let mut out = Vec::new();
    for j in 0..x.len() {
        if j == 0 {
            f.push(x[0]);
        } else if j == 1 {
            d = x[1] - x[0];
            f.push(x[1]);
        } else {
            d = libm::fma(k, libm::fma(0.5, x[j] + x[j - 1], -f[j - 1]), a2 * d);
            f.push(f[j - 1] + d);
        }
        if j % rebuild_every == 0 {
            (hi, lo) = (0.0, 0.0);
            for (i, &value) in f[j.saturating_sub(period)..j].iter().enumerate() {
                let (sum, error) = two_sum(hi, value);
                (hi, lo) = (sum, lo + error);
                if i % 8 == 7 {
                    (hi, lo) = renormalised(hi, lo);
                }
            }
            (hi, lo) = renormalised(hi, lo);
        } else if j % 8 == 0 {
            (hi, lo) = renormalised(hi, lo);
        }
        if j < period {
            out.push(NAN);
        } else {
            let s = (libm::fma(l, f[j], -hi) - lo) * r;
            m = libm::fma(0.04, s * s, 0.96 * m);
            if m < 2_f64.powi(-960) {
                m = 0.0;
            }
            out.push(if m == 0.0 { 0.0 } else { s / m.sqrt() });
        }
        let (sum, e1) = two_sum(hi, f[j]);
        let (sum, e2) = two_sum(sum, if j < period { -0.0 } else { -f[j - period] });
        (hi, lo) = (sum, (lo + e1) + e2);
    }
    out
}

fn two_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let bb = sum - a;
    (sum, (a - (sum - bb)) + (b - bb))
}

fn renormalised(hi: f64, lo: f64) -> (f64, f64) {
    let sum = hi + lo;
    (sum, lo - (sum - hi))
}

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
