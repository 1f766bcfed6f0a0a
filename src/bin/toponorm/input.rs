//! Documents from paths and standard input.

mod opened;
mod packed;
mod pieces;
mod walk;

use std::path::{Path, PathBuf};

use toponorm::Fault;

use crate::cmd::Failure;
use opened::Opened;
pub(crate) use pieces::{Content, Division, Piece, Pieces, Text};
pub(crate) use walk::files;

/// What is said of a record that could not be read.
pub(crate) fn complaint(path: &Path, fault: &Fault) -> String {
    format!("error: {}: row {}: {}", path.display(), fault.row, fault.message)
}

/// What is said of a file in a folder that is no text.
pub(crate) fn no_text(path: &Path) -> String {
    format!("{}: skipped, since it is no text; name the file to have it read", path.display())
}

/// Whether a document holds a NUL near its start, as no text does but UTF-16 and UTF-32.
fn holds_nul(bytes: &[u8]) -> bool {
    const LOOKED_AT: usize = 8000;
    let is_marked = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]);
    !is_marked && bytes[..bytes.len().min(LOOKED_AT)].contains(&0)
}

/// The paths to read: what was given, or standard input.
pub(crate) fn paths(given: &[PathBuf]) -> Vec<PathBuf> {
    if given.is_empty() { vec![PathBuf::from("-")] } else { given.to_vec() }
}

/// Whether a path stands for standard input.
pub(crate) fn is_stream(path: &Path) -> bool {
    path == Path::new("-")
}

/// The bytes of a document, unpacked.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = Opened::open(path).and_then(Opened::read_whole);
    bytes.map_err(|error| Failure::Input(path.display().to_string(), error))
}
