package io.github.trendflex;

/// Names what computes. Both engines give the same bits; [TrendFlexLibrary#engine()] says which one
/// is in use, and why.
public enum TrendFlexEngine {
    /// The native library, whose kernels compute several values at once.
    NATIVE,

    /// Java alone, one value at a time on the calling thread. It runs everywhere.
    JAVA
}
