//! Our own library and upstream's crate on the same prices: they are equal if prices move. If they
//! differ, the tests say who is right. `scripts/test oracle` runs this and shows the figures it
//! prints.

mod exact;
mod walks;

use std::ffi::c_int;
use std::ptr::{null, null_mut};

use trendflex::{Definition, Error, Kernel, NanPolicy, PeriodRange};
use vector_ta_oracle::trendflex_len;
use walks::Walks;

/// The most that the two may differ by while the price moves.
const TOLERANCE: f64 = 1e-9;

/// That many first outputs are compared apart: the mean square that divides them may still be next
/// to nothing, and any rounding error then counts for much. Exact arithmetic says whose error it
/// is.
const FIRST: usize = 50;

const HEADER: &str = include_str!("../../../headers/trendflex.h");

#[test]
fn every_period_to_500_agrees() {
    const LEN: usize = 10_000;
    let range = PeriodRange { start: 2, end: 500, step: 1 };
    let walks = Walks::seeded().moving(LEN);
    println!("{LEN} bars, periods 2 to 500: largest difference, first {FIRST} outputs and later");
    for (name, prices) in walks {
        let ours = our_batch(&prices, range).expect("a batch");
        let upstream = upstream_batch(&prices, range, 0).expect("a batch");
        let rows = (2..).zip(ours.chunks(LEN).zip(upstream.chunks(LEN)));
        let differences: Vec<_> = rows
            .map(|(period, (ours, upstream))| (period, split_difference(ours, upstream, period)))
            .collect();
        let worst = |part: usize| {
            let parts = differences.iter().map(|(period, parts)| (*period, parts[part]));
            parts.max_by(|a, b| a.1.total_cmp(&b.1)).expect("rows")
        };
        let (first_at, first) = worst(0);
        let (later_at, later) = worst(1);
        println!("{name:14}  {first:.1e} at period {first_at}  {later:.1e} at period {later_at}");
        assert!(later <= TOLERANCE, "{name}, period {later_at}: {later:e}");
        judge(&prices[..first_at + FIRST], first_at);
    }
}

#[test]
fn a_million_bars_agree() {
    const LEN: usize = 1_000_000;
    let walks = Walks::seeded().moving(LEN);
    println!("{LEN} bars: largest difference, first {FIRST} outputs and later");
    for (name, prices) in walks {
        for period in [2, 3, 5, 10, 14, 20, 21, 50, 100, 200, 333, 499, 500] {
            let ours = ours(&prices, period).expect("enough prices");
            let upstream = upstream(&prices, period).expect("enough prices");
            let [first, later] = split_difference(&ours, &upstream, period);
            println!("{name:14}  period {period:3}  {first:.1e}  {later:.1e}");
            assert!(later <= TOLERANCE, "{name}, period {period}: {later:e}");
            judge(&prices[..period + FIRST], period);
        }
    }
}

#[test]
fn ours_is_nearer_to_exact_arithmetic() {
    const LEN: usize = 10_000;
    let mut walks = Walks::seeded();
    let [cents, gaussian] = walks.moving(LEN);
    let others = [
        ("ticks that stay for up to 400 bars", walks.with_plateaus(LEN, 400)),
        ("moves of 0.0001 at 100,000", walks.gaussian(LEN, 1e5, 1e-4)),
        ("flat from the start", vec![100.1; LEN]),
    ];
    println!("{LEN} bars: largest error against exact arithmetic, ours and upstream's");
    for (name, prices) in [cents, gaussian].into_iter().chain(others) {
        for period in [1, 2, 20, 200] {
            let [ours, upstream] = judge(&prices, period);
            println!("{name:34}  period {period:3}  {ours:.1e}  {upstream:.1e}");
            assert!(ours <= upstream, "{name}, period {period}");
        }
    }
}

#[test]
fn odd_input_comes_to_what_is_documented() {
    let [(_, prices), _] = Walks::seeded().moving(100);
    let with = |index: usize, value: f64| {
        let mut prices = prices.clone();
        prices[index] = value;
        prices
    };
    let single = |prices: &[f64]| [ours(prices, 20), upstream(prices, 20)];
    let batch = |range| [our_batch(&prices, range), upstream_batch(&prices, range, 1)];
    let silenced = "20 NaN, 30 numbers, 50 NaN";
    let cases = [
        ("NaN inside", single(&with(50, f64::NAN)), [silenced, silenced]),
        ("infinity inside", single(&with(50, f64::INFINITY)), [silenced, silenced]),
        ("1e160 inside", single(&with(50, 1e160)), [silenced, "20 NaN, 30 numbers, 50 zeros"]),
        ("infinity first", single(&with(0, f64::INFINITY)), ["21 NaN, 79 numbers", "100 NaN"]),
        ("period prices", single(&with(0, f64::NAN)[..21]), ["TooFewPrices", "21 NaN"]),
        (
            "batch of period 0",
            batch(PeriodRange { start: 0, end: 3, step: 1 }),
            ["InvalidRange", "PANIC"],
        ),
    ];
    for (name, outcomes, expected) in cases {
        let actual =
            outcomes.map(|outcome| outcome.map_or_else(|refused| refused, |out| runs(&out)));
        println!("{name:20} ours: {:30} upstream: {}", actual[0], actual[1]);
        assert_eq!(actual, expected, "{name}");
    }
}

#[test]
fn upstream_gives_the_same_numbers_on_every_path() {
    let [(_, prices), _] = Walks::seeded().moving(3_000);
    let range = PeriodRange { start: 80, end: 20, step: 7 };
    let mut rows = Vec::new();
    for period in (20..=80).rev().step_by(7) {
        let auto = upstream(&prices, period as usize).expect("enough prices");
        let mut scalar = vec![0.0; prices.len()];
        assert_eq!(call(&prices, period, [0, 0, 1], &mut scalar), "OK");
        assert_eq!(difference(&auto, &scalar), 0.0, "period {period}");
        rows.extend(scalar);
    }
    for threads in [0, 1, 2] {
        let batch = upstream_batch(&prices, range, threads).expect("a batch");
        assert_eq!(difference(&batch, &rows), 0.0, "threads = {threads}");
    }
}

#[test]
fn what_upstream_lacks_is_refused_and_nothing_written() {
    let [(_, prices), _] = Walks::seeded().moving(100);
    for (ids, status) in [
        ([1, 0, 0], "UNKNOWN_DEFINITION"),
        ([0, 1, 0], "UNKNOWN_NAN_POLICY"),
        ([0, 2, 0], "UNKNOWN_NAN_POLICY"),
        ([0, 0, 3], "KERNEL_UNAVAILABLE"),
        ([0, 0, 5], "UNKNOWN_KERNEL"),
    ] {
        let mut out = vec![7.0; prices.len()];
        assert_eq!(call(&prices, 20, ids, &mut out), status);
        assert!(out.iter().all(|&value| value == 7.0));
    }
}

#[test]
fn errors_have_the_statuses_of_the_header() {
    let [(_, prices), _] = Walks::seeded().moving(21);
    let single = |prices: &[f64], period, out_len| {
        let mut out = vec![7.0; out_len];
        let status = call(prices, period, [0, 0, 0], &mut out);
        assert!(status == "OK" || out.iter().all(|&value| value == 7.0));
        status
    };
    assert_eq!(single(&prices, 20, 21), "OK");
    assert_eq!(single(&prices, 20, 20), "OUTPUT_LENGTH");
    assert_eq!(single(&[], 20, 0), "EMPTY_INPUT");
    assert_eq!(single(&prices, 0, 21), "INVALID_PERIOD");
    assert_eq!(single(&prices, -1, 21), "INVALID_PERIOD");
    assert_eq!(single(&prices, 21, 21), "PERIOD_TOO_LONG");
    assert_eq!(single(&[f64::NAN; 21], 20, 21), "NO_PRICES");

    let batch = |start, end, step, threads| {
        upstream_batch(&prices, PeriodRange { start, end, step }, threads).map(drop)
    };
    assert_eq!(batch(5, 20, 5, 1), Ok(()));
    assert_eq!(batch(-5, 20, 5, 1), Err("INVALID_RANGE".into()));
    assert_eq!(batch(5, 20, -5, 1), Err("INVALID_RANGE".into()));
    assert_eq!(batch(5, 20, 5, -1), Err("INVALID_THREADS".into()));
    assert_eq!(batch(5, 25, 5, 1), Err("PERIOD_TOO_LONG".into()));
}

#[test]
fn bad_pointers_are_refused() {
    let mut memory = [100.0; 64];
    let (prices, out) = memory.split_at_mut(32);
    let (prices, out) = (prices.as_ptr(), out.as_mut_ptr());
    let call = |prices: *const f64, len, out: *mut f64| {
        // SAFETY: valid pointers point to 32 doubles, and the others are refused.
        status(unsafe {
            vector_ta_oracle::trendflex_into(prices, len, 5, 0, 0, 0, out, len, null_mut())
        })
    };
    assert_eq!(call(prices, 32, out), "OK");
    assert_eq!(call(null(), 32, out), "NULL_POINTER");
    assert_eq!(call(prices, 32, null_mut()), "NULL_POINTER");
    assert_eq!(call(prices.wrapping_byte_add(4), 31, out), "MISALIGNED");
    assert_eq!(call(prices, 32, prices.cast_mut().wrapping_add(31)), "OVERLAP");
    assert_eq!(call(prices, 1 << 60, out), "SIZE_OVERFLOW");
}

#[test]
fn the_signatures_are_those_of_our_library() {
    let (ours, oracle) =
        (include_str!("../../trendflex-ffi/src/series.rs"), include_str!("../src/lib.rs"));
    for name in ["trendflex_into", "trendflex_batch_inner_into"] {
        let signature = |source: &'static str| {
            let start = source.find(&format!("pub unsafe extern \"C\" fn {name}("))?;
            source[start..].split_once(" {\n").map(|(signature, _)| signature)
        };
        assert!(signature(ours).is_some(), "{name}");
        assert_eq!(signature(oracle), signature(ours));
    }
}

/// What a call gives, or what it says instead.
type Outcome = Result<Vec<f64>, String>;

fn ours(prices: &[f64], period: usize) -> Outcome {
    let mut out = vec![0.0; prices.len()];
    trendflex::trendflex_into(
        prices,
        period as c_int,
        Definition::VectorTa,
        NanPolicy::Propagate,
        Kernel::Auto,
        &mut out,
    )
    .map_err(variant)?;
    Ok(out)
}

/// The name of one of our errors.
fn variant(error: Error) -> String {
    format!("{error:?}").split(' ').take(1).collect()
}

fn our_batch(prices: &[f64], range: PeriodRange) -> Outcome {
    let rows = range.rows().map_err(variant)?;
    let mut out = vec![0.0; rows * prices.len()];
    trendflex::trendflex_batch_inner_into(
        prices,
        range,
        Definition::VectorTa,
        NanPolicy::Propagate,
        Kernel::Auto,
        0,
        &mut out,
    )
    .map_err(variant)?;
    Ok(out)
}

fn upstream(prices: &[f64], period: usize) -> Outcome {
    let mut out = vec![0.0; prices.len()];
    match call(prices, period as c_int, [0, 0, 0], &mut out) {
        "OK" => Ok(out),
        status => Err(status.into()),
    }
}

fn upstream_batch(prices: &[f64], range: PeriodRange, threads: c_int) -> Outcome {
    let PeriodRange { start, end, step } = range;
    let rows = start.abs_diff(end).checked_div(step.unsigned_abs()).unwrap_or(0) as usize + 1;
    let mut out = vec![0.0; rows * prices.len()];
    // SAFETY: both are as long as is said.
    let result = unsafe {
        vector_ta_oracle::trendflex_batch_inner_into(
            prices.as_ptr(),
            prices.len() as trendflex_len,
            start,
            end,
            step,
            0,
            0,
            0,
            threads,
            out.as_mut_ptr(),
            out.len() as trendflex_len,
            null_mut(),
        )
    };
    if result == 0 { Ok(out) } else { Err(status(result).into()) }
}

/// The status of upstream's single call for the ids of a definition, a NaN policy and a kernel.
fn call(prices: &[f64], period: c_int, ids: [c_int; 3], out: &mut [f64]) -> &'static str {
    let [definition, nan_policy, kernel] = ids;
    // SAFETY: both are as long as is said.
    status(unsafe {
        vector_ta_oracle::trendflex_into(
            prices.as_ptr(),
            prices.len() as trendflex_len,
            period,
            definition,
            nan_policy,
            kernel,
            out.as_mut_ptr(),
            out.len() as trendflex_len,
            null_mut(),
        )
    })
}

/// The name that the header gives a status.
fn status(value: c_int) -> &'static str {
    let names = HEADER.lines().filter_map(|line| {
        line.trim_start().strip_prefix("TRENDFLEX_STATUS_")?.strip_suffix(',')?.split_once(" = ")
    });
    let mut names = names.filter(|(_, number)| number.parse() == Ok(value));
    names.next().expect("a status of the header").0
}

/// The largest errors of both against exact arithmetic; fails if ours is above what
/// `docs/explanation/numerics.md` claims.
fn judge(prices: &[f64], period: usize) -> [f64; 2] {
    let (exact, roots) = exact::trendflex(prices, period);
    let ours = ours(prices, period).expect("enough prices");
    let largest = prices.iter().fold(0.0, |largest: f64, price| largest.max(price.abs()));
    let unit = (3.0 + (period.div_ceil(2) as f64).sqrt()) * f64::EPSILON / 2.0 * largest;
    for i in period..prices.len() {
        let error = (ours[i] - exact[i]).abs();
        let claim = (1.0 + exact[i].abs()) * unit / roots[i];
        assert!(error <= claim, "period {period}, index {i}: off by {error:e}, claimed {claim:e}");
    }
    let upstream = upstream(prices, period).expect("enough prices");
    [difference(&ours, &exact), difference(&upstream, &exact)]
}

/// The largest difference of the first outputs, and that of the later ones.
fn split_difference(ours: &[f64], upstream: &[f64], period: usize) -> [f64; 2] {
    let (first, later) = ours.split_at(period + FIRST);
    let (upstream_first, upstream_later) = upstream.split_at(period + FIRST);
    [difference(first, upstream_first), difference(later, upstream_later)]
}

/// The largest difference; infinite if one is NaN and the other is not.
fn difference(a: &[f64], b: &[f64]) -> f64 {
    assert_eq!(a.len(), b.len());
    let differences = a.iter().zip(b).map(|(a, b)| match (a.is_nan(), b.is_nan()) {
        (true, true) => 0.0,
        (false, false) => (a - b).abs(),
        _ => f64::INFINITY,
    });
    differences.fold(0.0, f64::max)
}

/// How many outputs of each kind follow each other.
fn runs(out: &[f64]) -> String {
    let kind = |value: &f64| match value {
        value if value.is_nan() => "NaN",
        0.0 => "zeros",
        _ => "numbers",
    };
    let runs = out.chunk_by(|a, b| kind(a) == kind(b));
    runs.map(|run| format!("{} {}", run.len(), kind(&run[0]))).collect::<Vec<_>>().join(", ")
}
