use std::ffi::c_int;

use trendflex::{Definition, Kernel, NanPolicy, SeriesLayout};

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

/// How series of one length lie in memory.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LayoutId {
    /// One series after the other.
    SeriesMajor = 0,
    /// The values of all series for one time together, then those for the next.
    TimeMajor = 1,
}

/// An enum of the header and the library's of the same variants.
macro_rules! ids {
    ($id:ident, $value:ident, $visible:vis $decode:ident, $unknown:ident, $($variant:ident),+) => {
        impl From<$value> for $id {
            fn from(value: $value) -> Self {
                match value {
                    $($value::$variant => Self::$variant),+
                }
            }
        }

        $visible fn $decode(id: c_int) -> Result<$value, Status> {
            match id {
                $(_ if id == $id::$variant as c_int => Ok($value::$variant),)+
                _ => Err(Status::$unknown),
            }
        }
    };
}

ids!(KernelId, Kernel, kernel, UnknownKernel, Auto, Scalar, Avx2, Avx512, Neon);
ids!(NanPolicyId, NanPolicy, nan_policy, UnknownNanPolicy, Propagate, Skip, Reject);
ids!(DefinitionId, Definition, definition, UnknownDefinition, VectorTa, Ehlers);
ids!(LayoutId, SeriesLayout, pub(crate) layout, UnknownLayout, SeriesMajor, TimeMajor);

/// The options of a call that takes whole series.
pub(crate) struct Options {
    pub definition: Definition,
    pub nan_policy: NanPolicy,
    pub kernel: Kernel,
}

impl Options {
    pub fn decode(definition: c_int, nan_policy: c_int, kernel: c_int) -> Result<Self, Status> {
        let kernel = self::kernel(kernel)?;
        let nan_policy = self::nan_policy(nan_policy)?;
        Ok(Self { definition: self::definition(definition)?, nan_policy, kernel })
    }
}

/// The options of a stream, or of all streams of a bank.
pub(crate) struct StreamOptions {
    pub definition: Definition,
    pub nan_policy: NanPolicy,
}

impl StreamOptions {
    /// A stream cannot have the policy REJECT.
    pub fn decode(definition: c_int, nan_policy: c_int) -> Result<Self, Status> {
        let nan_policy = match self::nan_policy(nan_policy)? {
            NanPolicy::Reject => return Err(Status::UnknownNanPolicy),
            policy => policy,
        };
        Ok(Self { definition: self::definition(definition)?, nan_policy })
    }
}

/// Returns the id (of trendflex_kernel) of the kernel that AUTO stands for on this CPU.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_kernel_best() -> c_int {
    KernelId::from(Kernel::best()) as c_int
}

/// Returns 1 if this CPU runs the kernel, 0 if it does not or if no kernel has the id.
#[unsafe(no_mangle)]
pub extern "C" fn trendflex_kernel_supported(kernel: c_int) -> c_int {
    self::kernel(kernel).is_ok_and(Kernel::is_supported).into()
}
