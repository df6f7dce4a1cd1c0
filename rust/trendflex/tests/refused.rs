//! Whichever request for memory of a call is refused, the call says so and has written nothing, or
//! does without.

use std::alloc::{GlobalAlloc, Layout, System};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicU64, Ordering};

use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream,
    TrendFlexStreamBank, trendflex_batch_inner_into, trendflex_batch_periods_into, trendflex_into,
    trendflex_many_series_into, trendflex_panel_into,
};

/// Refuses the requests from [`FIRST`] to [`LAST`], counted from 1, of any thread.
struct Refusing;

#[global_allocator]
static REFUSING: Refusing = Refusing;

static REQUESTS: AtomicU64 = AtomicU64::new(0);
static FIRST: AtomicU64 = AtomicU64::new(u64::MAX);
static LAST: AtomicU64 = AtomicU64::new(u64::MAX);

/// The size of a part of the queue of rayon's pool, which it allocates at every 63rd call and
/// cannot do without. The library first checks that there is room for it.
const BLOCK_OF_CALLS: usize = 1_520;

// SAFETY: the system's allocator does the work; null is how an allocator refuses.
unsafe impl GlobalAlloc for Refusing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let refused = layout.size() != BLOCK_OF_CALLS && {
            let request = REQUESTS.fetch_add(1, Ordering::SeqCst) + 1;
            (FIRST.load(Ordering::SeqCst)..=LAST.load(Ordering::SeqCst)).contains(&request)
        };
        // SAFETY: the caller's promise.
        if refused { null_mut() } else { unsafe { System.alloc(layout) } }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// Does some work while requests are refused; gives how many requests there were, refused or not.
fn refusing<T>(first: u64, last: u64, work: impl FnOnce() -> T) -> (T, u64) {
    REQUESTS.store(0, Ordering::SeqCst);
    LAST.store(last, Ordering::SeqCst);
    FIRST.store(first, Ordering::SeqCst);
    let done = work();
    FIRST.store(u64::MAX, Ordering::SeqCst);
    (done, REQUESTS.load(Ordering::SeqCst))
}

const UNTOUCHED: f64 = 7.0;
const DEFINITION: Definition = Definition::VectorTa;

/// Tries a call with each of its requests refused, alone and with all after it.
fn holds(of: &str, len: usize, call: impl Fn(&mut [f64]) -> Result<(), Error>) {
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    let mut out = vec![UNTOUCHED; len];
    // Makes the pool too.
    call(&mut out).unwrap();
    let expected = bits(&out);
    let mut outcomes = [0; 2];
    for alone in [true, false] {
        for nth in 1.. {
            out.fill(UNTOUCHED);
            let last = if alone { nth } else { u64::MAX };
            let (done, requests) = refusing(nth, last, || call(&mut out));
            outcomes[usize::from(done.is_ok())] += 1;
            match done {
                Ok(()) => assert!(bits(&out) == expected, "{of}: request {nth}"),
                Err(error) => {
                    assert!(matches!(error, Error::OutOfMemory { .. }), "{of}: {error}");
                    assert!(out.iter().all(|&value| value == UNTOUCHED), "{of}: request {nth}");
                }
            }
            if requests < nth {
                break;
            }
        }
    }
    // A stream has a ring already.
    let may_fail = !of.starts_with("stream");
    assert!(outcomes[1] > 0 && (outcomes[0] > 0) == may_fail, "{of}: {outcomes:?}");
}

/// A refused request is an error or does no harm.
fn main() {
    // First use of all that allocates at its first use.
    let mut prices: Vec<f64> = (0..40_000).map(|i| 100.0 + f64::from(i * i % 101)).collect();
    for gappy in [false, true] {
        if gappy {
            prices.iter_mut().skip(2_007).step_by(5_003).for_each(|price| *price = f64::NAN);
        }
        for kernel in [Kernel::Scalar, Kernel::Avx2, Kernel::Avx512, Kernel::Neon] {
            if kernel.is_supported() {
                whole_series(&prices, kernel);
            }
        }
        streams(&prices);
    }
}

fn whole_series(prices: &[f64], kernel: Kernel) {
    let policy = NanPolicy::Skip;
    for period in [9, 1_000] {
        let of = |what: &str| format!("{what}, {kernel:?}, period {period}");
        holds(&of("single"), prices.len(), |out| {
            trendflex_into(prices, period, DEFINITION, policy, kernel, out)
        });
        for threads in [1, 2, 0] {
            let short = &prices[..5_000];
            let range = PeriodRange { start: period, end: period + 16, step: 1 };
            holds(&of("batch"), 17 * short.len(), |out| {
                trendflex_batch_inner_into(short, range, DEFINITION, policy, kernel, threads, out)
            });
            let list = [period, 30, 8, 17, 40, 41, 42, 11, 3];
            holds(&of("list"), 9 * short.len(), |out| {
                trendflex_batch_periods_into(short, &list, DEFINITION, policy, kernel, threads, out)
            });
            for layout in [SeriesLayout::SeriesMajor, SeriesLayout::TimeMajor] {
                for (series, policy) in [(20, policy), (8, policy), (20, NanPolicy::Reject)] {
                    if policy == NanPolicy::Reject && prices.iter().any(|price| price.is_nan()) {
                        continue;
                    }
                    holds(&of(&format!("{layout:?}")), prices.len(), |out| {
                        trendflex_many_series_into(
                            prices, series, layout, period, DEFINITION, policy, kernel, threads,
                            out,
                        )
                    });
                }
            }
            let wide = SeriesLayout::TimeMajor;
            if period < 100 {
                holds(&of("wide"), prices.len(), |out| {
                    trendflex_many_series_into(
                        prices, 200, wide, period, DEFINITION, policy, kernel, threads, out,
                    )
                });
            }
            let offsets = [0, 1_500, 1_500, 4_000, 9_000, 20_000, 21_500, 23_000, 40_000];
            holds(&of("panel"), prices.len(), |out| {
                trendflex_panel_into(
                    prices, &offsets, period, DEFINITION, policy, kernel, threads, out,
                )
            });
        }
    }
}

fn streams(prices: &[f64]) {
    for period in [9, 1_000] {
        let begin = |state: &mut [f64]| {
            TrendFlexStream::create_in(state, period, DEFINITION, NanPolicy::Skip).map(drop)
        };
        let state = || vec![UNTOUCHED; TrendFlexStream::state_len(period).unwrap()];
        let [first, second] = [state(), state()].map(std::cell::RefCell::new);
        holds("stream", prices.len(), |out| {
            let mut state = first.borrow_mut();
            begin(&mut state)?;
            TrendFlexStream::open_in(&mut state)?.update_into(prices, Some(out))
        });
        holds("stream to nowhere", 1, |out| {
            let mut state = second.borrow_mut();
            begin(&mut state)?;
            let mut stream = TrendFlexStream::open_in(&mut state)?;
            stream.update_into(prices, None)?;
            out[0] = stream.update(100.0);
            Ok(())
        });
        // These calls need no memory but the caller's.
        let mut bank = vec![0.0; TrendFlexStreamBank::state_len(period, 9).unwrap()];
        let mut of_bank = vec![0; TrendFlexStreamBank::snapshot_len(period, 9).unwrap()];
        let mut of_stream = vec![0; TrendFlexStream::snapshot_len(period).unwrap()];
        let (done, requests) = refusing(1, u64::MAX, || {
            let (symbols, policy) = (9, NanPolicy::Skip);
            TrendFlexStreamBank::create_in(&mut bank, period, DEFINITION, symbols, policy)?;
            TrendFlexStreamBank::open_in(&mut bank)?.update(&prices[..9], &mut [0.0; 9])?;
            TrendFlexStreamBank::save_in(&bank, &mut of_bank)?;
            TrendFlexStreamBank::load_in(&of_bank, &mut bank)?.reset(3)?;
            TrendFlexStream::save_in(&first.borrow(), &mut of_stream)?;
            TrendFlexStream::load_in(&of_stream, &mut second.borrow_mut()).map(drop)
        });
        assert_eq!((done, requests), (Ok(()), 0));
    }
}
