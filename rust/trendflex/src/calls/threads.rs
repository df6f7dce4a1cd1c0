//! Work spread over a pool of threads that all calls of the process share.

use std::hint;
use std::num::NonZero;
use std::process;
use std::sync::{Mutex, OnceLock};
use std::thread;

use rayon::prelude::*;
use rayon::{ThreadPool, ThreadPoolBuilder};

use super::error::Error;

/// The most tasks that a call may make: 1 for 1, for 0 as many as there are cores.
pub(crate) fn most_tasks(threads: i32) -> Result<usize, Error> {
    match threads {
        ..0 => Err(Error::InvalidThreads { threads }),
        0 => Ok(cores()),
        1 => Ok(1),
        _ => Ok(cores().min(threads as usize)),
    }
}

/// Works the items off in order, with a task for each scratch; on the calling thread alone if there
/// is one scratch, or no pool.
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
        [first, ..] => match pool() {
            None => work_off(first),
            // No scope: Miri finds that its jobs hold references to a scope that may be gone.
            Some(pool) => pool.install(|| scratches.par_iter_mut().for_each(work_off)),
        },
    }
}

/// The cores that this process may use: the threads of the pool.
fn cores() -> usize {
    static CORES: OnceLock<usize> = OnceLock::new();
    *CORES.get_or_init(|| thread::available_parallelism().map_or(1, NonZero::get))
}

/// The pool. The first call that can start its threads makes it. It is not rayon's own, which stays
/// broken for good if the first attempt to make it fails. While another call makes it, there is
/// none; nor is there one in a process that was forked off afterwards, which has none of its
/// threads.
fn pool() -> Option<&'static ThreadPool> {
    static POOL: OnceLock<(u32, ThreadPool)> = OnceLock::new();
    static MAKING: Mutex<()> = Mutex::new(());
    if POOL.get().is_none() {
        if !has_room(cores() * A_THREAD) {
            return None;
        }
        // Tried only: if another thread held it when this process was forked off, nobody lets go.
        let _making = MAKING.try_lock().ok()?;
        if POOL.get().is_none() {
            let builder = ThreadPoolBuilder::new().num_threads(cores());
            let pool = builder.thread_name(|index| format!("trendflex-{index}")).build().ok()?;
            // Each thread allocates when it begins and when it first looks for work: now, while
            // there is room, and not during a later call.
            pool.broadcast(|_| ());
            let _ = POOL.set((process::id(), pool));
        }
    }
    let (_, pool) = POOL.get().filter(|(maker, _)| *maker == process::id())?;
    has_room(A_QUEUE).then_some(pool)
}

/// More bytes than rayon allocates by itself without expecting a refusal: for each thread of the
/// pool, and now and then for its queue.
const A_THREAD: usize = 1 << 14;
const A_QUEUE: usize = 1 << 12;

/// Whether that many bytes can be had just now.
fn has_room(bytes: usize) -> bool {
    let mut room = Vec::<u8>::new();
    // Hidden from the compiler, which leaves out memory that nobody uses.
    hint::black_box(&mut room).try_reserve_exact(bytes).is_ok()
}
