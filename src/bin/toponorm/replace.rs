//! A file replaced in one step: whatever happens, there is the old file or the new one, whole.
//!
//! The new text goes into a temporary file in the same folder, is forced to the disk, and takes the name. Writing into the file itself was
//! rejected: a full disk or a lost connection leaves half of it. The price is that the file is a new one: other hard links keep the old
//! text. Owner, permissions, extended attributes and access lists go over.

use std::ffi::OsString;
use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tempfile::{Builder, NamedTempFile};

use crate::cmd::{Failure, complain};

/// Replaces a file's bytes by what `make` makes of them, and keeps the old file under its name and `backup`. What should be said about
/// it is returned.
pub(crate) fn replace(
    path: &Path,
    backup: Option<&str>,
    make: impl FnOnce(&[u8]) -> Result<Vec<u8>, toponorm::Error>,
) -> Result<Option<String>, Failure> {
    let fail = |error| Failure::Input(path.display().to_string(), error);
    let (real, found) = replaceable(path)?;
    let bytes = make(&fs::read(&real).map_err(fail)?)
        .map_err(|error| Failure::Value(format!("{error}; nothing was written to it")))?;

    // The file is replaced by a new one, so there must be room for one.
    let no_room =
        |error: io::Error| refused(path, &format!("no new file can be made in its folder ({})", error.kind()));
    let staged = Staged::beside(&real).map_err(no_room)?;
    staged
        .fill(&bytes, (&real, &found))
        .map_err(|error| no_room_for(path, error, "the file is as it was, and a new one needs room beside it"))?;
    let kept = backup.map(|suffix| keep(&real, suffix)).transpose()?;
    let now = fs::metadata(&real).map_err(fail);
    let renamed = match now {
        Ok(now) if is_same(&found, &now) => staged.take_name(&real).map_err(fail),
        Ok(_) => Err(refused(path, "it changed while it was read; run again")),
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

/// The file that a path leads to, if it may be replaced.
pub(crate) fn replaceable(path: &Path) -> Result<(PathBuf, Metadata), Failure> {
    let fail = |error| Failure::Input(path.display().to_string(), error);
    // A symbolic link stays, the file that it leads to is replaced.
    let real = fs::canonicalize(path).map_err(fail)?;
    let found = fs::metadata(&real).map_err(fail)?;
    if !found.is_file() {
        return Err(refused(path, "it is no regular file"));
    }
    // Renaming asks the folder for permission only, and a file that is not to be written is not to be replaced either.
    if found.permissions().readonly() {
        return Err(refused(path, "it is read-only; make it writable first"));
    }
    OpenOptions::new().append(true).open(&real).map_err(fail)?;
    Ok((real, found))
}

/// What failed while a new file was written, which on a full disk is nobody's fault.
fn no_room_for(path: &Path, error: io::Error, so: &str) -> Failure {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => refused(path, &format!("the disk is full; {so}")),
        io::ErrorKind::FileTooLarge => refused(path, &format!("it would be larger than files may be here; {so}")),
        _ => Failure::Input(path.display().to_string(), error),
    }
}

fn refused(path: &Path, reason: &str) -> Failure {
    Failure::Value(format!("{}: not written: {reason}", path.display()))
}

/// Whether a new file may be made here: one that holds something is not overwritten.
pub(crate) fn check_free(path: &Path) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(found) if !found.is_file() || found.len() > 0 => {
            Err(Failure::Value(format!("{}: exists already; choose another name, or remove it", path.display())))
        }
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Failure::Input(path.display().to_string(), error)),
        _ => Ok(()),
    }
}

/// Writes a new file in one step.
pub(crate) fn create(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let fail = |error| Failure::Input(path.display().to_string(), error);
    check_free(path)?;
    let mut staged = Staged::beside(path).map_err(fail)?;
    // By the file itself, whose errors don't name it: it is a stranger to everybody.
    let written = staged.file.as_file_mut().write_all(bytes).and_then(|()| staged.file.as_file().sync_all());
    written.map_err(|error| no_room_for(path, error, "make room, and run again"))?;
    staged.take_name(path).map_err(fail)
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
            copied.map_err(|error| {
                let _ = fs::remove_file(&kept);
                Failure::Input(kept.display().to_string(), error)
            })?;
            Ok(kept)
        }
    }
}

/// The temporary file or folder that is being written, for whoever interrupts it.
static STAGED: Mutex<Option<PathBuf>> = Mutex::new(None);

/// Lets an interrupted program remove its temporary file before it ends. Between files, and while a file takes its name, nothing has to be
/// removed.
pub(crate) fn clean_up_when_interrupted() {
    // Where a handler cannot be set, or signals are ignored on purpose (`nohup`), an interruption leaves a temporary file at most.
    let _ = ctrlc::try_set_handler(|| {
        let staged = STAGED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(path) = &*staged {
            let _ = if path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) };
        }
        complain("interrupted: every file is whole, the ones to come were not written");
        std::process::exit(INTERRUPTED);
    });
}

/// Lets an interrupted program remove a folder that is being filled; `None` when it has its place.
pub(crate) fn stage_folder(folder: Option<&Path>) {
    *STAGED.lock().unwrap_or_else(PoisonError::into_inner) = folder.map(Path::to_path_buf);
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

    /// Writes the bytes, with owner, permissions and attributes of the file to be replaced, down to the disk.
    fn fill(&self, bytes: &[u8], (like, found): (&Path, &Metadata)) -> io::Result<()> {
        let mut file = self.file.as_file();
        file.write_all(bytes)?;
        keep_owner(file, found)?;
        file.set_permissions(found.permissions())?;
        keep_attributes(file, like)?;
        file.sync_all()
    }

    fn take_name(self, path: &Path) -> io::Result<()> {
        let mut staged = STAGED.lock().unwrap_or_else(PoisonError::into_inner);
        let renamed = self.file.persist(path);
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

/// Gives a new file the extended attributes and access lists of the old one, and no others, which it may have from its folder. Those of people and
/// access lists must go over; those of the system may be its own to give.
#[cfg(unix)]
fn keep_attributes(file: &File, like: &Path) -> io::Result<()> {
    use xattr::FileExt;

    // Many file systems have none.
    let names = |names: io::Result<xattr::XAttrs>| names.into_iter().flatten().collect::<Vec<_>>();
    let (wanted, given) = (names(xattr::list(like)), names(file.list_xattr()));
    let done = |name: &OsString, done: io::Result<()>| {
        let name = name.to_string_lossy();
        let must = name.starts_with("user.") || name.starts_with("system.posix_acl");
        let lost = |error: io::Error| {
            let kind = error.kind();
            io::Error::new(kind, format!("not written: it would not keep its attribute `{name}` ({kind})"))
        };
        done.map_err(lost).or_else(|error| if must { Err(error) } else { Ok(()) })
    };
    for name in given.iter().filter(|name| !wanted.contains(name)) {
        done(name, file.remove_xattr(name))?;
    }
    for name in &wanted {
        let value = xattr::get(like, name)?;
        done(name, value.map_or(Ok(()), |value| file.set_xattr(name, &value)))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn keep_attributes(_: &File, _: &Path) -> io::Result<()> {
    Ok(())
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
