//! Cuts the page's wasm into parts: `page-split INPUT FOLDER LINK`.
//!
//! INPUT is what the compiler wrote with `--emit-relocs`; FOLDER receives `main.wasm`, which is still wasm-bindgen's to finish, the
//! parts, and LINK: the script that loads them, imported by the page's own. A program of its own, for the commands of xtask are
//! compiled before the first of them can answer, and only this one needs to read wasm.

use std::env;
use std::error::Error;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// The page's own script, as LINK sees it.
const PAGE: &str = "./fetchmark-page.js";

fn main() -> ExitCode {
    match split(env::args_os().skip(1)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("page-split: {error}");
            ExitCode::FAILURE
        }
    }
}

fn split(arguments: impl Iterator<Item = OsString>) -> Result<(), Box<dyn Error>> {
    let arguments: Vec<OsString> = arguments.collect();
    let [input, folder, link] = arguments.as_slice() else {
        return Err("usage: page-split INPUT FOLDER LINK".into());
    };
    let wasm = std::fs::read(input)?;
    let folder = PathBuf::from(folder);
    let main = folder.join("main.wasm");
    let link = link.to_str().ok_or("LINK is no text")?;
    let mut options = wasm_split_cli_support::Options::new(&wasm);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.main_module = PAGE;
    options.link_name = link;
    wasm_split_cli_support::transform(options).map_err(|error| format!("{error:#}"))?;
    Ok(())
}
