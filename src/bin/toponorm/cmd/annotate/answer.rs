//! What a worker makes of a document, or of a part of one, with nothing shared: so any number of them work side by side.
//!
//! Formats of a line a mention or a document are written out here. The others are one report, which takes documents in order: for these the
//! annotations are handed on, with the text that they are about.

use std::io;
use std::path::Path;

use toponorm::write::{Csv, Jsonl, Report, Reported};
use toponorm::{Annotation, DecodedText, Document, Error, Normalizer, ReadOptions};

use super::jsonl;
use crate::args::{AnnotateArgs, AnnotateFormat};
use crate::cmd::Failure;
use crate::cmd::documents::complaints;
use crate::input::Text;

pub(super) enum Annotated {
    /// Lines of the report with so many mentions, and what is to be said of records that could not be read.
    Lines(Vec<u8>, usize, Vec<String>),
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
    pub(super) fn annotated(&self, path: &Path, text: Text) -> Result<Annotated, Failure> {
        let shown = path.display().to_string();
        self.read(path, &shown, text).map_err(|error| Failure::Document(shown, error))
    }

    fn read(&self, path: &Path, shown: &str, Text { reading, part, .. }: Text) -> Result<Annotated, Error> {
        let decoded = part.decode(reading.encoding)?;
        let document = Document::read_part(&decoded, &reading, &part.origin)?;
        let passages = document.passages().iter();
        let (Some(normalizer), Some(mut format)) = (&self.normalizer, self.lines.clone()) else {
            let annotate =
                |normalizer: &Normalizer| passages.map(|passage| normalizer.annotate_passage(passage)).collect();
            let annotations = self.normalizer.as_ref().map(annotate);
            return Ok(Annotated::Whole(decoded, reading, annotations));
        };
        let (mut lines, mut count) = (Vec::new(), 0);
        for passage in passages {
            let annotations = normalizer.annotate_passage(passage);
            let reported = Reported::new(shown, &document, passage, &annotations).after(&part.origin);
            count += annotations.len();
            // A vector takes everything.
            let _ = format.write(&mut lines, &reported);
        }
        Ok(Annotated::Lines(lines, count, complaints(path, document.faults())))
    }
}
