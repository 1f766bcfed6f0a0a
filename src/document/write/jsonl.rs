//! JSON Lines: a document a line, in the schema that the README documents.

use std::io::{self, Write};

use serde::Serialize;

use super::Source;
use crate::document::{Annotation, AnnotationCandidate, Explanation};
use crate::matcher::Method;
use crate::resolve::Status;
use crate::span::{OffsetUnit, Offsets};

#[derive(Serialize)]
struct Document<'a> {
    path: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    row: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
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

/// Writes one document as a line of JSON, offsets counted in `unit`, with at most `candidates` candidates a mention.
///
/// # Errors
///
/// Whatever writing to `out` fails with.
pub fn jsonl(
    out: &mut impl Write,
    source: Source<'_>,
    text: &str,
    annotations: &[Annotation],
    options: JsonlOptions,
) -> io::Result<()> {
    let mut offsets = Offsets::new(text, options.unit);
    let mentions = annotations.iter().map(|annotation| Mention {
        start: offsets.convert(annotation.span.start),
        end: offsets.convert(annotation.span.end),
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
        candidates: &annotation.candidates[..annotation.candidates.len().min(options.candidates)],
        explanation: annotation.explanation.as_ref(),
    });
    let document = Document {
        path: source.path,
        id: source.id(),
        row: source.record.map(|(row, _)| row),
        field: source.record.map(|(_, field)| field),
        offset_unit: options.unit.as_str(),
        mentions: mentions.collect(),
    };
    serde_json::to_writer(&mut *out, &document)?;
    out.write_all(b"\n")
}

/// How [`jsonl`] writes.
#[derive(Clone, Copy, Debug)]
pub struct JsonlOptions {
    /// The unit of `start` and `end`.
    pub unit: OffsetUnit,
    /// The most candidates that a mention lists.
    pub candidates: usize,
}
