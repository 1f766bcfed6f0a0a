//! What a worker makes of a document, or of a part of one: the corrected text, a patch, or the change of a file.

use std::path::Path;

use toponorm::{DocumentPart, Error, FileChange, NormalizedBytes, Withheld};

use super::corrector::Corrector;
use super::write::is_packed;
use crate::cmd::documents::complaints;
use crate::cmd::{Failure, Outcome};
use crate::input::{Text, is_stream};
use crate::patch;

/// Where corrections go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Standard output.
    Output(Product),
    /// The file itself; what came from standard input goes to standard output.
    File,
}

/// What goes to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Product {
    Text,
    Patch,
}

/// What came of a document, or of a part of one.
#[derive(Default)]
pub(super) struct Corrected {
    /// For standard output.
    pub(super) out: Vec<u8>,
    /// For the file itself.
    pub(super) change: Option<FileChange>,
    /// How many corrections were made.
    pub(super) edits: usize,
    pub(super) withheld: Vec<Withheld>,
    /// What is to be said of records that could not be read.
    pub(super) complaints: Vec<String>,
    /// Whether a patch was found.
    pub(super) has_patch: bool,
    /// What went wrong after all this.
    pub(super) failure: Option<Failure>,
}

impl Target {
    pub(super) fn corrected(self, corrector: &Corrector, path: &Path, text: Text) -> Result<Corrected, Failure> {
        self.check(path, &text)?;
        match (corrector.normalize(path, &text), self) {
            (Err(error), Self::Output(Product::Text) | Self::File) if is_stream(path) => {
                let out = good_part(corrector, path, &text, &error);
                let failure = Some(Failure::Document(path.display().to_string(), error));
                Ok(Corrected { out, failure, ..Corrected::default() })
            }
            (normalized, _) => self.made(path, &text, normalized),
        }
    }

    /// Refuses what cannot be written so.
    pub(super) fn check(self, path: &Path, text: &Text) -> Result<(), Failure> {
        let refuse = |reason: &str| Err(Failure::Value(format!("{}: {reason}", path.display())));
        match self {
            Self::Output(Product::Patch) if text.is_packed => {
                refuse("no patch applies to a packed file; unpack it, or use --check")
            }
            Self::File if !is_stream(path) && is_packed(path, text) => {
                refuse("not written: it is compressed; unpack it first, or leave out --write")
            }
            _ => Ok(()),
        }
    }

    /// Makes of a corrected text what is wished.
    pub(super) fn made(
        self,
        path: &Path,
        Text { reading, part, .. }: &Text,
        normalized: Result<NormalizedBytes, Error>,
    ) -> Result<Corrected, Failure> {
        let fail = |error| Failure::Document(path.display().to_string(), error);
        let normalized = normalized.map_err(fail)?;
        let mut corrected = Corrected { complaints: complaints(path, &normalized.faults), ..Corrected::default() };
        let is_changed = normalized.bytes != part.bytes;
        match self {
            Self::Output(Product::Patch) => {
                patch::write(&mut corrected.out, path, &part.bytes, &normalized.bytes)?;
                corrected.has_patch = is_changed;
            }
            Self::File if is_stream(path) => corrected.out = normalized.bytes,
            Self::Output(Product::Text) => corrected.out = normalized.bytes,
            Self::File if !normalized.faults.is_empty() => {
                let refused = format!("{}: not written: it could not be read whole", path.display());
                corrected.failure = Some(Failure::Value(refused));
            }
            Self::File if is_changed => {
                let change = FileChange::new(path, &part.bytes, &normalized, reading.encoding).map_err(fail)?;
                corrected.change = Some(change);
            }
            Self::File => {}
        }
        (corrected.edits, corrected.withheld) = (normalized.edits.len(), normalized.withheld);
        Ok(corrected)
    }
}

impl Corrected {
    pub(super) fn outcome(&self) -> Outcome {
        if self.has_patch { Outcome::Found } else { Outcome::Done }
    }
}

/// What of a stream came before its first bad byte: whole lines corrected, the unfinished one as it is.
fn good_part(corrector: &Corrector, path: &Path, text: &Text, error: &Error) -> Vec<u8> {
    let good = text.part.before(error);
    let (lines, unfinished) = good.split_at(good.iter().rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1));
    let part = DocumentPart { bytes: lines.to_vec(), origin: text.part.origin.clone() };
    let text = Text { part, reading: text.reading.clone(), is_packed: text.is_packed };
    let corrected = corrector.normalize(path, &text).map(|normalized| normalized.bytes);
    corrected.map_or(Vec::new(), |bytes| [&bytes, unfinished].concat())
}
