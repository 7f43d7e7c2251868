//! Where things are: the repository, the target folder, the folder `cargo install` fills; and how a tool is started.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The places every command needs.
pub(crate) struct Workspace {
    /// The repository's root folder.
    pub(crate) root: PathBuf,
    /// Cargo's target folder.
    pub(crate) target: PathBuf,
    /// The folder whose `bin` holds what `cargo install` installs.
    pub(crate) install_root: PathBuf,
    /// `PATH` as children see it: the install folder first.
    path: OsString,
}

/// The machine does not tell where things are.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// Neither a Cargo home nor a home folder is known.
    #[error(
        "cannot tell where `cargo install` puts programs: set CARGO_HOME (or HOME) and run the command again"
    )]
    NoHome,
    /// A folder name cannot be written into `PATH`.
    #[error("the folder {0} cannot stand in PATH ({1}): set CARGO_INSTALL_ROOT to another folder")]
    Path(PathBuf, env::JoinPathsError),
}

impl Workspace {
    /// Reads the environment that cargo gives to `cargo xtask`.
    pub(crate) fn find() -> Result<Self, Error> {
        // At run time first: a target folder shared by two clones must not lead from one into the other.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest).parent().unwrap_or(Path::new(".")).to_path_buf();
        // Relative folders in the environment count from where the person stands; children run in the root.
        let absolute = |path: PathBuf| std::path::absolute(&path).unwrap_or(path);
        let target = set("CARGO_TARGET_DIR")
            .or_else(|| set("CARGO_BUILD_TARGET_DIR"))
            .map_or_else(|| root.join("target"), absolute);
        let install_root = set("CARGO_INSTALL_ROOT")
            .or_else(|| set("CARGO_HOME"))
            .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
            .map(absolute)
            .ok_or(Error::NoHome)?;
        let bin = install_root.join("bin");
        let inherited = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(std::iter::once(bin.clone()).chain(env::split_paths(&inherited)))
            .map_err(|error| Error::Path(bin, error))?;
        Ok(Self { root, target, install_root, path })
    }

    /// The folder `cargo install` puts programs into.
    pub(crate) fn bin(&self) -> PathBuf {
        self.install_root.join("bin")
    }

    /// Whether programs in [`Self::bin`] are found without our help.
    pub(crate) fn bin_is_on_path(&self) -> bool {
        let bin = self.bin();
        env::var_os("PATH").is_some_and(|path| env::split_paths(&path).any(|folder| folder == bin))
    }

    /// The folder the built page is in.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// The page as one file. Not in dist/, which is what a server needs and no more.
    pub(crate) fn single_file(&self) -> PathBuf {
        self.root.join("dist-single").join("fetchmark.html")
    }

    /// The folder for this program's own notes between runs.
    pub(crate) fn notes(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// The program a child would start under this name.
    pub(crate) fn which(&self, program: &str) -> Option<PathBuf> {
        let names = if cfg!(windows) {
            vec![format!("{program}.exe"), format!("{program}.cmd")]
        } else {
            vec![program.to_owned()]
        };
        env::split_paths(&self.path)
            .flat_map(|folder| names.iter().map(move |name| folder.join(name)).collect::<Vec<_>>())
            .find(|file| file.is_file())
    }

    /// A command that runs in the repository's root and finds the installed tools.
    pub(crate) fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let program = program.as_ref();
        let found = program.to_str().and_then(|name| self.which(name));
        let mut command = Command::new(found.as_deref().map_or(program, Path::as_os_str));
        command.current_dir(&self.root).env("PATH", &self.path).env("CARGO_TARGET_DIR", &self.target);
        // `cargo run` describes this package to us. Passed on, it makes some build scripts believe that they
        // changed, and crates are compiled again that a plain `cargo build` just compiled.
        for (name, _) in env::vars_os() {
            if name.to_str().is_some_and(describes_this_package) {
                command.env_remove(name);
            }
        }
        // Trunk reads NO_COLOR as `true` or `false` and stops at anything else, such as the usual `1`.
        match set("NO_COLOR") {
            Some(_) => command.env("NO_COLOR", "true"),
            None => command.env_remove("NO_COLOR"),
        };
        command
    }
}

/// A variable that is set to something, as a path.
fn set(name: &str) -> Option<PathBuf> {
    env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from)
}

fn describes_this_package(variable: &str) -> bool {
    ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_", "CARGO_PRIMARY_"]
        .iter()
        .any(|prefix| variable.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn variables_about_this_package_are_told_from_settings() {
        assert!(describes_this_package("CARGO_PKG_NAME"));
        assert!(describes_this_package("CARGO_MANIFEST_DIR"));
        assert!(!describes_this_package("CARGO_HOME"));
        assert!(!describes_this_package("CARGO_TARGET_DIR"));
    }

    #[test]
    fn children_find_installed_tools_first() {
        let workspace = Workspace::find().unwrap();
        let first = env::split_paths(&workspace.path).next().unwrap();
        assert_eq!(first, workspace.bin());
    }

    #[test]
    fn the_root_holds_this_package() {
        let workspace = Workspace::find().unwrap();
        assert!(workspace.root.join("xtask/Cargo.toml").is_file());
    }
}
