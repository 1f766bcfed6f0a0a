//! What a rewrite did to a file, exactly enough to take it back: the undo log of `normalize --changes`, read by `revert`.
//!
//! A log is JSON Lines, a file a line: the hashes of its bytes before and after, and what was written over what, at byte offsets of the
//! file as it was. Both ways are checked by hash, so a file that anybody has touched since is refused, never mended by guess. SHA-256
//! was chosen since people can check it (`sha256sum`). Whole copies of the files were rejected: a log is read by people, too.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::decode::{DecodedText, Encoding};
use super::{Edit, NormalizedBytes};
use crate::error::Error;

/// Bytes of a file that were replaced.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct SourceEdit {
    /// The first byte replaced, counted from 0 in the file as it was.
    pub start: usize,
    /// One past the last byte replaced.
    pub end: usize,
    /// The text that stood there.
    pub old: String,
    /// The text that was written.
    pub new: String,
}

/// What was done to one file: a line of an undo log.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::{FileChange, Matcher, Normalizer, ReadOptions};
///
/// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
/// let (source, options) = (b"Clashes near Stefancart\r\n", ReadOptions::default());
/// let clean = normalizer.normalize_bytes(source, &options)?;
/// let change = FileChange::new("a.txt", source, &clean, options.encoding)?;
/// assert_eq!((change.edits[0].start, change.edits[0].end), (13, 23));
/// assert_eq!(change.undo(&clean.bytes)?, source);
/// assert!(change.undo(b"something else").is_err());
/// # }
/// # Ok::<(), toponorm::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct FileChange {
    /// The layout of the line; [`FileChange::FORMAT`].
    pub format: u32,
    /// The version of toponorm that made the change.
    pub version: String,
    /// When, as RFC 3339; blank unless it was [said](FileChange::made).
    pub date: String,
    /// The folder that a relative path started from; blank unless it was [said](FileChange::made).
    pub folder: String,
    /// The file.
    pub path: String,
    /// The bytes of its name in hexadecimal digits, where they are no UTF-8: JSON holds nothing else, so `path` shows them as it can.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path_bytes: Option<String>,
    /// Its encoding, as a WHATWG label.
    pub encoding: String,
    /// `sha256:` and the hash of the file before, in hexadecimal digits.
    pub before: String,
    /// The same of the file after.
    pub after: String,
    /// What was replaced, in order, none overlapping.
    pub edits: Vec<SourceEdit>,
}

/// Which of its two states a file is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// As before the change.
    Before,
    /// As the change left it.
    After,
    /// Neither: it was changed otherwise.
    Other,
}

impl FileChange {
    /// The layout of lines that this version writes and reads.
    pub const FORMAT: u32 = 1;

    /// The change that makes of `source` what [`Normalizer::normalize_bytes`](crate::Normalizer::normalize_bytes) made of it.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Encoding`](crate::ErrorKind::Encoding) if `source` is not text in the encoding,
    /// [`ErrorKind::Undo`](crate::ErrorKind::Undo) if the change could not be taken back.
    pub fn new(
        path: impl AsRef<Path>,
        source: &[u8],
        normalized: &NormalizedBytes,
        encoding: Encoding,
    ) -> Result<Self, Error> {
        let path = path.as_ref();
        let decoded = encoding.decode(source)?;
        let mut change = Self {
            format: Self::FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            date: String::new(),
            folder: String::new(),
            path: path.display().to_string(),
            path_bytes: path.to_str().is_none().then(|| hexadecimal(path.as_os_str().as_encoded_bytes())),
            encoding: encoding.label().to_owned(),
            before: hash(source),
            after: hash(&normalized.bytes),
            edits: source_edits(&decoded, &normalized.edits)?,
        };
        let is_exact = |change: &Self| {
            change.redo(source).is_ok_and(|bytes| bytes == normalized.bytes)
                && change.undo(&normalized.bytes).is_ok_and(|bytes| bytes == source)
        };
        if !is_exact(&change) {
            // Where signs depend on those before (ISO-2022-JP), pieces cannot be written by themselves.
            let whole = Edit {
                span: crate::span::Span::new(0, decoded.text.len()),
                replacement: super::apply(&decoded.text, &normalized.edits).into_owned(),
            };
            change.edits = source_edits(&decoded, &[whole])?;
        }
        if !is_exact(&change) {
            return Err(Error::undo(format!("{}: the change could not be undone", change.path)));
        }
        Ok(change)
    }

    /// The path of the file, also where its name is no UTF-8.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undo`](crate::ErrorKind::Undo) if `path_bytes` are no digits, or this system has no such names.
    pub fn file(&self) -> Result<PathBuf, Error> {
        let Some(digits) = &self.path_bytes else {
            return Ok(PathBuf::from(&self.path));
        };
        let wrong = |what: &str| Error::undo(format!("{}: `path_bytes` {what}: `{digits}`", self.path));
        let bytes = from_hexadecimal(digits).ok_or_else(|| wrong("are no pairs of hexadecimal digits"))?;
        path_of(bytes).ok_or_else(|| wrong("are no name that this system has"))
    }

    /// The same with the time and folder of the change.
    pub fn made(mut self, date: &str, folder: &str) -> Self {
        (self.date, self.folder) = (date.to_owned(), folder.to_owned());
        self
    }

    /// Whether these bytes are the file before or after the change.
    pub fn state_of(&self, bytes: &[u8]) -> FileState {
        match hash(bytes) {
            hash if hash == self.after => FileState::After,
            hash if hash == self.before => FileState::Before,
            _ => FileState::Other,
        }
    }

    /// The file after the change, from the file before.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undo`](crate::ErrorKind::Undo) if `bytes` are not the file before.
    pub fn redo(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.turn(bytes, Direction::Redo)
    }

    /// The file before the change, from the file after.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undo`](crate::ErrorKind::Undo) if `bytes` are not the file after.
    pub fn undo(&self, bytes: &[u8]) -> Result<Vec<u8>, Error> {
        self.turn(bytes, Direction::Undo)
    }

    fn turn(&self, bytes: &[u8], direction: Direction) -> Result<Vec<u8>, Error> {
        let (from, to, was) = match direction {
            Direction::Redo => (&self.before, &self.after, "before"),
            Direction::Undo => (&self.after, &self.before, "after"),
        };
        if hash(bytes) != *from {
            return Err(Error::undo(format!(
                "{}: the file is not what it was {was} the change: somebody has changed it since",
                self.path
            )));
        }
        let encoding: Encoding = self.encoding.parse()?;
        let broken = || Error::undo(format!("{}: the log's edits do not fit the file; the log is damaged", self.path));
        let turned = exchange(bytes, &self.edits, encoding, direction)?.ok_or_else(broken)?;
        if hash(&turned) == *to { Ok(turned) } else { Err(broken()) }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Direction {
    Redo,
    Undo,
}

/// `bytes` with one text of each edit exchanged for the other; `None` if an edit does not find its own.
fn exchange(
    bytes: &[u8],
    edits: &[SourceEdit],
    encoding: Encoding,
    direction: Direction,
) -> Result<Option<Vec<u8>>, Error> {
    let mut written = Vec::with_capacity(bytes.len() + 16 * edits.len());
    // Places in the file before, and in `bytes`.
    let (mut passed, mut at) = (0usize, 0usize);
    for edit in edits {
        let (old, new) = (encoding.encode(&edit.old)?, encoding.encode(&edit.new)?);
        let (found, put) = match direction {
            Direction::Redo => (old, new),
            Direction::Undo => (new, old),
        };
        let kept = edit.start.checked_sub(passed).and_then(|length| bytes.get(at..at.checked_add(length)?));
        let Some(kept) = kept else {
            return Ok(None);
        };
        at += kept.len();
        if !bytes[at..].starts_with(&found) {
            return Ok(None);
        }
        written.extend_from_slice(kept);
        written.extend_from_slice(&put);
        (passed, at) = (edit.end, at + found.len());
    }
    written.extend_from_slice(&bytes[at..]);
    Ok(Some(written))
}

/// Edits of the decoded text at the bytes where they stand.
fn source_edits(decoded: &DecodedText, edits: &[Edit]) -> Result<Vec<SourceEdit>, Error> {
    let encoding = decoded.encoding();
    let mut in_bytes = Vec::with_capacity(edits.len());
    let (mut passed, mut at) = (0, decoded.mark_length());
    for edit in edits {
        let old = &decoded.text[edit.span.range()];
        let start = at + encoding.encode(&decoded.text[passed..edit.span.start])?.len();
        let end = start + encoding.encode(old)?.len();
        in_bytes.push(SourceEdit { start, end, old: old.to_owned(), new: edit.replacement.clone() });
        (passed, at) = (edit.span.end, end);
    }
    Ok(in_bytes)
}

fn hash(bytes: &[u8]) -> String {
    format!("sha256:{}", hexadecimal(&Sha256::digest(bytes)))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn from_hexadecimal(digits: &str) -> Option<Vec<u8>> {
    let pairs = digits.as_bytes().chunks(2).map(|pair| std::str::from_utf8(pair).ok().filter(|pair| pair.len() == 2));
    pairs.map(|pair| u8::from_str_radix(pair?, 16).ok()).collect()
}

#[cfg(unix)]
#[expect(clippy::unnecessary_wraps, reason = "elsewhere not every name is a file's")]
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    use std::os::unix::ffi::OsStringExt;

    Some(std::ffi::OsString::from_vec(bytes).into())
}

#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> Option<PathBuf> {
    String::from_utf8(bytes).ok().map(PathBuf::from)
}

/// The changes of one run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoLog {
    /// A change a file.
    pub changes: Vec<FileChange>,
}

impl UndoLog {
    /// Reads a log.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undo`](crate::ErrorKind::Undo) with the row that cannot be read, is of another layout, or is about a file that
    /// the log has had.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let mut log = Self::default();
        let mut paths = std::collections::HashSet::new();
        for (row, line) in (1..).zip(bytes.split(|&byte| byte == b'\n')) {
            if line.trim_ascii().is_empty() {
                continue;
            }
            let change = parse_line(line).map_err(|reason| Error::undo(format!("row {row}: {reason}")))?;
            if !paths.insert((change.folder.clone(), change.path.clone(), change.path_bytes.clone())) {
                return Err(Error::undo(format!("row {row}: the log has two changes of {}", change.path)));
            }
            log.changes.push(change);
        }
        Ok(log)
    }

    /// The log as it is written to a file.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Undo`](crate::ErrorKind::Undo) if a change cannot be written as JSON.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        let mut bytes = Vec::new();
        for change in &self.changes {
            serde_json::to_writer(&mut bytes, change).map_err(|error| Error::undo(error.to_string()))?;
            bytes.push(b'\n');
        }
        Ok(bytes)
    }
}

fn parse_line(line: &[u8]) -> Result<FileChange, String> {
    const EXPECTED: &str = "expected a line of an undo log, as `normalize --changes` writes it";
    let value: serde_json::Value = serde_json::from_slice(line).map_err(|error| format!("{EXPECTED}: {error}"))?;
    match value.get("format").and_then(serde_json::Value::as_u64) {
        Some(format) if format == u64::from(FileChange::FORMAT) => {}
        Some(format) => {
            return Err(format!(
                "layout {format}, and this version reads {}; use the version that wrote it",
                FileChange::FORMAT
            ));
        }
        None => return Err(format!("{EXPECTED}; found no `format`")),
    }
    serde_json::from_value(value).map_err(|error| format!("{EXPECTED}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;
    use proptest::prelude::*;

    fn change(label: &str, text: &str, edits: &[Edit]) -> (Vec<u8>, Vec<u8>, FileChange) {
        let encoding: Encoding = label.parse().unwrap();
        let (before, after) =
            (encoding.encode(text).unwrap(), encoding.encode(&super::super::apply(text, edits)).unwrap());
        let normalized =
            NormalizedBytes { bytes: after.clone(), edits: edits.to_vec(), withheld: Vec::new(), faults: Vec::new() };
        let change = FileChange::new("a.txt", &before, &normalized, encoding).unwrap();
        (before, after, change)
    }

    /// Edits of a text at character boundaries.
    fn edits(text: &str, cuts: &[(usize, usize, String)]) -> Vec<Edit> {
        let mut at = 0;
        let mut edits = Vec::new();
        for (skip, length, new) in cuts {
            let start = text.ceil_char_boundary(at + skip);
            let end = text.ceil_char_boundary(start + length);
            if end > text.len() || start >= text.len() {
                break;
            }
            edits.push(Edit { span: Span::new(start, end), replacement: new.clone() });
            at = end + 1;
        }
        edits
    }

    proptest! {
        #[test]
        fn a_change_is_undone_bit_for_bit(
            text in "[ab\r\n日本ー東京]{0,24}",
            cuts in prop::collection::vec((0..5usize, 0..5usize, "[xy日京]{0,4}"), 0..5),
            label in prop::sample::select(vec!["utf-8", "utf-16le", "utf-16be", "shift_jis", "euc-jp", "iso-2022-jp", "gb18030"]),
        ) {
            let edits = edits(&text, &cuts);
            let (before, after, change) = change(label, &text, &edits);
            prop_assert_eq!(change.undo(&after).unwrap(), before.clone());
            prop_assert_eq!(change.redo(&before).unwrap(), after);
            let log = UndoLog { changes: vec![change] };
            prop_assert_eq!(UndoLog::parse(&log.to_bytes().unwrap()).unwrap(), log);
        }

        #[test]
        fn a_damaged_log_is_refused_and_does_no_harm(
            start in 0..40usize, end in 0..40usize, old in "[a-d]{0,3}", new in "[a-d]{0,3}",
        ) {
            let (before, after, mut change) = change("utf-8", "abcd abcd", &[Edit { span: Span::new(5, 9), replacement: "dd".into() }]);
            change.edits[0] = SourceEdit { start, end, old, new };
            if let Ok(undone) = change.undo(&after) {
                prop_assert_eq!(undone, before);
            }
        }
    }

    #[test]
    fn offsets_count_the_byte_order_mark() {
        let encoding = Encoding::default();
        let source = "\u{FEFF}Şuşa x".as_bytes();
        let edits = vec![Edit { span: Span::new(7, 8), replacement: "y".into() }];
        let bytes = "\u{FEFF}Şuşa y".as_bytes().to_vec();
        let normalized = NormalizedBytes { bytes, edits, withheld: Vec::new(), faults: Vec::new() };
        let change = FileChange::new("a", source, &normalized, encoding).unwrap();
        assert_eq!((change.edits[0].start, change.edits[0].end), (10, 11));
        assert_eq!(change.undo(&normalized.bytes).unwrap(), source);
    }

    #[test]
    fn a_log_that_is_none_is_refused_with_its_row() {
        let (_, _, change) = change("utf-8", "a b", &[Edit { span: Span::new(0, 1), replacement: "c".into() }]);
        let line = UndoLog { changes: vec![change] }.to_bytes().unwrap();
        let newer = String::from_utf8(line.clone()).unwrap().replace("\"format\":1", "\"format\":9");
        for (log, expected) in [
            (b"{}\n".to_vec(), "row 1: expected a line of an undo log"),
            (b"\n\nhello\n".to_vec(), "row 3: expected a line"),
            (newer.into_bytes(), "layout 9"),
            ([line.clone(), line.clone()].concat(), "row 2: the log has two changes of a.txt"),
            (line[..line.len() / 2].to_vec(), "row 1: expected"),
        ] {
            let error = UndoLog::parse(&log).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
        assert!(UndoLog::parse(b"").unwrap().changes.is_empty());
    }
}
