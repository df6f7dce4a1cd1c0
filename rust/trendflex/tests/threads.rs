//! What any number of threads may do at once. ThreadSanitizer watches: `scripts/test tsan`.

use std::thread;

use trendflex::{
    Definition, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream, TrendFlexStreamBank,
    trendflex_batch_inner_into, trendflex_batch_periods_into, trendflex_into,
    trendflex_many_series_into, trendflex_panel_into,
};

const SERIES: usize = 150;
const LEN: usize = 80;
const DEFINITION: Definition = Definition::VectorTa;
const POLICY: NanPolicy = NanPolicy::Skip;

#[test]
fn whole_series_calls_of_several_threads_share_the_pool() {
    // Some series with a gap, which are computed apart from their neighbours.
    let mut prices = walk(SERIES * LEN);
    for gap in prices.iter_mut().step_by(LEN * 11 + 40) {
        *gap = f64::NAN;
    }
    let offsets: Vec<u64> = (0..=SERIES).map(|series| (series * LEN) as u64).collect();
    let call = |way: usize, threads: i32, out: &mut [f64]| {
        let (auto, range) = (Kernel::Auto, PeriodRange { start: 5, end: 40, step: 1 });
        let (prices, layouts) = (&prices[..], [SeriesLayout::SeriesMajor, SeriesLayout::TimeMajor]);
        match way {
            0 | 1 => trendflex_many_series_into(
                prices,
                SERIES,
                layouts[way],
                9,
                DEFINITION,
                POLICY,
                auto,
                threads,
                out,
            ),
            2 => trendflex_panel_into(prices, &offsets, 9, DEFINITION, POLICY, auto, threads, out),
            3 => {
                let out = &mut out[..36 * LEN];
                let prices = &prices[..LEN];
                trendflex_batch_inner_into(prices, range, DEFINITION, POLICY, auto, threads, out)
            }
            _ => {
                let periods = [9, 30, 8, 17, 40, 41, 42, 11, 9];
                let out = &mut out[..9 * LEN];
                let prices = &prices[LEN..2 * LEN];
                trendflex_batch_periods_into(
                    prices, &periods, DEFINITION, POLICY, auto, threads, out,
                )
            }
        }
    };
    let compute = |way, threads| {
        let mut out = vec![7.0; SERIES * LEN];
        call(way, threads, &mut out).unwrap();
        bits(&out)
    };
    let alone: Vec<_> = (0..5).map(|way| compute(way, 1)).collect();
    thread::scope(|scope| {
        for begin in 0..4 {
            let (compute, alone) = (&compute, &alone);
            scope.spawn(move || {
                for way in (0..10).map(|i| (begin + i) % 5) {
                    assert!(compute(way, 2) == alone[way], "way {way}");
                }
            });
        }
    });
}

#[test]
fn several_threads_may_read_a_stream_and_a_bank() {
    let prices = walk(100);
    let mut stream = vec![0.0; TrendFlexStream::state_len(9).unwrap()];
    TrendFlexStream::create_in(&mut stream, 9, DEFINITION, POLICY)
        .unwrap()
        .update_into(&prices[..99], None)
        .unwrap();
    let mut bank = vec![0.0; TrendFlexStreamBank::state_len(9, 10).unwrap()];
    TrendFlexStreamBank::create_in(&mut bank, 9, DEFINITION, 10, POLICY)
        .unwrap()
        .update(&prices[..10], &mut [0.0; 10])
        .unwrap();
    let read = || {
        let mut of_stream = vec![0; TrendFlexStream::snapshot_len(9).unwrap()];
        TrendFlexStream::save_in(&stream, &mut of_stream).unwrap();
        let mut of_bank = vec![0; TrendFlexStreamBank::snapshot_len(9, 10).unwrap()];
        TrendFlexStreamBank::save_in(&bank, &mut of_bank).unwrap();
        let peek = TrendFlexStream::peek_in(&stream, prices[99]).unwrap();
        (of_stream, of_bank, peek.to_bits())
    };
    let mut out = vec![0.0; 100];
    trendflex_into(&prices, 9, DEFINITION, POLICY, Kernel::Scalar, &mut out).unwrap();
    let alone = read();
    assert_eq!(alone.2, out[99].to_bits());
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| assert!((0..50).all(|_| read() == alone)));
        }
    });
}

fn walk(len: usize) -> Vec<f64> {
    let mut random = 1_u64;
    let mut price = 100.0;
    let mut step = || {
        random = random.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        price += (random >> 40) as f64 / (1 << 24) as f64 - 0.5;
        price
    };
    (0..len).map(|_| step()).collect()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}
