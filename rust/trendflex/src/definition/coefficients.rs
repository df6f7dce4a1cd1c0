use std::f64::consts::PI;

use super::arithmetic::{Arithmetic, Lanes};
use super::options::Definition;

/// The numbers that follow from a period and a definition, computed once per call.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Coefficients<V = f64> {
    /// Gain of the smoother, `1 + a² - 2a cos t` without its cancellation.
    pub k: V,
    /// Square of the smoother's pole radius `a`.
    pub a2: V,
    /// The period.
    pub length: V,
    /// One over the period.
    pub reciprocal: V,
}

impl Coefficients {
    /// `period` is 1 or more.
    pub fn new(period: i32, definition: Definition) -> Self {
        let length = f64::from(period);
        let smoother = match definition {
            Definition::VectorTa => (length / 2.0).round(),
            Definition::Ehlers => length / 2.0,
        };
        let t = (1.414 * PI) / smoother;
        // The functions of the crate `libm`, whose bits are the same on every system.
        let e = libm::expm1(-t);
        let a = 1.0 + e;
        let s = libm::sin(t * 0.5);
        Self { k: e * e + (4.0 * a) * (s * s), a2: a * a, length, reciprocal: 1.0 / length }
    }

    /// These coefficients in every lane.
    #[inline(always)]
    pub fn splat<A: Arithmetic>(&self) -> Coefficients<A::V> {
        Coefficients {
            k: A::splat(self.k),
            a2: A::splat(self.a2),
            length: A::splat(self.length),
            reciprocal: A::splat(self.reciprocal),
        }
    }

    /// A set of coefficients in each lane.
    pub fn side_by_side<A: Lanes<N>, const N: usize>(lanes: [Self; N]) -> Coefficients<A::V> {
        let gather = |of: fn(Self) -> f64| A::from_array(lanes.map(of));
        Coefficients {
            k: gather(|c| c.k),
            a2: gather(|c| c.a2),
            length: gather(|c| c.length),
            reciprocal: gather(|c| c.reciprocal),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The engine in Java has the same digest, of what Java's `StrictMath` gives.
    #[test]
    #[cfg_attr(miri, ignore = "takes Miri hours")]
    fn coefficients_have_the_digest_that_java_finds() {
        let digest = [Definition::VectorTa, Definition::Ehlers].map(|definition| {
            (1..=1 << 22).fold(0_u64, |digest, period| {
                let c = Coefficients::new(period, definition);
                [c.k, c.a2, c.reciprocal].iter().fold(digest, |digest, number| {
                    (digest.rotate_left(5) ^ number.to_bits()).wrapping_mul(0x9e37_79b9_7f4a_7c15)
                })
            })
        });
        assert_eq!(digest, [0x6b69_3235_33a1_e407, 0x9308_c6a0_b1bb_fa52]);
    }
}
