//! Where things are, and an environment in which every tool is found and none is misled.

use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{env, iter};
use xshell::{Cmd, Shell};

/// The target of everything that runs in a browser.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// How many of a failed program's last lines are worth repeating.
const TAIL_LINES: usize = 20;

/// Set in the environment that [`relaunch`] prepares, to the repository's root folder.
const PREPARED: &str = "FETCHMARK_XTASK_ROOT";

pub(crate) struct Workspace {
    /// Starts programs in the root.
    pub(crate) sh: Shell,
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

/// Whether this process has the environment that [`relaunch`] prepares.
pub(crate) fn is_prepared() -> bool {
    env::var_os(PREPARED).is_some()
}

/// Starts this program again in the root, with an environment that suits every tool:
/// - first on the PATH is the folder that `cargo install` fills, so that tools are found where the set-up put them;
/// - folders that the person named relative to where they stand are absolute;
/// - what `cargo run` says about this package is left out: some build scripts would take it for a change, and crates would be compiled
///   again that a plain `cargo build` just compiled;
/// - NO_COLOR is `true`: Trunk stops at anything else but `false`, such as the usual `1`.
pub(crate) fn relaunch() -> Result<ExitCode> {
    // At run time first: a target folder shared by two clones must not lead from one into the other.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let root = Path::new(&manifest).parent().context("the package xtask is in no folder")?;
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths(iter::once(install_root()?.join("bin")).chain(env::split_paths(&path)))
        .context("CARGO_INSTALL_ROOT (or CARGO_HOME) cannot stand in PATH: name another folder")?;

    let mut command = Command::new(env::current_exe()?);
    command.args(env::args_os().skip(1)).current_dir(root).env(PREPARED, root).env("PATH", path);
    for (name, value) in env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let absolute = || std::path::absolute(&value);
        match name.as_str() {
            "CARGO_TARGET_DIR" | "CARGO_BUILD_TARGET_DIR" | "CARGO_INSTALL_ROOT" | "CARGO_HOME"
                if !value.is_empty() =>
            {
                command.env(name, absolute()?)
            }
            "NO_COLOR" if !value.is_empty() => command.env(name, "true"),
            "NO_COLOR" => command.env_remove(name),
            _ if describes_this_package(&name) => command.env_remove(name),
            _ => &mut command,
        };
    }
    become_it(command)
}

#[cfg(unix)]
fn become_it(mut command: Command) -> Result<ExitCode> {
    // In the place of this process: signals reach the one that does the work.
    Err(std::os::unix::process::CommandExt::exec(&mut command).into())
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Result<ExitCode> {
    Ok(if command.status()?.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn describes_this_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
        .iter()
        .any(|prefix| variable.starts_with(prefix))
}

/// A variable that is set to something, as a path.
pub(crate) fn set(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

/// The folder whose `bin` holds what `cargo install` installs.
pub(crate) fn install_root() -> Result<PathBuf> {
    let root = set("CARGO_INSTALL_ROOT")
        .or_else(|| set("CARGO_HOME"))
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("cannot tell where `cargo install` puts programs: set CARGO_HOME (or HOME)")?;
    Ok(std::path::absolute(root)?)
}

impl Workspace {
    /// The clone that [`relaunch`] started this program in.
    pub(crate) fn open() -> Result<Self> {
        let sh = Shell::new()?;
        let root = set(PREPARED).context("not started through `cargo xtask`")?;
        // Cargo put this program into <target>/debug, whatever variable or setting chose that folder.
        let program = env::current_exe()?;
        let target = program.ancestors().nth(2).context("this program is in no target folder")?.to_path_buf();
        Ok(Self { sh, root, target })
    }

    /// A folder as if it were a clone.
    #[cfg(test)]
    pub(crate) fn of_test(root: &Path) -> Self {
        let sh = Shell::new().unwrap();
        sh.change_dir(root);
        Self { sh, root: root.to_path_buf(), target: root.join("target") }
    }

    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    pub(crate) fn single_file(&self) -> PathBuf {
        self.dist().join("fetchmark.html")
    }

    pub(crate) fn release_files(&self) -> PathBuf {
        self.target.join("release-files")
    }

    pub(crate) fn program(&self, profile: &str, name: &str) -> PathBuf {
        self.target.join(profile).join(name).with_extension(env::consts::EXE_EXTENSION)
    }

    pub(crate) fn trunk(&self) -> Result<toml::Table> {
        let text = self.sh.read_file(self.root.join("Trunk.toml"))?;
        text.parse().context("Trunk.toml cannot be read")
    }
}

/// Runs without showing anything; gives what was printed, or the last lines with the error.
pub(crate) fn quietly(command: Cmd<'_>) -> Result<String> {
    let text = command.to_string();
    let output = Command::from(command)
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("`{text}` could not be started: is the program installed?"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = [output.stdout, output.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    let lines: Vec<&str> = said.lines().filter(|line| !line.trim().is_empty()).collect();
    let tail = lines[lines.len().saturating_sub(TAIL_LINES)..].join("\n    ");
    bail!("`{text}` failed ({}). Its last lines:\n    {tail}", output.status)
}

/// The arguments that cargo is given wherever native code is compiled for tests: always the same packages, so that features are unified
/// alike and everything is compiled once. The page compiles for browsers only.
pub(crate) const NATIVE: [&str; 3] = ["--workspace", "--exclude", "fetchmark-page"];

pub(crate) fn seconds(since: std::time::Instant) -> String {
    format!("{:.1} s", since.elapsed().as_secs_f64())
}

pub(crate) fn which(program: &str) -> Option<PathBuf> {
    which::which(program).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use xshell::cmd;

    #[test]
    fn a_failing_program_is_reported_with_its_last_lines() {
        let sh = Shell::new().unwrap();
        let script = "for (let line = 1; line < 50; line += 1) console.log(`line ${line}.`); console.error('why'); process.exit(3)";
        let error = quietly(cmd!(sh, "node -e {script}")).unwrap_err().to_string();
        let (first, last) = (50 - TAIL_LINES + 1, "line 49.");
        assert!(error.contains("node") && error.contains('3') && error.contains(last), "{error}");
        assert!(error.ends_with("why") && error.contains(&format!("line {first}.")), "{error}");
        assert!(!error.contains(&format!("line {}.", first - 1)), "{error}");
    }

    #[test]
    fn output_is_returned_and_a_missing_program_is_named() {
        let sh = Shell::new().unwrap();
        assert_eq!(quietly(cmd!(sh, "node -p 6*7")).unwrap().trim(), "42");
        let error = quietly(cmd!(sh, "no-such-program --version")).unwrap_err().to_string();
        assert!(error.contains("no-such-program") && error.contains("installed"), "{error}");
    }
}
