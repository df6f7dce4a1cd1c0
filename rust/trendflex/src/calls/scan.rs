//! Where the prices of a series are.

use crate::definition::price::{is_price, run_of_missing, run_of_prices};

/// Where the prices of a series are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scan {
    /// Index of the first price; the length if there is none.
    pub first: usize,
    /// How many prices there are.
    pub count: usize,
    /// Index of the first missing value after `first`; the length if there is none.
    pub first_missing: usize,
}

/// Finds the prices of a series in one pass. Any number of threads may call it at once.
pub fn trendflex_scan(prices: &[f64]) -> Scan {
    let first = run_of_missing(prices);
    let first_missing = first + run_of_prices(&prices[first..]);
    let later = prices[first_missing..].iter().filter(|&&value| is_price(value));
    Scan { first, count: first_missing - first + later.count(), first_missing }
}
