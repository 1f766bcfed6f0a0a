//! Documents as work is cut out for threads: whole, or part by part, in order.
//!
//! A document is read when its turn comes and no sooner, so that however many are asked for, few are in memory. What cannot be read is a piece
//! as well: it is complained about in its place.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use toponorm::{DocumentPart, Origin, Parts, ReadOptions};

use super::opened::{Opened, Watched};
use super::walk::{Finding, Found};
use super::{holds_nul, is_stream};
use crate::args::DocumentArgs;
use crate::cmd::Failure;
use crate::config;

/// Whether documents may be cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Division {
    Whole,
    Parts,
}

/// A document, or a part of one.
pub(crate) struct Piece {
    /// The document's number.
    pub(crate) document: usize,
    pub(crate) path: PathBuf,
    /// So many bytes of its file were read since the piece before.
    pub(crate) read: u64,
    /// Whether it comes from a pipe, so that the next may be long in coming.
    pub(crate) is_awaited: bool,
    pub(crate) content: Result<Content, Failure>,
}

pub(crate) enum Content {
    Text(Text),
    /// A file in a folder that is no text.
    Binary,
}

/// What of a document is read at a time, and how.
pub(crate) struct Text {
    pub(crate) reading: ReadOptions,
    pub(crate) part: DocumentPart,
    /// Whether the file is packed: it is read, and never written over.
    pub(crate) is_packed: bool,
}

/// The pieces of documents.
pub(crate) struct Pieces {
    files: std::vec::IntoIter<Found>,
    args: DocumentArgs,
    division: Division,
    /// How many documents were begun.
    begun: usize,
    open: Option<Open>,
}

/// A document that is read part by part.
struct Open {
    path: PathBuf,
    finding: Finding,
    reading: ReadOptions,
    parts: Parts<Box<dyn Read + Send>>,
    is_packed: bool,
    watched: Watched,
    /// How much of the file was read for the parts so far.
    read: u64,
}

impl Pieces {
    pub(crate) fn new(files: Vec<Found>, args: DocumentArgs, division: Division) -> Self {
        Self { files: files.into_iter(), args, division, begun: 0, open: None }
    }

    /// Whether there is one piece for certain, so that there is nothing to share.
    pub(crate) fn is_one(&self) -> bool {
        const SMALL: u64 = 1 << 20;
        let is_small = |path: &Path| path.metadata().is_ok_and(|known| known.is_file() && known.len() <= SMALL);
        match self.files.as_slice() {
            [] => true,
            [Ok((path, _))] => self.division == Division::Whole || is_small(path),
            [Err(_)] => true,
            _ => false,
        }
    }

    /// How many documents there are, and how many bytes their files have if all are files.
    pub(crate) fn extent(&self) -> (usize, Option<u64>) {
        let files = self.files.as_slice();
        let length = |path: &Path| path.metadata().ok().filter(|known| known.is_file()).map(|known| known.len());
        let lengths = files.iter().map(|found| found.as_ref().map_or(Some(0), |(path, _)| length(path)));
        (files.len(), lengths.sum())
    }

    /// Begins a document: the whole of it, or nothing yet where it comes part by part.
    fn begin(&mut self, path: &Path, finding: Finding) -> Result<Option<Content>, Failure> {
        let shown = path.display().to_string();
        let fail = |error| Failure::Input(shown.clone(), error);
        let reading = config::reading(&self.args, &shown)?;
        let opened = Opened::open(path).map_err(fail)?;
        let is_packed = opened.is_packed;
        if self.division == Division::Parts {
            let Opened { reader, is_packed, watched } = opened;
            let (parts, path) = (Parts::new(reader, &reading), path.to_path_buf());
            self.open = Some(Open { path, finding, reading, parts, is_packed, watched, read: 0 });
            return Ok(None);
        }
        let bytes = opened.read_whole().map_err(fail)?;
        if finding == Finding::Found && holds_nul(&bytes) {
            return Ok(Some(Content::Binary));
        }
        let part = DocumentPart { bytes, origin: Origin::default() };
        Ok(Some(Content::Text(Text { reading, part, is_packed })))
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(open) = &mut self.open {
                let path = open.path.clone();
                let next = open.next();
                let (read, is_awaited) = (open.read_since(next.as_ref()), open.watched.is_awaited());
                if !matches!(next, Some(Ok(Content::Text(..)))) {
                    self.open = None;
                }
                if let Some(content) = next {
                    let content = content.map_err(|error| Failure::Input(path.display().to_string(), error));
                    return Some(Piece { document: self.begun, path, read, is_awaited, content });
                }
            }
            let found = self.files.next()?;
            self.begun += 1;
            let (path, content) = match found {
                Ok((path, finding)) => {
                    let begun = self.begin(&path, finding);
                    (path, begun)
                }
                Err(failure) => (PathBuf::new(), Err(failure)),
            };
            let content = match content {
                Ok(None) => continue,
                Ok(Some(content)) => Ok(content),
                Err(failure) => Err(failure),
            };
            let is_awaited = is_stream(&path);
            let read = if is_awaited { 0 } else { path.metadata().map_or(0, |known| known.len()) };
            return Some(Piece { document: self.begun, path, read, is_awaited, content });
        }
    }
}

impl Open {
    /// How much of the file was read for a part; of a pipe, how much came.
    fn read_since(&mut self, part: Option<&io::Result<Content>>) -> u64 {
        let came = match part {
            Some(Ok(Content::Text(text))) => text.part.bytes.len() as u64,
            _ => 0,
        };
        let now = self.watched.position().unwrap_or(self.read + came);
        let before = std::mem::replace(&mut self.read, now);
        now.saturating_sub(before)
    }
}

impl Iterator for Open {
    type Item = io::Result<Content>;

    fn next(&mut self) -> Option<io::Result<Content>> {
        match self.parts.next() {
            Some(Ok(part)) => {
                // Only the first part is asked: what it is the others are.
                let is_first = part.origin.is_start();
                if is_first && self.finding == Finding::Found && holds_nul(&part.bytes) {
                    return Some(Ok(Content::Binary));
                }
                Some(Ok(Content::Text(Text { reading: self.reading.clone(), part, is_packed: self.is_packed })))
            }
            Some(Err(error)) => Some(Err(error)),
            None => std::mem::take(&mut self.watched).check().err().map(Err),
        }
    }
}
