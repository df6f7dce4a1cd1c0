//! Inputs made of bytes, and what must hold for each. libFuzzer (`fuzz_targets`) finds bytes by the
//! code that they reach; the program `campaign` draws them at random, many times as fast; a test
//! replays `corpus`. All use the same checks.

#[path = "../../trendflex/tests/common/definition.rs"]
mod definition;
pub mod kernels;
mod prices;
pub mod shims;

use std::fmt;

/// Something to try inputs on.
pub struct Target {
    /// Its name, which is also that of its folder in the corpus.
    pub name: &'static str,
    /// Tries one input; panics if something does not hold.
    pub check: fn(&[u8]) -> Cases,
    /// What [`Cases::main`] and [`Cases::other`] are.
    pub counted: [&'static str; 2],
}

/// Every kernel gives the bits of the scalar one, and every way those of the definition.
pub const KERNELS: Target = Target {
    name: "kernels",
    check: kernels::check,
    counted: ["series by vectors held to the scalar kernel", "others held to the definition"],
};

/// The C functions do what the crate does, or refuse and write nothing.
pub const SHIMS: Target =
    Target { name: "shims", check: shims::check, counted: ["calls", "of them refused"] };

/// All there are.
pub const TARGETS: [Target; 2] = [KERNELS, SHIMS];

/// How much has been tried.
#[derive(Debug, Clone, Copy, Default)]
pub struct Cases {
    /// The unit of a campaign's size.
    pub main: u64,
    /// What is counted besides.
    pub other: u64,
}

/// Random inputs.
pub struct Draw {
    random: fastrand::Rng,
    input: Vec<u8>,
}

impl Draw {
    /// The same seed draws the same inputs.
    pub fn new(seed: u64) -> Self {
        // Most checks use fewer bytes and ignore the rest.
        Self { random: fastrand::Rng::with_seed(seed), input: vec![0; 1 << 11] }
    }

    /// The next one.
    pub fn input(&mut self) -> &[u8] {
        self.random.fill(&mut self.input);
        &self.input
    }
}

/// How much has been tried on a target.
pub struct Tally {
    target: Target,
    inputs: u64,
    /// The cases so far.
    pub cases: Cases,
}

impl Tally {
    /// Nothing yet.
    pub const fn new(target: Target) -> Self {
        Self { target, inputs: 0, cases: Cases { main: 0, other: 0 } }
    }

    /// Tries one input; panics if something does not hold.
    pub fn check(&mut self, input: &[u8]) {
        let Cases { main, other } = (self.target.check)(input);
        self.inputs += 1;
        self.cases.main += main;
        self.cases.other += other;
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { target: Target { name, counted: [main, other], .. }, inputs, cases } = self;
        write!(f, "{name}: {inputs} inputs, {} {main}, {} {other}", cases.main, cases.other)
    }
}

/// Makes the end of the program call a function, also if libFuzzer ends it.
#[cfg(feature = "libfuzzer")]
pub fn at_exit(call: extern "C" fn()) {
    unsafe extern "C" {
        fn atexit(call: extern "C" fn()) -> std::ffi::c_int;
    }
    // SAFETY: the function is there until the end.
    assert_eq!(unsafe { atexit(call) }, 0);
}
