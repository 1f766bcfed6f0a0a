//! JSON Lines: a document a line, in the schema that the README documents.

use std::io::{self, Write};

use serde::Serialize;

use super::{Place, Report, Reported};
use crate::document::{AnnotationCandidate, Explanation};
use crate::matcher::Method;
use crate::resolve::Status;
use crate::span::{OffsetUnit, Offsets};

#[derive(Serialize)]
struct Line<'a> {
    #[serde(flatten)]
    place: Place<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<u64>,
    id: &'a str,
    offset_unit: &'static str,
    mentions: Vec<Mention<'a>>,
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
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    explanation: Option<&'a Explanation>,
}

/// JSON Lines, a document or a field of a record a line.
#[derive(Clone, Copy, Debug)]
pub struct Jsonl {
    options: JsonlOptions,
}

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
        Self { options }
    }
}

impl Report for Jsonl {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let JsonlOptions { unit, candidates } = self.options;
        let mut offsets = Offsets::new(document.counted, unit);
        let before = document.offset_before(unit);
        let mentions = document.counted().map(|(span, annotation)| Mention {
            start: before + offsets.convert(span.start),
            end: before + offsets.convert(span.end),
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
            explanation: annotation.explanation.as_ref(),
        });
        let line = Line {
            place: Place::of(document.source),
            part: document.part(),
            id: document.source.id(),
            offset_unit: unit.as_str(),
            mentions: mentions.collect(),
        };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }
}
