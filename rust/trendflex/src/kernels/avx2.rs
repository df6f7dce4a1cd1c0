use std::arch::x86_64::*;

use super::entry_points::entry_points;
use super::vectors::Vectors;
use crate::definition::arithmetic::{Arithmetic, Lanes};

entry_points!(Avx2, 4, "avx2,fma");

/// Four doubles in a 256-bit register. All of this is inlined into code that is compiled for AVX2
/// and FMA.
pub(super) struct Avx2;

/// Wraps intrinsics.
macro_rules! intrinsic {
    ($call:expr) => {
        // SAFETY: all callers are compiled for, and only called on, a CPU that has it.
        unsafe { $call }
    };
}

/// Wraps an intrinsic of integers.
macro_rules! bits {
    ($intrinsic:ident($a:ident, $b:ident)) => {
        intrinsic!({
            let done = $intrinsic(_mm256_castpd_si256($a), _mm256_castpd_si256($b));
            _mm256_castsi256_pd(done)
        })
    };
}

impl Arithmetic for Avx2 {
    type V = __m256d;
    type Mask = __m256d;
    const FUSES: bool = true;

    #[inline(always)]
    fn splat(value: f64) -> __m256d {
        intrinsic!(_mm256_set1_pd(value))
    }
    #[inline(always)]
    fn add(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_add_pd(a, b))
    }
    #[inline(always)]
    fn sub(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_sub_pd(a, b))
    }
    #[inline(always)]
    fn mul(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_mul_pd(a, b))
    }
    #[inline(always)]
    fn div(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_div_pd(a, b))
    }
    #[inline(always)]
    fn sqrt(a: __m256d) -> __m256d {
        intrinsic!(_mm256_sqrt_pd(a))
    }
    #[inline(always)]
    fn fma(a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        intrinsic!(_mm256_fmadd_pd(a, b, c))
    }
    #[inline(always)]
    fn fms(a: __m256d, b: __m256d, c: __m256d) -> __m256d {
        intrinsic!(_mm256_fmsub_pd(a, b, c))
    }
    #[inline(always)]
    fn less(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_cmp_pd::<_CMP_LT_OQ>(a, b))
    }
    #[inline(always)]
    fn zero_where(mask: __m256d, a: __m256d) -> __m256d {
        intrinsic!(_mm256_andnot_pd(mask, a))
    }
}

impl Lanes<4> for Avx2 {
    #[inline(always)]
    fn from_array(values: [f64; 4]) -> __m256d {
        // SAFETY: any doubles are such a vector.
        unsafe { std::mem::transmute(values) }
    }
    #[inline(always)]
    fn to_array(values: __m256d) -> [f64; 4] {
        // SAFETY: likewise.
        unsafe { std::mem::transmute(values) }
    }
}

impl Vectors<4> for Avx2 {
    #[inline(always)]
    fn beyond(a: __m256d, bound: __m256d) -> __m256d {
        intrinsic!({
            let magnitude = _mm256_andnot_pd(_mm256_set1_pd(-0.0), a);
            _mm256_cmp_pd::<_CMP_NLE_UQ>(magnitude, bound)
        })
    }
    #[inline(always)]
    fn none() -> __m256d {
        intrinsic!(_mm256_setzero_pd())
    }
    #[inline(always)]
    fn or(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_or_pd(a, b))
    }
    #[inline(always)]
    fn any(mask: __m256d) -> bool {
        intrinsic!(_mm256_movemask_pd(mask)) != 0
    }
    #[inline(always)]
    fn replace_where(mask: __m256d, a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_blendv_pd(a, b, mask))
    }
    #[inline(always)]
    fn which(mask: __m256d) -> u32 {
        intrinsic!(_mm256_movemask_pd(mask)) as u32
    }
    #[inline(always)]
    fn sub_bits(a: __m256d, b: __m256d) -> __m256d {
        bits!(_mm256_sub_epi64(a, b))
    }
    #[inline(always)]
    fn and_bits(a: __m256d, b: __m256d) -> __m256d {
        intrinsic!(_mm256_and_pd(a, b))
    }
    #[inline(always)]
    fn equal_bits(a: __m256d, b: __m256d) -> __m256d {
        bits!(_mm256_cmpeq_epi64(a, b))
    }
    #[inline(always)]
    fn less_bits(a: __m256d, b: __m256d) -> __m256d {
        bits!(_mm256_cmpgt_epi64(b, a))
    }
    #[inline(always)]
    fn prefetch(place: *const f64) {
        intrinsic!(_mm_prefetch::<_MM_HINT_T0>(place.cast()))
    }
    #[inline(always)]
    unsafe fn load_columns(from: [*const f64; 4]) -> [__m256d; 4] {
        intrinsic!({
            let halves = |at: usize| {
                let pair = |low: *const f64, high: *const f64| {
                    let low = _mm256_castpd128_pd256(_mm_loadu_pd(low.add(at)));
                    _mm256_insertf128_pd::<1>(low, _mm_loadu_pd(high.add(at)))
                };
                let (even, odd) = (pair(from[0], from[2]), pair(from[1], from[3]));
                (_mm256_unpacklo_pd(even, odd), _mm256_unpackhi_pd(even, odd))
            };
            let ((first, second), (third, fourth)) = (halves(0), halves(2));
            [first, second, third, fourth]
        })
    }
    #[inline(always)]
    unsafe fn store_columns(columns: [__m256d; 4], to: [*mut f64; 4]) {
        intrinsic!({
            for at in [0, 2] {
                let even = _mm256_unpacklo_pd(columns[at], columns[at + 1]);
                let odd = _mm256_unpackhi_pd(columns[at], columns[at + 1]);
                _mm_storeu_pd(to[0].add(at), _mm256_castpd256_pd128(even));
                _mm_storeu_pd(to[1].add(at), _mm256_castpd256_pd128(odd));
                _mm_storeu_pd(to[2].add(at), _mm256_extractf128_pd::<1>(even));
                _mm_storeu_pd(to[3].add(at), _mm256_extractf128_pd::<1>(odd));
            }
        })
    }
}
