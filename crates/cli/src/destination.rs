//! Where a result goes: a file, written whole or not at all; or a device, pipe or socket, which is never replaced.

use std::fs::{self, File, Metadata, OpenOptions, Permissions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use tempfile::NamedTempFile;

use crate::terminal::ignore_closed_pipe;

/// As in Linux.
const MAX_LINKS: usize = 40;

#[derive(Debug)]
pub(crate) struct Destination {
    named: PathBuf,
    place: Place,
    replaced: Option<Metadata>,
}

#[derive(Debug, PartialEq, Eq)]
enum Place {
    /// A file that is replaced, or is to be made; behind every symbolic link.
    File(PathBuf),
    /// A stream that this program has open under this number.
    #[cfg(unix)]
    Open(u32),
    /// A device or a named pipe.
    Stream(PathBuf),
    /// A socket that another program listens on.
    #[cfg(unix)]
    Socket(PathBuf),
}

impl Destination {
    /// Follows symbolic links, and checks that it can be written to.
    pub(crate) fn at(path: &Path) -> anyhow::Result<Self> {
        let failed = |error| write_error(path, &error);
        let place = Place::of(path).map_err(failed)?;
        let mut replaced = None;
        if let Place::File(file) = &place {
            is_writable(file).map_err(failed)?;
            replaced = file.metadata().ok();
        }
        Ok(Self { named: path.to_owned(), place, replaced })
    }

    pub(crate) fn named(&self) -> &Path {
        &self.named
    }

    /// Whether one would replace the other. A stream takes several results, one after another.
    pub(crate) fn is_same_file(&self, other: &Self) -> bool {
        self.place == other.place && matches!(self.place, Place::File(_))
    }

    pub(crate) fn is_file(&self, path: &Path) -> bool {
        matches!((&self.place, path.canonicalize()), (Place::File(file), Ok(path)) if *file == path)
    }

    /// Removes the file that an earlier run left, so that nobody takes it for this one's.
    pub(crate) fn clear(&self) -> anyhow::Result<()> {
        let Place::File(file) = &self.place else { return Ok(()) };
        if !file.exists() {
            return Ok(());
        }
        // A mounted file, as in a container, cannot be removed, only emptied.
        let cleared = fs::remove_file(file).or_else(|_| File::create(file).map(drop));
        cleared.map_err(|error| write_error(&self.named, &error))
    }

    /// Writes a result; a file keeps the owner and the permissions of the one that it replaces.
    ///
    /// # Errors
    /// If it cannot be written; a file then keeps its old content.
    pub(crate) fn write(&self, content: &str) -> anyhow::Result<()> {
        let content = content.as_bytes();
        let written = match &self.place {
            Place::File(file) => replace(file, content, self.replaced.as_ref()),
            Place::Stream(path) => ignore_closed_pipe(stream(path).and_then(|file| write_all(file, content))),
            #[cfg(unix)]
            Place::Open(number) => ignore_closed_pipe(write_to_open(*number, content)),
            #[cfg(unix)]
            Place::Socket(path) => {
                let socket = std::os::unix::net::UnixStream::connect(path);
                ignore_closed_pipe(socket.and_then(|socket| write_all(socket, content)))
            }
        };
        written.map_err(|error| write_error(&self.named, &error))
    }
}

impl Place {
    fn of(path: &Path) -> io::Result<Self> {
        let mut path = path.to_owned();
        for _ in 0..MAX_LINKS {
            let name = path.file_name().ok_or(io::ErrorKind::IsADirectory)?;
            let folder = folder_of(&path).canonicalize()?;
            path = folder.join(name);
            // Before it is looked at: what a stream leads to is another matter than the stream.
            #[cfg(unix)]
            if let Some(number) = open_number(&path).filter(|_| path.is_symlink() || path.exists()) {
                return Ok(Self::Open(number));
            }
            match path.symlink_metadata() {
                Ok(found) if found.is_symlink() => path = folder.join(path.read_link()?),
                Ok(found) if found.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
                Ok(found) if found.is_file() => return Ok(Self::File(path)),
                #[cfg(unix)]
                Ok(found) if std::os::unix::fs::FileTypeExt::is_socket(&found.file_type()) => {
                    return Ok(Self::Socket(path));
                }
                Ok(_) => return Ok(Self::Stream(path)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::File(path)),
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::other("its symbolic links lead in a circle"))
    }
}

fn write_error(path: &Path, error: &io::Error) -> anyhow::Error {
    let path = path.display();
    anyhow!(
        "{path} could not be written: {error}. Check that its folder exists, can be written to and has room."
    )
}

/// The number in `/dev/fd/3` and `/proc/self/fd/3`. `/dev/stdout` is a link to one of these.
#[cfg(unix)]
fn open_number(path: &Path) -> Option<u32> {
    let mut folder = path.parent()?.to_str()?.strip_prefix('/')?.split('/');
    let own = std::process::id().to_string();
    let is_ours = match [folder.next(), folder.next(), folder.next(), folder.next()] {
        [Some("dev"), Some("fd"), None, None] => true,
        [Some("proc"), Some(process), Some("fd"), None] => process == own,
        _ => false,
    };
    path.file_name()?.to_str()?.parse().ok().filter(|_| is_ours)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn is_writable(file: &Path) -> io::Result<()> {
    match temporary_file(file) {
        Ok(_) => Ok(()),
        // In a folder that takes no new file, one that is there can still be written to.
        Err(_) if file.is_file() => OpenOptions::new().append(true).open(file).map(drop),
        Err(error) => Err(error),
    }
}

/// An empty temporary file in the folder of this one, as readable as any new file.
fn temporary_file(file: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(<Permissions as std::os::unix::fs::PermissionsExt>::from_mode(0o666));
    builder.tempfile_in(folder_of(file))
}

/// Writes a file so that others see all of it or what was there before: into a file beside it first, which then takes its name.
fn replace(file: &Path, content: &[u8], replaced: Option<&Metadata>) -> io::Result<()> {
    let whole = temporary_file(file).and_then(|mut new| {
        new.write_all(content)?;
        new.as_file().sync_all()?;
        if let Some(replaced) = replaced {
            copy_metadata(&new, replaced)?;
        }
        new.persist(file).map_err(|error| error.error)?;
        Ok(())
    });
    whole.or_else(|error| match error.kind() {
        // Its folder takes no new file, or it is mounted there by itself, as into a container.
        io::ErrorKind::PermissionDenied
        | io::ErrorKind::ReadOnlyFilesystem
        | io::ErrorKind::ResourceBusy
        | io::ErrorKind::CrossesDevices
            if file.is_file() =>
        {
            fs::write(file, content).map_err(|_| error)
        }
        _ => Err(error),
    })
}

/// Gives a new file the permissions of the one that it replaces, and its owner where that is allowed.
fn copy_metadata(new: &NamedTempFile, replaced: &Metadata) -> io::Result<()> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::{MetadataExt, fchown};
        let _ = fchown(new.as_file(), Some(replaced.uid()), Some(replaced.gid()));
    }
    let permissions: Permissions = replaced.permissions();
    new.as_file().set_permissions(permissions)
}

fn stream(path: &Path) -> io::Result<File> {
    // Held until the other is open: a reader takes a pipe without a writer for one that has ended.
    #[cfg(unix)]
    let _held = wait_for_reader(path)?;
    OpenOptions::new().write(true).open(path)
}

/// Opening a named pipe that nobody reads waits for ever: this waits a while, and then says so.
#[cfg(unix)]
fn wait_for_reader(path: &Path) -> io::Result<Option<File>> {
    use nix::errno::Errno;
    use nix::fcntl::OFlag;
    use std::os::unix::fs::{FileTypeExt, OpenOptionsExt};
    use std::time::Duration;
    const PATIENCE: Duration = Duration::from_secs(5);
    const STEP: Duration = Duration::from_millis(50);
    if !path.metadata()?.file_type().is_fifo() {
        return Ok(None);
    }
    let mut waited = Duration::ZERO;
    loop {
        let opened = OpenOptions::new().write(true).custom_flags(OFlag::O_NONBLOCK.bits()).open(path);
        match opened {
            Err(error) if error.raw_os_error() == Some(Errno::ENXIO as i32) => {}
            opened => return opened.map(Some),
        }
        if waited >= PATIENCE {
            return Err(io::Error::other(format!("nobody read from it for {} s", PATIENCE.as_secs())));
        }
        std::thread::sleep(STEP);
        waited += STEP;
    }
}

/// Writes to what is open already, after what was written to it before.
#[cfg(unix)]
fn write_to_open(number: u32, content: &[u8]) -> io::Result<()> {
    match number {
        1 => write_all(io::stdout().lock(), content),
        2 => write_all(io::stderr().lock(), content),
        // Where it is a file that the shell opened, its earlier content is not ours.
        number => write_all(OpenOptions::new().append(true).open(format!("/dev/fd/{number}"))?, content),
    }
}

fn write_all(mut out: impl Write, content: &[u8]) -> io::Result<()> {
    out.write_all(content)?;
    out.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(file: &Path, content: &str) -> anyhow::Result<()> {
        Destination::at(file)?.write(content)
    }

    #[test]
    fn a_file_is_replaced_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("report.json");
        write(&file, "one").unwrap();
        write(&file, "two").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "two");
        let error = Destination::at(&folder.path().join("none/report.json")).unwrap_err().to_string();
        assert!(error.contains("none/report.json could not be written"), "{error}");
        assert!(Destination::at(folder.path()).is_err(), "a folder is not replaced");
        let left: Vec<_> =
            folder.path().read_dir().unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(left, ["report.json"]);
    }

    #[test]
    fn the_file_of_an_earlier_run_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("r.xml");
        Destination::at(&file).unwrap().clear().unwrap();
        fs::write(&file, "passed").unwrap();
        Destination::at(&file).unwrap().clear().unwrap();
        assert!(!file.exists());
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use nix::sys::stat::Mode;
        use nix::unistd::mkfifo;
        use std::io::Read;
        use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
        use std::os::unix::net::UnixListener;

        #[test]
        fn a_link_stays_and_its_file_keeps_its_permissions() {
            let folder = tempfile::tempdir().unwrap();
            let [link, real] = ["link.json", "real.json"].map(|name| folder.path().join(name));
            symlink("real.json", &link).unwrap();
            // Nothing is there yet: the link says where it is to be.
            write(&link, "one").unwrap();
            fs::set_permissions(&real, Permissions::from_mode(0o640)).unwrap();
            let destination = Destination::at(&link).unwrap();
            destination.clear().unwrap();
            assert!(link.is_symlink() && !real.exists());
            destination.write("two").unwrap();
            assert_eq!(fs::read_to_string(&real).unwrap(), "two");
            assert_eq!(real.metadata().unwrap().permissions().mode() & 0o777, 0o640);
            assert!(destination.is_same_file(&Destination::at(&real).unwrap()));
            let [a, b] = ["a", "b"].map(|name| folder.path().join(name));
            symlink("a", &b).unwrap();
            symlink("b", &a).unwrap();
            assert!(Destination::at(&a).is_err());
        }

        #[test]
        fn pipes_and_sockets_are_written_to_and_not_replaced() {
            let folder = tempfile::tempdir().unwrap();
            let [fifo, socket] = ["fifo", "socket"].map(|name| folder.path().join(name));
            mkfifo(&fifo, Mode::S_IRWXU).unwrap();
            let listener = UnixListener::bind(&socket).unwrap();
            let read = {
                let fifo = fifo.clone();
                std::thread::spawn(move || fs::read_to_string(fifo).unwrap())
            };
            Destination::at(&fifo).unwrap().clear().unwrap();
            write(&fifo, "piped").unwrap();
            assert_eq!(read.join().unwrap(), "piped");
            write(&socket, "sent").unwrap();
            let mut sent = String::new();
            listener.accept().unwrap().0.read_to_string(&mut sent).unwrap();
            assert_eq!(sent, "sent");
            assert!(fifo.metadata().unwrap().file_type().is_fifo());
            assert!(socket.metadata().unwrap().file_type().is_socket());
            write(Path::new("/dev/null"), "x").unwrap();
            assert!(Path::new("/dev/null").metadata().unwrap().file_type().is_char_device());
        }

        #[test]
        fn open_streams_are_known_by_their_number() {
            for (path, number) in [("/dev/stdout", 1), ("/proc/self/fd/2", 2), ("/dev/fd/0", 0)] {
                assert_eq!(Place::of(Path::new(path)).unwrap(), Place::Open(number), "{path}");
            }
        }
    }
}
