package io.github.trendflex;

/// The code that computes. All kernels give the same bits; they differ in speed alone.
public enum Kernel {
    /// The fastest kernel that this CPU runs; [TrendFlexLibrary#kernel()] says which. The default.
    AUTO,

    /// One value at a time. Runs everywhere.
    SCALAR,

    /// x86-64 with AVX2 and FMA.
    AVX2,

    /// x86-64 with AVX-512F.
    AVX512,

    /// 64-bit ARM.
    NEON;

    /// {@return whether this CPU runs the kernel}
    ///
    /// Computing with one that it does not run fails with [Refusal#KERNEL_UNAVAILABLE].
    ///
    /// @throws TrendFlexLibraryException if the native library cannot be loaded
    public boolean isSupported() {
        return Engine.CURRENT.isSupported(this);
    }
}
