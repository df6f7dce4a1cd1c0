package io.github.trendflex;

/// Says how many prices of a heap array go into one native call, so that it takes half a
/// millisecond. That depends on the CPU, the kernel and the gaps between prices, and is learned
/// from the calls before. Results do not depend on it.
final class Pieces {
    /// The pieces of all streams. Threads that learn at once may overwrite each other's length,
    /// which is a good one all the same.
    static final Pieces SHARED = new Pieces();

    /// The fewest prices. Each piece begins by bringing the vector lanes into step, so shorter ones
    /// cost more.
    static final int LEAST = 100_000;

    static final long LEAST_BYTES = (long) LEAST * Double.BYTES;

    /// The most prices. Longer pieces gain less than a hundredth.
    static final int MOST = 2_000_000;

    private static final double NANOS = 500_000;

    private int length = 2 * LEAST;

    int length() {
        return length;
    }

    /// Returns how many of the prices that are left go into the next call. All calls are about as
    /// long, because a short one costs more for each price.
    long next(long left) {
        return Math.ceilDiv(left, Math.max(1, Math.round((double) left / length)));
    }

    /// Learns how long a piece of at least [#LEAST] prices took. It is slow to believe that pieces
    /// take longer, because a thread may have been interrupted.
    void took(long prices, long nanos) {
        int now = length;
        double wanted = Math.clamp(prices * (NANOS / Math.max(nanos, 1)), now * 0.9, now * 2.0);
        length = Math.clamp((long) wanted, LEAST, MOST);
    }
}
