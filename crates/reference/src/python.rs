use anyhow::bail;
use std::{
    env,
    ffi::{OsStr, OsString},
    path::Path,
    process::{Command, Stdio},
};

/// The oldest version that the pinned libraries and the package itself run on.
const OLDEST: (u32, u32) = (3, 10);

/// Names an interpreter to use instead of the one on the PATH.
const VARIABLE: &str = "FETCHMARK_PYTHON";

/// What it is called where it is installed; the last is Windows' launcher.
const NAMES: [&str; 3] = ["python3", "python", "py"];

/// An interpreter that is new enough.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Python {
    command: OsString,
    version: String,
}

impl Python {
    /// The one named in `FETCHMARK_PYTHON`, or else the first on the PATH.
    pub(crate) fn find() -> anyhow::Result<Self> {
        match env::var_os(VARIABLE) {
            Some(chosen) => Self::first_of(&[chosen.as_os_str()]),
            None => Self::first_of(&NAMES.map(OsStr::new)),
        }
    }

    /// The first of these commands that is new enough; if none is, the error names the last that started.
    pub(crate) fn first_of(commands: &[&OsStr]) -> anyhow::Result<Self> {
        let mut too_old = None;
        for command in commands {
            let Some(version) = version(command) else { continue };
            if is_supported(&version) {
                return Ok(Self { command: (*command).to_owned(), version });
            }
            too_old = Some((command.to_string_lossy().into_owned(), version));
        }
        let (major, minor) = OLDEST;
        if let Some((command, found)) = too_old {
            bail!(
                "{command} is Python {found}; the Python clients need {major}.{minor} or later. Install a newer one, or name one \
                 in FETCHMARK_PYTHON."
            );
        }
        let tried = commands.iter().map(|command| command.to_string_lossy()).collect::<Vec<_>>().join(", ");
        bail!(
            "Python was not found: {tried} did not start. Install Python {major}.{minor} or later, or name one in FETCHMARK_PYTHON."
        )
    }

    /// Such as `3.11.7`.
    pub(crate) fn version(&self) -> &str {
        &self.version
    }

    pub(crate) fn command(&self) -> &OsStr {
        &self.command
    }
}

/// A command that runs Python without the `PYTHON…` variables of the user's environment, which change its paths, its debug mode or
/// its memory allocator.
pub(crate) fn isolated_command(command: &OsStr, folder: Option<&Path>) -> Command {
    let mut command = Command::new(command);
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PYTHON")) {
        command.env_remove(name);
    }
    if let Some(folder) = folder {
        command.env("PYTHONPATH", folder);
    }
    command.stdin(Stdio::null());
    command
}

fn version(command: &OsStr) -> Option<String> {
    let script = "import platform; print(platform.python_version())";
    let output = isolated_command(command, None).args(["-c", script]).output().ok()?;
    let version = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    (output.status.success() && !version.is_empty()).then_some(version)
}

fn is_supported(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|number| number.parse::<u32>().ok());
    numbers.next().zip(numbers.next()).is_some_and(|version| version >= OLDEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(["3.10.0", "3.11.7", "3.14.0rc1", "4.0.0"].into_iter().all(is_supported));
        assert!(!["2.7.18", "3.9.18", "3.1.4", "", "three"].into_iter().any(is_supported));
    }

    #[test]
    fn a_missing_python_is_reported_with_what_was_tried() {
        let error = Python::first_of(&[OsStr::new("no-such-python"), OsStr::new("nor-this")]).unwrap_err();
        let message = error.to_string();
        let expected =
            "Python was not found: no-such-python, nor-this did not start. Install Python 3.10 or later";
        assert!(message.starts_with(expected), "{message}");
    }

    #[cfg(unix)]
    #[test]
    fn an_old_python_is_reported_with_its_version() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("python");
        std::fs::write(&old, "#!/bin/sh\necho 3.8.18\n").unwrap();
        std::fs::set_permissions(&old, std::fs::Permissions::from_mode(0o755)).unwrap();
        let message = Python::first_of(&[old.as_os_str()]).unwrap_err().to_string();
        assert!(message.contains("is Python 3.8.18; the Python clients need 3.10 or later"), "{message}");
    }
}
