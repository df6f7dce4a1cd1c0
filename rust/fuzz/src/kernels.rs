//! Whether all ways to an output give the same bits.

use arbitrary::{Result, Unstructured};
use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream,
    TrendFlexStreamBank, trendflex_batch_inner_into, trendflex_batch_periods_into, trendflex_into,
    trendflex_many_series_into, trendflex_panel_into,
};

use crate::Cases;
use crate::definition::{expected, is_price};
use crate::prices;

/// What an output holds before a call.
const UNTOUCHED: f64 = 7.0;

/// See [`KERNELS`](crate::KERNELS).
///
/// A case is one series, for one period, computed by one kernel. A case of vectors counts only if
/// vectors surely computed it: the library computes small or gappy work one by one.
pub fn check(input: &[u8]) -> Cases {
    let mut cases = Cases::default();
    // An input that ends early goes on with zeros.
    let _ = try_one(&mut Unstructured::new(input), &mut cases);
    cases
}

fn try_one(u: &mut Unstructured, cases: &mut Cases) -> Result<()> {
    let way = u.int_in_range(0..=255_u8)?;
    let options = Options {
        definition: *u.choose(&[Definition::VectorTa, Definition::Ehlers])?,
        nan_policy: *u.choose(&[NanPolicy::Propagate, NanPolicy::Skip, NanPolicy::Reject])?,
        threads: if u.ratio(1, 16)? { u.int_in_range(0..=3)? } else { 1 },
    };
    match way {
        0..=119 => batch(u, &options, cases),
        120..=189 => many_series(u, &options, cases),
        190..=219 => panel(u, &options, cases),
        220..=237 => bank(u, &options, cases),
        238..=254 => stream(u, &options, cases),
        _ => long_series(u, &options, cases),
    }
}

#[derive(Debug)]
struct Options {
    definition: Definition,
    nan_policy: NanPolicy,
    threads: i32,
}

impl Options {
    /// What every way must give for a series, NaN if it is too short; compares the scalar kernel
    /// with the definition meanwhile.
    fn reference(&self, values: &[f64], period: i32, cases: &mut Cases) -> Vec<f64> {
        let expected = expected(values, period as usize, self.definition, self.nan_policy);
        if let Ok(out) = self.single(values, period, Kernel::Scalar) {
            cases.other += 1;
            same(&out, &expected, || format!("scalar, period {period}: {values:?}"));
        }
        expected
    }

    fn single(
        &self,
        values: &[f64],
        period: i32,
        kernel: Kernel,
    ) -> std::result::Result<Vec<f64>, Error> {
        let mut out = vec![UNTOUCHED; values.len()];
        let done =
            trendflex_into(values, period, self.definition, self.nan_policy, kernel, &mut out);
        done.map(|()| out)
    }

    /// The policy of a stream, which cannot reject.
    fn of_stream(&self) -> NanPolicy {
        match self.nan_policy {
            NanPolicy::Reject => NanPolicy::Skip,
            policy => policy,
        }
    }
}

/// The kernels of this CPU, and how many series each takes at once; at times the scalar one too,
/// which goes other ways in a batch than in the single calls that all are compared with.
fn kernels(u: &mut Unstructured) -> Result<impl Iterator<Item = (Kernel, usize)>> {
    let with_scalar = u.ratio(1, 4)?;
    let all = [(Kernel::Scalar, 1), (Kernel::Avx2, 4), (Kernel::Avx512, 8), (Kernel::Neon, 8)];
    Ok(all.into_iter().filter(move |&(kernel, _)| {
        kernel.is_supported() && (with_scalar || kernel != Kernel::Scalar)
    }))
}

/// Counts `all` series and how many of them went through vectors.
fn count(cases: &mut Cases, all: usize, in_vectors: usize) {
    cases.main += in_vectors as u64;
    cases.other += (all - in_vectors) as u64;
}

/// How many of `series` short series are computed with others.
fn in_company(series: usize, lanes: usize) -> usize {
    match lanes {
        1 => 0,
        _ if series % lanes == 1 => series - 1,
        _ => series,
    }
}

fn same(actual: &[f64], expected: &[f64], of: impl FnOnce() -> String) {
    let differs = |(a, e): (&f64, &f64)| a.to_bits() != e.to_bits();
    let mut pairs = actual.iter().zip(expected);
    if actual.len() != expected.len() {
        panic!("{} outputs for {}: {}", actual.len(), expected.len(), of());
    }
    if let Some(index) = pairs.position(differs) {
        panic!("index {index}: {:e} for {:e}: {}", actual[index], expected[index], of());
    }
}

/// Mostly a few bars; now and then more than the longest stretch without a rebuild.
fn len(u: &mut Unstructured) -> Result<usize> {
    match u.int_in_range(0..=255_u8)? {
        0 => u.int_in_range(900..=2600),
        1..=4 => u.int_in_range(49..=300),
        _ => u.int_in_range(1..=48),
    }
}

fn has_gaps(u: &mut Unstructured) -> Result<bool> {
    u.ratio(1, 10)
}

fn period(u: &mut Unstructured, len: usize) -> Result<i32> {
    // Now and then as long as the series, or longer.
    let most = if u.ratio(1, 30)? { len + 2 } else { len.max(2) - 1 };
    u.int_in_range(1..=most as i32)
}

fn up_to(u: &mut Unstructured, most: i32, most_at_times: i32) -> Result<i32> {
    let most = if u.ratio(1, 8)? { most_at_times } else { most };
    u.int_in_range(1..=most)
}

fn batch(u: &mut Unstructured, options: &Options, cases: &mut Cases) -> Result<()> {
    let len = len(u)?;
    let gaps = has_gaps(u)?;
    // Vectors take periods of 8 and more.
    let least = if u.ratio(1, 6)? { 1 } else { 8_i32.min(len as i32) };
    let largest = if u.ratio(1, 30)? { len as i32 + 2 } else { (len as i32 - 1).max(least) };
    let mut period = || u.int_in_range(least..=largest.min(least + 600));
    let (start, end) = (period()?, period()?);
    let rows = u.int_in_range(1..=20)?;
    let range =
        PeriodRange { start, end, step: (start - end).abs() / rows + u.int_in_range(0..=1)? };
    let list: Vec<i32> = match u.ratio(1, 2)? {
        true => Vec::new(),
        false => (0..rows).map(|_| u.int_in_range(least..=largest)).collect::<Result<_>>()?,
    };
    let values = prices::series(u, len, gaps)?;

    let periods: Vec<i32> = match list.is_empty() {
        false => list.clone(),
        true => {
            let row = |row: usize| start + (end - start).signum() * range.step * row as i32;
            (0..range.rows().expect("sound")).map(row).collect()
        }
    };
    let longest = *periods.iter().max().expect("not empty");
    let accepted = options.single(&values, longest, Kernel::Scalar);
    let expected: Vec<Vec<f64>> = match accepted {
        Err(_) => vec![vec![UNTOUCHED; len]; periods.len()],
        Ok(_) => periods.iter().map(|&period| options.reference(&values, period, cases)).collect(),
    };
    let expected = expected.concat();
    for (kernel, lanes) in kernels(u)? {
        let Options { definition, nan_policy, threads } = *options;
        let mut out = vec![UNTOUCHED; expected.len()];
        let done = match list.is_empty() {
            true => trendflex_batch_inner_into(
                &values, range, definition, nan_policy, kernel, threads, &mut out,
            ),
            false => trendflex_batch_periods_into(
                &values, &list, definition, nan_policy, kernel, threads, &mut out,
            ),
        };
        let case = || format!("{kernel:?}, {range:?}, {list:?}, {options:?}: {values:?}");
        assert_eq!(done.err(), accepted.as_ref().err().copied(), "{}", case());
        same(&out, &expected, case);
        if done.is_ok() {
            let sure = !gaps && lanes > 1 && periods.iter().all(|&period| period >= 8);
            count(cases, periods.len(), if sure { periods.len() } else { 0 });
        }
    }
    Ok(())
}

fn many_series(u: &mut Unstructured, options: &Options, cases: &mut Cases) -> Result<()> {
    let len = len(u)?;
    let series = match u.int_in_range(0..=15)? {
        // These are enough for several tasks to share them.
        0 => u.int_in_range(60..=140)?,
        _ => u.int_in_range(1..=20)?,
    };
    let series = if len > 300 { series.min(9) } else { series };
    let gaps = has_gaps(u)?;
    let period = period(u, len)?;
    let mut one = || prices::series(u, len, gaps);
    let all: Vec<_> = (0..series).map(|_| one()).collect::<Result<_>>()?;

    let refused = options.nan_policy == NanPolicy::Reject && all.iter().any(|v| has_missing(v));
    let expected: Vec<Vec<f64>> = match refused {
        true => vec![vec![UNTOUCHED; len]; series],
        false => all.iter().map(|v| options.reference(v, period, cases)).collect(),
    };
    for (layout, prices, expected) in [
        (SeriesLayout::SeriesMajor, all.concat(), expected.concat()),
        (SeriesLayout::TimeMajor, transposed(&all), transposed(&expected)),
    ] {
        for (kernel, lanes) in kernels(u)? {
            let Options { definition, nan_policy, threads } = *options;
            let mut out = vec![UNTOUCHED; expected.len()];
            let done = trendflex_many_series_into(
                &prices, series, layout, period, definition, nan_policy, kernel, threads, &mut out,
            );
            let case = || format!("{kernel:?}, {layout:?}, period {period}, {options:?}: {all:?}");
            assert_eq!(done.is_err(), refused, "{done:?}: {}", case());
            same(&out, &expected, case);
            if done.is_ok() {
                // Long ones may be faster alone.
                let sure = match layout {
                    _ if gaps || len < 8 || period as usize >= len => 0,
                    SeriesLayout::SeriesMajor if len > 1100 => 0,
                    SeriesLayout::SeriesMajor => in_company(series, lanes),
                    SeriesLayout::TimeMajor if lanes == 1 || series < lanes => 0,
                    SeriesLayout::TimeMajor => series,
                };
                count(cases, series, sure);
            }
        }
    }
    Ok(())
}

fn panel(u: &mut Unstructured, options: &Options, cases: &mut Cases) -> Result<()> {
    let series = u.int_in_range(1..=20)?;
    let gaps = has_gaps(u)?;
    let mut one = || {
        let len = if u.ratio(1, 12)? { 0 } else { len(u)? };
        prices::series(u, len, gaps)
    };
    let all: Vec<_> = (0..series).map(|_| one()).collect::<Result<_>>()?;
    let period = up_to(u, 24, 400)?;

    let prices = all.concat();
    let ends = all.iter().scan(0, |end, values| {
        *end += values.len() as u64;
        Some(*end)
    });
    let offsets: Vec<u64> = std::iter::once(0).chain(ends).collect();
    let refused = options.nan_policy == NanPolicy::Reject && all.iter().any(|v| has_missing(v));
    let expected = match refused {
        true => vec![UNTOUCHED; prices.len()],
        false => all.iter().flat_map(|v| options.reference(v, period, cases)).collect(),
    };
    for (kernel, lanes) in kernels(u)? {
        let Options { definition, nan_policy, threads } = *options;
        let mut out = vec![UNTOUCHED; prices.len()];
        let done = trendflex_panel_into(
            &prices, &offsets, period, definition, nan_policy, kernel, threads, &mut out,
        );
        let case = || format!("{kernel:?}, period {period}, {options:?}: {all:?}");
        assert_eq!(done.is_err(), refused, "{done:?}: {}", case());
        same(&out, &expected, case);
        if done.is_ok() {
            let computed = all.iter().filter(|values| values.len() > period as usize);
            let short = computed.clone().all(|values| (8..=1100).contains(&values.len()));
            let computed = computed.count();
            count(cases, computed, if short && !gaps { in_company(computed, lanes) } else { 0 });
        }
    }
    Ok(())
}

fn bank(u: &mut Unstructured, options: &Options, cases: &mut Cases) -> Result<()> {
    let len = len(u)?;
    let symbols = u.int_in_range(1..=20)?;
    let period = u.int_in_range(1..=len.max(2))? as i32;
    let (reset, at) = (u.int_in_range(0..=2 * symbols)?, u.int_in_range(0..=len - 1)?);
    let stored = u.int_in_range(0..=2 * len)?;
    let gaps = has_gaps(u)?;
    let mut one = || prices::series(u, len, gaps);
    let all: Vec<_> = (0..symbols).map(|_| one()).collect::<Result<_>>()?;

    let nan_policy = options.of_stream();
    let options = Options { nan_policy, ..*options };
    let of_symbol = |(symbol, values): (usize, &Vec<f64>)| {
        let cut = if symbol == reset { at } else { 0 };
        [&values[..cut], &values[cut..]].map(|part| options.reference(part, period, cases)).concat()
    };
    let expected: Vec<_> = all.iter().enumerate().map(of_symbol).collect();
    let mut state = vec![-1.0; TrendFlexStreamBank::state_len(period, symbols).expect("small")];
    let case =
        || format!("bank, period {period}, reset {reset} at {at}, stored at {stored}: {all:?}");
    let definition = options.definition;
    let created =
        TrendFlexStreamBank::create_in(&mut state, period, definition, symbols, nan_policy);
    created.expect("sound");
    let mut out = vec![UNTOUCHED; len * symbols];
    let ticks = transposed(&all);
    for (tick, (prices, out)) in ticks.chunks(symbols).zip(out.chunks_mut(symbols)).enumerate() {
        if tick == stored {
            let len = TrendFlexStreamBank::snapshot_len(period, symbols).expect("small");
            let mut snapshot = vec![7; len];
            TrendFlexStreamBank::save_in(&state, &mut snapshot)
                .unwrap_or_else(|e| panic!("{e}: {}", case()));
            state.fill(-1.0);
            TrendFlexStreamBank::load_in(&snapshot, &mut state)
                .unwrap_or_else(|e| panic!("{e}: {}", case()));
        }
        let mut bank = TrendFlexStreamBank::open_in(&mut state).expect("a bank");
        if reset < symbols && tick == at {
            bank.reset(reset).expect("a symbol");
        }
        bank.update(prices, out).expect("as many as symbols");
    }
    same(&out, &transposed(&expected), case);
    cases.other += symbols as u64;
    Ok(())
}

fn stream(u: &mut Unstructured, options: &Options, cases: &mut Cases) -> Result<()> {
    let len = len(u)?;
    let gaps = has_gaps(u)?;
    let period = u.int_in_range(1..=len.max(2))? as i32;
    let values = prices::series(u, len, gaps)?;
    stream_in_pieces(u, options, period, &values, cases)
}

fn stream_in_pieces(
    u: &mut Unstructured,
    options: &Options,
    period: i32,
    values: &[f64],
    cases: &mut Cases,
) -> Result<()> {
    let options = Options { nan_policy: options.of_stream(), ..*options };
    let expected = options.reference(values, period, cases);
    let mut state = vec![-1.0; TrendFlexStream::state_len(period).expect("sound")];
    let Options { definition, nan_policy, .. } = options;
    TrendFlexStream::create_in(&mut state, period, definition, nan_policy).expect("sound");
    let mut out = vec![UNTOUCHED; values.len()];
    let mut at = 0;
    while at < values.len() {
        let len = u.int_in_range(1..=values.len() - at)?;
        let (piece, to) = (&values[at..at + len], &mut out[at..at + len]);
        let unlike = |e| -> () { panic!("{e}: period {period}, {options:?}, at {at}: {values:?}") };
        match u.int_in_range(0..=4_u8)? {
            0 => {
                let mut stream = TrendFlexStream::open_in(&mut state).expect("a stream");
                to.iter_mut().zip(piece).for_each(|(to, &price)| *to = stream.update(price));
            }
            1 => {
                for (to, &price) in to.iter_mut().zip(piece) {
                    *to = TrendFlexStream::peek_in(&state, price).expect("a stream");
                    TrendFlexStream::open_in(&mut state).expect("a stream").update(price);
                }
            }
            2 => {
                let mut stream = TrendFlexStream::open_in(&mut state).expect("a stream");
                stream.update_into(piece, None).unwrap_or_else(unlike);
                to.copy_from_slice(&expected[at..at + len]);
            }
            3 => {
                let mut snapshot = vec![7; TrendFlexStream::snapshot_len(period).expect("sound")];
                TrendFlexStream::save_in(&state, &mut snapshot).unwrap_or_else(unlike);
                state.fill(-1.0);
                let loaded = TrendFlexStream::load_in(&snapshot, &mut state);
                loaded.expect("whole").update_into(piece, Some(to)).unwrap_or_else(unlike);
            }
            _ => {
                let mut stream = TrendFlexStream::open_in(&mut state).expect("a stream");
                stream.update_into(piece, Some(to)).unwrap_or_else(unlike);
            }
        }
        at += len;
    }
    same(&out, &expected, || format!("stream, period {period}, {options:?}: {values:?}"));
    cases.other += 1;
    Ok(())
}

/// A series that is cut into segments to fill the vectors.
fn long_series(u: &mut Unstructured, options: &Options, cases: &mut Cases) -> Result<()> {
    let gaps = has_gaps(u)?;
    let period = up_to(u, 30, 120)?;
    let overlap = (1150 + period + period / 2).max(14 * (period + 1) / 2 + 100) + 8;
    let (len, sure_from) =
        (u.int_in_range(4300..=12_000_usize)?, (2 * overlap + period + 16) as usize);
    let values = prices::series(u, len, gaps)?;
    let expected = options.reference(&values, period, cases);
    let accepted = options.single(&values, period, Kernel::Scalar).err();
    for (kernel, lanes) in kernels(u)? {
        match options.single(&values, period, kernel) {
            Ok(out) => {
                same(&out, &expected, || format!("{kernel:?}, period {period}: {values:?}"));
                count(cases, 1, (!gaps && len >= sure_from + 500 * lanes).into());
            }
            Err(error) => {
                assert_eq!(Some(error), accepted, "{kernel:?}, period {period}: {values:?}")
            }
        }
    }
    if u.ratio(1, 4)? {
        stream_in_pieces(u, options, period, &values, cases)?;
    }
    Ok(())
}

/// Whether a value after the first price is missing.
fn has_missing(values: &[f64]) -> bool {
    values.iter().skip_while(|&&value| !is_price(value)).any(|&value| !is_price(value))
}

/// Series of one length, side by side.
fn transposed(all: &[Vec<f64>]) -> Vec<f64> {
    (0..all[0].len()).flat_map(|time| all.iter().map(move |values| values[time])).collect()
}
