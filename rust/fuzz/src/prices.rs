//! Series in few bytes: runs of prices that move, stop, alternate, jump or are missing.

use arbitrary::{Result, Unstructured};

use crate::definition::is_price;

/// The largest magnitude of a price.
const LARGEST: f64 = f64::from_bits((1023 + 500) << 52);

const LEVELS: [f64; 16] = [
    100.0,
    100.1,
    99.7,
    1.0,
    -100.0,
    0.0,
    -0.0,
    1e5,
    1e12,
    1e-12,
    1e150,
    -1e150,
    LARGEST,
    f64::from_bits(1),
    f64::MIN_POSITIVE,
    1e-300,
];

const MISSING: [f64; 8] = [
    f64::NAN,
    -f64::NAN,
    f64::from_bits(0x7ff0_0000_0000_0001),
    f64::INFINITY,
    f64::NEG_INFINITY,
    f64::MAX,
    f64::from_bits(LARGEST.to_bits() + 1),
    -f64::from_bits(LARGEST.to_bits() + 1),
];

/// A series of a length; without `gaps` all its values are prices.
pub fn series(u: &mut Unstructured, len: usize, gaps: bool) -> Result<Vec<f64>> {
    let mut values = Vec::with_capacity(len);
    let mut level = 100.0;
    while values.len() < len {
        let most = (len - values.len()).min(len / 4 + 8);
        let run = u.int_in_range(1..=most)?;
        let kind = u.int_in_range(0..=if gaps { 15_u8 } else { 13 })?;
        match kind {
            0..=6 => {
                // In ticks, or with all bits.
                let in_ticks = kind < 3;
                let step = f64::abs(level) * [0.003, 0.1, 1e-9, 3.0][u.choose_index(4)?];
                let mut random = u.arbitrary::<u64>()? | 1;
                for _ in 0..run {
                    random ^= random << 13;
                    random ^= random >> 7;
                    random ^= random << 17;
                    level += step * ((random >> 11) as f64 / (1_u64 << 52) as f64 - 1.0);
                    if in_ticks && level.abs() < 1e9 {
                        level = (level * 100.0).round() / 100.0;
                    }
                    values.push(level);
                }
            }
            7 => values.extend(std::iter::repeat_n(level, run)),
            8 => {
                let other = LEVELS[u.choose_index(LEVELS.len())?];
                values.extend((0..run).map(|i| [level, other][i % 2]));
            }
            9 => {
                let step = level * [0.01, -0.01, 1e-15, 0.5][u.choose_index(4)?];
                values.extend((0..run).map(|i| level + i as f64 * step));
            }
            10 => level = LEVELS[u.choose_index(LEVELS.len())?],
            11 => level *= f64::powi(2.0, u.int_in_range(-60..=60)?),
            12 | 13 => {
                for _ in 0..run.min(8) {
                    level = f64::from_bits(u.arbitrary()?);
                    values.push(level);
                }
            }
            _ => {
                let value = MISSING[u.choose_index(MISSING.len())?];
                values.extend(std::iter::repeat_n(value, run.min(3)));
            }
        }
        if !is_price(level) {
            level = 100.0;
        }
        if matches!(kind, 10 | 11) {
            values.push(level);
        }
    }
    if !gaps {
        for value in values.iter_mut().filter(|value| !is_price(**value)) {
            *value = LARGEST.copysign(*value);
        }
    }
    Ok(values)
}
