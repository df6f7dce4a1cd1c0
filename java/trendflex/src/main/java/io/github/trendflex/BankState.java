package io.github.trendflex;

import java.lang.foreign.MemorySegment;

/// Is the state of a bank, and takes its prices. [TrendFlexStreamBank] has checked the arguments.
sealed interface BankState permits JavaBank, NativeBank {
    BankInfo info();

    /// Takes a price for each symbol.
    void update(MemorySegment prices, MemorySegment out);

    /// Computes the same for arrays.
    void update(double[] prices, double[] out);

    /// Writes what `update` would write, and takes no price.
    void peek(MemorySegment prices, MemorySegment out);

    /// Computes the same for arrays.
    void peek(double[] prices, double[] out);

    /// Begins all symbols anew.
    void reset();

    void reset(long symbol);

    /// Returns whether no symbol has taken a price.
    boolean isNew();

    /// Returns the stream of a symbol, to look at and to copy only: it may be that of the bank.
    StreamState stream(long symbol);

    /// Returns a state of its own that goes on from here.
    BankState copy();

    byte[] snapshot();
}
