//! Which calls start threads. This test needs a process of its own, because the pool is the whole
//! process's.
#![cfg(target_os = "linux")]

use trendflex::{Definition, Kernel, NanPolicy, PeriodRange, trendflex_batch_inner_into};

fn running() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

#[test]
fn the_pool_begins_with_the_first_call_that_may_use_it() {
    let prices: Vec<f64> = (0..100).map(f64::from).collect();
    let compute = |threads| {
        let range = PeriodRange { start: 5, end: 8, step: 1 };
        let mut out = vec![0.0; 4 * prices.len()];
        trendflex_batch_inner_into(
            &prices,
            range,
            Definition::VectorTa,
            NanPolicy::Propagate,
            Kernel::Auto,
            threads,
            &mut out,
        )
        .unwrap();
    };
    let before = running();
    compute(1);
    assert_eq!(running(), before);
    compute(2);
    assert!(running() > before);
}
