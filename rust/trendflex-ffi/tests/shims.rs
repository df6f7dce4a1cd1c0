//! What the functions do with memory. In a call with a wrong pointer or length they look at none;
//! in a right one they keep to what they are given. Here memory ends as early as it may, and is
//! uninitialised if it is to be written. So Miri, which cannot run `client.c`, sees each access
//! that must not be: `scripts/test miri`.
#![cfg(not(feature = "test-panic"))]

use std::ffi::{CStr, c_int, c_void};
use std::ptr::{null_mut, without_provenance_mut};

use trendflex_ffi::*;

const OK: c_int = Status::Ok as c_int;
const SKIP: c_int = NanPolicyId::Skip as c_int;
const SCALAR: c_int = KernelId::Scalar as c_int;

#[derive(Debug, Clone, Copy, PartialEq)]
enum Use {
    Read,
    ReadBytes,
    Write,
    WriteBytes,
    WriteUnlessNull,
}

/// A call that is right except for its pointers and maybe a length.
struct Call {
    function: &'static str,
    uses: &'static [Use],
    call: fn(&[*mut f64], trendflex_len) -> c_int,
}

macro_rules! call {
    (|$p:ident, $len:pat_param| $function:ident($($argument:expr),*): $($use:ident),*) => {
        Call {
            function: stringify!($function),
            uses: &[$(Use::$use),*],
            // SAFETY: the test is that it is refused before a pointer is followed.
            call: |$p, $len| unsafe { $function($($argument),*) },
        }
    };
}

const CALLS_WITHOUT_LENGTH: &[Call] = &[
    call!(|p, _| trendflex_batch_rows(2, 3, 1, p[0].cast()): Write),
    call!(|p, _| trendflex_stream_size(2, p[0].cast()): Write),
    call!(|p, _| trendflex_stream_save_size(2, p[0].cast()): Write),
    call!(|p, _| trendflex_bank_size(2, 3, p[0].cast()): Write),
    call!(|p, _| trendflex_bank_save_size(2, 3, p[0].cast()): Write),
];

const CALLS: &[Call] = &[
    call!(|p, len| trendflex_scan(p[0], len, p[1].cast(), p[2].cast(), p[3].cast()):
        Read, Write, Write, Write),
    call!(|p, len| trendflex_into(p[0], len, 2, 0, 0, 0, p[1], len, p[2].cast()):
        Read, Write, WriteUnlessNull),
    call!(|p, len| trendflex_batch_inner_into(
        p[0], len, 2, 2, 1, 0, 0, 0, 1, p[1], len, p[2].cast()):
        Read, Write, WriteUnlessNull),
    call!(|p, len| trendflex_batch_periods_into(
        p[0], len, p[1].cast(), 1, 0, 0, 0, 1, p[2], len, p[3].cast()):
        Read, Read, Write, WriteUnlessNull),
    call!(|p, len| trendflex_many_series_into(
        p[0], 1, len, 0, 2, 0, 0, 0, 1, p[1], len, p[2].cast()):
        Read, Write, WriteUnlessNull),
    call!(|p, len| trendflex_panel_into(
        p[0], len, p[1].cast(), 1, 2, 0, 0, 0, 1, p[2], len, p[3].cast()):
        Read, Read, Write, WriteUnlessNull),
    call!(|p, size| trendflex_stream_init(p[0].cast(), size, 2, 0, 0): Write),
    call!(|p, len| trendflex_stream_update_into(p[0].cast(), len, p[1], len, p[2]):
        Write, Read, WriteUnlessNull),
    call!(|p, size| trendflex_stream_info(
        p[0].cast(), size, p[1].cast(), p[2].cast(), p[3].cast(), p[4].cast()):
        Read, Write, Write, Write, Write),
    call!(|p, len| trendflex_stream_save(p[0].cast(), len, p[1].cast(), len): Read, WriteBytes),
    call!(|p, len| trendflex_stream_load_size(p[0].cast(), len, p[1].cast()): ReadBytes, Write),
    call!(|p, len| trendflex_stream_load(p[0].cast(), len, p[1].cast(), len): ReadBytes, Write),
    call!(|p, size| trendflex_bank_init(p[0].cast(), size, 2, 0, 3, 0): Write),
    call!(|p, len| trendflex_bank_update(p[0].cast(), len, p[1], len, p[2]): Write, Read, Write),
    call!(|p, size| trendflex_bank_reset(p[0].cast(), size, 0): Write),
    call!(|p, size| trendflex_bank_info(
        p[0].cast(), size, p[1].cast(), p[2].cast(), p[3].cast(), p[4].cast()):
        Read, Write, Write, Write, Write),
    call!(|p, size| trendflex_bank_stream(p[0].cast(), size, 0, p[1].cast(), size): Read, Write),
    call!(|p, len| trendflex_bank_save(p[0].cast(), len, p[1].cast(), len): Read, WriteBytes),
    call!(|p, len| trendflex_bank_load_size(p[0].cast(), len, p[1].cast()): ReadBytes, Write),
    call!(|p, len| trendflex_bank_load(p[0].cast(), len, p[1].cast(), len): ReadBytes, Write),
];

/// Lengths in doubles, and sizes in bytes, that are more than memory can be.
const TOO_LONG: [trendflex_len; 2] = [1 << 63, trendflex_len::MAX - 7];

/// Addresses, apart from each other, where no program has memory.
fn nowhere(count: usize) -> Vec<*mut f64> {
    (1..=count).map(|page| without_provenance_mut(page * 4096)).collect()
}

#[test]
fn a_pointer_that_is_null_misaligned_or_to_other_memory_of_the_call_is_refused_unseen() {
    for Call { function, uses, call } in CALLS_WITHOUT_LENGTH.iter().chain(CALLS) {
        let right = nowhere(uses.len());
        for (i, &used) in uses.iter().enumerate() {
            let refused = |pointer, status: Status| {
                let mut pointers = right.clone();
                pointers[i] = pointer;
                assert_eq!(call(&pointers, 4), status as c_int, "{function}: {i} is {pointer:?}");
            };
            if used != Use::WriteUnlessNull {
                refused(null_mut(), Status::NullPointer);
            }
            if !matches!(used, Use::ReadBytes | Use::WriteBytes) {
                refused(right[i].wrapping_byte_add(1), Status::Misaligned);
            }
            if !matches!(used, Use::Read | Use::ReadBytes) {
                for &other in right.iter().filter(|&&other| other != right[i]) {
                    refused(other, Status::Overlap);
                }
            }
        }
    }
}

#[test]
fn a_length_beyond_all_memory_is_refused_unseen() {
    for Call { function, uses, call } in CALLS {
        for len in TOO_LONG {
            let status = call(&nowhere(uses.len()), len);
            assert_eq!(status, Status::SizeOverflow as c_int, "{function}: {len}");
        }
    }
}

#[test]
fn memory_that_goes_on_after_the_last_address_is_refused_unseen() {
    for Call { function, uses, call } in CALLS {
        let mut pointers = nowhere(uses.len());
        pointers[0] = without_provenance_mut(usize::MAX - 15);
        assert_eq!(call(&pointers, 24), Status::SizeOverflow as c_int, "{function}");
    }
}

#[test]
fn an_update_and_a_peek_of_what_cannot_be_a_state_give_nan_unseen() {
    let place = nowhere(1)[0];
    let misaligned = place.wrapping_byte_add(4);
    let wrong = [(null_mut(), 144), (misaligned, 144), (misaligned, 148), (place, 0), (place, 143)];
    for (state, size) in wrong.into_iter().chain(TOO_LONG.map(|size| (place, size))) {
        // SAFETY: the test is that no pointer is followed.
        unsafe {
            assert!(trendflex_stream_update(state.cast(), size, 1.0).is_nan());
            assert!(trendflex_stream_peek(state.cast(), size, 1.0).is_nan());
        }
    }
}

/// Sizes that are not the right one.
fn wrong_sizes(right: trendflex_len) -> [trendflex_len; 6] {
    [0, 8, right - 8, right - 1, right + 1, right + 8]
}

#[test]
fn a_stream_of_another_size_is_refused_and_left_alone() {
    let right = stream_size(5);
    let mut memory = vec![-1.0; right as usize / 8 + 1];
    let (state, mut out, mut info, mut count) = (memory.as_mut_ptr().cast(), [7.0; 3], [-1; 3], 99);
    let (prices, mut bytes) = ([1.0, 2.0, 4.0], [9; 128]);
    // SAFETY: no size is larger than the memory.
    unsafe {
        for size in wrong_sizes(right) {
            let status = trendflex_stream_init(state, size, 5, 0, SKIP);
            assert_eq!(status, Status::StateSize as c_int);
        }
        assert_eq!(memory, vec![-1.0; memory.len()]);
        assert_eq!(trendflex_stream_init(state, right, 5, 0, SKIP), OK);
        let snapshot = written(stream_save_size(5), |bytes: *mut u8| {
            trendflex_stream_save(state, right, bytes.cast(), stream_save_size(5))
        });
        let before = bits(&memory);
        for size in wrong_sizes(right) {
            let [a, b, c] = info.each_mut().map(|id| &raw mut *id);
            let (from, to) = (snapshot.as_ptr().cast(), bytes.as_mut_ptr().cast());
            let statuses = [
                trendflex_stream_update_into(state, size, prices.as_ptr(), 3, out.as_mut_ptr()),
                trendflex_stream_info(state, size, a, b, c, &mut count),
                trendflex_stream_save(state, size, to, stream_save_size(5)),
            ];
            assert_eq!(statuses, [Status::CorruptState as c_int; 3], "{size}");
            let status = trendflex_stream_load(from, stream_save_size(5), state, size);
            assert_eq!(status, Status::StateSize as c_int, "{size}");
            assert!(trendflex_stream_update(state, size, 1.0).is_nan());
            assert!(trendflex_stream_peek(state, size, 1.0).is_nan());
        }
        assert_eq!(bits(&memory), before);
    }
    assert_eq!((out, info, count, bytes), ([7.0; 3], [-1; 3], 99, [9; 128]));
}

#[test]
fn a_bank_of_another_size_is_refused_and_left_alone() {
    let right = bank_size(5, 3);
    let mut memory = vec![-1.0; right as usize / 8 + 1];
    let (state, mut out, mut info, mut symbols) =
        (memory.as_mut_ptr().cast(), [7.0; 3], [-1; 3], 99);
    let (prices, mut bytes, mut stream) = ([1.0, 2.0, 4.0], [9; 320], [7.0; 21]);
    // SAFETY: no size is larger than the memory.
    unsafe {
        for size in wrong_sizes(right) {
            let status = trendflex_bank_init(state, size, 5, 0, 3, SKIP);
            assert_eq!(status, Status::StateSize as c_int);
        }
        assert_eq!(memory, vec![-1.0; memory.len()]);
        assert_eq!(trendflex_bank_init(state, right, 5, 0, 3, SKIP), OK);
        let snapshot = written(bank_save_size(5, 3), |bytes: *mut u8| {
            trendflex_bank_save(state, right, bytes.cast(), bank_save_size(5, 3))
        });
        let before = bits(&memory);
        for size in wrong_sizes(right) {
            let [a, b, c] = info.each_mut().map(|id| &raw mut *id);
            let (from, to) = (snapshot.as_ptr().cast(), bytes.as_mut_ptr().cast());
            let statuses = [
                trendflex_bank_update(state, size, prices.as_ptr(), 3, out.as_mut_ptr()),
                trendflex_bank_reset(state, size, 0),
                trendflex_bank_info(state, size, a, b, c, &mut symbols),
                trendflex_bank_stream(state, size, 0, stream.as_mut_ptr().cast(), 168),
                trendflex_bank_save(state, size, to, bank_save_size(5, 3)),
            ];
            assert_eq!(statuses, [Status::CorruptState as c_int; 5], "{size}");
            let status = trendflex_bank_load(from, bank_save_size(5, 3), state, size);
            assert_eq!(status, Status::StateSize as c_int, "{size}");
        }
        assert_eq!(bits(&memory), before);
    }
    assert_eq!((out, info, symbols, bytes), ([7.0; 3], [-1; 3], 99, [9; 320]));
    assert_eq!(stream, [7.0; 21]);
}

type LoadSize = unsafe extern "C" fn(*const c_void, trendflex_len, *mut trendflex_len) -> c_int;
/// From a state to a snapshot, or from a snapshot to a state.
type Transfer =
    unsafe extern "C" fn(*const c_void, trendflex_len, *mut c_void, trendflex_len) -> c_int;

#[test]
fn a_snapshot_of_another_length_is_refused_and_nothing_written() {
    // SAFETY: no length is larger than the memory.
    unsafe {
        let mut memory = vec![-1.0; stream_size(5) as usize / 8];
        let state = memory.as_mut_ptr().cast();
        assert_eq!(trendflex_stream_init(state, stream_size(5), 5, 0, SKIP), OK);
        refuse_wrong_snapshots(
            &mut memory,
            stream_save_size(5),
            (trendflex_stream_save, trendflex_stream_load_size, trendflex_stream_load),
        );
        let mut memory = vec![-1.0; bank_size(5, 3) as usize / 8];
        let state = memory.as_mut_ptr().cast();
        assert_eq!(trendflex_bank_init(state, bank_size(5, 3), 5, 0, 3, SKIP), OK);
        refuse_wrong_snapshots(
            &mut memory,
            bank_save_size(5, 3),
            (trendflex_bank_save, trendflex_bank_load_size, trendflex_bank_load),
        );
    }
}

unsafe fn refuse_wrong_snapshots(
    memory: &mut [f64],
    right: trendflex_len,
    (save, load_size, load): (Transfer, LoadSize, Transfer),
) {
    let before = bits(memory);
    let (state, size) = (memory.as_mut_ptr().cast(), size_of_val(memory) as trendflex_len);
    // SAFETY: the caller's promise.
    unsafe {
        let mut bytes = written(right, |bytes: *mut u8| save(state, size, bytes.cast(), right));
        let snapshot = bytes.clone();
        let (bytes_at, mut loaded) = (bytes.as_mut_ptr().cast(), 99);
        for len in [0, 7, 8, 32, right - 8, right - 1] {
            let statuses = [
                save(state, size, bytes_at, len),
                load_size(bytes_at, len, &mut loaded),
                load(bytes_at, len, state, size),
            ];
            let corrupt = Status::CorruptSnapshot;
            assert_eq!(statuses, [Status::OutputLength, corrupt, corrupt].map(|s| s as c_int));
        }
        assert_eq!((bytes, loaded), (snapshot, 99));
    }
    assert_eq!(bits(memory), before);
}

#[test]
fn an_output_of_another_length_is_refused_and_left_alone() {
    let (prices, periods, offsets) = (walk(8), [2], [0, 3, 8]);
    let (from, mut out) = (prices.as_ptr(), [7.0; 9]);
    for len in [0, 7, 9] {
        let (to, mut needed) = (out.as_mut_ptr(), [0; 5]);
        let [a, b, c, d, e] = needed.each_mut().map(|needed| &raw mut *needed);
        // SAFETY: no length is larger than the memory.
        let statuses = unsafe {
            [
                trendflex_into(from, 8, 2, 0, 0, 0, to, len, a),
                trendflex_batch_inner_into(from, 8, 2, 2, 1, 0, 0, 0, 1, to, len, b),
                trendflex_batch_periods_into(from, 8, periods.as_ptr(), 1, 0, 0, 0, 1, to, len, c),
                trendflex_many_series_into(from, 2, 4, 0, 2, 0, 0, 0, 1, to, len, d),
                trendflex_panel_into(from, 8, offsets.as_ptr(), 2, 2, 0, 0, 0, 1, to, len, e),
            ]
        };
        assert_eq!((statuses, needed), ([Status::OutputLength as c_int; 5], [8; 5]), "{len}");
    }
    assert_eq!(out, [7.0; 9]);
}

#[test]
fn what_tells_of_the_library_is_text_and_numbers() {
    // SAFETY: never null, and text that ends.
    let text = |message| unsafe { CStr::from_ptr(message) }.to_str().unwrap();
    assert_eq!(text(trendflex_version()), env!("CARGO_PKG_VERSION"));
    assert_eq!(trendflex_abi_version(), ABI_VERSION);
    assert_eq!(trendflex_kernel_supported(trendflex_kernel_best()), 1);
    for status in [c_int::MIN, -1, OK, Status::Panic as c_int, c_int::MAX] {
        assert!(!text(trendflex_status_message(status)).is_empty());
    }
}

#[test]
#[cfg_attr(all(miri, target_arch = "aarch64"), ignore = "takes Miri minutes")]
fn a_long_series_is_the_scalar_kernels_on_every_kernel() {
    // Two prices in turn: there the segments of a series never agree on their states, and are run
    // again. On the walk after them they do agree.
    let mut prices = walk(if cfg!(miri) { 4500 } else { 20_500 });
    for (i, price) in prices[..3000].iter_mut().enumerate() {
        *price = [100.1, 99.7][i % 2];
    }
    prices[..2].fill(f64::NAN);
    prices[40] = f64::INFINITY;
    let expected = bits(&single(&prices, 3, SCALAR));
    for kernel in kernels().filter(|&kernel| kernel != SCALAR) {
        assert!(bits(&single(&prices, 3, kernel)) == expected, "kernel {kernel}");
    }
}

#[test]
fn a_batch_is_the_single_calls_on_every_kernel() {
    // Full and partial vectors of periods, which take the last part of a beat too.
    let periods = [9, 13, 17, 21, 25];
    let prices = walk(if cfg!(miri) { 29 } else { 501 });
    let expected = periods.map(|period| bits(&single(&prices, period, SCALAR))).concat();
    let (from, len) = (prices.as_ptr(), prices.len() as trendflex_len);
    let (list, rows, mut count) = (periods.as_ptr(), periods.len() as trendflex_len, 0);
    // SAFETY: all pointers are to as many values as the calls are told.
    unsafe {
        assert_eq!(trendflex_batch_rows(9, 25, 4, &mut count), OK);
        assert_eq!(count, rows);
        for kernel in kernels() {
            let places = rows * len;
            let range = written(places, |out| {
                let detail = null_mut();
                trendflex_batch_inner_into(
                    from, len, 9, 25, 4, 0, 0, kernel, 2, out, places, detail,
                )
            });
            assert!(bits(&range) == expected, "kernel {kernel}");
            let listed = written(places, |out| {
                let detail = null_mut();
                trendflex_batch_periods_into(
                    from, len, list, rows, 0, 0, kernel, 2, out, places, detail,
                )
            });
            assert!(bits(&listed) == expected, "kernel {kernel}");
        }
    }
}

#[test]
fn each_of_many_series_is_the_single_call_on_every_kernel() {
    // By time: full vectors and one that overlaps its neighbour, in strips for several threads.
    const SERIES: usize = if cfg!(miri) { 67 } else { 131 };
    const LEN: usize = if cfg!(miri) { 9 } else { 101 };
    let mut by_series = walk(SERIES * LEN);
    by_series[3 * LEN + 6] = f64::NAN;
    let by_time = transposed(&by_series, LEN);
    let expected: Vec<f64> =
        by_series.chunks(LEN).flat_map(|prices| single(prices, 4, SCALAR)).collect();
    let places = by_series.len() as trendflex_len;
    for kernel in kernels() {
        for (prices, layout, expected) in [
            (&by_series, LayoutId::SeriesMajor, &expected),
            (&by_time, LayoutId::TimeMajor, &transposed(&expected, LEN)),
        ] {
            // SAFETY: all pointers are to as many values as the call is told.
            let out = written(places, |out| unsafe {
                trendflex_many_series_into(
                    prices.as_ptr(),
                    SERIES as trendflex_len,
                    LEN as trendflex_len,
                    layout as c_int,
                    4,
                    0,
                    SKIP,
                    kernel,
                    2,
                    out,
                    places,
                    null_mut(),
                )
            });
            assert!(bits(&out) == bits(expected), "kernel {kernel}, {layout:?}");
        }
    }
}

#[test]
fn each_series_of_a_panel_is_the_single_call_on_every_kernel() {
    // Some of the series have too few prices, or none.
    let offsets: [trendflex_len; 11] = [0, 40, 40, 57, 90, 98, 103, 164, 188, 204, 206];
    let mut prices = walk(206);
    prices[50] = f64::NAN;
    let expected: Vec<f64> = offsets
        .windows(2)
        .flat_map(|ends| match &prices[ends[0] as usize..ends[1] as usize] {
            short if short.len() <= 3 => vec![trendflex::NAN; short.len()],
            prices => single(prices, 3, SCALAR),
        })
        .collect();
    let (len, series) = (prices.len() as trendflex_len, offsets.len() as trendflex_len - 1);
    for kernel in kernels() {
        // SAFETY: all pointers are to as many values as the call is told.
        let out = written(len, |out| unsafe {
            trendflex_panel_into(
                prices.as_ptr(),
                len,
                offsets.as_ptr(),
                series,
                3,
                0,
                SKIP,
                kernel,
                2,
                out,
                len,
                null_mut(),
            )
        });
        assert!(bits(&out) == bits(&expected), "kernel {kernel}");
    }
}

#[test]
fn a_stream_and_its_snapshot_go_on_as_the_single_call() {
    let mut prices = walk(50);
    (prices[0], prices[30]) = (f64::NAN, f64::NAN);
    let expected = single(&prices, 4, SCALAR);
    let (size, bytes_len) = (stream_size(4), stream_save_size(4));
    let places = size as usize / 8;
    let [mut first, mut second] = [(); 2].map(|()| Vec::<f64>::with_capacity(places));
    let (state, loaded) = (first.as_mut_ptr().cast(), second.as_mut_ptr());
    let mut out = Vec::new();
    // SAFETY: all pointers are to as many values as the calls are told.
    unsafe {
        assert_eq!(trendflex_stream_init(state, size, 4, 0, SKIP), OK);
        for &price in &prices[..20] {
            let peek = trendflex_stream_peek(state, size, price);
            out.push(trendflex_stream_update(state, size, price));
            assert_eq!(peek.to_bits(), out[out.len() - 1].to_bits());
        }
        let from = prices.as_ptr();
        out.extend(written(15, |out| {
            trendflex_stream_update_into(state, size, from.add(20), 15, out)
        }));
        assert_eq!(trendflex_stream_update_into(state, size, from.add(35), 5, null_mut()), OK);
        out.extend(&expected[35..40]);

        let bytes = written(bytes_len, |bytes: *mut u8| {
            trendflex_stream_save(state, size, bytes.cast(), bytes_len)
        });
        let bytes = bytes.as_ptr().cast();
        let needed = written(1, |size| trendflex_stream_load_size(bytes, bytes_len, size));
        assert_eq!(needed, [size]);
        let state = loaded.cast();
        assert_eq!(trendflex_stream_load(bytes, bytes_len, state, size), OK);
        out.extend(written(10, |out| {
            trendflex_stream_update_into(state, size, from.add(40), 10, out)
        }));
        assert_eq!(bits(&out), bits(&expected));

        let mut count = 0;
        let ids = written(3, |ids: *mut c_int| {
            trendflex_stream_info(state, size, ids, ids.add(1), ids.add(2), &mut count)
        });
        assert_eq!((&ids[..], count), (&[4, 0, SKIP][..], 48));
    }
}

#[test]
fn each_symbol_of_a_bank_and_its_snapshot_is_a_stream() {
    // Eight symbols in step, eight with one that misses a price, and some that fill no eight.
    const SYMBOLS: usize = 19;
    const TICKS: usize = 20;
    let mut by_symbol = walk(SYMBOLS * TICKS);
    by_symbol[9 * TICKS + 12] = f64::NAN;
    let by_time = transposed(&by_symbol, TICKS);
    // One begins anew.
    let expected: Vec<f64> = by_symbol
        .chunks(TICKS)
        .enumerate()
        .flat_map(|(symbol, prices)| match symbol {
            17 => [single(&prices[..13], 3, SCALAR), single(&prices[13..], 3, SCALAR)].concat(),
            _ => single(prices, 3, SCALAR),
        })
        .collect();

    let symbols = SYMBOLS as trendflex_len;
    let (size, bytes_len) = (bank_size(3, symbols), bank_save_size(3, symbols));
    let places = size as usize / 8;
    let [mut first, mut second] = [(); 2].map(|()| Vec::<f64>::with_capacity(places));
    let (mut state, loaded) = (first.as_mut_ptr().cast(), second.as_mut_ptr());
    let mut out = Vec::new();
    // SAFETY: all pointers are to as many values as the calls are told.
    unsafe {
        assert_eq!(trendflex_bank_init(state, size, 3, 0, symbols, SKIP), OK);
        for (tick, prices) in by_time.chunks(SYMBOLS).enumerate() {
            if tick == 13 {
                assert_eq!(trendflex_bank_reset(state, size, 17), OK);
            }
            if tick == 16 {
                let bytes = written(bytes_len, |bytes: *mut u8| {
                    trendflex_bank_save(state, size, bytes.cast(), bytes_len)
                });
                let bytes = bytes.as_ptr().cast();
                let needed = written(1, |size| trendflex_bank_load_size(bytes, bytes_len, size));
                assert_eq!(needed, [size]);
                state = loaded.cast();
                assert_eq!(trendflex_bank_load(bytes, bytes_len, state, size), OK);
            }
            let peeked: Vec<_> = (0..symbols)
                .map(|symbol| {
                    let stream = written(stream_size(3) / 8, |stream: *mut f64| {
                        let stream_size = stream_size(3);
                        trendflex_bank_stream(state, size, symbol, stream.cast(), stream_size)
                    });
                    let price = prices[symbol as usize];
                    trendflex_stream_peek(stream.as_ptr().cast(), stream_size(3), price)
                })
                .collect();
            out.extend(written(symbols, |out| {
                trendflex_bank_update(state, size, prices.as_ptr(), symbols, out)
            }));
            assert!(bits(&peeked) == bits(&out[tick * SYMBOLS..]));
        }
        assert!(bits(&out) == bits(&transposed(&expected, TICKS)));

        let mut count = 0;
        let ids = written(3, |ids: *mut c_int| {
            trendflex_bank_info(state, size, ids, ids.add(1), ids.add(2), &mut count)
        });
        assert_eq!((&ids[..], count), (&[3, 0, SKIP][..], symbols));
    }
}

/// What a call writes to uninitialised memory of exactly its size.
fn written<T>(len: trendflex_len, call: impl FnOnce(*mut T) -> c_int) -> Vec<T> {
    let mut memory = Vec::with_capacity(len as usize);
    assert_eq!(call(memory.as_mut_ptr()), OK);
    // SAFETY: a call that succeeds has written all of its output.
    unsafe { memory.set_len(len as usize) };
    memory
}

fn stream_size(period: c_int) -> trendflex_len {
    // SAFETY: the place is for one size.
    written(1, |size| unsafe { trendflex_stream_size(period, size) })[0]
}

fn bank_size(period: c_int, symbols: trendflex_len) -> trendflex_len {
    // SAFETY: the place is for one size.
    written(1, |size| unsafe { trendflex_bank_size(period, symbols, size) })[0]
}

fn stream_save_size(period: c_int) -> trendflex_len {
    // SAFETY: the place is for one length.
    written(1, |len| unsafe { trendflex_stream_save_size(period, len) })[0]
}

fn bank_save_size(period: c_int, symbols: trendflex_len) -> trendflex_len {
    // SAFETY: the place is for one length.
    written(1, |len| unsafe { trendflex_bank_save_size(period, symbols, len) })[0]
}

fn single(prices: &[f64], period: c_int, kernel: c_int) -> Vec<f64> {
    let (from, len) = (prices.as_ptr(), prices.len() as trendflex_len);
    // SAFETY: both pointers are to `len` values.
    written(len, |out| unsafe {
        trendflex_into(from, len, period, 0, SKIP, kernel, out, len, null_mut())
    })
}

/// All kernels that this CPU runs.
fn kernels() -> impl Iterator<Item = c_int> {
    let named = SCALAR..=KernelId::Neon as c_int;
    named.filter(|&kernel| trendflex_kernel_supported(kernel) == 1)
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

/// Rows of a length, side by side.
fn transposed(rows: &[f64], len: usize) -> Vec<f64> {
    (0..len).flat_map(|at| rows.chunks(len).map(move |row| row[at])).collect()
}

fn bits(values: &[f64]) -> Vec<u64> {
    values.iter().map(|value| value.to_bits()).collect()
}
