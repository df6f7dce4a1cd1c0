/// Where a fused multiply-add comes from. Both give the same bits.
pub(crate) trait Fma {
    /// `a * b + c`, rounded once.
    fn fma(a: f64, b: f64, c: f64) -> f64;
}

/// What every CPU of this architecture can do.
#[cfg(target_arch = "aarch64")]
pub(crate) type Baseline = Hardware;
#[cfg(not(target_arch = "aarch64"))]
pub(crate) type Baseline = Software;

/// The CPU's instruction, in code compiled for a CPU that has one.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(crate) struct Hardware;

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
impl Fma for Hardware {
    #[inline(always)]
    fn fma(a: f64, b: f64, c: f64) -> f64 {
        a.mul_add(b, c)
    }
}

/// Slow but right on any CPU. Not `mul_add`: what that calls differs between systems.
#[cfg(not(target_arch = "aarch64"))]
pub(crate) struct Software;

#[cfg(not(target_arch = "aarch64"))]
impl Fma for Software {
    #[inline(always)]
    fn fma(a: f64, b: f64, c: f64) -> f64 {
        libm::fma(a, b, c)
    }
}
