//! No two files of a crate import each other.

#![allow(clippy::unwrap_used, reason = "a helper of tests fails a test by panicking, just as the tests do")]

use fetchmark_structure::circles;
use std::{
    fs,
    path::{Path, PathBuf},
};

/// The circles of a crate made of these files, each as the names that its files import.
fn planted(files: &[(&str, &str)]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let file = folder.path().join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }
    let found = circles(&folder.path().join("lib.rs")).unwrap();
    let prefix = format!("{}/", folder.path().display());
    found.into_iter().map(|circle| circle.to_string().replace(&prefix, "")).collect()
}

#[test]
fn the_workspace_has_no_circles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).unwrap();
    let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let members = manifest["workspace"]["members"].as_array().unwrap();
    let sources = members.iter().map(|member| root.join(member.as_str().unwrap()).join("src"));
    let roots: Vec<PathBuf> = sources
        .flat_map(|src| ["lib.rs", "main.rs"].map(|name| src.join(name)))
        .filter(|root| root.exists())
        .collect();
    assert!(roots.len() >= members.len(), "{roots:?}");
    let found: Vec<String> =
        roots.iter().flat_map(|root| circles(root).unwrap()).map(|circle| circle.to_string()).collect();
    let found = found.join("\n").replace(&format!("{}/", root.display()), "");
    assert!(found.is_empty(), "files import each other in a circle:\n{found}");
}

#[test]
fn a_circle_is_found_and_written_out_file_by_file() {
    let found = planted(&[
        ("lib.rs", "mod a; mod b; mod c;"),
        ("a.rs", "use crate::{b::{self, Two}, c}; pub struct One(Two);"),
        ("b/mod.rs", "mod inner; pub use inner::Two;"),
        ("b/inner.rs", "use super::super::c::three; pub struct Two;"),
        ("c.rs", "pub fn three() { let _: crate::a::One; }"),
    ]);
    let expected =
        "a.rs imports Two from b/inner.rs\nb/inner.rs imports three from c.rs\nc.rs imports One from a.rs\n";
    assert_eq!(found, [expected]);
}

#[test]
fn every_way_to_name_a_file_counts() {
    for uses in [
        "use crate::b::Two;",
        "use crate::b::*;",
        "use super::b::{Two as Other};",
        "use crate::b; fn f() -> b::Two { b::Two }",
        "fn f(_: crate::b::Two) {}",
        "fn f() { use crate::b::{Two as Other, TWO}; }",
        "impl One { fn f() { if true { use crate::b; b::TWO; } } }",
        "#[serde(with = \"crate::b::two\")] struct Four;",
        "fn f() { println!(\"{}\", crate::b::TWO) }",
        "mod inside { use crate::b::Two; }",
    ] {
        let found = planted(&[
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", &format!("{uses} pub struct One;")),
            ("b.rs", "use crate::a::One; pub struct Two; pub const TWO: u8 = 2;"),
        ]);
        assert_eq!(found.len(), 1, "{uses}");
    }
}

#[test]
fn a_parent_that_only_re_exports_is_in_no_circle() {
    let children = |parent: &str, taken: &str| {
        planted(&[
            ("lib.rs", "mod room;"),
            ("room.rs", &format!("mod one; mod two; pub use one::One; pub use two::Two; {parent}")),
            ("room/one.rs", &format!("use super::{taken}; pub struct One;")),
            ("room/two.rs", "pub struct Two;"),
        ])
    };
    assert_eq!(children("", "Two"), Vec::<String>::new());
    assert_eq!(children("pub const LIMIT: u8 = 1;", "LIMIT").len(), 1);
}

#[test]
fn tests_may_import_what_they_test() {
    let found = planted(&[
        ("lib.rs", "mod a; mod b; #[cfg(test)] mod fixture;"),
        ("a.rs", "pub struct One; #[cfg(test)] mod tests { use crate::b::Two; }"),
        ("b.rs", "use crate::a::One; #[cfg(all(test, not(target_arch = \"wasm32\")))] mod tests;"),
    ]);
    assert_eq!(found, Vec::<String>::new());
}
