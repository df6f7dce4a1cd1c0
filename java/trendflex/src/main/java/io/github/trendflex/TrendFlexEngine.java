package io.github.trendflex;

/// Names what computes. Both engines give the same bits; [TrendFlexLibrary] says how one is chosen,
/// and [TrendFlexLibrary#engine()] which one is in use.
public enum TrendFlexEngine {
    /// The native library, whose kernels compute several values at once.
    NATIVE,

    /// Java alone, one value at a time on the calling thread. It runs everywhere, but an output
    /// takes microseconds on a CPU without fused multiply-add.
    JAVA
}
