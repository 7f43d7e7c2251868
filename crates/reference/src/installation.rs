//! The virtual environment.

use crate::{
    files::{self, file_error},
    python::{self, Python},
};
use anyhow::anyhow;
use etcetera::BaseStrategy;
use std::{
    ffi::OsString,
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    process::{Command, Output},
};

/// Written last: what lacks it is half an installation.
const COMPLETE: &str = "complete";

/// Python with the libraries, ready to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Installation {
    folder: PathBuf,
    python: Python,
}

impl Installation {
    /// The one in the user's cache folder, made if it is not there; `on_progress` gets a sentence before what takes long.
    ///
    /// # Errors
    /// If Python is missing or too old, or a package cannot be installed.
    pub fn in_cache(on_progress: impl Fn(&str)) -> anyhow::Result<Self> {
        let strategy = etcetera::choose_base_strategy().map_err(|error| {
            anyhow!("No folder to install the Python clients into was found: {error}. Set HOME, or XDG_CACHE_HOME.")
        })?;
        Self::below(&strategy.cache_dir().join("fetchmark"), on_progress)
    }

    /// The same in a folder below `parent`. Its name depends on Python's version and on what is installed, so that an update
    /// of either makes another; two programs that need the same at once make it once.
    pub fn below(parent: &Path, on_progress: impl Fn(&str)) -> anyhow::Result<Self> {
        let python = Python::find()?;
        let name = format!(
            "python-{}-{}",
            python.version(),
            files::fingerprint(&format!("{} {}", python.version(), python.command().to_string_lossy()))
        );
        let installation = Self { folder: parent.join(name), python };
        let _lock = installation.lock()?;
        if !installation.folder.join(COMPLETE).exists() {
            on_progress(&format!(
                "Installing requests, httpx and aiohttp for Python {} into {} (once, about a minute) …",
                installation.python.version(),
                installation.folder.display()
            ));
            installation.make()?;
        }
        Ok(installation)
    }

    /// The folder that holds the virtual environment and the package.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn command(&self) -> Command {
        let mut command = python::isolated_command(self.interpreter().as_os_str(), Some(&self.source()));
        command.args(["-m", files::NAME]);
        command
    }

    fn make(&self) -> anyhow::Result<()> {
        let failed = |done| move |error: io::Error| file_error(done, &self.folder, &error);
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder).map_err(failed("emptied"))?;
        }
        fs::create_dir_all(&self.folder).map_err(failed("made"))?;
        let no_environment = |detail| {
            let (folder, command) = (self.folder.display(), self.python.command().display());
            anyhow!(
                "No virtual environment could be made in {folder} with {command}: {detail}. Some systems have it as a package \
                 of its own: on Debian and Ubuntu, apt-get install python3-venv."
            )
        };
        let mut venv = python::isolated_command(self.python.command(), None);
        succeeded(venv.args(["-m", "venv"]).arg(self.environment()).output()).map_err(no_environment)?;
        let lock = self.folder.join("requirements.txt");
        files::write(&lock, files::LOCK)?;
        let mut pip = python::isolated_command(self.interpreter().as_os_str(), None);
        pip.args(["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check"]);
        pip.args(["--require-hashes", "--requirement"]).arg(&lock);
        succeeded(pip.output()).map_err(|detail| {
            anyhow!(
                "The packages requests, httpx and aiohttp could not be installed: {detail}. Check that the package index is \
                 reachable, then try again."
            )
        })?;
        files::write_package(&self.source())?;
        files::write(&self.folder.join(COMPLETE), "")
    }

    /// Held while another program may install the same.
    fn lock(&self) -> anyhow::Result<File> {
        let path = self.folder.with_extension("lock");
        let failed = |error: io::Error| file_error("locked", &path, &error);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(failed)?;
        }
        let file = File::create(&path).map_err(failed)?;
        file.lock().map_err(failed)?;
        Ok(file)
    }

    fn environment(&self) -> PathBuf {
        self.folder.join("environment")
    }

    fn source(&self) -> PathBuf {
        self.folder.join("source")
    }

    fn interpreter(&self) -> OsString {
        let within = if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" };
        self.environment().join(within).into_os_string()
    }
}

/// The last line of a failed command's output.
fn succeeded(output: io::Result<Output>) -> Result<(), String> {
    let output = output.map_err(|error| error.to_string())?;
    if output.status.success() {
        return Ok(());
    }
    // venv reports errors on its standard output, pip on standard error.
    let lines = [&output.stderr, &output.stdout].map(|bytes| last_line(&String::from_utf8_lossy(bytes)));
    let line = lines.into_iter().find(|line| !line.is_empty());
    Err(line.unwrap_or_else(|| format!("it ended with {}", output.status)))
}

/// The last line that is not blank, without a full stop at its end.
pub(crate) fn last_line(text: &str) -> String {
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty());
    line.unwrap_or_default().trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_is_the_last_that_is_not_blank() {
        assert_eq!(last_line("Traceback\n  at x\nImportError: no y.\n\n"), "ImportError: no y");
        assert_eq!(last_line(" \n"), "");
    }
}
