//! What the built page depends on: every file of the repository except what is known not to matter.
//!
//! The list names what is left out, not what is taken: a new folder that nobody thought of here causes a build too
//! many, never a stale page.

use std::ffi::OsStr;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Files and folders in the root that the page is not made of.
const NOT_INPUTS: [&str; 10] = [
    "target",
    "dist",
    "dist-single",
    "single-file",
    "node_modules",
    "docs",
    "fuzz",
    "tests",
    "xtask",
    "reference",
];

/// What the page ships of a folder that it is not made of otherwise.
const SHIPPED: [&str; 2] = ["docs", "report.schema.json"];

/// The crates that run outside the page.
const NATIVE_CRATES: [&str; 2] = ["lab", "cli"];

/// Whether a path, relative to the root, is something the page is made of (or a folder that may hold such).
pub(crate) fn is_input(relative: &Path) -> bool {
    let parts: Vec<&str> = relative
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => name.to_str(),
            _ => None,
        })
        .collect();
    // Hidden files are those of git and of editors that are about to save.
    if parts.iter().any(|name| name.starts_with('.') && *name != ".cargo") {
        return false;
    }
    match parts.as_slice() {
        [] => true,
        parts if SHIPPED.starts_with(parts) => true,
        ["xtask"] | ["xtask", "page-split", ..] | ["xtask", "src"] => true,
        // What cuts the page into parts makes the page, too.
        ["xtask", "src", "split.rs" | "stylesheets.rs"] => true,
        ["crates", name, ..] => !NATIVE_CRATES.contains(name),
        [file] if file.ends_with(".md") || file.starts_with("LICENSE") => false,
        [first, ..] => !NOT_INPUTS.contains(first),
    }
}

/// Every input file, relative to the root, in a fixed order.
pub(crate) fn files(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(root, Path::new(""), &is_input, &mut found)?;
    found.sort();
    Ok(found)
}

/// Every file below `folder`, relative to it, in a fixed order.
pub(crate) fn all_files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    collect(folder, Path::new(""), &|_| true, &mut found)?;
    found.sort();
    Ok(found)
}

fn collect(
    root: &Path,
    folder: &Path,
    wanted: &dyn Fn(&Path) -> bool,
    found: &mut Vec<PathBuf>,
) -> io::Result<()> {
    for entry in std::fs::read_dir(root.join(folder))? {
        let entry = entry?;
        let path = folder.join(entry.file_name());
        // A crate may be built by itself at some time: its own target folder is output.
        if !wanted(&path) || entry.file_name() == OsStr::new("target") {
            continue;
        }
        if entry.file_type()?.is_dir() {
            collect(root, &path, wanted, found)?;
        } else {
            found.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_is_made_of_these() {
        for path in [
            "index.html",
            "src/main.rs",
            "style/page.css",
            "crates",
            "crates/core/src/lib.rs",
            "crates/engine/Cargo.toml",
            "Cargo.lock",
            "package-lock.json",
            "Trunk.toml",
            ".cargo/config.toml",
            "docs",
            "docs/report.schema.json",
            "xtask/page-split/src/main.rs",
            "a-folder-to-come/file",
        ] {
            assert!(is_input(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn the_page_is_not_made_of_these() {
        for path in [
            "README.md",
            "docs/method.md",
            "fuzz/Cargo.toml",
            "target/debug/x",
            "dist/index.html",
            ".git/HEAD",
            "crates/lab/src/lib.rs",
            "crates/cli/src/main.rs",
            "xtask/src/main.rs",
            "tests/page.rs",
            "src/.main.rs.swp",
        ] {
            assert!(!is_input(Path::new(path)), "{path}");
        }
    }
}
