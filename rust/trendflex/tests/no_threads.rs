//! Threads cannot be started for a while. This test needs a process of its own, because the limit
//! is the whole process's, and so is the pool.
#![cfg(all(target_os = "linux", target_pointer_width = "64", not(miri)))]

use std::ffi::c_int;
use std::fs;

use trendflex::{Definition, Kernel, NanPolicy, PeriodRange, trendflex_batch_inner_into};

/// The limit of the address space, on all 64-bit Linux that Rust's tests run on.
const RLIMIT_AS: c_int = 9;

unsafe extern "C" {
    fn setrlimit(resource: c_int, limit: *const [u64; 2]) -> c_int;
}

fn limit_address_space(bytes: u64) {
    // SAFETY: a limit is two numbers. The second, the most that can be asked for, stays as it is.
    assert_eq!(unsafe { setrlimit(RLIMIT_AS, &[bytes, u64::MAX]) }, 0);
}

fn address_space() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmSize:")).unwrap();
    line.trim().strip_suffix(" kB").unwrap().parse::<u64>().unwrap() << 10
}

fn pool_threads() -> usize {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let names = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.filter(|name| name.starts_with("trendflex-")).count()
}

#[test]
fn where_no_thread_can_be_made_the_calling_one_computes_until_some_can() {
    let prices: Vec<f64> = (0..100).map(f64::from).collect();
    let compute = |threads, out: &mut [f64]| {
        let range = PeriodRange { start: 5, end: 8, step: 1 };
        let (definition, policy) = (Definition::VectorTa, NanPolicy::Propagate);
        trendflex_batch_inner_into(&prices, range, definition, policy, Kernel::Auto, threads, out)
    };
    let [mut expected, mut alone, mut again] = [(); 3].map(|()| vec![0.0; 4 * prices.len()]);
    compute(1, &mut expected).unwrap();

    // Less than a thread's stack.
    limit_address_space(address_space() + (1 << 20));
    let failing = std::thread::Builder::new().spawn(|| ()).is_err();
    let computed = compute(2, &mut alone);
    limit_address_space(u64::MAX);
    assert!(failing);
    assert_eq!((computed, pool_threads()), (Ok(()), 0));

    assert_eq!(compute(2, &mut again), Ok(()));
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert!(bits(&alone) == bits(&expected) && bits(&again) == bits(&expected));
    // A thread sets its own name; threads that have had nothing to do may not have begun yet.
    if std::thread::available_parallelism().unwrap().get() > 1 {
        assert!(pool_threads() > 0);
    }
}
