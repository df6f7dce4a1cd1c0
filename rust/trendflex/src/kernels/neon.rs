use std::arch::aarch64::*;
use std::array::from_fn;

use super::entry_points::entry_points;
use super::vectors::Vectors;
use crate::definition::arithmetic::{Arithmetic, Lanes};

entry_points!(Neon, 8, "neon");

/// Eight doubles in four 128-bit registers: enough work in flight to hide that each step waits for
/// the one before.
pub(super) struct Neon;

type V = [float64x2_t; 4];

/// Wraps intrinsics, one for each register.
macro_rules! each {
    ($i:ident => $call:expr) => {
        // SAFETY: every CPU of this architecture has them.
        from_fn(|$i| unsafe { $call })
    };
}

#[inline(always)]
fn bits(pair: float64x2_t) -> uint64x2_t {
    // SAFETY: every CPU of this architecture has it.
    unsafe { vreinterpretq_u64_f64(pair) }
}

impl Arithmetic for Neon {
    type V = V;
    type Mask = [uint64x2_t; 4];
    const FUSES: bool = true;

    #[inline(always)]
    fn splat(value: f64) -> V {
        each!(_i => vdupq_n_f64(value))
    }
    #[inline(always)]
    fn add(a: V, b: V) -> V {
        each!(i => vaddq_f64(a[i], b[i]))
    }
    #[inline(always)]
    fn sub(a: V, b: V) -> V {
        each!(i => vsubq_f64(a[i], b[i]))
    }
    #[inline(always)]
    fn mul(a: V, b: V) -> V {
        each!(i => vmulq_f64(a[i], b[i]))
    }
    #[inline(always)]
    fn div(a: V, b: V) -> V {
        each!(i => vdivq_f64(a[i], b[i]))
    }
    #[inline(always)]
    fn sqrt(a: V) -> V {
        each!(i => vsqrtq_f64(a[i]))
    }
    #[inline(always)]
    fn fma(a: V, b: V, c: V) -> V {
        each!(i => vfmaq_f64(c[i], a[i], b[i]))
    }
    #[inline(always)]
    fn fms(a: V, b: V, c: V) -> V {
        each!(i => vfmaq_f64(vnegq_f64(c[i]), a[i], b[i]))
    }
    #[inline(always)]
    fn less(a: V, b: V) -> Self::Mask {
        each!(i => vcltq_f64(a[i], b[i]))
    }
    #[inline(always)]
    fn zero_where(mask: Self::Mask, a: V) -> V {
        each!(i => vreinterpretq_f64_u64(vbicq_u64(vreinterpretq_u64_f64(a[i]), mask[i])))
    }
}

impl Lanes<8> for Neon {
    #[inline(always)]
    fn from_array(values: [f64; 8]) -> V {
        each!(i => vld1q_f64(values.as_ptr().add(2 * i)))
    }
    #[inline(always)]
    fn to_array(values: V) -> [f64; 8] {
        let mut array = [0.0; 8];
        for (i, pair) in values.into_iter().enumerate() {
            // SAFETY: two of the array's eight.
            unsafe { vst1q_f64(array.as_mut_ptr().add(2 * i), pair) };
        }
        array
    }
}

impl Vectors<8> for Neon {
    #[inline(always)]
    fn beyond(a: V, bound: V) -> Self::Mask {
        each!(i => {
            let within = vcleq_f64(vabsq_f64(a[i]), bound[i]);
            veorq_u64(within, vdupq_n_u64(u64::MAX))
        })
    }
    #[inline(always)]
    fn none() -> Self::Mask {
        each!(_i => vdupq_n_u64(0))
    }
    #[inline(always)]
    fn or(a: Self::Mask, b: Self::Mask) -> Self::Mask {
        each!(i => vorrq_u64(a[i], b[i]))
    }
    #[inline(always)]
    fn any(mask: Self::Mask) -> bool {
        // SAFETY: every CPU of this architecture has them.
        unsafe {
            let all = vorrq_u64(vorrq_u64(mask[0], mask[1]), vorrq_u64(mask[2], mask[3]));
            vmaxvq_u32(vreinterpretq_u32_u64(all)) != 0
        }
    }
    #[inline(always)]
    fn replace_where(mask: Self::Mask, a: V, b: V) -> V {
        each!(i => vbslq_f64(mask[i], b[i], a[i]))
    }
    #[inline(always)]
    fn which(mask: Self::Mask) -> u32 {
        let lanes = mask.into_iter().enumerate().flat_map(|(i, pair)| {
            // SAFETY: every CPU of this architecture has them.
            let pair = unsafe { [vgetq_lane_u64::<0>(pair), vgetq_lane_u64::<1>(pair)] };
            [(2 * i, pair[0]), (2 * i + 1, pair[1])]
        });
        lanes.fold(0, |all, (lane, mask)| all | (mask as u32 & 1) << lane)
    }
    #[inline(always)]
    fn sub_bits(a: V, b: V) -> V {
        each!(i => vreinterpretq_f64_u64(vsubq_u64(bits(a[i]), bits(b[i]))))
    }
    #[inline(always)]
    fn and_bits(a: V, b: V) -> V {
        each!(i => vreinterpretq_f64_u64(vandq_u64(bits(a[i]), bits(b[i]))))
    }
    #[inline(always)]
    fn equal_bits(a: V, b: V) -> Self::Mask {
        each!(i => vceqq_u64(bits(a[i]), bits(b[i])))
    }
    #[inline(always)]
    fn less_bits(a: V, b: V) -> Self::Mask {
        each!(i => vcltq_s64(vreinterpretq_s64_f64(a[i]), vreinterpretq_s64_f64(b[i])))
    }
    #[inline(always)]
    fn prefetch(place: *const f64) {
        if cfg!(miri) {
            return; // Miri interprets no assembly
        }
        // SAFETY: a hint to the cache, whatever the address.
        unsafe {
            std::arch::asm!("prfm pldl1keep, [{}]", in(reg) place, options(nostack, readonly, preserves_flags));
        }
    }
    #[inline(always)]
    unsafe fn load_columns(from: [*const f64; 8]) -> [V; 8] {
        from_fn(|column| {
            each!(i => {
                let at = column / 2 * 2;
                let (first, second) =
                    (vld1q_f64(from[2 * i].add(at)), vld1q_f64(from[2 * i + 1].add(at)));
                if column % 2 == 0 { vzip1q_f64(first, second) } else { vzip2q_f64(first, second) }
            })
        })
    }
    #[inline(always)]
    unsafe fn store_columns(columns: [V; 8], to: [*mut f64; 8]) {
        for at in (0..8).step_by(2) {
            for i in 0..4 {
                let (first, second) = (columns[at][i], columns[at + 1][i]);
                // SAFETY: the caller's promise.
                unsafe {
                    vst1q_f64(to[2 * i].add(at), vzip1q_f64(first, second));
                    vst1q_f64(to[2 * i + 1].add(at), vzip2q_f64(first, second));
                }
            }
        }
    }
}
