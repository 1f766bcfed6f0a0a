//! Annotations written out in the formats of other programs, a file each.
//!
//! A format is a [`Report`]: it begins, is given the documents one after the other, and ends, so that several documents become one
//! valid file and most formats keep nothing. Functions that take all documents at once were rejected: a corpus would have to be in memory.

mod brat;
mod csv;
mod geojson;
mod html;
mod jsonl;
mod markdown;
mod outside;
mod printable;
mod spacy;
mod tei;
mod text;
mod webannotation;

use std::io::{self, Write};

#[cfg(feature = "formats")]
use super::InputFormat;
use super::{Annotation, Document, Origin, Passage};
use crate::resolve::Status;
use crate::span::{OffsetUnit, Span};

pub use brat::Brat;
pub use csv::Csv;
pub use geojson::{Features, GeoJson};
pub use html::Html;
pub use jsonl::{Jsonl, JsonlOptions};
pub use markdown::Markdown;
pub use spacy::Spacy;
pub use tei::Tei;
pub use text::{Styling, Text};
pub use webannotation::WebAnnotation;

/// A format in which annotated documents are written out.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::write::{Csv, Report, Reported};
/// use toponorm::{Matcher, Normalizer, OffsetUnit};
///
/// let normalizer = Normalizer::builder().build(Matcher::bundled()?);
/// let (text, mut table, mut report) = ("Talks in Baku", Vec::new(), Csv::new(OffsetUnit::Char));
/// report.begin(&mut table)?;
/// report.document(&mut table, &Reported::of_text("talks.txt", text, &normalizer.annotate(text)))?;
/// report.end(&mut table)?;
/// assert!(String::from_utf8(table)?.contains("talks.txt,,,1,10,9,13,Baku,place,city,baku,Baku,"));
/// # }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait Report {
    /// Writes what stands before all documents.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with; so do the other methods.
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// Writes a document, or a field of a record, or keeps of it what must wait for the end.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()>;

    /// Writes what stands after all documents.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    fn end(&mut self, out: &mut dyn Write) -> io::Result<()> {
        let _ = out;
        Ok(())
    }

    /// What the format could not hold, in words; `None` if it holds everything.
    fn left_out(&self) -> Option<String> {
        None
    }
}

/// Which document a report is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Source<'a> {
    /// The path as it was given, `-` for standard input.
    pub path: &'a str,
    /// The record in it, if it holds records: its row, counted from 1, and its field.
    pub record: Option<(u64, &'a str)>,
}

impl<'a> Source<'a> {
    /// A passage of the document at `path`.
    pub fn new(path: &'a str, passage: &'a Passage<'_>) -> Self {
        Self { path, record: passage.row().zip(passage.field()) }
    }

    /// The file's name without folder and extension.
    pub fn id(&self) -> &str {
        let name = self.path.rsplit(['/', '\\']).next().unwrap_or(self.path);
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => name,
        }
    }

    /// The path, and the record as `path[row].field`.
    fn place(&self) -> String {
        match self.record {
            Some((row, field)) => format!("{}[{row}].{field}", self.path),
            None => self.path.to_owned(),
        }
    }
}

/// An annotated document, or a field of a record, to be written out.
#[derive(Clone, Debug)]
pub struct Reported<'a> {
    source: Source<'a>,
    /// The text that was read, without markup, in which the annotations' spans count.
    text: &'a str,
    annotations: &'a [Annotation],
    /// The text in which offsets are given out.
    counted: &'a str,
    /// Where each annotation lies there.
    spans: Vec<Span>,
    /// The document that it comes from, if it may hold markup of the format that is written.
    #[cfg(feature = "formats")]
    markup: Option<(&'a Document<'a>, &'a Passage<'a>)>,
    /// What of the document comes before it, if that counts.
    origin: Option<&'a Origin>,
}

impl<'a> Reported<'a> {
    /// A passage of the document at `path` with its [annotations](crate::Normalizer::annotate_passage).
    pub fn new(
        path: &'a str,
        document: &'a Document<'_>,
        passage: &'a Passage<'_>,
        annotations: &'a [Annotation],
    ) -> Self {
        let given_out = |annotation: &Annotation| document.given_out(passage, annotation.span);
        Self {
            source: Source::new(path, passage),
            text: passage.text(),
            annotations,
            counted: document.text_of_offsets(passage),
            spans: annotations.iter().map(given_out).collect(),
            #[cfg(feature = "formats")]
            markup: (document.format() == InputFormat::Xml).then_some((document, passage)),
            origin: None,
        }
    }

    /// A text without markup with its [annotations](crate::Normalizer::annotate).
    pub fn of_text(path: &'a str, text: &'a str, annotations: &'a [Annotation]) -> Self {
        let spans = annotations.iter().map(|annotation| annotation.span).collect();
        Self {
            source: Source { path, record: None },
            text,
            annotations,
            counted: text,
            spans,
            #[cfg(feature = "formats")]
            markup: None,
            origin: None,
        }
    }

    /// The same as a [part](crate::Parts) of its document: [`Jsonl`] says which, and there and in [`Csv`] offsets and lines count from the
    /// document's start. The other formats take whole documents.
    #[must_use]
    pub fn after(self, origin: &'a Origin) -> Self {
        // Of a record they count in its field, wherever that stands.
        Self { origin: self.source.record.is_none().then_some(origin), ..self }
    }

    /// The text that was read, without markup.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// A name for a file about it: that of the document, with row and field of a record.
    pub fn name(&self) -> String {
        let id = if self.source.path == "-" { "standard-input" } else { self.source.id() };
        let field = |field: &str| field.replace(|c: char| !c.is_alphanumeric(), "-");
        self.source.record.map_or(id.to_owned(), |(row, name)| format!("{id}-{row}-{}", field(name)))
    }

    /// The number of the part, if the document was cut.
    fn part(&self) -> Option<u64> {
        self.origin.and_then(|origin| origin.part)
    }

    /// What offsets are counted on from.
    fn offset_before(&self, unit: OffsetUnit) -> usize {
        self.origin.map_or(0, |origin| origin.offset(unit))
    }

    /// The annotations, each with its span as offsets are given out.
    fn counted(&self) -> impl Iterator<Item = (Span, &'a Annotation)> {
        self.spans.iter().copied().zip(self.annotations)
    }

    /// The annotations that hold: resolved, ambiguous or unknown, and none that overlaps one before it. What was refused is listed for those
    /// who ask why, and no mark in a text.
    fn standing(&self) -> impl Iterator<Item = (Span, &'a Annotation)> {
        let mut free = 0;
        self.counted().filter(move |(_, annotation)| {
            let holds = matches!(annotation.status, Status::Resolved | Status::Ambiguous | Status::Unknown);
            let stands = holds && annotation.span.start >= free && annotation.span.start < annotation.span.end;
            if stands {
                free = annotation.span.end;
            }
            stands
        })
    }
}

/// Where a mention stands, as JSON.
#[derive(serde::Serialize)]
struct Place<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
}

impl<'a> Place<'a> {
    fn of(source: Source<'a>) -> Self {
        Self { path: source.path, row: source.record.map(|(row, _)| row), field: source.record.map(|(_, field)| field) }
    }
}
