//! Which calls are refused, with which values and words, and what is found first. Nothing is
//! written then, which is checked for every call here that fails.

use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream,
    TrendFlexStreamBank, trendflex_batch_inner_into, trendflex_batch_periods_into, trendflex_into,
    trendflex_many_series_into, trendflex_panel_into,
};

const NAN: f64 = f64::NAN;
/// Marks places that nothing has written. No arithmetic makes its payload.
const UNTOUCHED: f64 = f64::from_bits(0x7ff8_dead_beef_0001);

fn untouched(values: &[f64]) -> bool {
    values.iter().all(|value| value.to_bits() == UNTOUCHED.to_bits())
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}

/// A kernel that this CPU does not run: no CPU has both.
fn unavailable() -> Kernel {
    [Kernel::Neon, Kernel::Avx2].into_iter().find(|kernel| !kernel.is_supported()).unwrap()
}

#[derive(Clone, Copy)]
struct Single<'a> {
    prices: &'a [f64],
    period: i32,
    nan_policy: NanPolicy,
    kernel: Kernel,
    out_len: usize,
}

impl<'a> Single<'a> {
    fn of(prices: &'a [f64], period: i32) -> Self {
        let (nan_policy, kernel) = (NanPolicy::Propagate, Kernel::Auto);
        Self { prices, period, nan_policy, kernel, out_len: prices.len() }
    }

    fn result(self) -> Result<Vec<f64>, Error> {
        let Self { prices, period, nan_policy, kernel, out_len } = self;
        let mut out = vec![UNTOUCHED; out_len];
        let done =
            trendflex_into(prices, period, Definition::VectorTa, nan_policy, kernel, &mut out);
        assert!(done.is_ok() || untouched(&out), "{done:?}");
        done.map(|()| out)
    }
}

#[derive(Clone, Copy)]
struct Batch<'a> {
    prices: &'a [f64],
    range: PeriodRange,
    nan_policy: NanPolicy,
    kernel: Kernel,
    threads: i32,
    out_len: usize,
}

impl<'a> Batch<'a> {
    fn of(prices: &'a [f64], (start, end, step): (i32, i32, i32), rows: usize) -> Self {
        let (nan_policy, kernel) = (NanPolicy::Propagate, Kernel::Auto);
        let (range, out_len) = (PeriodRange { start, end, step }, rows * prices.len());
        Self { prices, range, nan_policy, kernel, threads: 1, out_len }
    }

    fn result(self) -> Result<Vec<f64>, Error> {
        let Self { prices, range, nan_policy, kernel, threads, out_len } = self;
        let mut out = vec![UNTOUCHED; out_len];
        let definition = Definition::VectorTa;
        let done = trendflex_batch_inner_into(
            prices, range, definition, nan_policy, kernel, threads, &mut out,
        );
        assert!(done.is_ok() || untouched(&out), "{done:?}");
        done.map(|()| out)
    }
}

/// Starts with everything wrong that can be, and puts it right, one thing at a time.
#[test]
fn a_single_call_reports_the_first_of_its_errors() {
    let kernel = unavailable();
    let mut call = Single { kernel, out_len: 3, ..Single::of(&[], 0) };
    assert_eq!(call.result(), Err(Error::OutputLength { expected: 0, actual: 3 }));
    call.out_len = 0;
    assert_eq!(call.result(), Err(Error::EmptyInput));
    (call.prices, call.out_len) = (&[NAN, f64::INFINITY, 1e300, -NAN], 4);
    assert_eq!(call.result(), Err(Error::InvalidPeriod { period: 0 }));
    call.period = 4;
    assert_eq!(call.result(), Err(Error::PeriodTooLong { period: 4, len: 4 }));
    call.period = 2;
    assert_eq!(call.result(), Err(Error::NoPrices { len: 4 }));
    (call.prices, call.nan_policy) = (&[NAN, NAN, 1.0, NAN], NanPolicy::Reject);
    assert_eq!(call.result(), Err(Error::MissingPrice { index: 3 }));
    call.prices = &[NAN, NAN, 1.0, 2.0];
    assert_eq!(call.result(), Err(Error::TooFewPrices { period: 2, prices: 2 }));
    call.prices = &[NAN, 1.0, 2.0, 4.0];
    assert_eq!(call.result(), Err(Error::KernelUnavailable { kernel }));
    call.kernel = Kernel::Auto;
    assert!(call.result().is_ok());
}

#[test]
fn a_batch_reports_the_first_of_its_errors() {
    let kernel = unavailable();
    let mut call = Batch { kernel, threads: -1, out_len: 3, ..Batch::of(&[], (0, 4, 2), 0) };
    assert_eq!(call.result(), Err(Error::InvalidThreads { threads: -1 }));
    call.threads = 1;
    assert_eq!(call.result(), Err(Error::InvalidRange { range: call.range }));
    call.range.start = 1;
    assert_eq!(call.result(), Err(Error::EmptyInput));
    call.prices = &[NAN, NAN, NAN];
    assert_eq!(call.result(), Err(Error::PeriodTooLong { period: 3, len: 3 }));
    call.prices = &[NAN, NAN, NAN, NAN];
    assert_eq!(call.result(), Err(Error::NoPrices { len: 4 }));
    (call.prices, call.nan_policy) = (&[NAN, 1.0, 2.0, NAN], NanPolicy::Reject);
    assert_eq!(call.result(), Err(Error::MissingPrice { index: 3 }));
    call.prices = &[NAN, 1.0, 2.0, 4.0];
    assert_eq!(call.result(), Err(Error::TooFewPrices { period: 3, prices: 3 }));
    call.prices = &[1.0, 2.0, 4.0, 7.0];
    assert_eq!(call.result(), Err(Error::KernelUnavailable { kernel }));
    call.kernel = Kernel::Auto;
    assert_eq!(call.result(), Err(Error::OutputLength { expected: 8, actual: 3 }));
    call.out_len = 8;
    assert!(call.result().is_ok());
}

#[test]
fn a_descending_batch_is_checked_against_its_largest_period() {
    let call = Batch::of(&[NAN, 1.0, 2.0, 4.0, 7.0], (5, 1, 2), 3);
    assert_eq!(call.result(), Err(Error::PeriodTooLong { period: 5, len: 5 }));
    let call = Batch::of(&[NAN, 1.0, 2.0, 4.0, 7.0], (4, 1, 3), 2);
    assert_eq!(call.result(), Err(Error::TooFewPrices { period: 4, prices: 4 }));
    // The range holds 1 and 3: the steps do not reach the bound itself.
    assert!(Batch::of(&[NAN, 1.0, 2.0, 4.0, 7.0], (1, 4, 2), 2).result().is_ok());
}

/// The system gives the 8 GiB of the series, all zero, page by page as they are read, and no error
/// here needs more than the first value.
#[cfg(target_pointer_width = "64")]
#[test]
fn a_batch_of_more_bytes_than_an_address_can_count_is_refused() {
    use std::alloc::{Layout, alloc_zeroed, dealloc};
    use std::io::{Write, stderr};

    const LEN: usize = (1 << 30) + 1;
    let layout = Layout::array::<f64>(LEN).unwrap();
    // SAFETY: the size is not 0.
    let memory = unsafe { alloc_zeroed(layout) }.cast::<f64>();
    if memory.is_null() {
        // Not with a macro: its output is hidden if the test passes.
        let line = b"\nskipped: 8 GiB cannot be reserved: SIZE_OVERFLOW of a batch\n";
        let _ = stderr().write_all(line);
        return;
    }
    // SAFETY: LEN doubles, all 0, which nobody else knows of.
    let prices = unsafe { std::slice::from_raw_parts(memory, LEN) };

    let rows = 1 << 30;
    for (range, kernel) in [((1, rows, 1), Kernel::Auto), ((rows, 1, 1), Kernel::Scalar)] {
        let call = Batch { kernel, out_len: 3, ..Batch::of(prices, range, 0) };
        let expected = Error::SizeOverflow { rows: rows as usize, columns: LEN };
        assert_eq!(call.result(), Err(expected));
    }
    let kernel = unavailable();
    let call = Batch { kernel, out_len: 3, ..Batch::of(prices, (1, rows, 1), 0) };
    assert_eq!(call.result(), Err(Error::KernelUnavailable { kernel }));
    // With one row less, the bytes are 8 below 2^63.
    let call = Batch { out_len: 3, ..Batch::of(prices, (1, rows - 1, 1), 0) };
    assert_eq!(call.result(), Err(Error::OutputLength { expected: (1 << 60) - 1, actual: 3 }));

    // SAFETY: from alloc_zeroed with this layout, and the slice is not used any more.
    unsafe { dealloc(memory.cast(), layout) };
}

#[test]
fn a_new_stream_reports_the_first_of_its_errors() {
    let refusal = |len, period, nan_policy| {
        let mut state = vec![UNTOUCHED; len];
        let stream =
            TrendFlexStream::create_in(&mut state, period, Definition::VectorTa, nan_policy);
        let error = stream.err();
        assert!(error.is_none() || untouched(&state), "{error:?}");
        error
    };
    let right = TrendFlexStream::state_len(3).unwrap();
    for wrong in [0, 1, right - 1, right + 1] {
        let of_size = Error::StateSize { expected: right, actual: wrong };
        assert_eq!(refusal(wrong, 0, NanPolicy::Reject), Some(Error::InvalidPeriod { period: 0 }));
        assert_eq!(refusal(wrong, 3, NanPolicy::Reject), Some(Error::RejectInStream));
        assert_eq!(refusal(wrong, 3, NanPolicy::Skip), Some(of_size));
    }
    assert_eq!(refusal(right, 3, NanPolicy::Reject), Some(Error::RejectInStream));
    assert_eq!(refusal(right, 3, NanPolicy::Skip), None);
    for period in [0, -1, i32::MIN] {
        assert_eq!(TrendFlexStream::state_len(period), Err(Error::InvalidPeriod { period }));
    }
    assert_eq!([1, 2].map(TrendFlexStream::state_len), [Ok(17), Ok(18)]);
    assert!(TrendFlexStream::state_len(i32::MAX).unwrap() > i32::MAX as usize);
}

#[test]
fn a_block_without_a_stream_of_its_size_is_refused_and_left_alone() {
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap() + 1];
    let refused = |state: &mut [f64]| {
        let before = bits(state);
        assert_eq!(TrendFlexStream::peek_in(state, 1.0), Err(Error::CorruptState));
        assert_eq!(TrendFlexStream::info_in(state), Err(Error::CorruptState));
        assert_eq!(TrendFlexStream::open_in(state).err(), Some(Error::CorruptState));
        assert_eq!(bits(state), before);
    };
    refused(&mut state);
    refused(&mut []);

    let right = state.len() - 1;
    TrendFlexStream::create_in(&mut state[..right], 3, Definition::Ehlers, NanPolicy::Skip)
        .unwrap();
    refused(&mut state);
    refused(&mut state[..right - 1]);
    assert!(TrendFlexStream::open_in(&mut state[..right]).is_ok());
}

#[test]
fn a_state_is_known_by_its_tag_and_its_place_in_the_ring() {
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
    TrendFlexStream::create_in(&mut state, 3, Definition::VectorTa, NanPolicy::Skip).unwrap();
    let refused = (0..state.len()).filter(|&place| {
        let mut damaged = state.clone();
        damaged[place] = f64::from_bits(!damaged[place].to_bits());
        TrendFlexStream::open_in(&mut damaged).is_err()
    });
    assert!(refused.count() >= 2);
    // The place after the last one of the ring.
    state[3] = f64::from_bits(3);
    assert_eq!(TrendFlexStream::peek_in(&state, 1.0), Err(Error::CorruptState));
    assert_eq!(TrendFlexStream::open_in(&mut state).err(), Some(Error::CorruptState));
}

#[test]
fn a_stream_counts_the_prices_that_it_has_taken() {
    for (nan_policy, count) in [(NanPolicy::Propagate, 2), (NanPolicy::Skip, 3)] {
        let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
        let mut stream =
            TrendFlexStream::create_in(&mut state, 3, Definition::VectorTa, nan_policy).unwrap();
        stream.update_into(&[NAN, 1.0, 2.0, NAN, 4.0], None).unwrap();
        assert_eq!(TrendFlexStream::info_in(&state).unwrap().count, count, "{nan_policy:?}");
    }
}

#[test]
fn a_stream_takes_no_price_when_its_output_has_the_wrong_length() {
    let mut state = vec![0.0; TrendFlexStream::state_len(2).unwrap()];
    let nan_policy = NanPolicy::Propagate;
    TrendFlexStream::create_in(&mut state, 2, Definition::VectorTa, nan_policy).unwrap();
    for len in [0, 2, 4] {
        let (before, mut out) = (bits(&state), vec![UNTOUCHED; len]);
        let done = TrendFlexStream::open_in(&mut state)
            .unwrap()
            .update_into(&[1.0, NAN, 3.0], Some(&mut out));
        assert_eq!(done, Err(Error::OutputLength { expected: 3, actual: len }));
        assert!(untouched(&out) && bits(&state) == before);
    }
}

#[test]
fn an_output_has_one_place_for_each_result() {
    for out_len in [0, 9, 11] {
        let call = Single { out_len, ..Single::of(&[1.0; 10], 2) };
        assert_eq!(call.result(), Err(Error::OutputLength { expected: 10, actual: out_len }));
    }
    for out_len in [0, 10, 39, 41] {
        let call = Batch { out_len, ..Batch::of(&[1.0; 10], (2, 5, 1), 4) };
        assert_eq!(call.result(), Err(Error::OutputLength { expected: 40, actual: out_len }));
    }
}

#[test]
fn periods_and_threads_of_every_size_are_refused_or_right() {
    for period in [0, -1, i32::MIN] {
        let call = Single::of(&[1.0; 10], period);
        assert_eq!(call.result(), Err(Error::InvalidPeriod { period }));
    }
    for period in [10, 11, i32::MAX] {
        let call = Single::of(&[1.0; 10], period);
        assert_eq!(call.result(), Err(Error::PeriodTooLong { period, len: 10 }));
    }
    assert!(Single::of(&[1.0; 10], 9).result().is_ok());

    for threads in [-1, i32::MIN] {
        let call = Batch { threads, ..Batch::of(&[1.0; 10], (2, 5, 1), 4) };
        assert_eq!(call.result(), Err(Error::InvalidThreads { threads }));
    }
    for threads in [0, 1, i32::MAX] {
        assert!(Batch { threads, ..Batch::of(&[1.0; 10], (2, 5, 1), 4) }.result().is_ok());
    }
}

#[test]
fn one_price_more_than_the_period_is_enough() {
    use NanPolicy::{Propagate, Reject, Skip};
    let leading: &[f64] = &[NAN, NAN, 1.0, 2.0, 4.0];
    let inner: &[f64] = &[NAN, 1.0, NAN, 2.0, 4.0];
    // Values from the first price on count under PROPAGATE, the prices alone under SKIP.
    for (prices, nan_policy, count) in [
        (leading, Propagate, 3),
        (leading, Skip, 3),
        (leading, Reject, 3),
        (inner, Propagate, 4),
        (inner, Skip, 3),
    ] {
        let call = |period| Single { nan_policy, ..Single::of(prices, period) };
        let period = count as i32;
        let expected = Err(Error::TooFewPrices { period, prices: count });
        assert_eq!(call(period).result(), expected, "{prices:?}, {nan_policy:?}");
        assert!(call(period - 1).result().is_ok(), "{prices:?}, {nan_policy:?}");
    }
}

#[test]
fn everything_but_a_number_up_to_2_to_the_500_is_missing() {
    let largest = f64::from_bits((1023 + 500) << 52); // `powi` may be off by a bit
    for missing in [NAN, -NAN, f64::INFINITY, f64::NEG_INFINITY, largest.next_up(), -f64::MAX] {
        assert_eq!(Single::of(&[missing; 9], 2).result(), Err(Error::NoPrices { len: 9 }));
        for index in [1, 4, 8] {
            let mut prices = [1.0; 9];
            prices[index] = missing;
            let call = Single { nan_policy: NanPolicy::Reject, ..Single::of(&prices, 2) };
            assert_eq!(call.result(), Err(Error::MissingPrice { index }));
            let nan_policy = NanPolicy::Reject;
            let call = Batch { nan_policy, ..Batch::of(&prices, (2, 5, 1), 4) };
            assert_eq!(call.result(), Err(Error::MissingPrice { index }));
        }
    }
    for price in [largest, -largest, 0.0, -0.0, f64::MIN_POSITIVE / 4.0] {
        let prices = [price; 9];
        let call = Single { nan_policy: NanPolicy::Reject, ..Single::of(&prices, 2) };
        assert!(call.result().is_ok(), "{price:e}");
    }
}

/// Many series or a panel; the defaults are those of a call that is accepted.
struct Many<'a> {
    prices: &'a [f64],
    series: usize,
    layout: SeriesLayout,
    offsets: &'a [u64],
    period: i32,
    nan_policy: NanPolicy,
    kernel: Kernel,
    threads: i32,
    out_len: usize,
}

impl Many<'_> {
    fn many(&self) -> Result<Vec<f64>, Error> {
        let &Self { prices, series, layout, period, nan_policy, kernel, threads, .. } = self;
        self.result(|out| {
            let definition = Definition::VectorTa;
            trendflex_many_series_into(
                prices, series, layout, period, definition, nan_policy, kernel, threads, out,
            )
        })
    }

    fn panel(&self) -> Result<Vec<f64>, Error> {
        let &Self { prices, offsets, period, nan_policy, kernel, threads, .. } = self;
        self.result(|out| {
            let definition = Definition::VectorTa;
            trendflex_panel_into(
                prices, offsets, period, definition, nan_policy, kernel, threads, out,
            )
        })
    }

    fn result(
        &self,
        call: impl FnOnce(&mut [f64]) -> Result<(), Error>,
    ) -> Result<Vec<f64>, Error> {
        let mut out = vec![UNTOUCHED; self.out_len];
        let done = call(&mut out);
        assert!(done.is_ok() || untouched(&out), "{done:?}");
        done.map(|()| out)
    }
}

#[test]
fn many_series_and_panels_report_the_first_of_their_errors() {
    let kernel = unavailable();
    for layout in [SeriesLayout::SeriesMajor, SeriesLayout::TimeMajor] {
        let mut call = Many {
            prices: &[],
            series: 4,
            layout,
            offsets: &[0, 2, 4],
            period: 0,
            nan_policy: NanPolicy::Reject,
            kernel,
            threads: -1,
            out_len: 3,
        };
        let both = |call: &Many, error| {
            assert_eq!(call.many(), Err(error));
            assert_eq!(call.panel(), Err(error));
        };
        both(&call, Error::InvalidThreads { threads: -1 });
        call.threads = 2;
        both(&call, Error::OutputLength { expected: 0, actual: 3 });
        (call.prices, call.out_len, call.series) = (&[NAN, 1.0, NAN, 1.0, NAN, 2.0], 6, 0);
        assert_eq!(call.many(), Err(Error::UnevenSeries { series: 0, values: 6 }));
        call.series = 4;
        assert_eq!(call.many(), Err(Error::UnevenSeries { series: 4, values: 6 }));
        assert_eq!(call.panel(), Err(Error::InvalidOffsets { index: 2 }));
        (call.series, call.offsets) = (2, &[0, 3, 6]);
        both(&call, Error::InvalidPeriod { period: 0 });
        call.period = 2;
        // Series by series [-, 1, -], [1, -, 2]; side by side [-, -, -], [1, 1, 2].
        if layout == SeriesLayout::SeriesMajor {
            both(&call, Error::MissingPrice { index: 2 });
        } else {
            assert_eq!(call.many(), Err(Error::KernelUnavailable { kernel }));
            call.prices = &[NAN, 1.0, 1.0, 1.0, 3.0, NAN];
            assert_eq!(call.many(), Err(Error::MissingPrice { index: 5 }));
        }
        call.prices = &[NAN, NAN, NAN, 1.0, 3.0, 2.0];
        both(&call, Error::KernelUnavailable { kernel });
        call.kernel = Kernel::Auto;
        assert!(call.many().is_ok());
        // One series has no price at all, which does not fail the call.
        let out = call.panel().unwrap();
        assert!(out[..5].iter().all(|value| value.is_nan()) && out[5] > 0.0, "{out:?}");
        // Nor does it fail if no series is long enough.
        call.period = 3;
        for out in [call.many().unwrap(), call.panel().unwrap()] {
            assert!(out.iter().all(|value| value.is_nan()), "{out:?}");
        }
        // If there are no values, there is nothing to do.
        (call.prices, call.out_len, call.offsets) = (&[], 0, &[0, 0, 0]);
        assert_eq!((call.many(), call.panel()), (Ok(vec![]), Ok(vec![])));
        (call.series, call.offsets) = (0, &[0]);
        assert_eq!((call.many(), call.panel()), (Ok(vec![]), Ok(vec![])));
        call.offsets = &[0, 1];
        assert_eq!(call.panel(), Err(Error::InvalidOffsets { index: 1 }));
    }
}

#[test]
fn a_missing_price_is_named_by_its_place_among_all_values() {
    let mut call = Many {
        prices: &[1.0, 2.0, 4.0, NAN, 3.0, 5.0, 6.0, 7.0, NAN],
        series: 3,
        layout: SeriesLayout::SeriesMajor,
        offsets: &[0, 3, 6, 9],
        period: 1,
        nan_policy: NanPolicy::Reject,
        kernel: Kernel::Auto,
        threads: 1,
        out_len: 9,
    };
    assert_eq!(call.many(), Err(Error::MissingPrice { index: 8 }));
    assert_eq!(call.panel(), Err(Error::MissingPrice { index: 8 }));
    // Here the series are [1, -, 6], [2, 3, 7] and [4, 5, -].
    call.layout = SeriesLayout::TimeMajor;
    assert_eq!(call.many(), Err(Error::MissingPrice { index: 3 }));
}

#[test]
fn offsets_go_from_0_to_the_end_and_do_not_fall() {
    let prices = [1.0, 2.0, 4.0, 7.0];
    let call = |offsets: &[u64]| {
        let (definition, kernel) = (Definition::VectorTa, Kernel::Auto);
        let mut out = [UNTOUCHED; 4];
        let nan_policy = NanPolicy::Skip;
        trendflex_panel_into(&prices, offsets, 2, definition, nan_policy, kernel, 1, &mut out)
            .inspect_err(|_| assert!(untouched(&out)))
    };
    for (offsets, index) in [
        (&[][..], 0),
        (&[0], 0),
        (&[4], 0),
        (&[1, 4], 0),
        (&[0, 3], 1),
        (&[0, 5], 1),
        (&[0, 3, 2, 4], 2),
        (&[0, u64::MAX, 4], 1),
        (&[0, 4, 4, 3], 3),
    ] {
        assert_eq!(call(offsets), Err(Error::InvalidOffsets { index }), "{offsets:?}");
    }
    for offsets in [&[0, 4][..], &[0, 0, 4, 4], &[0, 1, 2, 3, 4]] {
        assert_eq!(call(offsets), Ok(()), "{offsets:?}");
    }
}

#[test]
fn a_list_of_periods_has_at_least_one_and_none_below_1() {
    let prices = [1.0, 2.0, 4.0, 7.0];
    let call = |periods: &[i32], threads, out_len| {
        let (definition, kernel) = (Definition::VectorTa, Kernel::Auto);
        let mut out = vec![UNTOUCHED; out_len];
        let nan_policy = NanPolicy::Propagate;
        trendflex_batch_periods_into(
            &prices, periods, definition, nan_policy, kernel, threads, &mut out,
        )
        .inspect_err(|_| assert!(untouched(&out)))
    };
    assert_eq!(call(&[], -1, 0), Err(Error::InvalidThreads { threads: -1 }));
    assert_eq!(call(&[], 1, 0), Err(Error::EmptyInput));
    assert_eq!(call(&[2, 0, 9], 1, 0), Err(Error::InvalidPeriod { period: 0 }));
    assert_eq!(call(&[2, 4, 1], 1, 0), Err(Error::PeriodTooLong { period: 4, len: 4 }));
    assert_eq!(call(&[2, 1], 1, 7), Err(Error::OutputLength { expected: 8, actual: 7 }));
    assert_eq!(call(&[2, 1], 1, 8), Ok(()));
}

#[test]
fn a_bank_refuses_what_it_is_not_for() {
    use TrendFlexStreamBank as Bank;
    assert_eq!(Bank::state_len(0, 1), Err(Error::InvalidPeriod { period: 0 }));
    assert_eq!(Bank::state_len(1, 0), Err(Error::EmptyInput));
    assert_eq!([1, 8, 9].map(|symbols| Bank::state_len(5, symbols)), [136, 136, 264].map(Ok));
    for symbols in [usize::MAX, usize::MAX / 8, 1 << 60] {
        let error = Error::SizeOverflow { rows: 16, columns: symbols };
        assert_eq!(Bank::state_len(5, symbols), Err(error));
    }

    let mut state = vec![UNTOUCHED; Bank::state_len(5, 9).unwrap() + 1];
    let definition = Definition::Ehlers;
    let created = Bank::create_in(&mut state, 5, definition, 9, NanPolicy::Reject);
    assert_eq!(created.err(), Some(Error::RejectInStream));
    let (expected, actual) = (state.len() - 1, state.len());
    let created = Bank::create_in(&mut state, 5, definition, 9, NanPolicy::Skip);
    assert_eq!(created.err(), Some(Error::StateSize { expected, actual }));
    assert!(untouched(&state));
    assert_eq!(Bank::open_in(&mut state).err(), Some(Error::CorruptState));

    state.pop();
    let mut bank = Bank::create_in(&mut state, 5, definition, 9, NanPolicy::Skip).unwrap();
    assert_eq!(bank.symbols(), 9);
    let mut out = [UNTOUCHED; 10];
    for (prices, outputs) in [(8, 9), (9, 8), (10, 9), (9, 10), (0, 9)] {
        let actual = if prices == 9 { outputs } else { prices };
        let error = Error::SymbolCount { expected: 9, actual };
        assert_eq!(bank.update(&[1.0; 10][..prices], &mut out[..outputs]), Err(error));
        assert!(untouched(&out));
    }
    assert_eq!(bank.reset(9), Err(Error::NoSuchSymbol { symbol: 9, symbols: 9 }));
    assert_eq!(bank.reset(8), Ok(()));
    let mut stream = vec![7.0; TrendFlexStream::state_len(5).unwrap()];
    let error = Error::NoSuchSymbol { symbol: 9, symbols: 9 };
    assert_eq!(Bank::stream_in(&state, 9, &mut stream).err(), Some(error));
    let error = Error::StateSize { expected: 21, actual: 20 };
    assert_eq!(Bank::stream_in(&state, 8, &mut stream[1..]).err(), Some(error));
    assert_eq!(Bank::stream_in(&state[1..], 8, &mut stream).err(), Some(Error::CorruptState));
    assert_eq!(stream, [7.0; 21]);
    assert!(Bank::stream_in(&state, 8, &mut stream).is_ok());
    // The state has another size, or is a stream's.
    state.push(0.0);
    assert_eq!(Bank::open_in(&mut state).err(), Some(Error::CorruptState));
    let mut stream = vec![0.0; TrendFlexStream::state_len(5).unwrap()];
    TrendFlexStream::create_in(&mut stream, 5, definition, NanPolicy::Skip).unwrap();
    assert_eq!(Bank::open_in(&mut stream).err(), Some(Error::CorruptState));
}

/// Every bit flipped, every length, and a format to come.
fn refuses_what_is_damaged(
    snapshot: &[u8],
    load: impl Fn(&[u8], &mut [f64]) -> Result<(), Error>,
    state_len: usize,
) {
    let refused = |bytes: &[u8]| {
        let mut state = vec![UNTOUCHED; state_len];
        let error = load(bytes, &mut state).unwrap_err();
        assert!(untouched(&state));
        error
    };
    assert!(load(snapshot, &mut vec![UNTOUCHED; state_len]).is_ok());
    let mut damaged = snapshot.to_vec();
    for bit in 0..8 * snapshot.len() {
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(refused(&damaged), Error::CorruptSnapshot, "bit {bit}");
        damaged[bit / 8] ^= 1 << (bit % 8);
    }
    for len in 0..snapshot.len() {
        assert_eq!(refused(&snapshot[..len]), Error::CorruptSnapshot, "length {len}");
    }
    damaged.push(0);
    assert_eq!(refused(&damaged), Error::CorruptSnapshot);

    damaged.pop();
    damaged[7] = 2;
    with_right_crc(&mut damaged);
    assert_eq!(refused(&damaged), Error::SnapshotVersion { version: 2 });
    damaged.copy_from_slice(snapshot);
    // A NaN, whoever made it, in place of the last smoothed price.
    let at = damaged.len() - 16;
    damaged[at..at + 8].copy_from_slice(&f64::INFINITY.to_le_bytes());
    with_right_crc(&mut damaged);
    assert_eq!(refused(&damaged), Error::CorruptSnapshot);

    let mut state = vec![UNTOUCHED; state_len + 1];
    let error = Error::StateSize { expected: state_len, actual: state_len + 1 };
    assert_eq!(load(snapshot, &mut state), Err(error));
    assert!(untouched(&state));
}

/// The CRC-32 of zip and PNG, bit by bit.
fn with_right_crc(snapshot: &mut [u8]) {
    let (bytes, last) = snapshot.split_at_mut(snapshot.len() - 8);
    let crc = bytes.iter().fold(!0, |crc: u32, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 * (crc & 1)))
    });
    last.copy_from_slice(&u64::from(!crc).to_le_bytes());
}

#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes")]
fn a_damaged_snapshot_is_refused() {
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
    let (definition, nan_policy) = (Definition::Ehlers, NanPolicy::Propagate);
    let mut stream = TrendFlexStream::create_in(&mut state, 3, definition, nan_policy).unwrap();
    stream.update_into(&[1.0, 2.0, 4.0, 7.0, 5.0, NAN], None).unwrap();
    let mut of_stream = vec![0; TrendFlexStream::snapshot_len(3).unwrap()];
    TrendFlexStream::save_in(&state, &mut of_stream).unwrap();
    let load = |bytes: &[u8], state: &mut [f64]| TrendFlexStream::load_in(bytes, state).map(drop);
    refuses_what_is_damaged(&of_stream, load, state.len());

    let mut state = vec![0.0; TrendFlexStreamBank::state_len(2, 3).unwrap()];
    let mut bank =
        TrendFlexStreamBank::create_in(&mut state, 2, definition, 3, NanPolicy::Skip).unwrap();
    for prices in [[1.0, 2.0, 3.0], [NAN, 2.0, 4.0], [2.0, 2.0, 1.0]] {
        bank.update(&prices, &mut [0.0; 3]).unwrap();
    }
    let mut of_bank = vec![0; TrendFlexStreamBank::snapshot_len(2, 3).unwrap()];
    TrendFlexStreamBank::save_in(&state, &mut of_bank).unwrap();
    let load =
        |bytes: &[u8], state: &mut [f64]| TrendFlexStreamBank::load_in(bytes, state).map(drop);
    refuses_what_is_damaged(&of_bank, load, state.len());

    // One is not the other.
    assert_eq!(TrendFlexStream::state_len_of(&of_bank), Err(Error::CorruptSnapshot));
    assert_eq!(TrendFlexStreamBank::state_len_of(&of_stream), Err(Error::CorruptSnapshot));
}

/// What no release has written, though its checksum is right.
#[test]
fn a_forged_snapshot_is_refused() {
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
    TrendFlexStream::create_in(&mut state, 3, definition, nan_policy).unwrap();
    let mut of_stream = vec![0; TrendFlexStream::snapshot_len(3).unwrap()];
    TrendFlexStream::save_in(&state, &mut of_stream).unwrap();
    let mut state = vec![0.0; TrendFlexStreamBank::state_len(3, 1).unwrap()];
    TrendFlexStreamBank::create_in(&mut state, 3, definition, 1, nan_policy).unwrap();
    let mut of_bank = vec![0; TrendFlexStreamBank::snapshot_len(3, 1).unwrap()];
    TrendFlexStreamBank::save_in(&state, &mut of_bank).unwrap();

    const MARK: usize = 0;
    const TAG: usize = 8;
    const SERIES: usize = 16;
    const COUNT: usize = 24;
    for snapshot in [of_stream, of_bank] {
        let refused = |forge: &dyn Fn(&mut Vec<u8>)| {
            let mut forged = snapshot.clone();
            forge(&mut forged);
            with_right_crc(&mut forged);
            let corrupt = Err(Error::CorruptSnapshot);
            assert_eq!(TrendFlexStream::state_len_of(&forged), corrupt);
            assert_eq!(TrendFlexStreamBank::state_len_of(&forged), corrupt);
        };
        let put = |at: usize, value: &'static [u8]| {
            move |bytes: &mut Vec<u8>| bytes[at..at + value.len()].copy_from_slice(value)
        };
        refused(&put(MARK, b"t"));
        // Its period is 0, below 0, or another one, or its options do not exist.
        refused(&put(TAG, &[0]));
        refused(&put(TAG, &[0xff; 4]));
        refused(&put(TAG, &[2]));
        refused(&put(TAG + 4, &[0xff]));
        refused(&put(SERIES, &[0]));
        refused(&put(SERIES, &[2]));
        refused(&put(SERIES, &[0xff; 8]));
        // It ended at a missing price, which it skips.
        refused(&put(COUNT + 7, &[0x80]));
        // It has taken more prices than there can be.
        refused(&put(COUNT, &[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]));
        refused(&put(COUNT + 7, &[0x40]));
        // Numbers that prices cannot lead to: a slope; a mean square below 0.
        refused(&put(COUNT + 16 + 7, &[0x69]));
        refused(&put(COUNT + 48 + 6, &[0xf0, 0xbf]));
        // Too many or too few words, and bytes.
        refused(&|bytes| bytes.extend([0; 8]));
        refused(&|bytes| bytes.truncate(bytes.len() - 8));
        refused(&|bytes| bytes.extend([0; 3]));
        refused(&|bytes| bytes.truncate(32));
    }
}

/// Whatever a snapshot with a right checksum holds, it is refused, or becomes a stream or bank that
/// goes on: with prices of any size, steps of any kind, and snapshots of its own.
#[test]
#[cfg_attr(miri, ignore = "takes Miri minutes")]
fn what_is_loaded_goes_on() {
    const STEPS: usize = 4_000;
    let largest = f64::from_bits((1023 + 500) << 52);
    let mut random = 1_u64;
    let mut below = |end: u64| {
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (random >> 33) % end
    };
    let (mut accepted, mut refused) = (0, 0);
    for round in 0..400 {
        let period = [1, 5, 40][round % 3];
        let words = TrendFlexStream::snapshot_len(period).unwrap() / 8;
        let ends = below(2) == 0;
        let nan_policy = if ends { NanPolicy::Propagate } else { NanPolicy::Skip };
        let mut state = vec![0.0; TrendFlexStream::state_len(period).unwrap()];
        let definition = Definition::VectorTa;
        TrendFlexStream::create_in(&mut state, period, definition, nan_policy).unwrap();
        let mut snapshot = vec![0; 8 * words];
        TrendFlexStream::save_in(&state, &mut snapshot).unwrap();

        let mut put = |at: usize, word: u64| {
            snapshot[8 * at..][..8].copy_from_slice(&word.to_le_bytes());
        };
        let distance = [below(8), below(STEPS as u64), below(1 << 40)][below(3) as usize];
        let edge = [1 << 61, 1 << 62, 1 << 63, u64::MAX, STEPS as u64][below(5) as usize];
        let count = [edge.wrapping_sub(distance), edge.wrapping_add(distance)][below(2) as usize];
        put(3, count);
        let ended = count >> 63 == 1;
        // Now and then numbers that no price leads to; often the largest that are let in, or nearly
        // so.
        let (least, sizes) = [(0, 2040), (0, 1023 + 502), (1023 + 500, 4)][below(3) as usize];
        for at in 4..words - 1 {
            let sign = if at == 9 { 0 } else { below(2) << 63 };
            let size = if at == 6 { 1023 + below(500) } else { least + below(sizes) };
            put(at, sign | size << 52 | below(1 << 30) << 22);
        }
        with_right_crc(&mut snapshot);

        let loaded = TrendFlexStream::load_in(&snapshot, &mut state).map(drop);
        assert_eq!(TrendFlexStream::state_len_of(&snapshot).is_ok(), loaded.is_ok());
        if loaded.is_err() {
            refused += 1;
            continue;
        }
        accepted += 1;
        let begun = TrendFlexStream::info_in(&state).unwrap().count;
        assert!(!ended || ends);
        let mut taken = 0;
        for step in 0..STEPS {
            let price = [largest, -largest, 100.0, 0.0][below(4) as usize];
            let peek = TrendFlexStream::peek_in(&state, price).unwrap();
            let mut stream = TrendFlexStream::open_in(&mut state).unwrap();
            let mut out = [0.0];
            match step % 2 {
                0 => out[0] = stream.update(price),
                _ => stream.update_into(&[price], Some(&mut out)).unwrap(),
            }
            assert_eq!(out[0].to_bits(), peek.to_bits());
            taken += u64::from(!ended);
            assert!(out[0].is_finite() || ended || begun + taken <= period as u64, "{step}");
            assert_eq!(TrendFlexStream::info_in(&state).unwrap().count, begun + taken);
            assert_eq!(TrendFlexStream::save_in(&state, &mut snapshot), Ok(()));
        }
    }
    assert!(accepted > 20 && refused > 20, "{accepted}, {refused}");
}

/// With so long a period the smoother overshoots so far that the square overflows. The outputs are 0
/// from then on.
#[test]
fn a_mean_square_that_overflows_is_no_damage() {
    let period = 1 << 19;
    let mut prices = vec![-(2f64.powi(500)); period as usize + 100];
    prices[0] = -prices[0];
    let mut state = vec![0.0; TrendFlexStream::state_len(period).unwrap()];
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
    let mut stream =
        TrendFlexStream::create_in(&mut state, period, definition, nan_policy).unwrap();
    stream.update_into(&prices, None).unwrap();
    let mut snapshot = vec![0; TrendFlexStream::snapshot_len(period).unwrap()];
    TrendFlexStream::save_in(&state, &mut snapshot).unwrap();
    let mut stream = TrendFlexStream::load_in(&snapshot, &mut state).unwrap();
    assert_eq!(stream.update(prices[1]).to_bits(), 0);
    let mut out = [UNTOUCHED; 2];
    stream.update_into(&prices[..2], Some(&mut out)).unwrap();
    assert_eq!(out.map(f64::abs), [0.0; 2]);
}

/// Two threads that update one at once leave words of both: wrong numbers, not a stream or a bank
/// that is refused from then on.
#[test]
fn a_place_and_a_rebuild_that_do_not_follow_from_the_count_are_taken() {
    let word = |value: u64| f64::from_bits(value);
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
    TrendFlexStream::create_in(&mut state, 3, definition, nan_policy).unwrap();
    let prices: Vec<f64> = (0..9_000).map(|i| 100.0 + f64::from(i * i % 101)).collect();
    for (count, until_rebuild, position) in [(1, 0, 2), (7, 994, 2), (1_003, 3, 0), (8, 993, 1)] {
        // The first word is the count when the rebuild is due.
        let due = count + until_rebuild;
        (state[1], state[2], state[3]) = (word(due), word(until_rebuild), word(position));
        let mut bytes = vec![7; TrendFlexStream::snapshot_len(3).unwrap()];
        assert_eq!(TrendFlexStream::info_in(&state).map(|info| info.count), Ok(count));
        assert_eq!(TrendFlexStream::save_in(&state, &mut bytes), Ok(()));
        let mut stream = TrendFlexStream::open_in(&mut state).unwrap();
        assert_eq!(stream.update_into(&prices, None), Ok(()));
        assert!(stream.update(7.0).is_finite());
        assert_eq!(TrendFlexStream::save_in(&state, &mut bytes), Ok(()));
    }
    (state[1], state[2]) = (word(3), word(994));
    assert_eq!(TrendFlexStream::info_in(&state).map(|info| info.count), Ok(0));

    let mut state = vec![0.0; TrendFlexStreamBank::state_len(2, 3).unwrap()];
    TrendFlexStreamBank::create_in(&mut state, 2, definition, 3, nan_policy).unwrap();
    // Of the third symbol.
    (state[8 + 2], state[8 + 8 + 2], state[8 + 16 + 2]) = (word(1_001), word(994), word(0));
    let mut bytes = vec![7; TrendFlexStreamBank::snapshot_len(2, 3).unwrap()];
    assert_eq!(TrendFlexStreamBank::save_in(&state, &mut bytes), Ok(()));
    let mut bank = TrendFlexStreamBank::open_in(&mut state).unwrap();
    assert_eq!(bank.update(&[1.0; 3], &mut [0.0; 3]), Ok(()));
    assert_eq!(TrendFlexStreamBank::save_in(&state, &mut bytes), Ok(()));
}

/// A damaged state may lead to NaN in the middle of a call: the call takes all its prices, and the
/// next call is refused.
#[test]
fn a_piece_is_taken_whole_or_not_at_all() {
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
    TrendFlexStream::create_in(&mut state, 3, definition, nan_policy).unwrap();
    // A coefficient.
    state[13] = -1e164;
    let prices: Vec<f64> = (0..2_000).map(|i| 100.0 + f64::from(i % 7)).collect();
    let mut stream = TrendFlexStream::open_in(&mut state).unwrap();
    assert_eq!(stream.update_into(&prices, None), Ok(()));
    assert!(stream.update(100.0).is_nan());
    assert_eq!(stream.update_into(&prices, None), Err(Error::CorruptState));
    assert_eq!(TrendFlexStream::info_in(&state), Err(Error::CorruptState));
}

#[test]
fn a_damaged_state_is_not_saved() {
    let mut state = vec![0.0; TrendFlexStream::state_len(3).unwrap()];
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);
    TrendFlexStream::create_in(&mut state, 3, definition, nan_policy).unwrap();
    let mut bytes = vec![7; TrendFlexStream::snapshot_len(3).unwrap()];
    let (expected, actual) = (bytes.len(), bytes.len() - 1);
    let short = TrendFlexStream::save_in(&state, &mut bytes[1..]);
    assert_eq!(short, Err(Error::OutputLength { expected, actual }));
    for place in 0..state.len() {
        let before = std::mem::replace(&mut state[place], NAN);
        let saved = TrendFlexStream::save_in(&state, &mut bytes);
        assert_eq!(saved, Err(Error::CorruptState), "{place}");
        assert_eq!(TrendFlexStream::info_in(&state), Err(Error::CorruptState), "{place}");
        state[place] = before;
    }
    assert!(bytes.iter().all(|&byte| byte == 7));
    assert_eq!(TrendFlexStream::save_in(&state, &mut bytes), Ok(()));

    let mut state = vec![0.0; TrendFlexStreamBank::state_len(2, 3).unwrap()];
    TrendFlexStreamBank::create_in(&mut state, 2, definition, 3, nan_policy).unwrap();
    let mut bytes = vec![7; TrendFlexStreamBank::snapshot_len(2, 3).unwrap()];
    let (expected, actual) = (bytes.len(), bytes.len() - 1);
    let short = TrendFlexStreamBank::save_in(&state, &mut bytes[1..]);
    assert_eq!(short, Err(Error::OutputLength { expected, actual }));
    // The third symbol's place in its ring, which is beyond it; a coefficient; and the last place of
    // its ring.
    for (place, value) in [(8 + 2 * 8 + 2, 1e-323), (2, 5e-324), (8 + 12 * 8 + 2, NAN)] {
        let before = std::mem::replace(&mut state[place], value);
        let saved = TrendFlexStreamBank::save_in(&state, &mut bytes);
        assert_eq!(saved, Err(Error::CorruptState), "{place}");
        state[place] = before;
    }
    assert!(bytes.iter().all(|&byte| byte == 7));
    assert_eq!(TrendFlexStreamBank::save_in(&state, &mut bytes), Ok(()));
}

/// If no series is long enough, a long period needs no long scratch.
#[test]
fn a_panel_of_short_series_takes_a_period_of_any_length() {
    let mut call = Many {
        prices: &[1.0, 2.0, 3.0],
        series: 1,
        layout: SeriesLayout::SeriesMajor,
        offsets: &[0, 1, 3],
        period: i32::MAX,
        nan_policy: NanPolicy::Skip,
        kernel: Kernel::Auto,
        threads: 2,
        out_len: 3,
    };
    assert!(call.panel().unwrap().iter().all(|value| value.is_nan()));
    call.kernel = unavailable();
    assert_eq!(call.panel(), Err(Error::KernelUnavailable { kernel: call.kernel }));
}

#[test]
fn a_message_states_the_values() {
    let range = PeriodRange { start: 80, end: -20, step: 5 };
    for (error, values) in [
        (Error::EmptyInput, &["length = 0"][..]),
        (Error::InvalidPeriod { period: -3 }, &["period = -3"]),
        (Error::PeriodTooLong { period: 30, len: 29 }, &["period = 30", "length = 29"]),
        (Error::NoPrices { len: 31 }, &["length = 31"]),
        (Error::MissingPrice { index: 17 }, &["index 17"]),
        (Error::TooFewPrices { period: 30, prices: 12 }, &["period = 30", "prices = 12"]),
        (Error::KernelUnavailable { kernel: Kernel::Avx512 }, &["Avx512"]),
        (Error::InvalidRange { range }, &["80:-20:5"]),
        (Error::SizeOverflow { rows: 41, columns: 42 }, &["rows = 41", "columns = 42"]),
        (Error::OutputLength { expected: 40, actual: 39 }, &["length = 39", "40"]),
        (Error::InvalidThreads { threads: -2 }, &["threads = -2"]),
        (Error::RejectInStream, &["REJECT"]),
        (Error::StateSize { expected: 36, actual: 35 }, &["35 doubles", "36"]),
        (Error::CorruptState, &["no state"]),
        (Error::CorruptSnapshot, &["no whole and sound snapshot"]),
        (Error::SnapshotVersion { version: 3 }, &["format = 3"]),
        (Error::UnevenSeries { series: 3, values: 10 }, &["series = 3", "values = 10"]),
        (Error::InvalidOffsets { index: 7 }, &["index 7"]),
        (Error::SymbolCount { expected: 5, actual: 4 }, &["prices = 4", "5 symbols"]),
        (Error::NoSuchSymbol { symbol: 9, symbols: 8 }, &["symbol = 9", "has 8"]),
        (Error::OutOfMemory { period: 30 }, &["period = 30"]),
    ] {
        let message = error.to_string();
        for value in values {
            assert!(message.contains(value), "{message:?} does not say {value:?}");
        }
    }
}

#[test]
fn a_range_has_as_many_rows_as_its_step_reaches() {
    const MAX: i32 = i32::MAX;
    for ((start, end, step), rows) in [
        ((20, 25, 2), 3),
        ((20, 26, 2), 4),
        ((80, 20, 5), 13),
        ((80, 21, 5), 12),
        ((20, 20, 1), 1),
        ((20, 20, 0), 1),
        ((20, 80, 0), 1),
        ((80, 20, 0), 1),
        ((20, 80, 61), 1),
        ((1, MAX, 1), MAX as usize),
        ((MAX, 1, 1), MAX as usize),
        ((1, MAX, MAX - 1), 2),
        ((1, MAX, MAX), 1),
        ((MAX, MAX, MAX), 1),
    ] {
        let range = PeriodRange { start, end, step };
        assert_eq!(range.rows(), Ok(rows), "{range}");
    }
    assert_eq!(PeriodRange::default().rows(), Ok(250));
    assert_eq!(PeriodRange::default().to_string(), "20:269:1");

    for (start, end, step) in [
        (0, 5, 1),
        (5, 0, 1),
        (-1, 5, 1),
        (5, -1, 1),
        (5, 9, -1),
        (i32::MIN, MAX, 1),
        (MAX, i32::MIN, 1),
        (1, 1, i32::MIN),
    ] {
        let range = PeriodRange { start, end, step };
        assert_eq!(range.rows(), Err(Error::InvalidRange { range }));
        let call = Batch { range, ..Batch::of(&[1.0; 9], (1, 1, 1), 1) };
        assert_eq!(call.result(), Err(Error::InvalidRange { range }));
    }
}

#[test]
fn the_rows_of_a_batch_are_the_periods_of_its_range() {
    let prices: Vec<f64> = (0..100).map(|i| f64::from(i * i % 37)).collect();
    for (range, periods) in [
        ((20, 25, 2), &[20, 22, 24][..]),
        ((80, 20, 30), &[80, 50, 20]),
        ((25, 20, 2), &[25, 23, 21]),
        ((20, 80, 0), &[20]),
        ((80, 20, 0), &[80]),
        ((1, i32::MAX, i32::MAX), &[1]),
    ] {
        let rows = Batch::of(&prices, range, periods.len()).result().unwrap();
        for (row, &period) in rows.chunks(prices.len()).zip(periods) {
            let single = Single::of(&prices, period).result().unwrap();
            assert_eq!(bits(row), bits(&single), "period {period} of {range:?}");
        }
    }
    let call = Batch { out_len: 3, ..Batch::of(&prices, (1, i32::MAX, i32::MAX - 1), 0) };
    let (period, len) = (i32::MAX, prices.len());
    assert_eq!(call.result(), Err(Error::PeriodTooLong { period, len }));
}

#[test]
fn a_ramp_gives_the_published_values() {
    let ramp: Vec<f64> = (1..=10).map(f64::from).collect();
    let published =
        [5.0, 3.623528655669866, 3.0300048488075197, 2.6295186761484857, 2.3618568570902116];
    let out = Single::of(&ramp, 5).result().unwrap();
    assert!(out[..5].iter().all(|value| value.is_nan()));
    for (value, published) in out[5..].iter().zip(published) {
        assert!((value - published).abs() <= 1e-14, "{value} for {published}");
    }
}

#[test]
fn period_1_is_ordinary() {
    for definition in [Definition::VectorTa, Definition::Ehlers] {
        let mut out = [UNTOUCHED; 4];
        let prices = [3.0, 4.0, 4.5, 4.0];
        let (nan_policy, kernel) = (NanPolicy::Propagate, Kernel::Auto);
        trendflex_into(&prices, 1, definition, nan_policy, kernel, &mut out).unwrap();
        assert!(out[0].is_nan());
        assert!((out[1] - 5.0).abs() <= 5.0 * f64::EPSILON, "{out:?}");
        assert!(out[2] > 0.0 && out[2] < out[1] && out[3] < out[2], "{out:?}");
    }
    let out = Batch::of(&[3.0, 4.0], (1, 1, 1), 1).result().unwrap();
    assert!(out[0].is_nan() && out[1] > 4.999);
}
