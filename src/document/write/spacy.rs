//! JSON Lines from which spaCy's `DocBin` is made: a text a line, with spans that `Doc.char_span` takes.
//!
//! Offsets are code points, as Python counts, whatever else is asked for. The keys are those that Prodigy reads too. A binary
//! `.spacy` file was rejected: it holds tokens, and only the reader's own pipeline knows how it cuts them.

use std::io::{self, Write};

use serde::Serialize;

use super::{Place, Report, Reported};
use crate::document::Annotation;
use crate::gazetteer::Kind;
use crate::span::{OffsetUnit, Offsets};

/// A line of JSON a document: `text`, `spans` and `meta`. Labels are those of spaCy's English pipelines, `MISC` if nothing tells what a
/// name names; `id` is the entry's id, missing where none is sure.
///
/// ```python
/// import json, spacy
/// from spacy.tokens import DocBin
/// from spacy.util import filter_spans
///
/// nlp, docs = spacy.blank("en"), DocBin()
/// for line in open("mentions.jsonl", encoding="utf-8"):
///     record = json.loads(line)
///     doc = nlp.make_doc(record["text"])
///     spans = [doc.char_span(s["start"], s["end"], label=s["label"], kb_id=s.get("id", ""), alignment_mode="expand")
///              for s in record["spans"]]
///     doc.ents = filter_spans(spans)
///     docs.add(doc)
/// docs.to_disk("mentions.spacy")
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Spacy {}

impl Report for Spacy {
    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let mut offsets = Offsets::new(document.text, OffsetUnit::Char);
        let spans = document.standing().map(|(_, annotation)| NamedSpan {
            start: offsets.convert(annotation.span.start),
            end: offsets.convert(annotation.span.end),
            label: label(annotation),
            id: annotation.id.as_deref(),
            wikidata: annotation.wikidata.as_deref(),
        });
        let line = Line { text: document.text, spans: spans.collect(), meta: Place::of(document.source) };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")
    }
}

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    spans: Vec<NamedSpan<'a>>,
    meta: Place<'a>,
}

#[derive(Serialize)]
struct NamedSpan<'a> {
    start: usize,
    end: usize,
    label: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    wikidata: Option<&'a str>,
}

fn label(annotation: &Annotation) -> &'static str {
    match annotation.kind {
        "demonym" => "NORP",
        kind => kind.parse().map_or("MISC", Kind::spacy_label),
    }
}
