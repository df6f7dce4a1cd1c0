//! The definition as `docs/explanation/numerics.md` writes it, with whole arrays and no state.

use trendflex::{Definition, NanPolicy};

pub const NAN: f64 = f64::from_bits(0x7ff8_0000_0000_0000);

pub fn is_price(value: f64) -> bool {
    value.abs() <= 2_f64.powi(500)
}

/// The outputs that every path must give, bit for bit, for a series that is accepted.
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
