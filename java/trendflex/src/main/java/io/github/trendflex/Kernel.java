package io.github.trendflex;

/// Names the code that computes. All kernels give the same bits; they differ only in speed.
public enum Kernel {
    /// The fastest kernel that this CPU runs; [TrendFlexLibrary#kernel()] says which. This is the
    /// default.
    AUTO,

    /// Computes one value at a time, and runs everywhere.
    SCALAR,

    /// Needs x86-64 with AVX2 and FMA.
    AVX2,

    /// Needs x86-64 with AVX-512F.
    AVX512,

    /// Needs 64-bit ARM.
    NEON;

    /// {@return whether this CPU runs the kernel}
    ///
    /// Computing with a kernel that it does not run fails with [Refusal#KERNEL_UNAVAILABLE].
    ///
    /// @throws TrendFlexLibraryException if the native library cannot be loaded
    public boolean isSupported() {
        return Engine.current().isSupported(this);
    }
}
