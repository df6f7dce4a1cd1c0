//! What calls allocate: scratch that grows with the period, never with the data, and nothing for a
//! stream.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

use trendflex::{
    Definition, Error, Kernel, NanPolicy, PeriodRange, SeriesLayout, TrendFlexStream,
    trendflex_batch_inner_into, trendflex_into, trendflex_many_series_into, trendflex_scan,
};

/// The bytes that threads hold, and the most that they have held.
struct Tally {
    held: AtomicUsize,
    most: AtomicUsize,
}

impl Tally {
    const fn new() -> Self {
        Self { held: AtomicUsize::new(0), most: AtomicUsize::new(0) }
    }
}

/// Counts bytes for the threads that ask for it, and refuses large requests of those that ask.
struct Watched;

#[global_allocator]
static WATCHED: Watched = Watched;

thread_local! {
    static TALLY: Cell<Option<&'static Tally>> = const { Cell::new(None) };
    static LARGEST_GRANTED: Cell<usize> = const { Cell::new(usize::MAX) };
}

impl Watched {
    fn grants(size: usize) -> bool {
        if let Some(tally) = TALLY.get() {
            let held = tally.held.fetch_add(size, Ordering::SeqCst) + size;
            tally.most.fetch_max(held, Ordering::SeqCst);
        }
        size <= LARGEST_GRANTED.get()
    }
}

// SAFETY: the system's allocator does the work; null is how an allocator refuses.
unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promise.
        if Self::grants(layout.size()) { unsafe { System.alloc(layout) } } else { null_mut() }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        if let Some(tally) = TALLY.get() {
            tally.held.fetch_sub(layout.size(), Ordering::SeqCst);
        }
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(memory, layout) }
    }
}

/// The most bytes that this thread, and those with the same tally, hold at once for the work.
fn bytes_for(tally: &'static Tally, work: impl FnOnce()) -> usize {
    let outer = TALLY.replace(Some(tally));
    let before = tally.held.load(Ordering::SeqCst);
    tally.most.store(before, Ordering::SeqCst);
    work();
    let most = tally.most.load(Ordering::SeqCst);
    TALLY.set(outer);
    most - before
}

const SHORT: usize = 5_000;
const LONG: usize = 100 * SHORT;
const PERIOD: i32 = 1_000;
/// A ring; the vector kernels take one for each of up to 8 lanes, and a few copies of those.
const SCRATCH: std::ops::RangeInclusive<usize> = RING..=64 * RING;
const RING: usize = PERIOD as usize * size_of::<f64>();

/// Moves, and has gaps if it may.
fn series(len: usize, nan_policy: NanPolicy) -> Vec<f64> {
    let gap = |i: usize| nan_policy == NanPolicy::Skip && i % 50 == 7;
    let price = |i: usize| 100.0 + (i * i % 101) as f64;
    (0..len).map(|i| if gap(i) { f64::NAN } else { price(i) }).collect()
}

const NAN_POLICIES: [NanPolicy; 3] = [NanPolicy::Propagate, NanPolicy::Skip, NanPolicy::Reject];

#[test]
fn a_single_call_allocates_its_period_whatever_the_length() {
    static TESTED: Tally = Tally::new();
    for nan_policy in NAN_POLICIES {
        let [short, long, longer] = [SHORT, LONG, 4 * LONG].map(|len| {
            let (prices, mut out) = (series(len, nan_policy), vec![0.0; len]);
            bytes_for(&TESTED, || {
                let (definition, kernel) = (Definition::VectorTa, Kernel::Auto);
                trendflex_into(&prices, PERIOD, definition, nan_policy, kernel, &mut out).unwrap();
            })
        });
        assert!(SCRATCH.contains(&short) && SCRATCH.contains(&long), "{short}, {long}");
        assert_eq!(long, longer, "{nan_policy:?}");
    }
}

fn batch_bytes(tally: &'static Tally, len: usize, rows: i32) -> usize {
    let range = PeriodRange { start: PERIOD + 1 - rows, end: PERIOD, step: 1 };
    let nan_policy = NanPolicy::Skip;
    let (prices, mut out) = (series(len, nan_policy), vec![0.0; rows as usize * len]);
    bytes_for(tally, || {
        let (definition, kernel) = (Definition::VectorTa, Kernel::Auto);
        trendflex_batch_inner_into(&prices, range, definition, nan_policy, kernel, 1, &mut out)
            .unwrap();
    })
}

#[test]
fn a_batch_on_one_thread_allocates_its_largest_period_whatever_the_length_and_rows() {
    static TESTED: Tally = Tally::new();
    let bytes = batch_bytes(&TESTED, SHORT, 2);
    assert_eq!(batch_bytes(&TESTED, LONG, 2), bytes);
    assert!(batch_bytes(&TESTED, SHORT, 200) <= *SCRATCH.end());
    assert!(SCRATCH.contains(&bytes), "{bytes}");
}

#[test]
fn a_scan_and_a_stream_allocate_nothing_but_for_a_long_piece_scratch() {
    static TESTED: Tally = Tally::new();
    let prices = series(LONG, NanPolicy::Skip);
    let mut out = vec![0.0; LONG];
    for nan_policy in [NanPolicy::Propagate, NanPolicy::Skip] {
        let mut state = vec![0.0; TrendFlexStream::state_len(PERIOD).unwrap()];
        let bytes = bytes_for(&TESTED, || {
            trendflex_scan(&prices);
            let definition = Definition::VectorTa;
            TrendFlexStream::create_in(&mut state, PERIOD, definition, nan_policy).unwrap();
            TrendFlexStream::info_in(&state).unwrap();
            for &price in &prices[..SHORT] {
                TrendFlexStream::peek_in(&state, price).unwrap();
                TrendFlexStream::open_in(&mut state).unwrap().update(price);
            }
        });
        let in_pieces = bytes_for(&TESTED, || {
            let mut stream = TrendFlexStream::open_in(&mut state).unwrap();
            stream.update_into(&prices, None).unwrap();
            stream.update_into(&prices, Some(&mut out)).unwrap();
        });
        assert_eq!(bytes, 0);
        assert!(in_pieces <= *SCRATCH.end(), "{in_pieces}");
    }
}

#[test]
fn scratch_that_is_not_to_be_had_is_an_error_and_nothing_is_written() {
    let prices = series(SHORT, NanPolicy::Propagate);
    let mut out = vec![7.0; 2 * SHORT];
    let (definition, nan_policy, kernel) =
        (Definition::VectorTa, NanPolicy::Propagate, Kernel::Auto);

    let range = PeriodRange { start: 1, end: PERIOD, step: PERIOD - 1 };

    let late = [&[f64::NAN; 3], &prices[3..]].concat();
    LARGEST_GRANTED.set(RING - 1);
    let single = trendflex_into(&prices, PERIOD, definition, nan_policy, kernel, &mut out[..SHORT]);
    let batch =
        trendflex_batch_inner_into(&prices, range, definition, nan_policy, kernel, 1, &mut out);
    LARGEST_GRANTED.set(RING);
    let columns = trendflex_many_series_into(
        &late,
        1,
        SeriesLayout::TimeMajor,
        PERIOD,
        definition,
        nan_policy,
        kernel,
        1,
        &mut out[..SHORT],
    );
    LARGEST_GRANTED.set(usize::MAX);

    assert_eq!(columns, Err(Error::OutOfMemory { period: PERIOD }));
    assert_eq!(single, Err(Error::OutOfMemory { period: PERIOD }));
    assert_eq!(batch, Err(Error::OutOfMemory { period: PERIOD }));
    assert!(out.iter().all(|&value| value == 7.0));
}
