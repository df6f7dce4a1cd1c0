use std::ffi::c_int;

use trendflex::{Definition, Kernel, NanPolicy};

use crate::Status;

/// The code that computes. All give the same bits.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KernelId {
    /// The fastest that this CPU runs.
    Auto = 0,
    /// One value at a time; runs everywhere.
    Scalar = 1,
    /// x86-64 with AVX2 and FMA.
    Avx2 = 2,
    /// x86-64 with AVX-512F.
    Avx512 = 3,
    /// 64-bit ARM.
    Neon = 4,
}

/// What a missing value does at or after the first price. Before it, missing values are skipped
/// under every policy, with NaN outputs.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NanPolicyId {
    /// Every output from there on is NaN.
    Propagate = 0,
    /// Its output is NaN and nothing else changes.
    Skip = 1,
    /// The call fails. Whole series only, not streams.
    Reject = 2,
}

/// How the smoother's period follows from the indicator's.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DefinitionId {
    /// round(period / 2), halves away from zero: the crate vector-ta.
    VectorTa = 0,
    /// period / 2: Ehlers' published code. Differs at odd periods.
    Ehlers = 1,
}

const KERNELS: [(KernelId, Kernel); 5] = [
    (KernelId::Auto, Kernel::Auto),
    (KernelId::Scalar, Kernel::Scalar),
    (KernelId::Avx2, Kernel::Avx2),
    (KernelId::Avx512, Kernel::Avx512),
    (KernelId::Neon, Kernel::Neon),
];

pub(crate) fn kernel(id: c_int) -> Result<Kernel, Status> {
    let found = KERNELS.iter().find(|(known, _)| *known as c_int == id);
    found.map(|(_, kernel)| *kernel).ok_or(Status::UnknownKernel)
}

pub(crate) fn nan_policy(id: c_int) -> Result<NanPolicy, Status> {
    match id {
        _ if id == NanPolicyId::Propagate as c_int => Ok(NanPolicy::Propagate),
        _ if id == NanPolicyId::Skip as c_int => Ok(NanPolicy::Skip),
        _ if id == NanPolicyId::Reject as c_int => Ok(NanPolicy::Reject),
        _ => Err(Status::UnknownNanPolicy),
    }
}

pub(crate) fn definition(id: c_int) -> Result<Definition, Status> {
    match id {
        _ if id == DefinitionId::VectorTa as c_int => Ok(Definition::VectorTa),
        _ if id == DefinitionId::Ehlers as c_int => Ok(Definition::Ehlers),
        _ => Err(Status::UnknownDefinition),
    }
}

/// Returns the id, of trendflex_kernel, of the kernel that AUTO stands for on this CPU.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_kernel_best() -> c_int {
    let best = Kernel::best();
    let found = KERNELS.iter().find(|(_, kernel)| *kernel == best);
    found.map_or(KernelId::Scalar, |(id, _)| *id) as c_int
}

/// Returns 1 where this CPU runs the kernel, 0 where it does not or no kernel has the id.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_kernel_supported(kernel: c_int) -> c_int {
    self::kernel(kernel).is_ok_and(Kernel::is_supported).into()
}
