//! JSON Lines: a document a line, in the schema that the README documents.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::{Place, Report, Reported};
use crate::document::{Annotation, AnnotationCandidate, Signal};
use crate::matcher::Method;
use crate::resolve::Status;
use crate::span::{OffsetUnit, Offsets, Span};

// Flattened members and a list that is collected first would take several times as long: a text full of names is written out as seven times as much.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    id: &'a str,
    offset_unit: &'static str,
    mentions: Mentions<'a>,
}

/// The mentions of a document, made one by one while they are written.
struct Mentions<'a> {
    document: &'a Reported<'a>,
    options: JsonlOptions,
}

impl Serialize for Mentions<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut offsets = Offsets::new(self.document.counted, self.options.unit);
        let mention =
            |(span, annotation)| Mention::new(annotation, converted(&mut offsets, span), self.options.candidates);
        serializer.collect_seq(self.document.counted().map(mention))
    }
}

fn converted(offsets: &mut Offsets<'_>, span: Span) -> Span {
    let start = offsets.convert(span.start);
    Span { start, end: offsets.convert(span.end) }
}

#[derive(Serialize)]
struct Mention<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    label: &'a str,
    kind: &'a str,
    id: Option<&'a str>,
    name: Option<&'a str>,
    canonical: Option<&'a str>,
    lat: Option<f64>,
    lon: Option<f64>,
    country: Option<&'a str>,
    score: f64,
    probability: Option<f64>,
    status: Status,
    method: Option<Method>,
    replacement: Option<&'a str>,
    candidates: &'a [AnnotationCandidate],
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    signals: Option<&'a [Signal]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weighed: Option<&'a [Vec<Signal>]>,
}

impl<'a> Mention<'a> {
    fn new(annotation: &'a Annotation, span: Span, candidates: usize) -> Self {
        let explanation = annotation.explanation.as_ref();
        Self {
            start: span.start,
            end: span.end,
            text: &annotation.text,
            label: annotation.label,
            kind: annotation.kind,
            id: annotation.id.as_deref(),
            name: annotation.name.as_deref(),
            canonical: annotation.canonical.as_deref(),
            lat: annotation.lat,
            lon: annotation.lon,
            country: annotation.country.as_deref(),
            score: annotation.score,
            probability: annotation.probability,
            status: annotation.status,
            method: annotation.method,
            replacement: annotation.replacement.as_deref(),
            candidates: &annotation.candidates[..annotation.candidates.len().min(candidates)],
            reason: explanation.map(|explanation| explanation.reason),
            signals: explanation.map(|explanation| &*explanation.signals),
            weighed: explanation.map(|explanation| &*explanation.weighed),
        }
    }
}

/// JSON Lines, a document or a field of a record a line.
#[derive(Clone, Debug)]
pub struct Jsonl {
    options: JsonlOptions,
    /// The document's line, written out as a whole.
    line: Vec<u8>,
}

/// Room for so many bytes is kept for the next document.
const MAX_KEPT: usize = 1 << 20;

/// How [`Jsonl`] writes.
#[derive(Clone, Copy, Debug)]
pub struct JsonlOptions {
    /// The unit of `start` and `end`.
    pub unit: OffsetUnit,
    /// The most candidates that a mention lists.
    pub candidates: usize,
}

impl Jsonl {
    /// A report that is written so.
    pub fn new(options: JsonlOptions) -> Self {
        Self { options, line: Vec::new() }
    }
}

impl Report for Jsonl {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let Place { path, row, field } = Place::of(document.source);
        let mentions = Mentions { document, options: self.options };
        let (id, offset_unit) = (document.source.id(), self.options.unit.as_str());
        self.line.clear();
        serde_json::to_writer(&mut self.line, &Line { path, row, field, id, offset_unit, mentions })?;
        self.line.push(b'\n');
        out.write_all(&self.line)?;
        self.line.shrink_to(MAX_KEPT);
        Ok(())
    }
}
