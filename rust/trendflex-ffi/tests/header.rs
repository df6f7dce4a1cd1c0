//! Holds `headers/trendflex.h` to the source that it is generated from.

use std::path::Path;

#[test]
fn committed_header_is_the_generated_one() {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let header = crate_dir.join("../../headers/trendflex.h");
    let mut generated = Vec::new();
    cbindgen::generate(crate_dir).expect("cbindgen reads this crate").write(&mut generated);

    if std::env::var_os("TRENDFLEX_WRITE_HEADER").is_some() {
        std::fs::write(&header, &generated).expect("the header can be written");
    }
    let committed = std::fs::read(&header).unwrap_or_default();
    assert!(
        committed == generated,
        "headers/trendflex.h is not what the source says; to refresh it, then scripts/bindings:\n\
         TRENDFLEX_WRITE_HEADER=1 cargo test --manifest-path rust/Cargo.toml -p trendflex-ffi --test header"
    );
}
