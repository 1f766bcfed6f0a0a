//! Documents from paths and standard input.

mod packed;
mod pieces;
mod walk;

use std::fs::{File, Metadata};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use toponorm::Fault;

use crate::cmd::{Failure, Outcome, complain};
use packed::Packing;
pub(crate) use pieces::{Content, Division, Piece, Pieces};
pub(crate) use walk::{Finding, Found, files};

/// A document's bytes and the name it goes by.
pub(crate) struct Document {
    pub(crate) path: String,
    /// Unpacked, if it was packed.
    pub(crate) bytes: Vec<u8>,
    /// Whether it came from standard input, where what was good so far is passed on before an error.
    pub(crate) is_stream: bool,
    /// Whether the file is packed: it is read, and never written over.
    pub(crate) is_packed: bool,
}

impl Document {
    /// Says which records could not be read; how the document ended.
    pub(crate) fn report(&self, faults: &[Fault]) -> Outcome {
        faults.iter().for_each(|fault| complain(&complaint(&self.path, fault)));
        if faults.is_empty() { Outcome::Done } else { Outcome::Failed }
    }

    /// Whether it holds a NUL near its start, as no text does but UTF-16 and UTF-32.
    pub(crate) fn is_binary(&self) -> bool {
        holds_nul(&self.bytes)
    }
}

/// What is said of a record that could not be read.
pub(crate) fn complaint(path: &str, fault: &Fault) -> String {
    format!("error: {path}: row {}: {}", fault.row, fault.message)
}

/// What is said of a file in a folder that is no text.
pub(crate) fn no_text(path: &str) -> String {
    format!("{path}: skipped, since it is no text; name the file to have it read")
}

fn holds_nul(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 8000;
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    !is_marked && bytes[..bytes.len().min(LOOKED_AT)].contains(&0)
}

/// The paths to read: what was given, or standard input.
pub(crate) fn paths(given: &[PathBuf]) -> Vec<PathBuf> {
    if given.is_empty() { vec![PathBuf::from("-")] } else { given.to_vec() }
}

/// Reads one document.
pub(crate) fn read(path: &Path) -> Result<Document, Failure> {
    let shown = path.display().to_string();
    let fail = |error| Failure::Input(shown.clone(), error);
    let is_stream = path == Path::new("-");
    let bytes = if is_stream { read_stream() } else { read_file(path) }.map_err(fail)?;
    let packing = Packing::of(&bytes);
    let bytes = match packing {
        Some(packing) => packing.unpack(&bytes).map_err(fail)?,
        None => bytes,
    };
    Ok(Document { path: shown, bytes, is_stream, is_packed: packing.is_some() })
}

fn read_stream() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The bytes of a file, which must be the same file before and after.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    let before = file.metadata()?;
    if before.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(before.len()).map_or(0, |len| len + 1));
    file.read_to_end(&mut bytes)?;
    if before.is_file() && before.len() > 0 && has_changed(&before, &file.metadata()?, bytes.len() as u64) {
        return Err(changed());
    }
    Ok(bytes)
}

fn changed() -> io::Error {
    io::Error::other("the file changed while it was read; run the command again")
}

fn has_changed(before: &Metadata, after: &Metadata, read: u64) -> bool {
    let times = before.modified().ok().zip(after.modified().ok());
    before.len() != read || before.len() != after.len() || times.is_some_and(|(before, after)| before != after)
}
