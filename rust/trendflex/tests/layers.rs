//! The sources lie in layers: a file imports files of its own layer and of those below, and no files
//! import each other in a circle. So each file can be read with what it imports, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// The layers, from the lowest up. `lib.rs`, which makes their content public, is above them all.
const LAYERS: [&str; 3] = ["definition", "kernels", "calls"];
const MOST_LINES: usize = 450;

/// Sources by path below `src`.
type Sources = BTreeMap<String, String>;

#[test]
fn the_sources_lie_in_layers() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Sources::new();
    for layer in LAYERS {
        for entry in fs::read_dir(src.join(layer)).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{layer}/{}", path.file_name().unwrap().to_str().unwrap());
            sources.insert(name, fs::read_to_string(path).unwrap());
        }
    }
    let beside = fs::read_dir(&src).unwrap().map(|entry| entry.unwrap().file_name());
    let beside: BTreeSet<_> = beside.map(|name| name.into_string().unwrap()).collect();
    assert_eq!(
        beside,
        BTreeSet::from_iter(LAYERS.map(String::from).into_iter().chain(["lib.rs".into()]))
    );
    assert!(imports("calls/single.rs", &sources).contains("kernels/kernel.rs"));
    let faults = faults(&sources);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn what_breaks_the_layers_is_named() {
    let of = |files: &[(&str, &str)]| {
        let files = files.iter().map(|(name, text)| (name.to_string(), text.to_string()));
        faults(&files.collect())
    };
    let below = ("definition/price.rs", "pub(crate) fn is_price() {}");
    let lanes = ("kernels/lanes.rs", "use crate::definition::price::is_price;");
    let batch = (
        "calls/batch.rs",
        "use crate::{definition::price::{self, is_price as is}, kernels::lanes};",
    );
    assert_eq!(of(&[below, lanes, batch]), [""; 0]);
    assert_eq!(
        of(&[("kernels/lanes.rs", "fn f() { crate::calls::batch::g() }"), ("calls/batch.rs", "")]),
        ["kernels/lanes.rs imports calls/batch.rs, of a layer above"]
    );
    assert_eq!(
        of(&[("definition/price.rs", "use crate::NAN;")]),
        ["definition/price.rs imports lib.rs, of a layer above"]
    );
    assert_eq!(
        of(&[below, lanes, ("kernels/rows.rs", "use super::lanes;\nuse super::*;")]),
        ["kernels/rows.rs imports kernels/mod.rs, which names files and nothing else"]
    );
    assert_eq!(
        of(&[below, ("definition/mod.rs", "mod price;\npub(crate) use price::is_price;")]),
        ["definition/mod.rs imports something: it names files and nothing else"]
    );
    assert_eq!(
        of(&[
            ("kernels/a.rs", "use super::b::{C, D};"),
            ("kernels/b.rs", "use super::{c, d};"),
            ("kernels/c.rs", "macro_rules! m { () => { $crate::kernels::a::f() } }"),
            ("kernels/d.rs", "// use super::b;\n#[cfg(test)]\nmod tests { use super::super::b; }"),
        ]),
        ["kernels/a.rs imports kernels/b.rs imports kernels/c.rs imports kernels/a.rs"]
    );
    assert_eq!(
        of(&[("calls/many.rs", &"\n".repeat(MOST_LINES + 1))]),
        ["calls/many.rs has 451 lines, more than 450"]
    );
}

/// What is wrong with the sources, one line for each fault.
fn faults(sources: &Sources) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, text) in sources {
        let lines = text.lines().count();
        if lines > MOST_LINES {
            faults.push(format!("{name} has {lines} lines, more than {MOST_LINES}"));
        }
        if name.ends_with("/mod.rs") && code(text).split_whitespace().any(|word| word == "use") {
            faults.push(format!("{name} imports something: it names files and nothing else"));
        }
        for imported in imports(name, sources) {
            if imported.ends_with("/mod.rs") {
                faults
                    .push(format!("{name} imports {imported}, which names files and nothing else"));
            } else if layer(&imported) > layer(name) {
                faults.push(format!("{name} imports {imported}, of a layer above"));
            }
        }
    }
    faults.extend(circle(sources));
    faults
}

fn layer(name: &str) -> usize {
    LAYERS.iter().position(|layer| name.starts_with(&format!("{layer}/"))).unwrap_or(LAYERS.len())
}

/// A circle of files, if there is one, each of which imports the next.
fn circle(sources: &Sources) -> Option<String> {
    fn visit(
        trail: &mut Vec<String>,
        done: &mut BTreeSet<String>,
        sources: &Sources,
    ) -> Option<String> {
        let name = trail.last()?.clone();
        for imported in imports(&name, sources) {
            if let Some(begin) = trail.iter().position(|earlier| *earlier == imported) {
                trail.push(imported);
                return Some(trail[begin..].join(" imports "));
            }
            if sources.contains_key(&imported) && !done.contains(&imported) {
                trail.push(imported);
                if let Some(circle) = visit(trail, done, sources) {
                    return Some(circle);
                }
                trail.pop();
            }
        }
        done.insert(name);
        None
    }
    let mut done = BTreeSet::new();
    sources.keys().find_map(|name| visit(&mut vec![name.clone()], &mut done, sources))
}

/// The files that a file imports, apart from its unit tests. Tests may call anything.
fn imports(name: &str, sources: &Sources) -> BTreeSet<String> {
    let (layer, file) = name.split_once('/').unwrap();
    let mut files = BTreeSet::new();
    for path in paths(&code(&sources[name])) {
        // Seen from the crate's root.
        let mut from = if file == "mod.rs" { vec![layer] } else { vec![layer, file] };
        for segment in &path {
            match segment.as_str() {
                "crate" => from.clear(),
                "super" => drop(from.pop()),
                "self" => {}
                segment => from.push(segment),
            }
        }
        files.insert(match from[..] {
            [layer, module, ..] if LAYERS.contains(&layer) => {
                let file = format!("{layer}/{module}.rs");
                if sources.contains_key(&file) { file } else { format!("{layer}/mod.rs") }
            }
            _ => "lib.rs".into(),
        });
    }
    files.remove(name);
    files
}

/// A source without comments and without the unit tests at its end.
fn code(text: &str) -> String {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or(""));
    let code = lines.collect::<Vec<_>>().join("\n");
    code.split("#[cfg(test)]\nmod tests").next().unwrap().into()
}

/// All paths that begin with `crate` or `super`; those in braces are taken apart.
fn paths(code: &str) -> Vec<Vec<String>> {
    let is_name = |c: char| c.is_alphanumeric() || c == '_';
    let mut tokens = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let len = if rest.starts_with("::") {
            2
        } else {
            rest.find(|c| !is_name(c)).unwrap_or(rest.len())
        };
        let (token, after) = rest.split_at(len.max(first.len_utf8()));
        tokens.push(token);
        rest = after.trim_start();
    }
    let mut paths = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if ["crate", "super"].contains(&tokens[at]) && tokens.get(at + 1) == Some(&"::") {
            tree(&tokens, &mut at, &mut Vec::new(), &mut paths);
        } else {
            at += 1;
        }
    }
    paths
}

/// Takes one tree of paths, as it stands after `use`.
fn tree(tokens: &[&str], at: &mut usize, before: &mut Vec<String>, paths: &mut Vec<Vec<String>>) {
    if tokens[*at] == "{" {
        *at += 1;
        while tokens[*at] != "}" {
            tree(tokens, at, before, paths);
            *at += usize::from(tokens[*at] == ",");
        }
        *at += 1;
        return;
    }
    before.push(tokens[*at].into());
    *at += 1;
    if tokens.get(*at) == Some(&"::") && tokens[*at + 1] != "<" {
        *at += 1;
        tree(tokens, at, before, paths);
    } else {
        paths.push(before.clone());
    }
    if tokens.get(*at) == Some(&"as") {
        *at += 2;
    }
    before.pop();
}
