//! Compiles `client.c` as C and as C++, links it with the library and runs it, in valgrind too.
#![cfg(not(feature = "test-panic"))]

use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
use std::io::{ErrorKind, Write, stderr};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use trendflex_ffi::ABI_VERSION;

const SOURCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/client.c");

#[test]
fn a_c_program_can_use_the_library() {
    if let Some(client) = compile("client-c", "CC", "cc", &["-std=c99"]) {
        runs(&mut Command::new(client));
    }
}

#[test]
fn a_cpp_program_can_use_the_library() {
    if let Some(client) = compile("client-cpp", "CXX", "c++", &["-std=c++11", "-x", "c++"]) {
        runs(&mut Command::new(client));
    }
}

#[test]
fn valgrind_finds_nothing() {
    if let Some(client) = compile("client-valgrind", "CC", "cc", &["-std=c99"]) {
        // The pool's threads are never joined, so what they hold is possibly lost or still
        // reachable.
        let leaks = ["--leak-check=full", "--errors-for-leak-kinds=definite"];
        runs(
            Command::new("valgrind")
                .args(["--quiet", "--error-exitcode=1"])
                .args(leaks)
                .arg(client),
        );
    }
}

/// Builds the client with the compiler that an environment variable names, or the default one, in a
/// folder of its own. There it finds the library only by the name that has the ABI version.
fn compile(name: &str, variable: &str, default: &str, language: &[&str]) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("c_client").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    // The library beside this test's executable: the one that `cargo build` puts one folder up may
    // be older.
    let file = format!("{DLL_PREFIX}trendflex_ffi{DLL_SUFFIX}");
    let library = folder.join(&file);
    fs::copy(env::current_exe().unwrap().with_file_name(&file), &library).unwrap();

    let client = folder.join("client");
    let compiler = env::var(variable).unwrap_or_else(|_| default.to_owned());
    let mut words = compiler.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(default));
    command.args(words).args(language).args(["-g", "-Wall", "-Wextra", "-Werror", "-pedantic"]);
    command.args([SOURCE, "-x", "none"]).arg(&library).arg("-lm");
    if cfg!(unix) {
        command.arg(format!("-Wl,-rpath,{}", folder.display()));
    }
    let compiled = runs(command.arg("-o").arg(&client));
    fs::rename(library, folder.join(name_with_abi_version(file))).unwrap();
    compiled.then_some(client)
}

/// Such as `libtrendflex_ffi.so.1`; the same on Windows.
fn name_with_abi_version(file: String) -> String {
    if cfg!(windows) {
        file
    } else if cfg!(target_vendor = "apple") {
        file.replace(DLL_SUFFIX, &format!(".{ABI_VERSION}{DLL_SUFFIX}"))
    } else {
        format!("{file}.{ABI_VERSION}")
    }
}

/// Whether there is such a program; if there is, it must succeed.
fn runs(command: &mut Command) -> bool {
    let output = match command.output() {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            // Not with a macro, whose output is hidden if the test passes; and all at once.
            let program = command.get_program().display();
            let line = format!("\nskipped: {program} is missing: tests of the C interface\n");
            let _ = stderr().write_all(line.as_bytes());
            return false;
        }
        Err(error) => panic!("{command:?}: {error}"),
    };
    let [stdout, stderr] =
        [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(output.status.success(), "{command:?}: {}\n{stdout}{stderr}", output.status);
    true
}
