//! Documents from paths and standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use toponorm::Fault;

use crate::cmd::{Failure, Outcome, complain};

/// A document's bytes and the name it goes by.
pub(crate) struct Document {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
    /// Whether it came from standard input, where what was good so far is passed on before an error.
    pub(crate) is_stream: bool,
}

impl Document {
    /// Says which records could not be read; how the document ended.
    pub(crate) fn report(&self, faults: &[Fault]) -> Outcome {
        for fault in faults {
            complain(&format!("error: {}: row {}: {}", self.path, fault.row, fault.message));
        }
        if faults.is_empty() { Outcome::Done } else { Outcome::Failed }
    }
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
    let bytes = if is_stream {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(fail)?;
        bytes
    } else {
        std::fs::read(path).map_err(fail)?
    };
    Ok(Document { path: shown, bytes, is_stream })
}
