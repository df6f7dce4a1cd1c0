package io.github.trendflex;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/// Allocates memory for states and snapshots, or refuses if there is none.
final class StateMemory {
    /// The size of a cache line, which the numbers of eight symbols fill.
    private static final long BANK_ALIGNMENT = 64;

    private StateMemory() {}

    /// Refuses a state that the heap cannot hold. A JVM may be told to end at the first
    /// [OutOfMemoryError] of its own, so none should be provoked.
    ///
    /// @param what the name of the stream or bank in messages
    static void requireHeap(String what, long bytes) {
        if (bytes / Long.BYTES > Integer.MAX_VALUE || bytes > Runtime.getRuntime().maxMemory()) {
            throw Checks.noMemory(what, bytes, null);
        }
    }

    /// Allocates the state of a bank outside the heap, where it lives as long as it is reachable.
    ///
    /// @param what the name of the stream or bank in messages
    static MemorySegment forBank(String what, long bytes) {
        try {
            return Arena.ofAuto().allocate(bytes, BANK_ALIGNMENT);
        } catch (OutOfMemoryError e) {
            throw Checks.noMemory(what, bytes, e);
        }
    }

    /// Copies the state of a bank.
    static MemorySegment copyOfBank(MemorySegment state, Arena arena) {
        return arena.allocate(state.byteSize(), BANK_ALIGNMENT).copyFrom(state);
    }

    /// Allocates the array of a snapshot.
    ///
    /// @param of the name of the stream or bank in messages
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
