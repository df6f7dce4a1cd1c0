//! The operations that the definition is written in: one double at a time or a vector of them.

/// A set of instructions and the numbers that they work on. All sets round alike.
pub(crate) trait Arithmetic {
    /// One double, or a vector of them.
    type V: Copy;
    /// A truth value for each double of a `V`.
    type Mask: Copy;
    /// Whether `fma` is an instruction.
    const FUSES: bool;

    fn splat(value: f64) -> Self::V;
    fn add(a: Self::V, b: Self::V) -> Self::V;
    fn sub(a: Self::V, b: Self::V) -> Self::V;
    fn mul(a: Self::V, b: Self::V) -> Self::V;
    fn div(a: Self::V, b: Self::V) -> Self::V;
    fn sqrt(a: Self::V) -> Self::V;
    /// `a * b + c`, rounded once.
    fn fma(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// `a * b - c`, rounded once.
    fn fms(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    /// Whether `a < b`; false if either is NaN.
    fn less(a: Self::V, b: Self::V) -> Self::Mask;
    /// 0 where the mask is true, `a` elsewhere.
    fn zero_where(mask: Self::Mask, a: Self::V) -> Self::V;
    /// The same for a mask that is seldom true, if what follows waits for `a`.
    #[inline(always)]
    fn zero_where_rarely(mask: Self::Mask, a: Self::V) -> Self::V {
        Self::zero_where(mask, a)
    }
}

/// Arithmetic on `N` doubles side by side.
pub(crate) trait Lanes<const N: usize>: Arithmetic {
    fn from_array(values: [f64; N]) -> Self::V;
    fn to_array(values: Self::V) -> [f64; N];
}

/// The CPU's fused multiply-add, in code compiled for a CPU that has one.
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
pub(crate) struct Hardware;

/// A fused multiply-add that is slow but right on any CPU. Not `mul_add`: what that calls differs
/// between systems.
#[cfg(not(target_arch = "aarch64"))]
pub(crate) struct Software;

/// What every CPU of this architecture can do.
#[cfg(target_arch = "aarch64")]
pub(crate) type Baseline = Hardware;
#[cfg(not(target_arch = "aarch64"))]
pub(crate) type Baseline = Software;

/// The condition, which seldom holds: the branch where it does not is to cost least.
#[inline(always)]
pub(crate) fn unlikely(condition: bool) -> bool {
    #[cold]
    #[inline]
    fn is_cold() {}
    if condition {
        is_cold();
    }
    condition
}

macro_rules! one_double {
    ($name:ty, $fma:path, $fuses:literal) => {
        impl Arithmetic for $name {
            type V = f64;
            type Mask = bool;
            const FUSES: bool = $fuses;

            #[inline(always)]
            fn splat(value: f64) -> f64 {
                value
            }
            #[inline(always)]
            fn add(a: f64, b: f64) -> f64 {
                a + b
            }
            #[inline(always)]
            fn sub(a: f64, b: f64) -> f64 {
                a - b
            }
            #[inline(always)]
            fn mul(a: f64, b: f64) -> f64 {
                a * b
            }
            #[inline(always)]
            fn div(a: f64, b: f64) -> f64 {
                a / b
            }
            #[inline(always)]
            fn sqrt(a: f64) -> f64 {
                a.sqrt()
            }
            #[inline(always)]
            fn fma(a: f64, b: f64, c: f64) -> f64 {
                $fma(a, b, c)
            }
            #[inline(always)]
            fn fms(a: f64, b: f64, c: f64) -> f64 {
                $fma(a, b, -c)
            }
            #[inline(always)]
            fn less(a: f64, b: f64) -> bool {
                a < b
            }
            #[inline(always)]
            fn zero_where(mask: bool, a: f64) -> f64 {
                if mask { 0.0 } else { a }
            }
            // A branch that is predicted takes no time, and a conditional move does.
            #[inline(always)]
            fn zero_where_rarely(mask: bool, a: f64) -> f64 {
                if unlikely(mask) { 0.0 } else { a }
            }
        }

        impl Lanes<1> for $name {
            #[inline(always)]
            fn from_array([value]: [f64; 1]) -> f64 {
                value
            }
            #[inline(always)]
            fn to_array(value: f64) -> [f64; 1] {
                [value]
            }
        }
    };
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
one_double!(Hardware, f64::mul_add, true);
#[cfg(not(target_arch = "aarch64"))]
one_double!(Software, libm::fma, false);
