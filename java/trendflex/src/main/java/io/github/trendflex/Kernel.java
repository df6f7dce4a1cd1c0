package io.github.trendflex;

/// Names the native code that computes. All kernels give the same bits; they differ only in speed.
/// Every kernel but [#AUTO] needs the native engine.
public enum Kernel {
    /// The fastest kernel that this CPU runs, which [TrendFlexLibrary#kernel()] names, or the
    /// engine in Java. This is the default.
    AUTO,

    /// Computes one value at a time, and runs everywhere.
    SCALAR,

    /// Needs x86-64 with AVX2 and FMA.
    AVX2,

    /// Needs x86-64 with AVX-512F.
    AVX512,

    /// Needs 64-bit ARM.
    NEON;

    /// {@return whether [TrendFlexLibrary#engine()] has the kernel, and this CPU runs it}
    ///
    /// Computing with a kernel for which that is not so fails with [Refusal#KERNEL_UNAVAILABLE].
    ///
    /// @throws TrendFlexLibraryException as [TrendFlexLibrary#engine()]
    public boolean isSupported() {
        return Engine.current().isSupported(this);
    }
}
