//! What a call on several threads allocates. A test of its own process: bytes are counted on all of
//! its threads, some of which are the pool's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use trendflex::{Definition, Kernel, NanPolicy, PeriodRange, trendflex_batch_inner_into};

struct Counting;

#[global_allocator]
static COUNTING: Counting = Counting;

/// The bytes that all threads hold, and the most that they have held.
static HELD: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: the system's allocator does the work.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let held = HELD.fetch_add(layout.size(), Ordering::SeqCst) + layout.size();
        MOST.fetch_max(held, Ordering::SeqCst);
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size(), Ordering::SeqCst);
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(memory, layout) }
    }
}

const PERIOD: i32 = 1_000;
const RING: usize = PERIOD as usize * size_of::<f64>();

/// The most bytes that a batch on two threads holds at once.
fn bytes(len: usize, rows: i32) -> usize {
    let range = PeriodRange { start: PERIOD + 1 - rows, end: PERIOD, step: 1 };
    let prices: Vec<f64> = (0..len).map(|i| 100.0 + (i * i % 101) as f64).collect();
    let mut out = vec![0.0; rows as usize * len];
    let before = HELD.load(Ordering::SeqCst);
    MOST.store(before, Ordering::SeqCst);
    let (definition, policy) = (Definition::VectorTa, NanPolicy::Skip);
    trendflex_batch_inner_into(&prices, range, definition, policy, Kernel::Auto, 2, &mut out)
        .unwrap();
    MOST.load(Ordering::SeqCst) - before
}

#[test]
fn a_batch_on_two_threads_allocates_its_largest_period_for_each_whatever_the_length_and_rows() {
    // Makes the pool.
    bytes(5_000, 2);
    let tasks = thread::available_parallelism().unwrap().get().min(2);
    for (len, rows) in [(5_000, 2), (500_000, 2), (5_000, 200)] {
        let bytes = bytes(len, rows);
        // The vector kernels take a ring for each of up to 8 lanes, and a few copies of those.
        assert!(
            (tasks * RING..=tasks * 64 * RING).contains(&bytes),
            "{len} values, {rows} rows: {bytes}"
        );
    }
}
