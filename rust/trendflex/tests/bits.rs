//! Every path gives the bits of the definition.

mod common;

use common::{WHOLE_SERIES_POLICIES, expected, first_difference, gappy_series, series};
use proptest::prelude::*;
use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream,
    TrendFlexStreamBank, trendflex_batch_inner_into, trendflex_batch_periods_into, trendflex_into,
    trendflex_many_series_into, trendflex_panel_into,
};

const KERNELS: [Kernel; 5] =
    [Kernel::Auto, Kernel::Scalar, Kernel::Avx2, Kernel::Avx512, Kernel::Neon];

fn single(
    values: &[f64],
    period: usize,
    definition: Definition,
    nan_policy: NanPolicy,
    kernel: Kernel,
) -> Result<Vec<f64>, Error> {
    let mut out = vec![7.0; values.len()];
    trendflex_into(values, period as i32, definition, nan_policy, kernel, &mut out)?;
    Ok(out)
}

fn whole_series_ways() -> impl Iterator<Item = (NanPolicy, Kernel)> {
    let kernels = || KERNELS.into_iter().filter(|kernel| kernel.is_supported());
    WHOLE_SERIES_POLICIES.into_iter().flat_map(move |policy| kernels().map(move |k| (policy, k)))
}

/// Most of these series have no gap, so that neighbours often have none.
fn mostly_whole_series(
    len: impl Into<prop::collection::SizeRange> + Clone,
) -> impl Strategy<Value = Vec<f64>> {
    prop_oneof![9 => series(len.clone()), 1 => gappy_series(len)]
}

/// Series of one length, side by side.
fn transposed(all: &[Vec<f64>]) -> Vec<f64> {
    (0..all[0].len()).flat_map(|time| all.iter().map(move |values| values[time])).collect()
}

fn definition() -> impl Strategy<Value = Definition> {
    prop_oneof![Just(Definition::VectorTa), Just(Definition::Ehlers)]
}

/// Columns with missing values are copied 65,536 values at a time.
#[test]
fn long_columns_are_the_single_calls() {
    let (series, len, period) = (9, 70_000, 20);
    let all: Vec<Vec<f64>> = (0..series)
        .map(|column| {
            let mut values: Vec<f64> =
                (0..len).map(|i| f64::from((i % 97 * (i + column)) % 1009)).collect();
            let gap = 65_534 + column as usize % 4;
            values[gap..gap + 2].fill(f64::NAN);
            values[..column as usize].fill(f64::NAN);
            values
        })
        .collect();
    let mut out = vec![7.0; series as usize * len as usize];
    for nan_policy in WHOLE_SERIES_POLICIES {
        trendflex_many_series_into(
            &transposed(&all),
            all.len(),
            SeriesLayout::TimeMajor,
            period,
            Definition::Ehlers,
            nan_policy,
            Kernel::Auto,
            2,
            &mut out,
        )
        .unwrap();
        let expected: Vec<_> = all
            .iter()
            .map(|values| expected(values, period as usize, Definition::Ehlers, nan_policy))
            .collect();
        assert_eq!(first_difference(&out, &transposed(&expected)), None, "{nan_policy:?}");
    }
}

/// A snapshot of period 2, after the prices 1, 2 and 4. It never changes, so that every release
/// goes on from what an older one has kept.
#[test]
fn a_snapshot_of_the_first_format_is_understood() {
    let kept = |tag: u64, crc: u64| -> Vec<u8> {
        let numbers = [
            0x4008_0d6f_4248_14b1,
            0x3ff0_1ade_8490_2962,
            0x4010_0000_0000_0000,
            0x4014_06b7_a124_0a58,
            0x3cc0_0000_0000_0000,
            0x3fb7_3df1_1288_edd2,
            0x4000_0000_0000_0000,
            0x4008_0d6f_4248_14b1,
        ];
        let words = [0x0141_4e53_584c_4654, tag, 1, 3].into_iter().chain(numbers).chain([crc]);
        words.flat_map(u64::to_le_bytes).collect()
    };
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Skip);

    let of_stream = kept(0x5452_4601_0000_0002, 0x5d176f5d);
    let mut state = vec![0.0; TrendFlexStream::state_len(2).unwrap()];
    let mut stream = TrendFlexStream::create_in(&mut state, 2, definition, nan_policy).unwrap();
    stream.update_into(&[1.0, 2.0, 4.0], None).unwrap();
    let mut snapshot = vec![0; TrendFlexStream::snapshot_len(2).unwrap()];
    TrendFlexStream::save_in(&state, &mut snapshot).unwrap();
    assert_eq!(snapshot, of_stream);
    assert_eq!(TrendFlexStream::state_len_of(&of_stream), Ok(state.len()));

    let of_bank = kept(0x5442_4601_0000_0002, 0x7d1243c6);
    let mut state = vec![0.0; TrendFlexStreamBank::state_len(2, 1).unwrap()];
    let mut bank =
        TrendFlexStreamBank::create_in(&mut state, 2, definition, 1, nan_policy).unwrap();
    for price in [1.0, 2.0, 4.0] {
        bank.update(&[price], &mut [0.0]).unwrap();
    }
    let mut snapshot = vec![0; TrendFlexStreamBank::snapshot_len(2, 1).unwrap()];
    TrendFlexStreamBank::save_in(&state, &mut snapshot).unwrap();
    assert_eq!(snapshot, of_bank);
    assert_eq!(TrendFlexStreamBank::state_len_of(&of_bank), Ok(state.len()));
}

/// All are still in step then, and must not take a price because of that.
#[test]
fn symbols_that_miss_a_price_together_end_together() {
    let (definition, nan_policy) = (Definition::VectorTa, NanPolicy::Propagate);
    let mut state = vec![0.0; TrendFlexStreamBank::state_len(2, 8).unwrap()];
    let mut bank =
        TrendFlexStreamBank::create_in(&mut state, 2, definition, 8, nan_policy).unwrap();
    let mut out = [7.0; 8];
    for (price, is_output) in
        [(1.0, false), (2.0, false), (4.0, true), (f64::NAN, false), (5.0, false), (6.0, false)]
    {
        bank.update(&[price; 8], &mut out).unwrap();
        assert!(out.iter().all(|value| value.is_nan() != is_output), "{price}: {out:?}");
    }
}

/// As many prices follow the gap as missing values come before the first price, so that the number
/// of prices alone does not show the gap.
#[test]
fn rows_of_a_batch_go_on_after_a_gap() {
    let mut prices: Vec<f64> = (0..43).map(|day| 100.0 + f64::from(day % 7)).collect();
    prices[0] = f64::NAN;
    prices[40] = f64::NAN;
    let range = PeriodRange { start: 20, end: 23, step: 1 };
    for kernel in KERNELS.into_iter().filter(|kernel| kernel.is_supported()) {
        let (definition, skip) = (Definition::default(), NanPolicy::Skip);
        let mut out = vec![7.0; 4 * prices.len()];
        trendflex_batch_inner_into(&prices, range, definition, skip, kernel, 1, &mut out).unwrap();
        for (row, out) in out.chunks(prices.len()).enumerate() {
            let expected = expected(&prices, 20 + row, definition, skip);
            assert_eq!(first_difference(out, &expected), None);
        }
    }
}

proptest! {
    #[test]
    fn a_single_call_gives_the_definition(
        values in gappy_series(1..6000),
        period in prop_oneof![1..40_usize, 1..1200_usize],
        definition in definition(),
    ) {
        for nan_policy in WHOLE_SERIES_POLICIES {
            for kernel in KERNELS.into_iter().filter(|kernel| kernel.is_supported()) {
                match single(&values, period, definition, nan_policy, kernel) {
                    Ok(out) => {
                        let expected = expected(&values, period, definition, nan_policy);
                        prop_assert_eq!(first_difference(&out, &expected), None);
                    }
                    Err(error) => {
                        let prices = values.iter().filter(|&&value| common::is_price(value)).count();
                        prop_assert!(prices <= period, "{error}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_long_single_call_gives_the_definition_on_every_kernel(
        values in gappy_series(4000..20_000),
        period in prop_oneof![1..40_usize, 1..600_usize],
        definition in definition(),
    ) {
        for nan_policy in WHOLE_SERIES_POLICIES {
            let expected = expected(&values, period, definition, nan_policy);
            for kernel in KERNELS.into_iter().filter(|kernel| kernel.is_supported()) {
                let out = single(&values, period, definition, nan_policy, kernel);
                match out {
                    Ok(out) => prop_assert_eq!(first_difference(&out, &expected), None, "{:?}", kernel),
                    Err(error) => prop_assert!(expected.iter().all(|value| value.is_nan()), "{error}"),
                }
            }
        }
    }

    #[test]
    fn nothing_repaints(values in series(2..3000), period in 1..200_usize, cut in any::<prop::sample::Index>()) {
        prop_assume!(period < values.len());
        let prefix = &values[..period + 1 + cut.index(values.len() - period)];
        let whole = single(&values, period, Definition::VectorTa, NanPolicy::Propagate, Kernel::Auto)?;
        let part = single(prefix, period, Definition::VectorTa, NanPolicy::Propagate, Kernel::Auto)?;
        prop_assert_eq!(first_difference(&part, &whole[..prefix.len()]), None);
    }

    #[test]
    fn a_row_of_a_batch_is_the_single_call(
        values in gappy_series(60..2500),
        (start, end) in prop_oneof![(1..60_i32, 1..60_i32), (1..400_i32, 1..400_i32)],
        step in 0..20_i32,
        threads in 0..4_i32,
        definition in definition(),
    ) {
        let range = PeriodRange { start, end, step };
        let rows = range.rows()?;
        for nan_policy in WHOLE_SERIES_POLICIES {
          for kernel in KERNELS.into_iter().filter(|kernel| kernel.is_supported()) {
            let mut out = vec![7.0; rows * values.len()];
            let batch = trendflex_batch_inner_into(
                &values, range, definition, nan_policy, kernel, threads, &mut out,
            );
            match batch {
                Ok(()) => for (row, out) in out.chunks(values.len()).enumerate() {
                    let distance = row as i32 * step * (end - start).signum();
                    let period = (start + distance) as usize;
                    let expected = expected(&values, period, definition, nan_policy);
                    prop_assert_eq!(first_difference(out, &expected), None);
                },
                Err(_) => {
                    let largest = start.max(end).max(1) as usize;
                    prop_assert!(values.len() <= largest + values.iter().filter(|x| !common::is_price(**x)).count());
                    prop_assert!(out.iter().all(|&place| place == 7.0));
                }
            }
          }
        }
    }

    #[test]
    fn a_row_of_a_list_of_periods_is_the_single_call(
        values in gappy_series(500..2500),
        periods in prop::collection::vec(prop_oneof![1..60_i32, 1..400_i32], 1..20),
        threads in 0..4_i32,
        definition in definition(),
    ) {
        for (nan_policy, kernel) in whole_series_ways() {
            let mut out = vec![7.0; periods.len() * values.len()];
            let list = trendflex_batch_periods_into(
                &values, &periods, definition, nan_policy, kernel, threads, &mut out,
            );
            let enough = values.len() - *periods.iter().max().unwrap() as usize
                > values.iter().filter(|x| !common::is_price(**x)).count();
            prop_assert!(list.is_ok() || !enough);
            for (&period, out) in periods.iter().zip(out.chunks(values.len())).filter(|_| list.is_ok()) {
                let expected = expected(&values, period as usize, definition, nan_policy);
                prop_assert_eq!(first_difference(out, &expected), None);
            }
        }
    }

    #[test]
    fn each_of_many_series_is_the_single_call(
        // Many series are cut into strips for several tasks.
        all in prop_oneof![(1..40_usize, 2..1500_usize), (60..200_usize, 2..80_usize)]
            .prop_flat_map(|(series, len)| prop::collection::vec(mostly_whole_series(len), series)),
        period in prop_oneof![1..40_usize, 1..400_usize],
        threads in 0..4_i32,
        definition in definition(),
    ) {
        let (series, len) = (all.len(), all[0].len());
        prop_assume!(period < len);
        for (nan_policy, kernel) in whole_series_ways() {
            let expected: Vec<_> =
                all.iter().map(|values| expected(values, period, definition, nan_policy)).collect();
            for (layout, prices, expected) in [
                (SeriesLayout::SeriesMajor, all.concat(), expected.concat()),
                (SeriesLayout::TimeMajor, transposed(&all), transposed(&expected)),
            ] {
                let mut out = vec![7.0; series * len];
                trendflex_many_series_into(
                    &prices, series, layout, period as i32, definition, nan_policy, kernel, threads,
                    &mut out,
                )?;
                let difference = first_difference(&out, &expected);
                prop_assert_eq!(difference, None, "{:?} {:?} {:?}", layout, nan_policy, kernel);
            }
        }
    }

    #[test]
    fn each_series_of_a_panel_is_the_single_call(
        all in prop::collection::vec(
            prop_oneof![Just(vec![]), mostly_whole_series(1..300_usize), mostly_whole_series(1..9000_usize)],
            1..20,
        ),
        period in prop_oneof![1..40_usize, 1..400_usize],
        threads in 0..4_i32,
        definition in definition(),
    ) {
        let prices = all.concat();
        prop_assume!(!prices.is_empty());
        let ends = all.iter().scan(0, |end, values| { *end += values.len() as u64; Some(*end) });
        let offsets: Vec<u64> = std::iter::once(0).chain(ends).collect();
        for (nan_policy, kernel) in whole_series_ways() {
            let expected: Vec<_> =
                all.iter().map(|values| expected(values, period, definition, nan_policy)).collect();
            let mut out = vec![7.0; prices.len()];
            trendflex_panel_into(
                &prices, &offsets, period as i32, definition, nan_policy, kernel, threads, &mut out,
            )?;
            let difference = first_difference(&out, &expected.concat());
            prop_assert_eq!(difference, None, "{:?} {:?}", nan_policy, kernel);
        }
    }

    #[test]
    fn each_symbol_of_a_bank_is_a_stream(
        all in (1..30_usize, 1..2500_usize)
            .prop_flat_map(|(symbols, len)| prop::collection::vec(mostly_whole_series(len), symbols)),
        period in prop_oneof![1..40_usize, 1..600_usize],
        definition in definition(),
        reset in prop::option::of(any::<(prop::sample::Index, prop::sample::Index)>()),
        kept in any::<prop::sample::Index>(),
    ) {
        let kept = kept.index(all[0].len());
        let (symbols, len) = (all.len(), all[0].len());
        let reset = reset.map(|(symbol, tick)| (symbol.index(symbols), tick.index(len)));
        for nan_policy in WHOLE_SERIES_POLICIES {
            let expected: Vec<_> = all.iter().enumerate().map(|(symbol, values)| {
                let cut = reset.filter(|&(at, _)| at == symbol).map_or(0, |(_, tick)| tick);
                let parts = [&values[..cut], &values[cut..]];
                parts.map(|part| expected(part, period, definition, nan_policy)).concat()
            }).collect();
            let mut state = vec![-1.0; TrendFlexStreamBank::state_len(period as i32, symbols)?];
            TrendFlexStreamBank::create_in(&mut state, period as i32, definition, symbols, nan_policy)?;
            let ticks = transposed(&all);
            let mut out = vec![7.0; ticks.len()];
            for (tick, (prices, out)) in ticks.chunks(symbols).zip(out.chunks_mut(symbols)).enumerate() {
                if tick == kept {
                    let len = TrendFlexStreamBank::snapshot_len(period as i32, symbols)?;
                    let info = TrendFlexStreamBank::info_in(&state)?;
                    let mut snapshot = vec![7; len];
                    TrendFlexStreamBank::save_in(&state, &mut snapshot)?;
                    state.fill(-1.0);
                    prop_assert_eq!(TrendFlexStreamBank::state_len_of(&snapshot)?, state.len());
                    TrendFlexStreamBank::load_in(&snapshot, &mut state)?;
                    prop_assert_eq!(TrendFlexStreamBank::info_in(&state)?, info);
                }
                let mut bank = TrendFlexStreamBank::open_in(&mut state)?;
                if let Some((symbol, at)) = reset && at == tick {
                    bank.reset(symbol)?;
                }
                bank.update(prices, out)?;
            }
            prop_assert_eq!(first_difference(&out, &transposed(&expected)), None, "{:?}", nan_policy);
        }
    }

    #[test]
    fn a_stream_in_any_pieces_gives_the_definition(
        values in prop_oneof![gappy_series(1..5000), gappy_series(1..20_000)],
        period in prop_oneof![1..40_usize, 1..1200_usize],
        definition in definition(),
        pieces in prop::collection::vec(
            (0..5_u8, prop_oneof![0..2000_usize, 0..12_000_usize]),
            0..12,
        ),
    ) {
        for nan_policy in WHOLE_SERIES_POLICIES {
            let expected = expected(&values, period, definition, nan_policy);
            let mut state = vec![-1.0; TrendFlexStream::state_len(period as i32)?];
            TrendFlexStream::create_in(&mut state, period as i32, definition, nan_policy)?;
            let mut at = 0;
            for &(way, len) in pieces.iter().chain(&[(0, usize::MAX)]) {
                let len = len.min(values.len() - at);
                let (piece, wanted) = (&values[at..at + len], &expected[at..at + len]);
                let mut out = vec![7.0; len];
                match way {
                    0 => for (value, out) in piece.iter().zip(&mut out) {
                        *out = TrendFlexStream::open_in(&mut state)?.update(*value);
                    },
                    1 => for (value, out) in piece.iter().zip(&mut out) {
                        *out = TrendFlexStream::peek_in(&state, *value)?;
                        TrendFlexStream::peek_in(&state, 1e9)?;
                        TrendFlexStream::open_in(&mut state)?.update(*value);
                    },
                    2 => TrendFlexStream::open_in(&mut state)?.update_into(piece, Some(&mut out))?,
                    3 => {
                        let mut snapshot = vec![7; TrendFlexStream::snapshot_len(period as i32)?];
                        TrendFlexStream::save_in(&state, &mut snapshot)?;
                        let before = TrendFlexStream::info_in(&state)?;
                        state.fill(-1.0);
                        prop_assert_eq!(TrendFlexStream::state_len_of(&snapshot)?, state.len());
                        TrendFlexStream::load_in(&snapshot, &mut state)?
                            .update_into(piece, Some(&mut out))?;
                        if piece.is_empty() {
                            prop_assert_eq!(TrendFlexStream::info_in(&state)?, before);
                        }
                    },
                    _ => {
                        TrendFlexStream::open_in(&mut state)?.update_into(piece, None)?;
                        out.copy_from_slice(wanted);
                    }
                }
                prop_assert_eq!(first_difference(&out, wanted), None);
                prop_assert!(TrendFlexStream::info_in(&state).is_ok(), "after {} prices", at + len);
                at += len;
            }
        }
    }
}
