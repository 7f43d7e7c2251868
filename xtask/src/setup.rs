//! `cargo xtask setup`: installs what is missing, and says what, why and how long it took.

use crate::browser::{self, Browser, version_in};
use crate::installer::{announce, install};
use crate::workspace::{self, WASM, Workspace, quietly, seconds, set, which};
use anyhow::{Context, Result, bail};
use clap::ValueEnum;
use std::path::{Path, PathBuf};
use std::time::Instant;
use xshell::cmd;

/// The options of `cargo xtask setup`.
#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// What to prepare for: `serve` is enough to build and serve the page.
    #[arg(long = "for", value_enum, default_value = "test")]
    purpose: Purpose,
    /// The browser to test in; may be repeated. Serving needs none.
    #[arg(long = "browser", value_enum, value_name = "NAME", default_values_t = browser::USUAL)]
    browsers: Vec<Browser>,
}

/// What the tools are needed for; each level includes the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(crate) enum Purpose {
    /// Building and serving the page.
    Serve,
    /// Running the tests as well.
    Test,
}

/// A tool that is installed in one exact version: program, package on crates.io (wasm-opt's is npm's), version, what it does, and about how
/// long compiling it takes, so that nobody waits in doubt.
struct Tool {
    program: &'static str,
    package: &'static str,
    version: String,
    why: &'static str,
    takes: &'static str,
    /// For `cargo install`, beside [`QUICK`]; none for npm.
    options: Option<&'static [&'static str]>,
}

/// Compiling tools is most of the first set-up. They wait for other programs most of their time, so they are not optimised: an optimised
/// Trunk takes over ten minutes on two cores. All in one profile, so that what they share is compiled once (docs/decisions/0018).
const QUICK: [&str; 5] = [
    "--debug",
    "--config=profile.dev.debug=0",
    "--config=profile.dev.debug-assertions=false",
    "--config=profile.dev.overflow-checks=false",
    "--config=profile.dev.panic=\"abort\"",
];
/// Their authors' dependencies: Trunk 0.21.14 does not compile with the newest ones.
const LOCKED: &[&str] = &["--locked"];
/// Without TLS, which is for downloading tools.
const TRUNK: &[&str] = &["--locked", "--no-default-features"];
/// Not locked: its lock file names a crate version that was withdrawn. What reads and writes WebAssembly is optimised: it reads it all.
const WASM_BINDGEN: &[&str] = &[
    "--no-default-features",
    "--config=profile.dev.package.walrus.opt-level=1",
    "--config=profile.dev.package.wasmparser.opt-level=1",
];

/// The tools for a purpose and browsers to test in.
fn tools(workspace: &Workspace, purpose: Purpose, browsers: &[Browser]) -> Result<Vec<Tool>> {
    let trunk = workspace.trunk()?;
    let pinned = |value: Option<&toml::Value>| -> Result<String> {
        let version = value.and_then(toml::Value::as_str).context("Trunk.toml pins no version of a tool")?;
        Ok(version.trim_start_matches("version_").to_owned())
    };
    let pin = |tool: &str| pinned(trunk.get("tools").and_then(|tools| tools.get(tool)));
    let tool = |(program, package): (_, _), version: &str, why, takes, options| Tool {
        program,
        package,
        version: version.to_owned(),
        why,
        takes,
        options,
    };
    let bindgen = ("wasm-bindgen", "wasm-bindgen-cli");
    let (short, long) = ("about a minute", "about four minutes");
    let mut tools = vec![
        tool(bindgen, &pin("wasm_bindgen")?, "joins the page to JavaScript", short, Some(WASM_BINDGEN)),
        tool(("trunk", "trunk"), &pinned(trunk.get("trunk-version"))?, "bundles the page", long, Some(TRUNK)),
        tool(("wasm-opt", "binaryen"), &pin("wasm_opt")?, "makes the page smaller", "a few seconds", None),
    ];
    if purpose == Purpose::Test {
        let locked =
            |program, version, why, takes| tool((program, program), version, why, takes, Some(LOCKED));
        tools.push(locked("cargo-nextest", "0.9.143", "runs native tests", long));
        tools.push(locked("wasm-pack", "0.15.1", "runs tests in a browser", short));
        if browsers.contains(&Browser::Firefox) && set("GECKODRIVER").is_none() {
            tools.push(locked("geckodriver", "0.37.1", "drives Firefox in tests", short));
        }
    }
    Ok(tools)
}

impl Tool {
    /// Whether this version will do. Nextest's output and settings have been the same since 0.9.100.
    fn is_right(&self, found: &str) -> bool {
        let patch = || found.strip_prefix("0.9.")?.parse::<u32>().ok();
        found == self.version || self.program == "cargo-nextest" && patch().is_some_and(|patch| patch >= 100)
    }

    /// The version that would be started now, if any. One that is there but cannot run counts as missing.
    fn installed(&self, workspace: &Workspace) -> Option<String> {
        let program = which(self.program)?;
        version_in(&quietly(cmd!(workspace.sh, "{program} --version")).ok()?).map(str::to_owned)
    }

    /// Installs it unless it is there; whether it had to.
    fn ensure(&self, workspace: &Workspace) -> Result<bool> {
        let what = format!("{} {}", self.program, self.version);
        announce(&what, self.why);
        match self.installed(workspace) {
            Some(found) if self.is_right(&found) => {
                println!("already there");
                return Ok(false);
            }
            Some(found) => print!("{found} found, "),
            None => {}
        }
        self.install(workspace, &what)?;
        match self.installed(workspace) {
            Some(found) if self.is_right(&found) => Ok(true),
            found => bail!(
                "{what} was installed, but asking it for its version gives {}. Remove the program that `which {}` names, then run \
                 `cargo xtask setup` again.",
                found.as_deref().unwrap_or("no answer"),
                self.program
            ),
        }
    }

    fn install(&self, workspace: &Workspace, what: &str) -> Result<()> {
        let (sh, root) = (&workspace.sh, workspace::install_root()?);
        let Self { package, version, takes, .. } = self;
        let Some(options) = self.options else {
            let (npm, options) = (npm()?, ["--global", "--no-audit", "--no-fund"]);
            let npm = cmd!(sh, "{npm} install {options...} --prefix {root} {package}@{version}");
            return install(what, takes, npm);
        };
        // A program that is ready to run comes in seconds; where there is none for this machine, it is compiled.
        if which("cargo-binstall").is_some() {
            let options = ["--no-confirm", "--force", "--disable-strategies", "compile"];
            let binstall = cmd!(sh, "cargo binstall {options...} --root {root} {package}@{version}");
            if install(what, "a few seconds", binstall).is_ok() {
                return Ok(());
            }
        }
        // One folder for all of them: the crates that they have in common are compiled once.
        let compile = cmd!(
            sh,
            "cargo install {package} --version {version} --force --root {root} {QUICK...} {options...}"
        );
        install(what, takes, compile.env("CARGO_TARGET_DIR", compiled_tools(workspace)))
    }
}

fn compiled_tools(workspace: &Workspace) -> PathBuf {
    workspace.target.join("xtask/tools")
}

pub(crate) fn run(workspace: &Workspace, arguments: &Arguments) -> Result<()> {
    ensure(workspace, arguments.purpose, &arguments.browsers)
}

/// Installs what `purpose` needs and is not there in the right version; `browsers` are those to test in.
pub(crate) fn ensure(workspace: &Workspace, purpose: Purpose, browsers: &[Browser]) -> Result<()> {
    ensure_compiler(workspace)?;
    ensure_tools(workspace, purpose, browsers)
}

/// The first part of [`ensure`]: after it, the page compiles.
pub(crate) fn ensure_compiler(workspace: &Workspace) -> Result<()> {
    println!("Set-up: tools in {}", workspace::install_root()?.join("bin").display());
    ensure_wasm_target(workspace)
}

/// The rest of [`ensure`].
pub(crate) fn ensure_tools(workspace: &Workspace, purpose: Purpose, browsers: &[Browser]) -> Result<()> {
    let started = Instant::now();
    let mut installed = false;
    for tool in tools(workspace, purpose, browsers)? {
        installed |= tool.ensure(workspace)?;
    }
    if installed {
        // What compiling them left behind is needed no more.
        workspace.sh.remove_path(compiled_tools(workspace))?;
    }
    ensure_modules(workspace, "", "clients written in JavaScript")?;
    if purpose == Purpose::Test {
        browsers.iter().try_for_each(|browser| browser.ensure(workspace))?;
    }
    println!("Set-up complete in {}.", seconds(started));
    Ok(())
}

fn ensure_wasm_target(workspace: &Workspace) -> Result<()> {
    let sh = &workspace.sh;
    announce(&format!("Rust target {WASM}"), "compiles for browsers");
    // The compiler itself is asked, not rustup: distributions ship Rust without rustup.
    let folder = quietly(cmd!(sh, "rustc --print target-libdir --target {WASM}"))?;
    if Path::new(folder.trim()).is_dir() {
        println!("already there");
        return Ok(());
    }
    if which("rustup").is_none() {
        println!("missing");
        bail!(
            "the Rust compiler on your PATH cannot compile for browsers, and rustup, which would add {WASM}, is missing. Install Rust \
             through https://rustup.rs, or add that target with the package manager that Rust came from."
        );
    }
    install(WASM, "a few seconds", cmd!(sh, "rustup target add {WASM}"))
}

/// npm, or a sentence on how to get it.
pub(crate) fn npm() -> Result<PathBuf> {
    which("node").and(which("npm")).context(
        "Node.js with npm is missing. Install 20 or later (Debian and Ubuntu: `apt-get install nodejs npm`; elsewhere: \
         https://nodejs.org), then run the command again",
    )
}

/// Installs the modules that package-lock.json in a folder pins, unless npm did so after that file last changed.
pub(crate) fn ensure_modules(workspace: &Workspace, folder: &str, why: &str) -> Result<()> {
    announce("JavaScript modules", why);
    let folder = workspace.root.join(folder);
    let changed = |name: &str| folder.join(name).metadata().ok()?.modified().ok();
    if changed("node_modules/.package-lock.json") >= changed("package-lock.json") {
        println!("already there");
        return Ok(());
    }
    // Install scripts stay off: the pinned modules need none, and none should run unasked on a developer's machine.
    let npm = npm()?;
    let command = cmd!(workspace.sh, "{npm} ci --prefix {folder} --ignore-scripts --no-audit --no-fund");
    install("JavaScript modules", "a few seconds", command)
        .context("do package.json and package-lock.json belong together? `npm install` makes them agree")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serving_needs_no_tools_of_the_tests() {
        let workspace = Workspace::of_test(Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap());
        let programs = |purpose| -> Vec<_> {
            let tools = tools(&workspace, purpose, Browser::value_variants()).unwrap();
            tools.iter().map(|tool| tool.program).collect()
        };
        let (serve, test) = (programs(Purpose::Serve), programs(Purpose::Test));
        assert_eq!(serve, ["wasm-bindgen", "trunk", "wasm-opt"]);
        assert!(test.starts_with(&serve) && test.contains(&"cargo-nextest"), "{test:?}");
    }

    #[test]
    fn trunk_uses_the_wasm_bindgen_of_cargo_lock() {
        // The tool and the library read each other's private format; setup installs what Trunk.toml names.
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let read = |name| std::fs::read_to_string(root.join(name)).unwrap().parse::<toml::Table>().unwrap();
        let (trunk, lock) = (read("Trunk.toml"), read("Cargo.lock"));
        let packages = lock["package"].as_array().unwrap();
        let locked = packages.iter().find(|package| package["name"].as_str() == Some("wasm-bindgen"));
        assert_eq!(trunk["tools"]["wasm_bindgen"], locked.unwrap()["version"]);
    }
}
