//! A file replaced in one step: whatever happens, there is the old file or the new one, whole.
//!
//! The new text goes into a temporary file in the same folder, is forced to the disk, and takes the name. Writing into the file itself was
//! rejected: a full disk or a lost connection leaves half of it. The price is that the file is a new one: other hard links keep the old
//! text, and extended attributes are those of the folder.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile};

use crate::cmd::Failure;

/// Replaces a file's bytes by what `make` makes of them, and keeps the old file under its name and `backup`. What should be said about
/// it is returned.
pub(crate) fn replace(
    path: &Path,
    backup: Option<&str>,
    make: impl FnOnce(&[u8]) -> Result<Vec<u8>, toponorm::Error>,
) -> Result<Option<String>, Failure> {
    let fail = |error| Failure::Input(path.display().to_string(), error);
    let refuse = |reason: &str| Failure::Value(format!("{}: not written: {reason}", path.display()));
    // A symbolic link stays, the file that it leads to is replaced.
    let real = fs::canonicalize(path).map_err(fail)?;
    let found = fs::metadata(&real).map_err(fail)?;
    if !found.is_file() {
        return Err(refuse("it is no regular file"));
    }
    // Renaming asks the folder for permission only, and a file that is not to be written is not to be replaced either.
    if found.permissions().readonly() {
        return Err(refuse("it is read-only; make it writable first"));
    }
    OpenOptions::new().append(true).open(&real).map_err(fail)?;
    let bytes = make(&fs::read(&real).map_err(fail)?)
        .map_err(|error| Failure::Value(format!("{error}; nothing was written to it")))?;

    let staged = Staged::beside(&real).map_err(fail)?;
    staged.fill(&bytes, &found).map_err(fail)?;
    let kept = backup.map(|suffix| keep(&real, suffix)).transpose()?;
    let now = fs::metadata(&real).map_err(fail);
    let renamed = match now {
        Ok(now) if is_same(&found, &now) => staged.take_name(&real).map_err(fail),
        Ok(_) => Err(refuse("it changed while it was read; run again")),
        Err(failure) => Err(failure),
    };
    if let (Err(_), Some(kept)) = (&renamed, kept) {
        let _ = fs::remove_file(kept);
    }
    renamed?;
    Ok(other_links(&found).map(|more| {
        let s = if more == 1 { "" } else { "s" };
        format!(
            "{}: {more} hard link{s} to it still ha{} the old text",
            path.display(),
            if more == 1 { "s" } else { "ve" }
        )
    }))
}

/// Writes a new file in one step; a file that holds something is not overwritten.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error| Failure::Input(path.display().to_string(), error);
    let is_taken = || Failure::Value(format!("{}: exists already; choose another name, or remove it", path.display()));
    match fs::metadata(path) {
        Ok(found) if !found.is_file() || found.len() > 0 => return Err(is_taken()),
        Ok(_) => fs::remove_file(path).map_err(fail)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(fail(error)),
    }
    let mut staged = Staged::beside(path).map_err(fail)?;
    staged.file.write_all(bytes).and_then(|()| staged.file.as_file().sync_all()).map_err(fail)?;
    staged.take_free_name(path).map_err(fail)
}

/// Keeps the file under another name: a hard link if the file system has them, which keeps everything, else a copy.
fn keep(real: &Path, suffix: &str) -> Result<PathBuf, Failure> {
    let mut name = OsString::from(real);
    name.push(suffix);
    let kept = PathBuf::from(name);
    let is_taken = || {
        let kept = kept.display();
        Failure::Value(format!(
            "{}: not written: {kept} exists already; remove it, or choose another --backup",
            real.display()
        ))
    };
    match fs::hard_link(real, &kept) {
        Ok(()) => Ok(kept),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(is_taken()),
        Err(_) if kept.exists() => Err(is_taken()),
        Err(_) => {
            let copied = fs::copy(real, &kept).and_then(|_| File::open(&kept)?.sync_all());
            copied.map_err(|error| Failure::Input(kept.display().to_string(), error))?;
            Ok(kept)
        }
    }
}

/// The temporary file that is being written, for whoever interrupts it.
static STAGED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Lets an interrupted program remove its temporary file before it ends. Between files, and while a file takes its name, nothing has to be
/// removed.
pub(crate) fn clean_up_when_interrupted() {
    // Where a handler cannot be set, an interruption leaves a temporary file behind; no other harm is done.
    let _ = ctrlc::set_handler(|| {
        let staged = STAGED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &*staged {
            let _ = fs::remove_file(path);
        }
        let _ = writeln!(io::stderr(), "interrupted: every file is whole, the ones to come were not written");
        std::process::exit(INTERRUPTED);
    });
}

/// The exit code of a program ended by Ctrl-C.
const INTERRUPTED: i32 = 130;

/// A temporary file that is to take another's place.
struct Staged {
    file: NamedTempFile,
}

impl Staged {
    fn beside(path: &Path) -> io::Result<Self> {
        let folder = folder_of(path);
        let mut builder = Builder::new();
        builder.prefix(".toponorm-").suffix(".tmp");
        // As any new file: what the process's mask leaves of it.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut staged = STAGED.lock().unwrap_or_else(PoisonError::into_inner);
        let file = builder.tempfile_in(folder)?;
        *staged = Some(file.path().to_path_buf());
        Ok(Self { file })
    }

    /// Writes the bytes, with the owner and permissions of the file to be replaced, down to the disk.
    fn fill(&self, bytes: &[u8], like: &Metadata) -> io::Result<()> {
        let mut file = self.file.as_file();
        file.write_all(bytes)?;
        keep_owner(file, like)?;
        file.set_permissions(like.permissions())?;
        file.sync_all()
    }

    fn take_name(self, path: &Path) -> io::Result<()> {
        self.settle(path, |file, path| file.persist(path))
    }

    fn take_free_name(self, path: &Path) -> io::Result<()> {
        self.settle(path, |file, path| file.persist_noclobber(path))
    }

    fn settle(
        self,
        path: &Path,
        rename: impl FnOnce(NamedTempFile, &Path) -> Result<File, tempfile::PersistError>,
    ) -> io::Result<()> {
        let mut staged = STAGED.lock().unwrap_or_else(PoisonError::into_inner);
        let renamed = rename(self.file, path);
        *staged = None;
        renamed.map_err(|failed| failed.error)?;
        // The new name is on the disk only when the folder is. Where folders cannot be forced there, the system does it later.
        let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
        Ok(())
    }
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Gives a new file the owner and group of the old one.
#[cfg(unix)]
fn keep_owner(file: &File, like: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (like.uid(), like.gid()) {
        return Ok(());
    }
    fchown(file, Some(like.uid()), Some(like.gid())).map_err(|error| {
        io::Error::new(error.kind(), "not written: it belongs to another user or group, which it would not keep")
    })
}

#[cfg(not(unix))]
fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}

/// Whether a path still leads to the same, untouched file.
fn is_same(found: &Metadata, now: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        if (found.dev(), found.ino()) != (now.dev(), now.ino()) {
            return false;
        }
    }
    found.len() == now.len() && found.modified().ok() == now.modified().ok()
}

/// How many other names a file has.
#[cfg(unix)]
fn other_links(found: &Metadata) -> Option<u64> {
    use std::os::unix::fs::MetadataExt;

    Some(found.nlink().saturating_sub(1)).filter(|&more| more > 0)
}

#[cfg(not(unix))]
fn other_links(_: &Metadata) -> Option<u64> {
    None
}
