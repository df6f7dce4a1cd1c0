//! A process that was forked off, as Python's `multiprocessing` does: it has a pool without threads.
//! A test of its own process, whose pool it is about.
#![cfg(all(unix, not(miri)))]

use std::ffi::{c_int, c_uint};

use trendflex::{Definition, Kernel, NanPolicy, PeriodRange, trendflex_batch_inner_into};

unsafe extern "C" {
    fn fork() -> c_int;
    fn alarm(seconds: c_uint) -> c_uint;
    fn waitpid(process: c_int, status: *mut c_int, options: c_int) -> c_int;
    fn _exit(status: c_int) -> !;
}

#[test]
fn a_process_that_was_forked_off_after_the_pool_was_made_computes_too() {
    let prices: Vec<f64> = (0..100).map(f64::from).collect();
    let compute = |out: &mut [f64]| {
        let range = PeriodRange { start: 5, end: 8, step: 1 };
        let (definition, policy) = (Definition::VectorTa, NanPolicy::Propagate);
        trendflex_batch_inner_into(&prices, range, definition, policy, Kernel::Auto, 2, out)
    };
    let [mut expected, mut out] = [(); 2].map(|()| vec![0.0; 4 * prices.len()]);
    compute(&mut expected).unwrap();
    let mut status = -1;
    // SAFETY: the child calls nothing but what a child of several threads may, and memory, which
    // the systems' allocators have in order after a fork. The status may be written.
    unsafe {
        let child = fork();
        if child == 0 {
            // Ends it where it would wait for ever.
            alarm(60);
            let done = compute(&mut out);
            let same = out.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
            _exit(if done.is_ok() && same { 0 } else { 1 });
        }
        assert_eq!(waitpid(child, &mut status, 0), child);
    }
    assert_eq!(status, 0);
}
