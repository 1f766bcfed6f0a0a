//! Documents as work is cut out for threads: whole, or part by part, in order.
//!
//! A document is read when its turn comes and no sooner, so that however many are asked for, few are in memory. What cannot be read is a piece
//! as well: it is complained about in its place.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toponorm::{DocumentPart, Origin, Parts, ReadOptions};

use super::packed::Packing;
use super::walk::{Finding, Found};
use super::{Metadata, has_changed, holds_nul};
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
    pub(crate) path: String,
    pub(crate) content: Result<Content, Failure>,
}

pub(crate) enum Content {
    Text(ReadOptions, DocumentPart),
    /// A file in a folder that is no text.
    Binary,
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
    watched: Option<Watched>,
}

/// A file, and what was known of it before it was read.
struct Watched {
    file: Arc<File>,
    before: Metadata,
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

    /// Begins a document: the whole of it, or nothing yet where it comes part by part.
    fn begin(&mut self, path: PathBuf, finding: Finding) -> Result<Option<Content>, Failure> {
        let reading = config::reading(&self.args, &path.display().to_string())?;
        if self.division == Division::Whole {
            let document = super::read(&path)?;
            if finding == Finding::Found && document.is_binary() {
                return Ok(Some(Content::Binary));
            }
            let part = DocumentPart { bytes: document.bytes, origin: Origin::default() };
            return Ok(Some(Content::Text(reading, part)));
        }
        let opened = open(&path).map_err(|error| Failure::Input(path.display().to_string(), error))?;
        let (reader, watched) = opened;
        self.open = Some(Open { parts: Parts::new(reader, &reading), path, finding, reading, watched });
        Ok(None)
    }
}

impl Iterator for Pieces {
    type Item = Piece;

    fn next(&mut self) -> Option<Piece> {
        loop {
            if let Some(open) = &mut self.open {
                let path = open.path.display().to_string();
                let next = open.next();
                if !matches!(next, Some(Ok(Content::Text(..)))) {
                    self.open = None;
                }
                if let Some(content) = next {
                    let content = content.map_err(|error| Failure::Input(path.clone(), error));
                    return Some(Piece { document: self.begun, path, content });
                }
            }
            let found = self.files.next()?;
            self.begun += 1;
            let path = found.as_ref().map_or(String::new(), |(path, _)| path.display().to_string());
            let content = match found.and_then(|(path, finding)| self.begin(path, finding)) {
                Ok(None) => continue,
                Ok(Some(content)) => Ok(content),
                Err(failure) => Err(failure),
            };
            return Some(Piece { document: self.begun, path, content });
        }
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
                Some(Ok(Content::Text(self.reading.clone(), part)))
            }
            Some(Err(error)) => Some(Err(error)),
            None => self.watched.take().and_then(|watched| watched.check().err()).map(Err),
        }
    }
}

impl Watched {
    /// Whether the file is the same as before it was read.
    fn check(&self) -> io::Result<()> {
        let read = (&*self.file).stream_position()?;
        if has_changed(&self.before, &self.file.metadata()?, read) { Err(super::changed()) } else { Ok(()) }
    }
}

/// Opens a document to be read part by part. A packed one is unpacked first, since half of one would pass for a document.
fn open(path: &Path) -> io::Result<(Box<dyn Read + Send>, Option<Watched>)> {
    if path == Path::new("-") {
        return Ok((unpacked(io::stdin())?, None));
    }
    let file = Arc::new(File::open(path)?);
    let before = file.metadata()?;
    if before.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let is_fixed = before.is_file() && before.len() > 0;
    let reader = unpacked(Arc::clone(&file))?;
    Ok((reader, is_fixed.then_some(Watched { file, before })))
}

fn unpacked(mut reader: impl Read + Send + 'static) -> io::Result<Box<dyn Read + Send>> {
    const MARK: u64 = 4;
    let mut start = Vec::new();
    reader.by_ref().take(MARK).read_to_end(&mut start)?;
    match Packing::of(&start) {
        Some(packing) => {
            reader.read_to_end(&mut start)?;
            Ok(Box::new(Cursor::new(packing.unpack(&start)?)))
        }
        None => Ok(Box::new(Cursor::new(start).chain(reader))),
    }
}
