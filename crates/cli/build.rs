//! Puts the built page (`dist/`) into the program, if it is built: then the program needs no other file.
//!
//! A page that is not there is no error: tests outside the browser need none, and the commands that do say how to get one.

use std::collections::hash_map::DefaultHasher;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::{env, error::Error, fs};

/// Where the built page is, seen from this crate.
const DIST: &str = "../../dist";
/// What else is beside the page and not needed: the same again for static hosts, and what only debuggers read.
const LEFT_OUT: [&str; 4] = ["br", "gz", "map", "ts"];
/// What is so large that the program holds it compressed: 6 MB instead of 18.
const COMPRESSED: &str = "engine/pyodide/";

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join(DIST);
    // While it is not there, Cargo looks each time: this is how a page that was built since is found.
    println!("cargo::rerun-if-changed={DIST}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    if dist.join("index.html").is_file() {
        collect(&dist, &dist, &mut files)?;
        files.sort();
    }
    let mut list = String::from("&[\n");
    for (name, path) in &files {
        let mut hasher = DefaultHasher::new();
        fs::read(path)?.hash(&mut hasher);
        let tag = format!("{:016x}", hasher.finish());
        let packed =
            path.with_file_name(format!("{}.gz", path.file_name().unwrap_or_default().to_string_lossy()));
        let (path, encoding) = match name.starts_with(COMPRESSED) && packed.is_file() {
            true => (&packed, Some("gzip")),
            false => (path, None),
        };
        writeln!(
            list,
            "    EmbeddedFile {{ path: {name:?}, content: include_bytes!({:?}), encoding: {encoding:?}, tag: {tag:?} }},",
            path.display().to_string()
        )?;
    }
    list.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("page.rs"), list)?;
    Ok(())
}

/// Every file that is needed, with its path as the page knows it.
fn collect(root: &Path, folder: &Path, files: &mut Vec<(String, PathBuf)>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
        if path.is_dir() {
            collect(root, &path, files)?;
        } else if !LEFT_OUT.contains(&extension) {
            let below = path.strip_prefix(root)?.to_str().ok_or("a file of the page has no readable name")?;
            files.push((below.replace('\\', "/"), path.canonicalize()?));
        }
    }
    Ok(())
}
