/// The one NaN that is ever written.
pub const NAN: f64 = f64::from_bits(0x7ff8_0000_0000_0000);

/// The largest magnitude of a price, 2^500: the square of anything larger could overflow.
pub(crate) const LARGEST_PRICE: f64 = f64::from_bits((1023 + 500) << 52);

/// False for NaN, infinities and magnitudes above 2^500, which are missing values.
#[inline(always)]
pub(crate) fn is_price(value: f64) -> bool {
    value.abs() <= LARGEST_PRICE
}

/// The length of the run of prices that `values` begins with.
#[inline(always)]
pub(crate) fn run_of_prices(values: &[f64]) -> usize {
    // Whole chunks first: with one branch for each, the comparisons run side by side.
    const CHUNK: usize = 16;
    let (chunks, _) = values.as_chunks::<CHUNK>();
    let all_prices =
        |chunk: &[f64; CHUNK]| chunk.iter().fold(true, |all, &value| all & is_price(value));
    let whole = chunks.iter().take_while(|&chunk| all_prices(chunk)).count() * CHUNK;
    let rest = values[whole..].iter().take_while(|&&value| is_price(value));
    whole + rest.count()
}

/// The length of the run of missing values that `values` begins with.
pub(crate) fn run_of_missing(values: &[f64]) -> usize {
    values.iter().take_while(|&&value| !is_price(value)).count()
}
