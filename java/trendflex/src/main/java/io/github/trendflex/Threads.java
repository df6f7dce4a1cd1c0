package io.github.trendflex;

/// Decides how many threads compute at once.
final class Threads {
    private Threads() {}

    /// Returns how many threads to use if a caller asks for `threads`, where 0 stands for all
    /// cores.
    static int atOnce(int threads) {
        int cores = Runtime.getRuntime().availableProcessors();
        return threads == 0 ? cores : Math.min(threads, cores);
    }
}
