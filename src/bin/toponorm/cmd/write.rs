//! `toponorm normalize --write`: each file replaced by its corrected text.
//!
//! A file is read to be corrected, and read again when it is replaced: what was decided on it holds only while its bytes are the same. With
//! `--changes` all files are corrected first, then the log is written, then the files are; so what the log lacks was not done.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use toponorm::{FileChange, Normalizer, UndoLog};

use super::normalize::{mention_withheld, write_out};
use super::{Failure, Outcome, complain, each_document};
use crate::args::NormalizeArgs;
use crate::config;
use crate::input::Document;
use crate::replace;

/// What has been done so far.
struct Writing<'a> {
    args: &'a NormalizeArgs,
    seen: HashSet<PathBuf>,
    /// Changes that wait for the log.
    planned: Vec<FileChange>,
    files: usize,
    edits: usize,
}

pub(super) fn run(args: &NormalizeArgs, normalizer: &Normalizer, out: &mut impl Write) -> Result<Outcome, Failure> {
    replace::clean_up_when_interrupted();
    let mut writing = Writing { args, seen: HashSet::new(), planned: Vec::new(), files: 0, edits: 0 };
    let mut outcome = each_document(&args.paths, |document| {
        if document.is_stream {
            return write_out(args, normalizer, document, out);
        }
        writing.correct(normalizer, &document)
    })?;
    if let Some(path) = &args.writing.changes {
        let log = UndoLog { changes: std::mem::take(&mut writing.planned) };
        replace::create(path, &log.to_bytes()?)?;
        for change in &log.changes {
            if let Err(failure) = writing.replace(change) {
                complain(&format!("error: {failure}"));
                outcome = Outcome::Failed;
            }
        }
    }
    if !args.document.quiet && !writing.seen.is_empty() {
        complain(&format!("{} of {} files changed, {} corrections", writing.files, writing.seen.len(), writing.edits));
    }
    Ok(outcome)
}

impl Writing<'_> {
    fn correct(&mut self, normalizer: &Normalizer, document: &Document) -> Result<Outcome, Failure> {
        let fail = |error| Failure::Document(document.path.clone(), error);
        let refuse = |reason: &str| Err(Failure::Value(format!("{}: not written: {reason}", document.path)));
        if is_packed(document) {
            return refuse("it is compressed; unpack it first, or leave out --write");
        }
        let real =
            std::fs::canonicalize(&document.path).map_err(|error| Failure::Input(document.path.clone(), error))?;
        if !self.seen.insert(real) {
            return Ok(Outcome::Done);
        }
        let reading = config::reading(&self.args.document, &document.path)?;
        let normalized = normalizer.normalize_bytes(&document.bytes, &reading).map_err(fail)?;
        mention_withheld(self.args, &document.path, &normalized.withheld);
        if !normalized.faults.is_empty() {
            document.report(&normalized.faults);
            return refuse("it could not be read whole");
        }
        if normalized.bytes == document.bytes {
            return Ok(Outcome::Done);
        }
        let change = FileChange::new(&document.path, &document.bytes, &normalized, reading.encoding).map_err(fail)?;
        if self.args.writing.changes.is_some() {
            let folder = std::env::current_dir().unwrap_or_default();
            let now = humantime::format_rfc3339_seconds(SystemTime::now()).to_string();
            self.planned.push(change.made(&now, &folder.display().to_string()));
            return Ok(Outcome::Done);
        }
        self.replace(&change).map(|()| Outcome::Done)
    }

    fn replace(&mut self, change: &FileChange) -> Result<(), Failure> {
        let backup = self.args.writing.backup.as_deref();
        let note = replace::replace(Path::new(&change.path), backup, |bytes| change.redo(bytes))?;
        self.files += 1;
        self.edits += change.edits.len();
        note.filter(|_| !self.args.document.quiet).into_iter().for_each(|note| complain(&note));
        Ok(())
    }
}

/// Whether a file is compressed, by its first bytes or its name.
fn is_packed(document: &Document) -> bool {
    const STARTS: [&[u8]; 5] = [b"\x1F\x8B", b"\x28\xB5\x2F\xFD", b"PK\x03\x04", b"BZh", b"\xFD7zXZ\0"];
    const ENDINGS: [&str; 6] = ["gz", "zst", "zstd", "zip", "bz2", "xz"];
    let extension = Path::new(&document.path).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    STARTS.iter().any(|start| document.bytes.starts_with(start))
        || ENDINGS.contains(&extension.to_ascii_lowercase().as_str())
}
