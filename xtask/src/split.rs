//! Puts the page in parts into dist/: what shows the form is loaded first, the rest when it is needed (src/parts.rs).
//!
//! Trunk has built a whole page by then, which stays for the page in one file. Here the page is compiled once more with places to cut
//! it at, cut (`page-split`), and finished part by part. The parts carry a fingerprint in their names, which is written into the main
//! part: a part that a browser kept from another build can never be joined to it. The stylesheets that index.html marks as the rest's are
//! one more part, which comes with the rest or not at all.

use crate::workspace::Workspace;
use crate::{process, stylesheets};
use sha2::{Digest, Sha256};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The page's package, and the name of its files.
const PAGE: &str = "fetchmark-page";
/// The profile that Trunk builds it with.
const PROFILE: &str = "wasm-release";
const TARGET: &str = "wasm32-unknown-unknown";
/// How much of the fingerprint a name holds, in bytes.
const NAMED: usize = 6;

/// The part that has looks of its own, and how the generated script asks for it.
const STYLED: &str = "split_rest";
/// What waits for them, added to that script.
const STYLED_SCRIPT: &str = include_str!("../page-split/styled.js");

/// How the generated script instantiates a part: only where the server names the type of wasm.
const STREAMING: &str = "WebAssembly.instantiateStreaming(src, imports)";
/// How it is done here: some servers do not name it.
const BUFFERED: &str = "src.then((answer) => { if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`); \
     return answer.arrayBuffer(); }).then((bytes) => WebAssembly.instantiate(bytes, imports))";

/// Why the page is not in parts.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// A tool failed; its output was shown, or is told here.
    #[error(
        "the page was not cut into parts: {0}\nWhat to do: correct what the lines above name, then run the command again."
    )]
    Tool(#[from] process::Error),
    /// A file could not be read or written.
    #[error(
        "{} could not be read or written ({source}). Check that the folder can be written to and the disk is not full.",
        .path.display()
    )]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The script that loads the parts is not as expected.
    #[error(
        "the script that loads the parts of the page has no `{0}`: adapt xtask/src/split.rs to this version of \
         wasm_split_cli_support"
    )]
    Loader(String),
}

/// Takes the whole page in dist/ away and puts one in parts there.
pub(crate) fn into_parts(workspace: &Workspace) -> Result<(), Error> {
    let dist = workspace.dist();
    set_aside(&dist, &whole(workspace))?;
    let style = take_style(workspace)?;
    let compiled = compile(workspace)?;
    let name = fingerprint(&[read(&compiled)?, style.clone().into_bytes()].concat());
    let sheet = format!("{PAGE}-rest-{name}.css");
    write(&dist.join(&sheet), &style)?;
    let loader = format!("{PAGE}-parts-{name}.js");

    let folder = workspace.notes().join("parts");
    clear(&folder)?;
    let mut cut = workspace.command("cargo");
    cut.args(["run", "--quiet", "--package", "page-split", "--"]).args([&compiled, &folder]);
    process::openly(cut.arg(format!("./{loader}")))?;
    let bound = folder.join("bound");
    let mut bind = workspace.command("wasm-bindgen");
    // The parts are joined by what the linker exports, which is taken away otherwise.
    bind.args(["--target", "web", "--no-typescript", "--keep-lld-exports", "--out-name", PAGE, "--out-dir"]);
    process::openly(bind.args([&bound, &folder.join("main.wasm")]))?;

    let script = format!("{PAGE}.js");
    let wasm = format!("{PAGE}_bg.wasm");
    shrink(workspace, &bound.join(&wasm), &dist.join(&wasm))?;
    bundle(workspace, &bound.join(&script), &dist.join(&script), &[&format!("./{loader}")])?;
    let beside = [format!("./{script}"), "./boot-ko.js".to_owned()];
    bundle(workspace, &workspace.root.join("boot.js"), &dist.join("boot.js"), &[&beside[0], &beside[1]])?;
    let mut loading = read_text(&folder.join(&loader))? + STYLED_SCRIPT;
    let asked = format!("fetch(new URL(\"./{STYLED}.wasm\", import.meta.url))");
    loading = replaced(&loading, &asked, &format!("styled(\"./{sheet}\", {asked})"))?;
    loading = replaced(&loading, STREAMING, BUFFERED)?;
    for part in parts(&folder)? {
        let named = part.replace(".wasm", &format!("-{name}.wasm"));
        shrink(workspace, &folder.join(&part), &dist.join(format!("{PAGE}-{named}")))?;
        loading = loading.replace(&format!("./{part}"), &format!("./{PAGE}-{named}"));
    }
    let plain = folder.join("loader.js");
    write(&plain, &loading)?;
    bundle(workspace, &plain, &dist.join(&loader), &[&format!("./{script}")])
}

/// Takes the stylesheets of the rest out of the page in dist/, into the whole page's folder; gives what they say.
fn take_style(workspace: &Workspace) -> Result<String, Error> {
    let dist = workspace.dist();
    let source = read_text(&workspace.root.join("index.html"))?;
    let mut style = String::new();
    for name in stylesheets::of_the_rest(&source) {
        let (from, to) = (dist.join(name), whole(workspace).join(name));
        style += &read_text(&from)?;
        fs::rename(&from, to).map_err(at(&from))?;
    }
    let index = dist.join("index.html");
    write(&index, &stylesheets::without_the_rest(&read_text(&index)?))?;
    Ok(style)
}

/// Where the whole page is kept for the page in one file.
pub(crate) fn whole(workspace: &Workspace) -> PathBuf {
    workspace.notes().join("whole")
}

/// Removes a whole page that was kept: the one in dist/ is whole.
pub(crate) fn forget_whole(workspace: &Workspace) -> Result<(), Error> {
    remove(&whole(workspace))
}

/// Moves the page's own files, and no other, from one folder into another.
fn set_aside(dist: &Path, whole: &Path) -> Result<(), Error> {
    clear(whole)?;
    for name in [format!("{PAGE}.js"), format!("{PAGE}_bg.wasm"), "snippets".to_owned()] {
        let path = dist.join(&name);
        fs::rename(&path, whole.join(&name)).map_err(at(&path))?;
    }
    Ok(())
}

/// Compiles the page with what is needed to cut it.
fn compile(workspace: &Workspace) -> Result<PathBuf, Error> {
    let mut command = workspace.command("cargo");
    command.args(["rustc", "--package", PAGE, "--bin", PAGE, "--target", TARGET, "--profile", PROFILE]);
    // The linker says where addresses stand, so that they can be moved.
    command.args(["--features", "split", "--", "-C", "link-arg=--emit-relocs"]);
    process::openly(&mut command)?;
    Ok(workspace.target.join(TARGET).join(PROFILE).join(format!("{PAGE}.wasm")))
}

/// `-Oz` leaves fewer bytes, but more once they are compressed. Who compiled it, and with what features, no browser reads.
fn shrink(workspace: &Workspace, from: &Path, to: &Path) -> Result<(), Error> {
    let mut command = workspace.command("wasm-opt");
    command.args(["-Os", "--strip-producers", "--strip-target-features"]);
    process::openly(command.arg(from).arg("--output").arg(to))?;
    Ok(())
}

fn bundle(workspace: &Workspace, from: &Path, to: &Path, beside: &[&str]) -> Result<(), Error> {
    let mut command = workspace.command("node");
    process::openly(command.arg("xtask/page-split/bundle.mjs").args([from, to]).args(beside))?;
    Ok(())
}

/// The names of the parts besides the main one.
fn parts(folder: &Path) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(at(folder))? {
        let name = entry.map_err(at(folder))?.file_name().to_string_lossy().into_owned();
        if name.ends_with(".wasm") && name != "main.wasm" {
            names.push(name);
        }
    }
    Ok(names)
}

fn fingerprint(content: &[u8]) -> String {
    Sha256::digest(content)[..NAMED].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn clear(folder: &Path) -> Result<(), Error> {
    remove(folder)?;
    fs::create_dir_all(folder).map_err(at(folder))
}

fn remove(folder: &Path) -> Result<(), Error> {
    match fs::remove_dir_all(folder) {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(at(folder)(source)),
        _ => Ok(()),
    }
}

/// The script with one text replaced wherever it stands.
fn replaced(script: &str, text: &str, by: &str) -> Result<String, Error> {
    if script.contains(text) { Ok(script.replace(text, by)) } else { Err(Error::Loader(text.to_owned())) }
}

fn write(path: &Path, content: &str) -> Result<(), Error> {
    fs::write(path, content).map_err(at(path))
}

fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(at(path))
}

fn read_text(path: &Path) -> Result<String, Error> {
    fs::read_to_string(path).map_err(at(path))
}

fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
    let path = path.to_owned();
    |source| Error::File { path, source }
}
