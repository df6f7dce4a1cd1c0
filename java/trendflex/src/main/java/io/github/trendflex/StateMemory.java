package io.github.trendflex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Memory for states and snapshots, or the refusal where there is none.
final class StateMemory {
    /// The size of a line of the cache, which eight symbols' numbers fill.
    private static final long BANK_ALIGNMENT = 64;

    private StateMemory() {}

    /// For a stream, on the heap: a native segment would cost a cleaner each, and its updates are
    /// no faster.
    ///
    /// @param what whose state it is, and of which period
    static MemorySegment forStream(String what, long bytes) {
        // A JVM may be told to end at the first OutOfMemoryError, so none is provoked.
        if (bytes / Long.BYTES > Integer.MAX_VALUE || bytes > Runtime.getRuntime().maxMemory()) {
            throw Checks.noMemory(what, bytes, null);
        }
        try {
            return MemorySegment.ofArray(new long[(int) (bytes / Long.BYTES)]);
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory(what, bytes, e);
        }
    }

    /// For a bank, outside the heap, as long as it is reachable.
    ///
    /// @param what whose state it is, and of which period
    static MemorySegment forBank(String what, long bytes) {
        try {
            return Arena.ofAuto().allocate(bytes, BANK_ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory(what, bytes, e);
        }
    }

    /// A copy of the state of a bank.
    static MemorySegment copyOfBank(MemorySegment state, Arena arena) {
        return arena.allocate(state.byteSize(), BANK_ALIGNMENT).copyFrom(state);
    }

    /// For a snapshot.
    ///
    /// @param of what it is a snapshot of
    static byte[] forSnapshot(String of, long bytes) {
        if (bytes > Integer.MAX_VALUE) {
            throw Checks.noMemory("snapshot of a " + of, bytes, null);
        }
        try {
            return new byte[(int) bytes];
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory("snapshot of a " + of, bytes, e);
        }
    }
}
