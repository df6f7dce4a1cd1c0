//! Gives the shared library the name by which programs find it. The name has the ABI version, so
//! that nobody finds the library of an incompatible release. The file itself keeps cargo's name.

#[path = "src/abi.rs"]
mod abi;

use std::env;

use abi::ABI_VERSION;

fn main() {
    println!("cargo::rerun-if-changed=src/abi.rs");
    let system = |key| env::var(format!("CARGO_CFG_TARGET_{key}")).unwrap_or_default();
    let arguments = if system("VENDOR") == "apple" {
        // Two arguments, which compilers take as well as Apple's linker itself.
        vec!["-install_name".to_owned(), format!("@rpath/libtrendflex_ffi.{ABI_VERSION}.dylib")]
    } else if system("FAMILY") == "unix" {
        vec![format!("-Wl,-soname,libtrendflex_ffi.so.{ABI_VERSION}")]
    } else {
        vec![]
    };
    for argument in arguments {
        println!("cargo::rustc-cdylib-link-arg={argument}");
    }
}
