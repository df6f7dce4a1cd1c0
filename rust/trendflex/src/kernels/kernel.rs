/// The code that computes. All give the same bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kernel {
    /// The fastest that this CPU runs.
    #[default]
    Auto,
    /// One value at a time; runs everywhere.
    Scalar,
    /// x86-64 with AVX2 and FMA.
    Avx2,
    /// x86-64 with AVX-512F.
    Avx512,
    /// 64-bit ARM.
    Neon,
}

impl Kernel {
    /// The kernel that [`Kernel::Auto`] stands for on this CPU.
    pub fn best() -> Self {
        let fastest_first = [Self::Avx512, Self::Avx2, Self::Neon];
        fastest_first.into_iter().find(|kernel| kernel.is_supported()).unwrap_or(Self::Scalar)
    }

    /// Whether this CPU runs the kernel.
    pub fn is_supported(self) -> bool {
        match self {
            Self::Auto | Self::Scalar => true,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => {
                std::arch::is_x86_feature_detected!("avx2")
                    && std::arch::is_x86_feature_detected!("fma")
            }
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => std::arch::is_x86_feature_detected!("avx512f"),
            #[cfg(target_arch = "aarch64")]
            Self::Neon => true,
            _ => false,
        }
    }
}

/// The doubles of the longest vectors.
pub(crate) const MOST_LANES: usize = 8;

/// A kernel that this CPU runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chosen(Kernel);

impl Chosen {
    pub fn new(kernel: Kernel) -> Option<Self> {
        match kernel {
            Kernel::Auto => Some(Self::best()),
            named => named.is_supported().then_some(Self(named)),
        }
    }

    pub fn best() -> Self {
        Self(Kernel::best())
    }

    pub fn kernel(self) -> Kernel {
        self.0
    }

    /// The kernel of this CPU with shorter vectors, if there is one.
    pub fn narrower(self) -> Option<Self> {
        if self.0 == Kernel::Avx512 { Self::new(Kernel::Avx2) } else { None }
    }

    /// Doubles in a vector, at most [`MOST_LANES`].
    pub fn lanes(self) -> usize {
        match self.0 {
            Kernel::Avx512 | Kernel::Neon => 8,
            Kernel::Avx2 => 4,
            Kernel::Scalar | Kernel::Auto => 1,
        }
    }
}
