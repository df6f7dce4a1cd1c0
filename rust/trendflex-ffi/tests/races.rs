//! What happens if a program breaks its promise of one thread at a time: numbers go wrong, and
//! nothing else does.
#![cfg(not(any(feature = "test-panic", miri)))]

use std::ffi::{c_int, c_void};
use std::ptr::slice_from_raw_parts_mut;
use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use trendflex_ffi::*;

const PERIOD: c_int = 7;
const SYMBOLS: trendflex_len = 11;
const OK: c_int = Status::Ok as c_int;
const CORRUPT: c_int = Status::CorruptState as c_int;

/// Memory that threads write at once, which Rust does not allow by itself.
struct Shared(*mut c_void, trendflex_len);

// SAFETY: these tests are about what comes of it.
unsafe impl Sync for Shared {}

impl Drop for Shared {
    fn drop(&mut self) {
        let values = slice_from_raw_parts_mut(self.0.cast::<f64>(), self.1 as usize / 8);
        // SAFETY: `new` made it of such a box, and the threads that used it are gone.
        drop(unsafe { Box::from_raw(values) });
    }
}

impl Shared {
    /// Of that many bytes.
    fn new(size: trendflex_len) -> Self {
        let values = vec![0.0_f64; size as usize / 8].into_boxed_slice();
        Self(Box::into_raw(values).cast(), size)
    }

    fn stream() -> Self {
        let mut size = 0;
        // SAFETY: the pointers are to as much memory as the calls are told.
        unsafe {
            assert_eq!(trendflex_stream_size(PERIOD, &mut size), OK);
            let block = Self::new(size);
            assert_eq!(trendflex_stream_init(block.0, size, PERIOD, 0, 1), OK);
            block
        }
    }

    fn bank() -> Self {
        let mut size = 0;
        // SAFETY: likewise.
        unsafe {
            assert_eq!(trendflex_bank_size(PERIOD, SYMBOLS, &mut size), OK);
            let block = Self::new(size);
            assert_eq!(trendflex_bank_init(block.0, size, PERIOD, 0, SYMBOLS, 1), OK);
            block
        }
    }

    /// Makes every call that takes a state, on what a stream or a bank should be in.
    fn every_call(&self, is_stream: bool) -> Vec<c_int> {
        let Self(state, size) = *self;
        let (prices, mut out) = (walk(20), [0.0; 20]);
        let (from, to) = (prices.as_ptr(), out.as_mut_ptr());
        let (mut ids, mut count, mut len) = ([0; 3], 0, 0);
        let [a, b, c] = ids.each_mut().map(|id| &raw mut *id);
        // SAFETY: likewise.
        unsafe {
            if is_stream {
                assert_eq!(trendflex_stream_save_size(PERIOD, &mut len), OK);
                let mut bytes = vec![0_u8; len as usize];
                trendflex_stream_update(state, size, 100.0);
                trendflex_stream_peek(state, size, 100.0);
                return vec![
                    trendflex_stream_info(state, size, a, b, c, &mut count),
                    trendflex_stream_update_into(state, size, from, 9, to),
                    trendflex_stream_update_into(state, size, from, 1, to),
                    trendflex_stream_save(state, size, bytes.as_mut_ptr().cast(), len),
                ];
            }
            assert_eq!(trendflex_bank_save_size(PERIOD, SYMBOLS, &mut len), OK);
            let mut bytes = vec![0_u8; len as usize];
            vec![
                trendflex_bank_info(state, size, a, b, c, &mut count),
                trendflex_bank_update(state, size, from, SYMBOLS, to),
                trendflex_bank_reset(state, size, 3),
                trendflex_bank_save(state, size, bytes.as_mut_ptr().cast(), len),
            ]
        }
    }
}

fn walk(len: usize) -> Vec<f64> {
    (0..len).map(|i| 100.0 + (i * i % 101) as f64).collect()
}

#[test]
fn a_stream_or_a_bank_of_two_threads_is_not_broken_for_good() {
    for is_stream in [true, false] {
        for _ in 0..20 {
            let block = if is_stream { Shared::stream() } else { Shared::bank() };
            let both = Barrier::new(2);
            let step = |turns: usize| {
                let (block, prices) = (&block, walk(SYMBOLS as usize));
                let mut out = [0.0; SYMBOLS as usize];
                both.wait();
                for _ in 0..turns {
                    let Shared(state, size) = *block;
                    // SAFETY: apart from the race, the pointers are to as much as the calls are
                    // told.
                    unsafe {
                        if is_stream {
                            trendflex_stream_update(state, size, 100.0);
                        } else {
                            let (from, to) = (prices.as_ptr(), out.as_mut_ptr());
                            trendflex_bank_update(state, size, from, SYMBOLS, to);
                        }
                    }
                }
            };
            thread::scope(|scope| {
                scope.spawn(|| step(100_000));
                scope.spawn(|| step(100_000));
            });
            assert_eq!(block.every_call(is_stream), [OK; 4], "stream: {is_stream}");
        }
    }
}

/// A call may find one state when it checks, and another one when it reads on.
#[test]
fn a_state_that_is_overwritten_during_a_call_is_no_defect() {
    for is_stream in [true, false] {
        let block = if is_stream { Shared::stream() } else { Shared::bank() };
        let sound = (0..block.1 as usize / 8).map(|at| {
            // SAFETY: within the block.
            unsafe { block.0.cast::<u64>().add(at).read_volatile() }
        });
        let sound: Vec<u64> = sound.collect();
        let done = AtomicBool::new(false);
        thread::scope(|scope| {
            let (block, done) = (&block, &done);
            scope.spawn(move || {
                let mut random = 1_u64;
                while !done.load(Ordering::Relaxed) {
                    random = random.wrapping_mul(6364136223846793005).wrapping_add(1);
                    // The words that say what the rest is, and the place in the ring of a stream or
                    // of the first eight symbols.
                    let places: &[usize] = if is_stream { &[0, 3] } else { &[0, 1, 24, 27] };
                    let at = places[(random >> 33) as usize % places.len()];
                    let word = [u64::MAX, random, random >> 54, 300][(random >> 40) as usize & 3];
                    for word in [word, sound[at]] {
                        // SAFETY: within the block, apart from the race.
                        unsafe { block.0.cast::<u64>().add(at).write_volatile(word) };
                    }
                }
            });
            let statuses = (0..10_000).flat_map(|_| block.every_call(is_stream));
            let other = statuses.into_iter().find(|status| ![OK, CORRUPT].contains(status));
            done.store(true, Ordering::Relaxed);
            assert_eq!(other, None);
        });
    }
}
