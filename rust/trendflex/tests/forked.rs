//! A process that was forked off, as Python's `multiprocessing` does: it has a pool without
//! threads. This test needs a process of its own, because it is about the process's pool.
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
    // SAFETY: the child calls only what the child of a process with several threads may call, and
    // allocates memory, which the systems' allocators keep in order across a fork. The status may
    // be written.
    unsafe {
        let child = fork();
        if child == 0 {
            // Ends the child if it would wait for ever.
            alarm(60);
            let done = compute(&mut out);
            let same = out.iter().zip(&expected).all(|(a, b)| a.to_bits() == b.to_bits());
            _exit(if done.is_ok() && same { 0 } else { 1 });
        }
        assert_eq!(waitpid(child, &mut status, 0), child);
    }
    assert_eq!(status, 0);
}
