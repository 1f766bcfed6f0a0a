//! What a worker makes of a document, or of a part of one, with nothing shared: so any number of them work side by side.
//!
//! Formats of a line a mention or a document are written out here. The others are one report, which takes documents in order: for these the
//! annotations are handed on, with the text that they are about.

use std::io;

use toponorm::write::{Csv, Jsonl, Report, Reported};
use toponorm::{Annotation, DecodedText, Document, DocumentPart, Error, Normalizer, ReadOptions};

use super::jsonl;
use crate::args::{AnnotateArgs, AnnotateFormat};
use crate::cmd::Failure;
use crate::input::{Content, Piece, complaint};

/// What came of a piece.
pub(super) struct Answer {
    /// The document's number.
    pub(super) document: usize,
    pub(super) path: String,
    pub(super) content: Result<Annotated, Failure>,
}

pub(super) enum Annotated {
    /// A file that is no text.
    Binary,
    /// Lines of the report, and what is to be said of records that could not be read.
    Lines(Vec<u8>, Vec<String>),
    /// A document, with the annotations of each passage unless they are given.
    Whole(DecodedText, ReadOptions, Option<Vec<Vec<Annotation>>>),
}

/// A format whose lines stand for themselves.
#[derive(Clone)]
pub(super) enum LineFormat {
    Jsonl(Jsonl),
    Csv(Csv),
}

impl LineFormat {
    pub(super) fn of(args: &AnnotateArgs) -> Option<Self> {
        match args.format {
            AnnotateFormat::Jsonl => Some(Self::Jsonl(jsonl(args))),
            AnnotateFormat::Csv => Some(Self::Csv(Csv::new(args.offsets.into()))),
            _ => None,
        }
    }

    fn write(&mut self, out: &mut Vec<u8>, document: &Reported<'_>) -> io::Result<()> {
        match self {
            Self::Jsonl(report) => report.document(out, document),
            Self::Csv(report) => report.document(out, document),
        }
    }
}

/// Works on pieces.
pub(super) struct Annotator {
    /// `None` if the mentions are given.
    pub(super) normalizer: Option<Normalizer>,
    /// `None` for formats that take documents in order.
    pub(super) lines: Option<LineFormat>,
}

impl Annotator {
    pub(super) fn answer(&self, piece: Piece) -> Answer {
        let Piece { document, path, content } = piece;
        let content = content.and_then(|content| match content {
            Content::Binary => Ok(Annotated::Binary),
            Content::Text(reading, part) => {
                self.annotated(&path, reading, &part).map_err(|error| Failure::Document(path.clone(), error))
            }
        });
        Answer { document, path, content }
    }

    fn annotated(&self, path: &str, reading: ReadOptions, part: &DocumentPart) -> Result<Annotated, Error> {
        let decoded = part.decode(reading.encoding)?;
        let document = Document::read_part(&decoded, &reading, &part.origin)?;
        let passages = document.passages().iter();
        let (Some(normalizer), Some(mut format)) = (&self.normalizer, self.lines.clone()) else {
            let annotate =
                |normalizer: &Normalizer| passages.map(|passage| normalizer.annotate_passage(passage)).collect();
            let annotations = self.normalizer.as_ref().map(annotate);
            return Ok(Annotated::Whole(decoded, reading, annotations));
        };
        let mut lines = Vec::new();
        for passage in passages {
            let annotations = normalizer.annotate_passage(passage);
            let reported = Reported::new(path, &document, passage, &annotations).after(&part.origin);
            // A vector takes everything.
            let _ = format.write(&mut lines, &reported);
        }
        Ok(Annotated::Lines(lines, document.faults().iter().map(|fault| complaint(path, fault)).collect()))
    }
}
