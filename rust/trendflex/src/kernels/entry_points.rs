//! The functions that are compiled for each set of vector instructions.

/// The functions of a file of vector instructions, compiled for the CPUs that have them.
macro_rules! entry_points {
    ($set:ty, $lanes:literal, $features:literal) => {
        use $crate::definition::arithmetic::Hardware;
        use $crate::definition::coefficients::Coefficients;
        use $crate::definition::running::Running;
        use $crate::kernels::bank::{Abreast, Tick};
        use $crate::kernels::many::{self, Columns, Left, Member};
        use $crate::kernels::rows::{self, Row};
        use $crate::kernels::segments;

        #[target_feature(enable = $features)]
        pub(super) fn segments(
            running: &mut Running,
            ring: &mut [f64],
            c: &Coefficients,
            prices: &[f64],
            apart: usize,
            out: &mut [f64],
        ) -> Option<bool> {
            segments::advance::<$set, $lanes>(running, ring, c, prices, apart, out)
        }

        #[target_feature(enable = $features)]
        pub(super) fn batch(prices: &[f64], rows: &mut [Row]) -> Option<()> {
            rows::batch::<$set, $lanes>(prices, rows)
        }

        #[target_feature(enable = $features)]
        pub(super) fn members(c: &Coefficients, ring: &mut [f64], members: &mut [Member]) -> Left {
            many::members::<$set, $lanes>(c, ring, members)
        }

        #[target_feature(enable = $features)]
        pub(super) fn columns(c: &Coefficients, ring: &mut [f64], columns: &mut Columns) -> Left {
            many::columns::<$set, $lanes>(c, ring, columns)
        }

        #[target_feature(enable = $features)]
        pub(super) fn tick(tick: &Tick, eights: &mut [Abreast], prices: &[f64], out: &mut [f64]) {
            tick.in_vectors::<$set, Hardware, $lanes>(eights, prices, out);
        }
    };
}
pub(super) use entry_points;
