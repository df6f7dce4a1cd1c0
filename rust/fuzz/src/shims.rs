//! Whether the C functions do what the crate does, or refuse and write nothing.

mod memory;

use std::ffi::{CStr, c_int};

use arbitrary::{Result, Unstructured};
use memory::{Argument, Contents, Memory};
use trendflex::{
    Definition, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream, TrendFlexStreamBank,
};
use trendflex_ffi::*;

use crate::{Cases, prices};

/// See [`SHIMS`](crate::SHIMS). A case is one call. Its memory is exactly as long as the call is
/// told, so that AddressSanitizer sees what goes beyond.
pub fn check(input: &[u8]) -> Cases {
    let mut cases = Cases::default();
    let mut u = Unstructured::new(input);
    for _ in 0..MOST_CALLS {
        // An input that ends early goes on with zeros.
        if let Ok(done) = call(&mut u).and_then(|call| call.try_out(&mut u)) {
            cases.main += 1;
            cases.other += u64::from(!done);
        }
        if u.is_empty() {
            break;
        }
    }
    cases
}

const MOST_CALLS: usize = 8;

/// A call of a function, without its pointers.
struct Call {
    function: &'static str,
    arguments: Vec<Argument>,
    /// Whether its lengths are of more memory than there can be.
    is_too_long: bool,
    /// Whether it is given a state that no call has made, which may hold NaNs of any bits.
    is_damaged: bool,
    call: Box<Function>,
    /// Does with the crate, to copies of the arguments, what the call should do; none if it should
    /// refuse.
    model: Box<Model>,
}

type Function = dyn Fn(&[*mut u8]) -> Returned;
type Model = dyn Fn(&mut Contents) -> Option<f64>;

/// What a function gives back.
enum Returned {
    Status(c_int),
    Output(f64),
}

impl Call {
    fn new(
        function: &'static str,
        arguments: Vec<Argument>,
        call: impl Fn(&[*mut u8]) -> c_int + 'static,
        model: impl Fn(&mut Contents) -> Option<()> + 'static,
    ) -> Self {
        Self {
            function,
            arguments,
            is_too_long: false,
            is_damaged: false,
            call: Box::new(move |p| Returned::Status(call(p))),
            model: Box::new(move |contents| model(contents).map(|()| 0.0)),
        }
    }

    /// A call that gives an output back.
    fn hot(
        function: &'static str,
        state: Argument,
        call: impl Fn(&[*mut u8]) -> f64 + 'static,
        model: impl Fn(&mut Contents) -> Option<f64> + 'static,
    ) -> Self {
        Self {
            call: Box::new(move |p| Returned::Output(call(p))),
            model: Box::new(model),
            ..Self::new(function, vec![state], |_| 0, |_| None)
        }
    }

    fn told(self, lengths: &[&Told]) -> Self {
        Self { is_too_long: lengths.iter().any(|told| told.is_too_long), ..self }
    }

    fn damaged(self, is_damaged: bool) -> Self {
        Self { is_damaged, ..self }
    }

    /// Makes the call with some pointers; gives whether it was accepted.
    fn try_out(self, u: &mut Unstructured) -> Result<bool> {
        let memory = Memory::place(&self.arguments, u)?;
        let before = memory.contents();
        let mut after = before.clone();
        let refused = memory.refusal.is_some() || self.is_too_long;
        let done = if refused { None } else { (self.model)(&mut after) };
        let case = || format!("{}, {:?}", self.function, memory.pointers);
        let returned = (self.call)(&memory.pointers);
        let mut has_detail = false;
        match returned {
            Returned::Status(status) => {
                assert!(
                    (0..=Status::SnapshotVersion as c_int).contains(&status)
                        && status != Status::Panic as c_int,
                    "status {status}: {}",
                    case()
                );
                assert_eq!(status == Status::Ok as c_int, done.is_some(), "{status}: {}", case());
                if let Some(refusal) = memory.refusal.filter(|_| !self.is_too_long) {
                    assert_eq!(status, refusal as c_int, "{}", case());
                }
                has_detail = WITH_DETAIL.iter().any(|&known| known as c_int == status);
            }
            Returned::Output(output) => {
                let expected = done.unwrap_or(NO_STREAM);
                let is_same = output.to_bits() == expected.to_bits()
                    || (self.is_damaged && output.is_nan() && expected.is_nan());
                assert!(is_same, "{output:e} for {expected:e}: {}", case());
            }
        }
        let expected = if done.is_some() { &after } else { &before };
        memory.hold(expected, has_detail, self.is_damaged, case);
        Ok(done.is_some())
    }
}

/// What a call that returns no status returns if the memory is no stream's.
const NO_STREAM: f64 = f64::from_bits(0x7ff8_0000_0000_0001);

const WITH_DETAIL: [Status; 4] =
    [Status::MissingPrice, Status::TooFewPrices, Status::OutputLength, Status::InvalidOffsets];

/// A length, and what the call is told of it.
struct Told {
    len: trendflex_len,
    is_too_long: bool,
}

fn told(u: &mut Unstructured, len: usize) -> Result<Told> {
    let is_too_long = u.ratio(1, 64)?;
    let len = match is_too_long {
        true => *u.choose(&[1 << 63, trendflex_len::MAX - 7, trendflex_len::MAX])?,
        false => len as trendflex_len,
    };
    Ok(Told { len, is_too_long })
}

/// Ids of options, and what they stand for.
#[derive(Clone, Copy)]
struct Options {
    definition: c_int,
    nan_policy: c_int,
    kernel: c_int,
    threads: c_int,
}

impl Options {
    fn read(u: &mut Unstructured) -> Result<Self> {
        let mut id = |most: c_int| match u.ratio(1, 24)? {
            true => u.arbitrary(),
            false => u.int_in_range(0..=most),
        };
        let (definition, nan_policy, kernel) = (id(1)?, id(2)?, id(4)?);
        let threads = match u.int_in_range(0..=31_u8)? {
            0 => u.arbitrary()?,
            1 => u.int_in_range(-1..=3)?,
            _ => 1,
        };
        Ok(Self { definition, nan_policy, kernel, threads })
    }

    fn definition(&self) -> Option<Definition> {
        [Definition::VectorTa, Definition::Ehlers].get(self.definition as usize).copied()
    }

    fn nan_policy(&self) -> Option<NanPolicy> {
        let all = [NanPolicy::Propagate, NanPolicy::Skip, NanPolicy::Reject];
        all.get(self.nan_policy as usize).copied()
    }

    /// The kernel to compare with, unless the one asked for is refused.
    fn kernel(&self) -> Option<Kernel> {
        let all = [Kernel::Auto, Kernel::Scalar, Kernel::Avx2, Kernel::Avx512, Kernel::Neon];
        let asked = all.get(self.kernel as usize)?;
        (asked.is_supported() && self.threads >= 0).then_some(Kernel::Scalar)
    }
}

fn call(u: &mut Unstructured) -> Result<Call> {
    Ok(match u.int_in_range(0..=27_u8)? {
        0 => constants(u)?,
        1 => sizes(u)?,
        2 => scan(u)?,
        3..=5 => single(u)?,
        6..=8 => batch(u)?,
        9..=11 => periods(u)?,
        12..=14 => many_series(u)?,
        15..=17 => panel(u)?,
        18 => stream_init(u)?,
        19 | 20 => hot(u)?,
        21 => stream_update_into(u)?,
        22 => stream_state(u)?,
        23 => stream_load(u)?,
        24 => bank_init(u)?,
        25 => bank_update(u)?,
        26 => bank_state(u)?,
        _ => bank_load(u)?,
    })
}

/// The functions that take no pointers.
fn constants(u: &mut Unstructured) -> Result<Call> {
    let id = u.arbitrary::<c_int>()? % 64;
    let call = move |_: &[*mut u8]| {
        let text = |message| {
            // SAFETY: never null, and text that ends.
            let text = unsafe { CStr::from_ptr(message) }.to_str();
            assert!(!text.expect("UTF-8").is_empty());
        };
        text(trendflex_version());
        text(trendflex_status_message(id));
        assert_eq!(trendflex_abi_version(), ABI_VERSION);
        assert_eq!(trendflex_kernel_supported(trendflex_kernel_best()), 1);
        let options = Options { definition: 0, nan_policy: 0, kernel: id, threads: 1 };
        assert_eq!(trendflex_kernel_supported(id) == 1, options.kernel().is_some());
        0
    };
    Ok(Call::new("constants", vec![], call, |_| Some(())))
}

fn number(u: &mut Unstructured) -> Result<c_int> {
    if u.ratio(1, 2)? { u.int_in_range(-2..=300) } else { u.arbitrary() }
}

/// The functions that compute a size.
fn sizes(u: &mut Unstructured) -> Result<Call> {
    let (a, b, c) = (number(u)?, number(u)?, number(u)?);
    let symbols = if u.ratio(1, 2)? { u.int_in_range(0..=100)? } else { u.arbitrary::<u64>()? };
    let of = |function,
              call: unsafe fn(c_int, u64, *mut u64) -> c_int,
              model: fn(c_int, u64) -> Option<u64>| {
        let argument = Argument::output::<u64>(1);
        // SAFETY: the argument is an output of one number.
        let call = move |p: &[*mut u8]| unsafe { call(a, symbols, p[0].cast()) };
        let model = move |at: &mut Contents| {
            at.put(0, &[model(a, symbols)?]);
            Some(())
        };
        Call::new(function, vec![argument], call, model)
    };
    Ok(match u.int_in_range(0..=4_u8)? {
        0 => Call::new(
            "trendflex_batch_rows",
            vec![Argument::output::<u64>(1)],
            // SAFETY: the argument is an output of one number.
            move |p| unsafe { trendflex_batch_rows(a, b, c, p[0].cast()) },
            move |at| {
                let rows = PeriodRange { start: a, end: b, step: c }.rows().ok()?;
                at.put(0, &[rows as u64]);
                Some(())
            },
        ),
        1 => of(
            "trendflex_stream_size",
            // SAFETY: likewise.
            |period, _, size| unsafe { trendflex_stream_size(period, size) },
            |period, _| Some(TrendFlexStream::state_len(period).ok()? as u64 * 8),
        ),
        2 => of(
            "trendflex_stream_save_size",
            // SAFETY: likewise.
            |period, _, len| unsafe { trendflex_stream_save_size(period, len) },
            |period, _| Some(TrendFlexStream::snapshot_len(period).ok()? as u64),
        ),
        3 => of(
            "trendflex_bank_size",
            // SAFETY: likewise.
            |period, symbols, size| unsafe { trendflex_bank_size(period, symbols, size) },
            |period, symbols| {
                Some(TrendFlexStreamBank::state_len(period, symbols as usize).ok()? as u64 * 8)
            },
        ),
        _ => of(
            "trendflex_bank_save_size",
            // SAFETY: likewise.
            |period, symbols, len| unsafe { trendflex_bank_save_size(period, symbols, len) },
            |period, symbols| {
                Some(TrendFlexStreamBank::snapshot_len(period, symbols as usize).ok()? as u64)
            },
        ),
    })
}

/// A few values, rarely many.
fn values(u: &mut Unstructured) -> Result<Vec<f64>> {
    let len = match u.int_in_range(0..=255_u8)? {
        0 => u.int_in_range(4400..=6000)?,
        1..=15 => u.int_in_range(41..=300)?,
        _ => u.int_in_range(0..=40)?,
    };
    let gaps = u.ratio(1, 4)?;
    prices::series(u, len, gaps)
}

/// Mostly a period for which a series has enough values.
fn period(u: &mut Unstructured, len: usize) -> Result<c_int> {
    match u.int_in_range(0..=15_u8)? {
        0 => number(u),
        1 => u.int_in_range(0..=len as c_int + 2),
        _ => u.int_in_range(1..=(len as c_int / 2).max(1)),
    }
}

/// Mostly the right length of an output.
fn out_len(u: &mut Unstructured, right: usize) -> Result<usize> {
    match u.int_in_range(0..=31_u8)? {
        0 => u.int_in_range(0..=right + 9),
        _ => Ok(right),
    }
}

fn scan(u: &mut Unstructured) -> Result<Call> {
    let values = values(u)?;
    let told = told(u, values.len())?;
    let out = || Argument::output::<u64>(1);
    let len = told.len;
    let call = Call::new(
        "trendflex_scan",
        vec![Argument::input(&values), out(), out(), out()],
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe { trendflex_scan(p[0].cast(), len, p[1].cast(), p[2].cast(), p[3].cast()) },
        |at| {
            let scan = trendflex::trendflex_scan(&at.get::<f64>(0));
            at.put(1, &[scan.first as u64]);
            at.put(2, &[scan.count as u64]);
            at.put(3, &[scan.first_missing as u64]);
            Some(())
        },
    );
    Ok(call.told(&[&told]))
}

fn single(u: &mut Unstructured) -> Result<Call> {
    let values = values(u)?;
    let (period, options) = (period(u, values.len())?, Options::read(u)?);
    let out_len = out_len(u, values.len())?;
    let (len, places) = (told(u, values.len())?, told(u, out_len)?);
    let (told_len, told_places) = (len.len, places.len);
    let Options { definition, nan_policy, kernel, .. } = options;
    let options = Options { threads: 1, ..options };
    let call = Call::new(
        "trendflex_into",
        vec![Argument::input(&values), Argument::output::<f64>(out_len), Argument::detail()],
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (from, to, detail) = (p[0].cast(), p[1].cast(), p[2].cast());
            trendflex_into(
                from,
                told_len,
                period,
                definition,
                nan_policy,
                kernel,
                to,
                told_places,
                detail,
            )
        },
        move |at| {
            let mut out = at.get::<f64>(1);
            let done = trendflex::trendflex_into(
                &at.get::<f64>(0),
                period,
                options.definition()?,
                options.nan_policy()?,
                options.kernel()?,
                &mut out,
            );
            at.put(1, &out);
            done.ok()
        },
    );
    Ok(call.told(&[&len, &places]))
}

fn batch(u: &mut Unstructured) -> Result<Call> {
    let values = values(u)?;
    let (start, end) = (period(u, values.len())?, period(u, values.len())?);
    let step = if u.ratio(1, 32)? { number(u)? } else { start.abs_diff(end) as c_int / 5 };
    let range = PeriodRange { start, end, step };
    let rows = range.rows().unwrap_or(0).min(8);
    let options = Options::read(u)?;
    let out_len = out_len(u, rows * values.len())?;
    let (len, places) = (told(u, values.len())?, told(u, out_len)?);
    let (told_len, told_places) = (len.len, places.len);
    let Options { definition, nan_policy, kernel, threads } = options;
    let call = Call::new(
        "trendflex_batch_inner_into",
        vec![Argument::input(&values), Argument::output::<f64>(out_len), Argument::detail()],
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (from, to, detail) = (p[0].cast(), p[1].cast(), p[2].cast());
            trendflex_batch_inner_into(
                from,
                told_len,
                start,
                end,
                step,
                definition,
                nan_policy,
                kernel,
                threads,
                to,
                told_places,
                detail,
            )
        },
        move |at| {
            let mut out = at.get::<f64>(1);
            let done = trendflex::trendflex_batch_inner_into(
                &at.get::<f64>(0),
                range,
                options.definition()?,
                options.nan_policy()?,
                options.kernel()?,
                1,
                &mut out,
            );
            at.put(1, &out);
            done.ok()
        },
    );
    Ok(call.told(&[&len, &places]))
}

fn periods(u: &mut Unstructured) -> Result<Call> {
    let values = values(u)?;
    let rows = u.int_in_range(0..=9)?;
    let list: Vec<_> = (0..rows).map(|_| period(u, values.len())).collect::<Result<_>>()?;
    let options = Options::read(u)?;
    let out_len = out_len(u, rows * values.len())?;
    let (len, rows, places) = (told(u, values.len())?, told(u, rows)?, told(u, out_len)?);
    let (told_len, told_rows, told_places) = (len.len, rows.len, places.len);
    let Options { definition, nan_policy, kernel, threads } = options;
    let arguments = vec![
        Argument::input(&values),
        Argument::input(&list),
        Argument::output::<f64>(out_len),
        Argument::detail(),
    ];
    let call = Call::new(
        "trendflex_batch_periods_into",
        arguments,
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (from, list, to, detail) = (p[0].cast(), p[1].cast(), p[2].cast(), p[3].cast());
            trendflex_batch_periods_into(
                from,
                told_len,
                list,
                told_rows,
                definition,
                nan_policy,
                kernel,
                threads,
                to,
                told_places,
                detail,
            )
        },
        move |at| {
            let mut out = at.get::<f64>(2);
            let done = trendflex::trendflex_batch_periods_into(
                &at.get::<f64>(0),
                &at.get::<i32>(1),
                options.definition()?,
                options.nan_policy()?,
                options.kernel()?,
                1,
                &mut out,
            );
            at.put(2, &out);
            done.ok()
        },
    );
    Ok(call.told(&[&len, &rows, &places]))
}

fn many_series(u: &mut Unstructured) -> Result<Call> {
    let mut values = values(u)?;
    let series = match u.ratio(1, 16)? {
        true => u.int_in_range(0..=70)?,
        false => u.int_in_range(1..=12)?,
    };
    let len = values.len() / std::cmp::max(series, 1);
    values.truncate(series * len);
    let layout: c_int = if u.ratio(1, 24)? { u.arbitrary()? } else { u.int_in_range(0..=1)? };
    let (period, options) = (period(u, len)?, Options::read(u)?);
    let out_len = out_len(u, values.len())?;
    let (told_series, told_len, places) = (told(u, series)?, told(u, len)?, told(u, out_len)?);
    // Series without values take no memory, so there can be any number of them.
    let is_nothing = told_series.len == 0 || told_len.len == 0;
    let (a, b, c) = (told_series.len, told_len.len, places.len);
    let Options { definition, nan_policy, kernel, threads } = options;
    let call = Call::new(
        "trendflex_many_series_into",
        vec![Argument::input(&values), Argument::output::<f64>(out_len), Argument::detail()],
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (from, to, detail) = (p[0].cast(), p[1].cast(), p[2].cast());
            trendflex_many_series_into(
                from, a, b, layout, period, definition, nan_policy, kernel, threads, to, c, detail,
            )
        },
        move |at| {
            let layouts = [SeriesLayout::SeriesMajor, SeriesLayout::TimeMajor];
            let mut out = at.get::<f64>(1);
            let done = trendflex::trendflex_many_series_into(
                &at.get::<f64>(0),
                series,
                *layouts.get(layout as usize)?,
                period,
                options.definition()?,
                options.nan_policy()?,
                options.kernel()?,
                1,
                &mut out,
            );
            at.put(1, &out);
            done.ok()
        },
    );
    Ok(if is_nothing {
        call.told(&[&places])
    } else {
        call.told(&[&told_series, &told_len, &places])
    })
}

fn panel(u: &mut Unstructured) -> Result<Call> {
    let values = values(u)?;
    let series = u.int_in_range(0..=9)?;
    let mut offset = || u.int_in_range(0..=values.len() as u64);
    let mut offsets: Vec<_> = (0..=series).map(|_| offset()).collect::<Result<_>>()?;
    match u.int_in_range(0..=15_u8)? {
        0 => {}
        1 => {
            let place = u.choose_index(offsets.len())?;
            offsets[place] = u.arbitrary()?;
        }
        _ => {
            offsets.sort_unstable();
            offsets[0] = 0;
            offsets[series] = values.len() as u64;
        }
    }
    let (period, options) = (period(u, values.len() / 3)?, Options::read(u)?);
    let out_len = out_len(u, values.len())?;
    let (len, series, places) = (told(u, values.len())?, told(u, series)?, told(u, out_len)?);
    let (told_len, told_series, told_places) = (len.len, series.len, places.len);
    let Options { definition, nan_policy, kernel, threads } = options;
    let arguments = vec![
        Argument::input(&values),
        Argument::input(&offsets),
        Argument::output::<f64>(out_len),
        Argument::detail(),
    ];
    let call = Call::new(
        "trendflex_panel_into",
        arguments,
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (from, offsets, to, detail) = (p[0].cast(), p[1].cast(), p[2].cast(), p[3].cast());
            trendflex_panel_into(
                from,
                told_len,
                offsets,
                told_series,
                period,
                definition,
                nan_policy,
                kernel,
                threads,
                to,
                told_places,
                detail,
            )
        },
        move |at| {
            let mut out = at.get::<f64>(2);
            let done = trendflex::trendflex_panel_into(
                &at.get::<f64>(0),
                &at.get::<u64>(1),
                period,
                options.definition()?,
                options.nan_policy()?,
                options.kernel()?,
                1,
                &mut out,
            );
            at.put(2, &out);
            done.ok()
        },
    );
    Ok(call.told(&[&len, &series, &places]))
}

fn bytes_of(state: &[f64]) -> Vec<u8> {
    state.iter().flat_map(|number| number.to_ne_bytes()).collect()
}

/// The policy of a stream.
fn of_stream(u: &mut Unstructured) -> Result<NanPolicy> {
    Ok(*u.choose(&[NanPolicy::Skip, NanPolicy::Propagate])?)
}

fn stream(u: &mut Unstructured) -> Result<Vec<f64>> {
    let longest = if u.ratio(1, 8)? { 300 } else { 24 };
    let period = u.int_in_range(1..=longest)?;
    let (definition, nan_policy) =
        (*u.choose(&[Definition::VectorTa, Definition::Ehlers])?, of_stream(u)?);
    let mut state = vec![-1.0; TrendFlexStream::state_len(period).expect("sound")];
    let mut stream =
        TrendFlexStream::create_in(&mut state, period, definition, nan_policy).expect("sound");
    stream.update_into(&values(u)?, None).expect("taken");
    Ok(state)
}

fn bank(u: &mut Unstructured) -> Result<Vec<f64>> {
    let (period, symbols) = (u.int_in_range(1..=24)?, u.int_in_range(1..=20)?);
    let (definition, nan_policy) =
        (*u.choose(&[Definition::VectorTa, Definition::Ehlers])?, of_stream(u)?);
    let mut state = vec![-1.0; TrendFlexStreamBank::state_len(period, symbols).expect("small")];
    let mut bank =
        TrendFlexStreamBank::create_in(&mut state, period, definition, symbols, nan_policy)
            .expect("sound");
    let mut out = vec![0.0; symbols];
    for prices in values(u)?.chunks_exact(symbols) {
        bank.update(prices, &mut out).expect("taken");
    }
    Ok(state)
}

/// At times changes some of what a call has made; gives whether it has.
fn damage(u: &mut Unstructured, bytes: &mut Vec<u8>) -> Result<bool> {
    if !u.ratio(1, 3)? {
        return Ok(false);
    }
    for _ in 0..u.int_in_range(1..=3)? {
        let words = bytes.len() / 8;
        // The beginning says what the rest is.
        let most = if u.ratio(1, 2)? { words.min(32) } else { words };
        match u.int_in_range(0..=5_u8)? {
            0 if bytes.len() > 16 => bytes.truncate(bytes.len() - u.int_in_range(1..=16)?),
            1 => bytes.resize(bytes.len() + u.int_in_range(1..=16)?, 0),
            2 if most > 0 => {
                let (word, bit) = (u.choose_index(most)?, u.int_in_range(0..=63)?);
                bytes[word * 8 + bit / 8] ^= 1 << (bit % 8);
            }
            3 if most > 0 => {
                let word = u.choose_index(most)?;
                let small = u.int_in_range(0..=2000_u64)?;
                bytes[word * 8..][..8].copy_from_slice(&small.to_ne_bytes());
            }
            _ if most > 0 => {
                let word = u.choose_index(most)?;
                let any = u.arbitrary::<u64>()?;
                bytes[word * 8..][..8].copy_from_slice(&any.to_ne_bytes());
            }
            _ => {}
        }
    }
    Ok(true)
}

/// Puts the right checksum at the end of what has been changed.
fn seal(snapshot: &mut [u8]) {
    if let Some(end) = snapshot.len().checked_sub(8) {
        let sum = u64::from(crc32fast::hash(&snapshot[..end]));
        snapshot[end..].copy_from_slice(&sum.to_le_bytes());
    }
}

/// The doubles of a state; none if its size is no whole number of them.
fn doubles(at: &Contents, argument: usize) -> Option<Vec<f64>> {
    at.get::<u8>(argument).len().is_multiple_of(8).then(|| at.get(argument))
}

fn stream_init(u: &mut Unstructured) -> Result<Call> {
    let (period, options) = (period(u, 40)?, Options::read(u)?);
    let right = TrendFlexStream::state_len(period).unwrap_or(17).min(100) * 8;
    let size = out_len(u, right)?;
    let told = told(u, size)?;
    let Options { definition, nan_policy, .. } = options;
    let told_size = told.len;
    let call = Call::new(
        "trendflex_stream_init",
        vec![Argument::state_mut(vec![0xa5; size])],
        // SAFETY: the pointer is to as many bytes as the call is told, or refused.
        move |p| unsafe {
            trendflex_stream_init(p[0].cast(), told_size, period, definition, nan_policy)
        },
        move |at| {
            let (definition, nan_policy) = (options.definition()?, options.nan_policy()?);
            let mut state = doubles(at, 0)?;
            TrendFlexStream::create_in(&mut state, period, definition, nan_policy).ok()?;
            at.put(0, &state);
            Some(())
        },
    );
    Ok(call.told(&[&told]))
}

/// The two that take one price.
fn hot(u: &mut Unstructured) -> Result<Call> {
    let mut state = bytes_of(&stream(u)?);
    let is_damaged = damage(u, &mut state)?;
    let told = told(u, state.len())?;
    let (size, price) = (told.len, prices::series(u, 1, true)?[0]);
    let call = match u.arbitrary()? {
        true => Call::hot(
            "trendflex_stream_update",
            Argument::state_mut(state),
            // SAFETY: the pointer is to as many bytes as the call is told, or refused.
            move |p| unsafe { trendflex_stream_update(p[0].cast(), size, price) },
            move |at| {
                let mut state = doubles(at, 0)?;
                let out = TrendFlexStream::open_in(&mut state).ok()?.update(price);
                at.put(0, &state);
                Some(out)
            },
        ),
        false => Call::hot(
            "trendflex_stream_peek",
            Argument::state(state),
            // SAFETY: the pointer is to as many bytes as the call is told, or refused.
            move |p| unsafe { trendflex_stream_peek(p[0].cast(), size, price) },
            move |at| TrendFlexStream::peek_in(&doubles(at, 0)?, price).ok(),
        ),
    };
    Ok(call.told(&[&told]).damaged(is_damaged))
}

fn stream_update_into(u: &mut Unstructured) -> Result<Call> {
    let mut state = bytes_of(&stream(u)?);
    let is_damaged = damage(u, &mut state)?;
    let values = values(u)?;
    let (size, len) = (told(u, state.len())?, told(u, values.len())?);
    let (told_size, told_len) = (size.len, len.len);
    let arguments = vec![
        Argument::state_mut(state),
        Argument::input(&values),
        Argument::output_or_null::<f64>(values.len()),
    ];
    let call = Call::new(
        "trendflex_stream_update_into",
        arguments,
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (state, from, to) = (p[0].cast(), p[1].cast(), p[2].cast());
            trendflex_stream_update_into(state, told_size, from, told_len, to)
        },
        |at| {
            let (mut state, prices) = (doubles(at, 0)?, at.get::<f64>(1));
            let mut out = at.is_there(2).then(|| at.get::<f64>(2));
            let mut stream = TrendFlexStream::open_in(&mut state).ok()?;
            stream.update_into(&prices, out.as_deref_mut()).ok()?;
            at.put(0, &state);
            at.put(2, &out.unwrap_or_default());
            Some(())
        },
    );
    Ok(call.told(&[&size, &len]).damaged(is_damaged))
}

/// The functions that read a stream's state.
fn stream_state(u: &mut Unstructured) -> Result<Call> {
    let state = stream(u)?;
    let period = state.len() as c_int - 16;
    let mut state = bytes_of(&state);
    let is_damaged = damage(u, &mut state)?;
    let size = told(u, state.len())?;
    let told_size = size.len;
    if u.arbitrary()? {
        let id = Argument::output::<i32>;
        let arguments =
            vec![Argument::state(state), id(1), id(1), id(1), Argument::output::<u64>(1)];
        let call = Call::new(
            "trendflex_stream_info",
            arguments,
            // SAFETY: all pointers are to as many values as the call is told, or refused.
            move |p| unsafe {
                let [a, b, c] = [1, 2, 3].map(|i: usize| p[i].cast());
                trendflex_stream_info(p[0].cast(), told_size, a, b, c, p[4].cast())
            },
            |at| {
                let info = TrendFlexStream::info_in(&doubles(at, 0)?).ok()?;
                put_info(at, info.period, info.definition, info.nan_policy, info.count);
                Some(())
            },
        );
        return Ok(call.told(&[&size]).damaged(is_damaged));
    }
    let len = out_len(u, TrendFlexStream::snapshot_len(period).expect("sound"))?;
    let len_told = told(u, len)?;
    let told_len = len_told.len;
    let call = Call::new(
        "trendflex_stream_save",
        vec![Argument::state(state), Argument::output::<u8>(len)],
        // SAFETY: all pointers are to as many bytes as the call is told, or refused.
        move |p| unsafe { trendflex_stream_save(p[0].cast(), told_size, p[1].cast(), told_len) },
        |at| {
            let mut bytes = at.get::<u8>(1);
            TrendFlexStream::save_in(&doubles(at, 0)?, &mut bytes).ok()?;
            at.put(1, &bytes);
            Some(())
        },
    );
    Ok(call.told(&[&size, &len_told]).damaged(is_damaged))
}

fn put_info(
    at: &mut Contents,
    period: i32,
    definition: Definition,
    nan_policy: NanPolicy,
    count: u64,
) {
    at.put(1, &[period]);
    at.put(2, &[DefinitionId::from(definition) as i32]);
    at.put(3, &[NanPolicyId::from(nan_policy) as i32]);
    at.put(4, &[count]);
}

/// The functions that read a snapshot of a stream.
fn stream_load(u: &mut Unstructured) -> Result<Call> {
    let state = stream(u)?;
    let period = state.len() as c_int - 16;
    let mut snapshot = vec![0; TrendFlexStream::snapshot_len(period).expect("sound")];
    TrendFlexStream::save_in(&state, &mut snapshot).expect("whole");
    let is_damaged = damage(u, &mut snapshot)?;
    if u.ratio(1, 2)? {
        seal(&mut snapshot);
    }
    let size = out_len(u, state.len() * 8)?;
    load(u, snapshot, size, is_damaged, OF_STREAM)
}

/// The functions that read a snapshot of a bank.
fn bank_load(u: &mut Unstructured) -> Result<Call> {
    let state = bank(u)?;
    let info = TrendFlexStreamBank::info_in(&state).expect("whole");
    let len = TrendFlexStreamBank::snapshot_len(info.period, info.symbols).expect("small");
    let mut snapshot = vec![0; len];
    TrendFlexStreamBank::save_in(&state, &mut snapshot).expect("whole");
    let is_damaged = damage(u, &mut snapshot)?;
    if u.ratio(1, 2)? {
        seal(&mut snapshot);
    }
    let size = out_len(u, state.len() * 8)?;
    load(u, snapshot, size, is_damaged, OF_BANK)
}

/// The functions of a kind of state that load a snapshot, here and in the crate.
struct Loads {
    load_size_name: &'static str,
    load_size: unsafe extern "C" fn(*const std::ffi::c_void, u64, *mut u64) -> c_int,
    load_name: &'static str,
    load: unsafe extern "C" fn(*const std::ffi::c_void, u64, *mut std::ffi::c_void, u64) -> c_int,
    state_len_of: fn(&[u8]) -> Option<usize>,
    load_in: fn(&[u8], &mut [f64]) -> Option<()>,
}

const OF_STREAM: Loads = Loads {
    load_size_name: "trendflex_stream_load_size",
    load_size: trendflex_stream_load_size,
    load_name: "trendflex_stream_load",
    load: trendflex_stream_load,
    state_len_of: |snapshot| TrendFlexStream::state_len_of(snapshot).ok(),
    load_in: |snapshot, state| TrendFlexStream::load_in(snapshot, state).map(|_| ()).ok(),
};

const OF_BANK: Loads = Loads {
    load_size_name: "trendflex_bank_load_size",
    load_size: trendflex_bank_load_size,
    load_name: "trendflex_bank_load",
    load: trendflex_bank_load,
    state_len_of: |snapshot| TrendFlexStreamBank::state_len_of(snapshot).ok(),
    load_in: |snapshot, state| TrendFlexStreamBank::load_in(snapshot, state).map(|_| ()).ok(),
};

fn load(
    u: &mut Unstructured,
    snapshot: Vec<u8>,
    size: usize,
    is_damaged: bool,
    functions: Loads,
) -> Result<Call> {
    let len = told(u, snapshot.len())?;
    let told_len = len.len;
    let Loads { load_size_name, load_size, load_name, load, state_len_of, load_in } = functions;
    if u.ratio(1, 4)? {
        let call = Call::new(
            load_size_name,
            vec![Argument::input(&snapshot), Argument::output::<u64>(1)],
            // SAFETY: all pointers are to as many bytes as the call is told, or refused.
            move |p| unsafe { load_size(p[0].cast(), told_len, p[1].cast()) },
            move |at| {
                let len = state_len_of(&at.get::<u8>(0))?;
                at.put(1, &[len as u64 * 8]);
                Some(())
            },
        );
        return Ok(call.told(&[&len]));
    }
    let size_told = told(u, size)?;
    let told_size = size_told.len;
    let call = Call::new(
        load_name,
        vec![Argument::input(&snapshot), Argument::state_mut(vec![0xa5; size])],
        // SAFETY: all pointers are to as many bytes as the call is told, or refused.
        move |p| unsafe { load(p[0].cast(), told_len, p[1].cast(), told_size) },
        move |at| {
            let mut state = doubles(at, 1)?;
            load_in(&at.get::<u8>(0), &mut state)?;
            at.put(1, &state);
            Some(())
        },
    );
    Ok(call.told(&[&len, &size_told]).damaged(is_damaged))
}

fn bank_init(u: &mut Unstructured) -> Result<Call> {
    let (period, options) = (period(u, 20)?, Options::read(u)?);
    let symbols = if u.ratio(1, 16)? { u.arbitrary()? } else { u.int_in_range(0..=20_u64)? };
    let right = TrendFlexStreamBank::state_len(period, symbols as usize).unwrap_or(17).min(999) * 8;
    let size = out_len(u, right)?;
    let told = told(u, size)?;
    let Options { definition, nan_policy, .. } = options;
    let told_size = told.len;
    let call = Call::new(
        "trendflex_bank_init",
        vec![Argument::state_mut(vec![0xa5; size])],
        // SAFETY: the pointer is to as many bytes as the call is told, or refused.
        move |p| unsafe {
            trendflex_bank_init(p[0].cast(), told_size, period, definition, symbols, nan_policy)
        },
        move |at| {
            let (definition, policy) = (options.definition()?, options.nan_policy()?);
            let (mut state, symbols) = (doubles(at, 0)?, symbols as usize);
            TrendFlexStreamBank::create_in(&mut state, period, definition, symbols, policy).ok()?;
            at.put(0, &state);
            Some(())
        },
    );
    Ok(call.told(&[&told]))
}

fn bank_update(u: &mut Unstructured) -> Result<Call> {
    let state = bank(u)?;
    let symbols = TrendFlexStreamBank::info_in(&state).expect("whole").symbols;
    let mut state = bytes_of(&state);
    let is_damaged = damage(u, &mut state)?;
    let symbols = out_len(u, symbols)?;
    let gaps = u.ratio(1, 8)?;
    let values = prices::series(u, symbols, gaps)?;
    let (size, len) = (told(u, state.len())?, told(u, symbols)?);
    let (told_size, told_len) = (size.len, len.len);
    let arguments = vec![
        Argument::state_mut(state),
        Argument::input(&values),
        Argument::output::<f64>(symbols),
    ];
    let call = Call::new(
        "trendflex_bank_update",
        arguments,
        // SAFETY: all pointers are to as many values as the call is told, or refused.
        move |p| unsafe {
            let (state, from, to) = (p[0].cast(), p[1].cast(), p[2].cast());
            trendflex_bank_update(state, told_size, from, told_len, to)
        },
        |at| {
            let (mut state, mut out) = (doubles(at, 0)?, at.get::<f64>(2));
            let mut bank = TrendFlexStreamBank::open_in(&mut state).ok()?;
            bank.update(&at.get::<f64>(1), &mut out).ok()?;
            at.put(0, &state);
            at.put(2, &out);
            Some(())
        },
    );
    Ok(call.told(&[&size, &len]).damaged(is_damaged))
}

/// The functions that take nothing but a bank's state.
fn bank_state(u: &mut Unstructured) -> Result<Call> {
    let state = bank(u)?;
    let info = TrendFlexStreamBank::info_in(&state).expect("whole");
    let mut state = bytes_of(&state);
    let is_damaged = damage(u, &mut state)?;
    let size = told(u, state.len())?;
    let told_size = size.len;
    let symbol = if u.ratio(1, 8)? { u.arbitrary()? } else { u.int_in_range(0..=20_u64)? };
    let call = match u.int_in_range(0..=3_u8)? {
        0 => Call::new(
            "trendflex_bank_reset",
            vec![Argument::state_mut(state)],
            // SAFETY: the pointer is to as many bytes as the call is told, or refused.
            move |p| unsafe { trendflex_bank_reset(p[0].cast(), told_size, symbol) },
            move |at| {
                let mut state = doubles(at, 0)?;
                let mut bank = TrendFlexStreamBank::open_in(&mut state).ok()?;
                bank.reset(symbol as usize).ok()?;
                at.put(0, &state);
                Some(())
            },
        ),
        1 => {
            let id = Argument::output::<i32>;
            Call::new(
                "trendflex_bank_info",
                vec![Argument::state(state), id(1), id(1), id(1), Argument::output::<u64>(1)],
                // SAFETY: all pointers are to as many values as the call is told, or refused.
                move |p| unsafe {
                    let [a, b, c] = [1, 2, 3].map(|i: usize| p[i].cast());
                    trendflex_bank_info(p[0].cast(), told_size, a, b, c, p[4].cast())
                },
                |at| {
                    let info = TrendFlexStreamBank::info_in(&doubles(at, 0)?).ok()?;
                    let symbols = info.symbols as u64;
                    put_info(at, info.period, info.definition, info.nan_policy, symbols);
                    Some(())
                },
            )
        }
        2 => {
            let len = out_len(u, TrendFlexStream::state_len(info.period).expect("small"))?;
            let stream_size = told(u, len * size_of::<f64>())?;
            let told_stream_size = stream_size.len;
            Call::new(
                "trendflex_bank_stream",
                vec![Argument::state(state), Argument::output::<f64>(len)],
                // SAFETY: all pointers are to as many bytes as the call is told, or refused.
                move |p| unsafe {
                    let stream = p[1].cast();
                    trendflex_bank_stream(p[0].cast(), told_size, symbol, stream, told_stream_size)
                },
                move |at| {
                    let mut stream = at.get::<f64>(1);
                    let state = doubles(at, 0)?;
                    TrendFlexStreamBank::stream_in(&state, symbol as usize, &mut stream).ok()?;
                    at.put(1, &stream);
                    Some(())
                },
            )
            .told(&[&stream_size])
        }
        _ => {
            let right = TrendFlexStreamBank::snapshot_len(info.period, info.symbols);
            let len = out_len(u, right.expect("small"))?;
            let len_told = told(u, len)?;
            let told_len = len_told.len;
            Call::new(
                "trendflex_bank_save",
                vec![Argument::state(state), Argument::output::<u8>(len)],
                // SAFETY: all pointers are to as many bytes as the call is told, or refused.
                move |p| unsafe {
                    trendflex_bank_save(p[0].cast(), told_size, p[1].cast(), told_len)
                },
                |at| {
                    let mut bytes = at.get::<u8>(1);
                    TrendFlexStreamBank::save_in(&doubles(at, 0)?, &mut bytes).ok()?;
                    at.put(1, &bytes);
                    Some(())
                },
            )
            .told(&[&len_told])
        }
    };
    let is_too_long = call.is_too_long || size.is_too_long;
    Ok(Call { is_too_long, is_damaged, ..call })
}
