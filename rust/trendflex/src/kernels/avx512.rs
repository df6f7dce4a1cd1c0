use std::arch::x86_64::*;

use super::entry_points::entry_points;
use super::vectors::Vectors;
use crate::definition::arithmetic::{Arithmetic, Lanes};

entry_points!(Avx512, 8, "avx512f,fma");

/// Eight doubles in a 512-bit register. All of this is inlined into code that is compiled for
/// AVX-512F.
pub(super) struct Avx512;

/// Wraps intrinsics.
macro_rules! intrinsic {
    ($call:expr) => {
        // SAFETY: all callers are compiled for, and only called on, a CPU that has it.
        unsafe { $call }
    };
}

impl Arithmetic for Avx512 {
    type V = __m512d;
    type Mask = __mmask8;
    const FUSES: bool = true;

    #[inline(always)]
    fn splat(value: f64) -> __m512d {
        intrinsic!(_mm512_set1_pd(value))
    }
    #[inline(always)]
    fn add(a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_add_pd(a, b))
    }
    #[inline(always)]
    fn sub(a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_sub_pd(a, b))
    }
    #[inline(always)]
    fn mul(a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_mul_pd(a, b))
    }
    #[inline(always)]
    fn div(a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_div_pd(a, b))
    }
    #[inline(always)]
    fn sqrt(a: __m512d) -> __m512d {
        intrinsic!(_mm512_sqrt_pd(a))
    }
    #[inline(always)]
    fn fma(a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        intrinsic!(_mm512_fmadd_pd(a, b, c))
    }
    #[inline(always)]
    fn fms(a: __m512d, b: __m512d, c: __m512d) -> __m512d {
        intrinsic!(_mm512_fmsub_pd(a, b, c))
    }
    #[inline(always)]
    fn less(a: __m512d, b: __m512d) -> __mmask8 {
        intrinsic!(_mm512_cmp_pd_mask::<_CMP_LT_OQ>(a, b))
    }
    #[inline(always)]
    fn zero_where(mask: __mmask8, a: __m512d) -> __m512d {
        intrinsic!(_mm512_maskz_mov_pd(!mask, a))
    }
}

impl Lanes<8> for Avx512 {
    #[inline(always)]
    fn from_array(values: [f64; 8]) -> __m512d {
        // SAFETY: any doubles are such a vector.
        unsafe { std::mem::transmute(values) }
    }
    #[inline(always)]
    fn to_array(values: __m512d) -> [f64; 8] {
        // SAFETY: likewise.
        unsafe { std::mem::transmute(values) }
    }
}

impl Vectors<8> for Avx512 {
    #[inline(always)]
    fn beyond(a: __m512d, bound: __m512d) -> __mmask8 {
        intrinsic!(_mm512_cmp_pd_mask::<_CMP_NLE_UQ>(_mm512_abs_pd(a), bound))
    }
    #[inline(always)]
    fn none() -> __mmask8 {
        0
    }
    #[inline(always)]
    fn or(a: __mmask8, b: __mmask8) -> __mmask8 {
        a | b
    }
    #[inline(always)]
    fn any(mask: __mmask8) -> bool {
        mask != 0
    }
    #[inline(always)]
    fn replace_where(mask: __mmask8, a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_mask_mov_pd(a, mask, b))
    }
    #[inline(always)]
    fn which(mask: __mmask8) -> u32 {
        mask.into()
    }
    #[inline(always)]
    fn sub_bits(a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_castsi512_pd(_mm512_sub_epi64(
            _mm512_castpd_si512(a),
            _mm512_castpd_si512(b)
        )))
    }
    #[inline(always)]
    fn and_bits(a: __m512d, b: __m512d) -> __m512d {
        intrinsic!(_mm512_castsi512_pd(_mm512_and_si512(
            _mm512_castpd_si512(a),
            _mm512_castpd_si512(b)
        )))
    }
    #[inline(always)]
    fn equal_bits(a: __m512d, b: __m512d) -> __mmask8 {
        intrinsic!(_mm512_cmpeq_epi64_mask(_mm512_castpd_si512(a), _mm512_castpd_si512(b)))
    }
    #[inline(always)]
    fn less_bits(a: __m512d, b: __m512d) -> __mmask8 {
        intrinsic!(_mm512_cmplt_epi64_mask(_mm512_castpd_si512(a), _mm512_castpd_si512(b)))
    }
    #[inline(always)]
    fn prefetch(place: *const f64) {
        intrinsic!(_mm_prefetch::<_MM_HINT_T0>(place.cast()))
    }
    #[inline(always)]
    unsafe fn load_columns(from: [*const f64; 8]) -> [__m512d; 8] {
        // SAFETY: the caller's promise.
        transposed(from.map(|from| unsafe { _mm512_loadu_pd(from) }))
    }
    #[inline(always)]
    unsafe fn store_columns(columns: [__m512d; 8], to: [*mut f64; 8]) {
        for (row, to) in transposed(columns).into_iter().zip(to) {
            // SAFETY: the caller's promise.
            unsafe { _mm512_storeu_pd(to, row) };
        }
    }
}

/// Rows to columns, in three rounds: neighbours, pairs, halves.
#[inline(always)]
fn transposed(rows: [__m512d; 8]) -> [__m512d; 8] {
    // No closures: what they call is only inlined where the compiler thinks that it pays.
    macro_rules! neighbours {
        ($even:literal, $odd:literal) => {
            (
                _mm512_unpacklo_pd(rows[$even], rows[$odd]),
                _mm512_unpackhi_pd(rows[$even], rows[$odd]),
            )
        };
    }
    macro_rules! halves {
        ($a:ident, $b:ident) => {
            (
                _mm512_shuffle_f64x2::<0b10_00_10_00>($a, $b),
                _mm512_shuffle_f64x2::<0b11_01_11_01>($a, $b),
            )
        };
    }
    intrinsic!({
        let ((a0, a1), (b0, b1)) = (neighbours!(0, 1), neighbours!(2, 3));
        let ((c0, c1), (d0, d1)) = (neighbours!(4, 5), neighbours!(6, 7));
        // Columns 0 and 4, 2 and 6, 1 and 5, 3 and 7 of four rows each.
        let ((ab04, ab26), (ab15, ab37)) = (halves!(a0, b0), halves!(a1, b1));
        let ((cd04, cd26), (cd15, cd37)) = (halves!(c0, d0), halves!(c1, d1));
        let ((r0, r4), (r1, r5)) = (halves!(ab04, cd04), halves!(ab15, cd15));
        let ((r2, r6), (r3, r7)) = (halves!(ab26, cd26), halves!(ab37, cd37));
        [r0, r1, r2, r3, r4, r5, r6, r7]
    })
}
