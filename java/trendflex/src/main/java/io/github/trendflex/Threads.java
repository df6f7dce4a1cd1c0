package io.github.trendflex;

/// How many threads compute at once.
final class Threads {
    private Threads() {}

    /// How many to use where a caller asks for so many, or with 0 for all cores.
    static int atOnce(int threads) {
        int cores = Runtime.getRuntime().availableProcessors();
        return threads == 0 ? cores : Math.min(threads, cores);
    }
}
