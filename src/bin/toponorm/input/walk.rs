//! From what was typed to the files that are read: folders are walked, patterns matched, lists of files read.
//!
//! A file that somebody names is always read; of a folder only what has the extension of a format of texts, as `.gitignore` allows, in the
//! order of names, so that two runs print the same. Links in folders are not followed: a file is read once, and loops do no harm.

use std::collections::{HashMap, HashSet};
use std::io;
use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use ignore::overrides::{Override, OverrideBuilder};
use toponorm::InputFormat;

use super::is_stream;
use crate::args::FileArgs;
use crate::cmd::Failure;

/// How a file came to be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// By its name.
    Named,
    /// In a folder.
    Found,
}

/// A file to read, or why there is none.
pub(crate) type Found = Result<(PathBuf, Finding), Failure>;

/// The files that are asked for, in order; standard input if none are.
pub(crate) fn files(paths: &[PathBuf], args: &FileArgs) -> Result<Vec<Found>, Failure> {
    let mut given = paths.to_vec();
    if let Some(list) = &args.file_list {
        given.extend(listed(list)?);
    } else if given.is_empty() {
        given.push(PathBuf::from("-"));
    }
    let mut files = Vec::with_capacity(given.len());
    for path in &given {
        expand(path, args, &mut files)?;
    }
    // A file found in a folder after it was named, or in two folders, is read once.
    let mut seen = HashSet::new();
    let mut is_new = |path: &Path| seen.insert(path.to_path_buf());
    files.retain(|file| match file {
        Ok((path, finding)) => is_new(path) || *finding == Finding::Named,
        Err(_) => true,
    });
    Ok(files)
}

/// The paths in a list of files.
fn listed(list: &Path) -> Result<Vec<PathBuf>, Failure> {
    let fail = |error| Failure::Input(list.display().to_string(), error);
    let mut bytes = Vec::new();
    if is_stream(list) {
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(fail)?;
    } else {
        bytes = std::fs::read(list).map_err(fail)?;
    }
    let end = if bytes.contains(&b'\0') { b'\0' } else { b'\n' };
    let paths = bytes.split(|&byte| byte == end).map(|path| path.strip_suffix(b"\r").unwrap_or(path));
    paths.filter(|path| !path.is_empty()).map(|path| path_of(path).map_err(fail)).collect()
}

/// Names of files are bytes, mostly but not always UTF-8.
#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not all bytes are names")]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    use std::os::unix::ffi::OsStrExt;

    Ok(std::ffi::OsStr::from_bytes(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> io::Result<PathBuf> {
    let wrong = || io::Error::new(io::ErrorKind::InvalidData, "a list of files is UTF-8 text; save it as that");
    std::str::from_utf8(bytes).map(PathBuf::from).map_err(|_| wrong())
}

fn expand(path: &Path, args: &FileArgs, files: &mut Vec<Found>) -> Result<(), Failure> {
    let is_stream = is_stream(path);
    if !is_stream && path.is_dir() {
        return walk(path, args, files);
    }
    match path.to_str() {
        Some(pattern) if !is_stream && pattern.contains(['*', '?', '[']) && !path.exists() => {
            matched(pattern, args, files)
        }
        _ => {
            files.push(Ok((path.to_path_buf(), Finding::Named)));
            Ok(())
        }
    }
}

/// The files of a pattern that the shell left as it is.
fn matched(pattern: &str, args: &FileArgs, files: &mut Vec<Found>) -> Result<(), Failure> {
    let bad = |error: glob::PatternError| {
        Failure::Value(format!("{pattern}: there is no such file, and as a pattern it is wrong: {error}"))
    };
    let excluded = excluded(Path::new("."), args)?;
    let mut any = false;
    let mut seen = Seen::default();
    for path in glob::glob(pattern).map_err(bad)? {
        any = true;
        match path {
            Ok(path) if seen.has_been_here(&path) => {}
            Ok(path) if path.is_dir() => walk(&path, args, files)?,
            Ok(path) if excluded.matched(&path, false).is_ignore() => {}
            Ok(path) => files.push(Ok((path, Finding::Named))),
            Err(error) => files.push(Err(Failure::Input(error.path().display().to_string(), error.into()))),
        }
    }
    if !any {
        files.push(Err(Failure::Value(format!("{pattern}: no file has such a name"))));
    }
    Ok(())
}

/// What a pattern has led to: links may lead to a file by many paths, and in circles by ever more.
#[derive(Default)]
struct Seen {
    files: HashSet<PathBuf>,
    /// The path by which a folder was first come to.
    folders: HashMap<PathBuf, PathBuf>,
}

impl Seen {
    /// Whether another path led here, or to the folder that this is in; from now on this one has.
    fn has_been_here(&mut self, path: &Path) -> bool {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let is_other_way = std::fs::canonicalize(folder)
            .is_ok_and(|real| self.folders.entry(real).or_insert_with(|| folder.to_path_buf()) != folder);
        is_other_way || std::fs::canonicalize(path).is_ok_and(|real| !self.files.insert(real))
    }
}

/// The files of a folder.
fn walk(folder: &Path, args: &FileArgs, files: &mut Vec<Found>) -> Result<(), Failure> {
    let before = files.len();
    let mut walk = WalkBuilder::new(folder);
    walk.overrides(excluded(folder, args)?).hidden(!args.hidden).require_git(false);
    if args.no_ignore {
        walk.ignore(false).git_ignore(false).git_exclude(false).git_global(false).parents(false);
    }
    for found in walk.sort_by_file_name(Ord::cmp).build() {
        match found {
            Ok(found) if found.file_type().is_some_and(|kind| kind.is_file()) && is_read(found.path()) => {
                files.push(Ok((found.into_path(), Finding::Found)));
            }
            Ok(_) => {}
            Err(error) => files.push(Err(unread(folder, &error))),
        }
    }
    if files.len() == before {
        let help = "name files, or a pattern such as 'folder/*.csv', to have them read";
        files.push(Err(Failure::Value(format!("{}: the folder has no file to read; {help}", folder.display()))));
    }
    Ok(())
}

/// A place in a folder that could not be looked at, with the reason in the system's words.
fn unread(folder: &Path, error: &ignore::Error) -> Failure {
    let mut place = folder;
    let mut inner = error;
    while let ignore::Error::WithPath { err, .. } | ignore::Error::WithDepth { err, .. } = inner {
        if let ignore::Error::WithPath { path, .. } = inner {
            place = path;
        }
        inner = err;
    }
    match inner.io_error() {
        Some(error) => {
            Failure::Input(place.display().to_string(), io::Error::new(error.kind(), error.kind().to_string()))
        }
        None => Failure::Value(error.to_string()),
    }
}

/// Whether a file of a folder is of a format that holds texts. Tables and JSON are settings and figures far more often: they are read
/// if they are named, or fit a pattern.
fn is_read(path: &Path) -> bool {
    let format = InputFormat::by_extension(&path.to_string_lossy());
    format.is_some_and(|format| !matches!(format, InputFormat::Csv | InputFormat::Tsv | InputFormat::Json))
}

/// What `--exclude` leaves out; in this kind of list it is `!` that excludes.
fn excluded(folder: &Path, args: &FileArgs) -> Result<Override, Failure> {
    let mut overrides = OverrideBuilder::new(folder);
    let bad = |pattern: &str, error: ignore::Error| Failure::Value(format!("--exclude {pattern}: {error}"));
    for pattern in &args.exclude {
        overrides.add(&format!("!{pattern}")).map_err(|error| bad(pattern, error))?;
    }
    overrides.build().map_err(|error| bad(&args.exclude.join(" "), error))
}
