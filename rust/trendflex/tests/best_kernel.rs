//! The kernel that this CPU gets.

use trendflex::Kernel;

/// `TRENDFLEX_EXPECT_KERNEL` names the kernel that must be the best: whoever tests a kernel on its
/// CPU then learns if the CPU lacks it.
#[test]
fn the_best_kernel_is_supported_and_the_one_expected() {
    let best = Kernel::best();
    assert!(best.is_supported(), "{best:?}");
    if let Some(expected) = std::env::var_os("TRENDFLEX_EXPECT_KERNEL") {
        assert_eq!(format!("{best:?}"), expected.to_string_lossy());
    }
}
