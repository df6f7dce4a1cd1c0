//! Work spread over the process's pool of threads.

use std::sync::Mutex;

use rayon::prelude::*;

use crate::Error;

/// The most tasks that a call may make: 1 for 1, for 0 as many as the pool has threads.
pub(crate) fn most_tasks(threads: i32) -> Result<usize, Error> {
    match threads {
        ..0 => Err(Error::InvalidThreads { threads }),
        0 => Ok(rayon::current_num_threads()),
        1 => Ok(1),
        _ => Ok(rayon::current_num_threads().min(threads as usize)),
    }
}

/// Works off the items, first come first served, in a task for each scratch; on the calling thread
/// where there is one.
pub(crate) fn share<S: Send, T>(
    scratches: &mut [S],
    items: impl Iterator<Item = T> + Send,
    work: impl Fn(&mut S, T) + Sync,
) {
    let items = Mutex::new(items);
    let next = || items.lock().ok()?.next();
    let work_off = |scratch: &mut S| {
        while let Some(item) = next() {
            work(scratch, item);
        }
    };
    match scratches {
        [] => {}
        [scratch] => work_off(scratch),
        // Not `rayon::scope`, whose jobs hold references to a scope that may be gone: so says Miri.
        scratches => scratches.par_iter_mut().for_each(work_off),
    }
}
