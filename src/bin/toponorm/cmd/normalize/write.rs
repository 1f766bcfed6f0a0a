//! `toponorm normalize --write`: each file replaced by its corrected text.
//!
//! A file is read to be corrected, and read again when it is replaced: what was decided on it holds only while its bytes are the same. With
//! `--changes` all files are corrected first, then the log is written, then the files are; so what the log lacks was not done.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use toponorm::{FileChange, UndoLog};

use crate::args::NormalizeArgs;
use crate::cmd::{Failure, Outcome, complain};
use crate::input::{Text, is_stream};
use crate::replace;

/// What has been done so far.
pub(super) struct Writing<'a> {
    args: &'a NormalizeArgs,
    seen: HashSet<PathBuf>,
    /// Changes that wait for the log.
    planned: Vec<FileChange>,
    files: usize,
    edits: usize,
}

impl<'a> Writing<'a> {
    pub(super) fn new(args: &'a NormalizeArgs) -> Result<Self, Failure> {
        if let Some(path) = &args.writing.changes {
            replace::check_free(path)?;
        }
        replace::clean_up_when_interrupted();
        Ok(Self { args, seen: HashSet::new(), planned: Vec::new(), files: 0, edits: 0 })
    }

    /// Whether the file was here before, by another path.
    pub(super) fn is_done(&mut self, path: &Path) -> Result<bool, Failure> {
        if is_stream(path) {
            return Ok(false);
        }
        let real = std::fs::canonicalize(path).map_err(|error| Failure::Input(path.display().to_string(), error))?;
        Ok(!self.seen.insert(real))
    }

    /// Makes a change, or plans it until the log is written.
    pub(super) fn write(&mut self, change: FileChange) -> Result<(), Failure> {
        if self.args.writing.changes.is_none() {
            return self.replace(&change);
        }
        replace::replaceable(&change.file()?)?;
        let folder = std::env::current_dir().unwrap_or_default();
        let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
        self.planned.push(change.made(&now, &folder.display().to_string()));
        Ok(())
    }

    fn replace(&mut self, change: &FileChange) -> Result<(), Failure> {
        let backup = self.args.writing.backup.as_deref();
        let note = replace::replace(&change.file()?, backup, |bytes| change.redo(bytes))?;
        self.files += 1;
        self.edits += change.edits.len();
        note.filter(|_| !self.args.document.quiet).into_iter().for_each(|note| complain(&note));
        Ok(())
    }

    /// Makes the changes that were planned, and says what was done.
    pub(super) fn finish(mut self) -> Result<Outcome, Failure> {
        let mut outcome = Outcome::Done;
        if let Some(path) = &self.args.writing.changes {
            let log = UndoLog { changes: std::mem::take(&mut self.planned) };
            replace::create(path, &log.to_bytes()?)?;
            for change in &log.changes {
                if let Err(failure) = self.replace(change) {
                    complain(&format!("error: {failure}"));
                    outcome = Outcome::Failed;
                }
            }
        }
        if !self.args.document.quiet && !self.seen.is_empty() {
            let s = if self.edits == 1 { "" } else { "s" };
            complain(&format!("{} of {} files changed, {} correction{s}", self.files, self.seen.len(), self.edits));
        }
        Ok(outcome)
    }
}

/// Whether a file is compressed, by its first bytes or its name.
pub(super) fn is_packed(path: &Path, text: &Text) -> bool {
    const STARTS: [&[u8]; 5] = [b"\x1F\x8B", b"\x28\xB5\x2F\xFD", b"PK\x03\x04", b"BZh", b"\xFD7zXZ\0"];
    const ENDINGS: [&str; 6] = ["gz", "zst", "zstd", "zip", "bz2", "xz"];
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    text.is_packed
        || STARTS.iter().any(|start| text.part.bytes.starts_with(start))
        || ENDINGS.contains(&extension.to_ascii_lowercase().as_str())
}
