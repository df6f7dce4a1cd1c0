//! Compares `headers/trendflex.h` with the source that it is generated from, and with what it had
//! when it got its ABI version.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

const REFRESH: &str = "to refresh it, then scripts/bindings:\n\
     TRENDFLEX_WRITE_HEADER=1 cargo test --manifest-path rust/Cargo.toml -p trendflex-ffi --test header";

#[test]
fn committed_header_is_the_generated_one() {
    let header = headers().join("trendflex.h");
    let generated = generated_header();
    if refreshing() {
        fs::write(&header, &generated).expect("the header can be written");
    }
    let committed = fs::read_to_string(&header).unwrap_or_default();
    assert!(committed == generated, "{header:?} is not what the source says; {REFRESH}");
}

#[test]
fn what_an_abi_version_has_stays_while_it_is_the_version() {
    let version = trendflex_ffi::ABI_VERSION;
    let file = headers().join(format!("abi-{version}.txt"));
    let declared = declarations(&generated_header());
    let pinned = fs::read_to_string(&file).unwrap_or_default();
    for line in pinned.lines() {
        assert!(
            declared.iter().any(|declaration| declaration == line),
            "ABI version {version} has this, and the header has not:\n{line}\n\
             Raise ABI_VERSION if that is meant: programs built before would break."
        );
    }
    let declared = declared.join("\n") + "\n";
    if refreshing() {
        fs::write(&file, &declared).expect("the file can be written");
    }
    let pinned = fs::read_to_string(&file).unwrap_or_default();
    assert!(pinned == declared, "{file:?} does not have all that the header has; {REFRESH}");
}

fn headers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../headers")
}

fn refreshing() -> bool {
    env::var_os("TRENDFLEX_WRITE_HEADER").is_some()
}

fn generated_header() -> String {
    let mut header = Vec::new();
    cbindgen::generate(env!("CARGO_MANIFEST_DIR"))
        .expect("cbindgen reads this crate")
        .write(&mut header);
    String::from_utf8(header).expect("the header is text")
}

/// A line for each function, constant and type: what a compiled program depends on, so without
/// names of parameters.
fn declarations(header: &str) -> Vec<String> {
    let code: Vec<_> = header
        .lines()
        .filter(|line| !line.starts_with('#') && !line.starts_with("extern"))
        .filter_map(|line| line.split("//").next())
        .flat_map(str::split_whitespace)
        .collect();
    let code = code.join(" ");
    let mut declarations = Vec::new();
    for item in code.split(';').map(str::trim) {
        if let Some((name, constants)) = item.split_once('{') {
            let constants = constants.trim_end_matches('}').split(',').map(str::trim);
            declarations.extend(
                constants.filter(|c| !c.is_empty()).map(|c| format!("{}: {c}", name.trim())),
            );
        } else if let Some((function, parameters)) = item.split_once('(') {
            let types: Vec<_> =
                parameters.trim_end_matches(')').split(',').map(without_name).collect();
            declarations.push(format!("{function}({})", types.join(", ")));
        } else if item.starts_with("typedef") {
            declarations.push(item.to_owned());
        }
    }
    declarations
}

/// `const double *` of `const double *prices`.
fn without_name(parameter: &str) -> &str {
    let parameter = parameter.trim();
    let name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    match parameter.trim_end_matches(name).trim_end() {
        "" => parameter,
        r#type => r#type,
    }
}
