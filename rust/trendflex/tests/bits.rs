//! Every path gives the bits of the definition.

mod common;

use common::{WHOLE_SERIES_POLICIES, expected, first_difference, gappy_series, series};
use proptest::prelude::*;
use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, TrendFlexStream, trendflex_batch_inner_into,
    trendflex_into,
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

fn definition() -> impl Strategy<Value = Definition> {
    prop_oneof![Just(Definition::VectorTa), Just(Definition::Ehlers)]
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
    fn a_stream_in_any_pieces_gives_the_definition(
        values in gappy_series(1..5000),
        period in prop_oneof![1..40_usize, 1..1200_usize],
        definition in definition(),
        pieces in prop::collection::vec((0..4_u8, 0..2000_usize), 0..12),
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
                    _ => {
                        TrendFlexStream::open_in(&mut state)?.update_into(piece, None)?;
                        out.copy_from_slice(wanted);
                    }
                }
                prop_assert_eq!(first_difference(&out, wanted), None);
                at += len;
            }
        }
    }
}
