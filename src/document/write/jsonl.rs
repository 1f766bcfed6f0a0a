//! JSON Lines: a document a line, in the schema that the README documents.
//!
//! A text full of names is written out as seven times as much, so members are put down one after the other here: a derived serializer looks
//! through every name of a member for letters to escape and takes four times as long. Numbers, and texts that need escapes, are left to `serde_json`.

use std::io::{self, Write};

use serde::Serialize;

use super::{Place, Report, Reported};
use crate::document::{Annotation, AnnotationCandidate, Explanation};
use crate::matcher::Method;
use crate::span::{OffsetUnit, Offsets, Span};

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
        let mut line = Line { bytes: std::mem::take(&mut self.line) };
        line.document(document, self.options)?;
        self.line = line.bytes;
        out.write_all(&self.line)?;
        self.line.clear();
        self.line.shrink_to(MAX_KEPT);
        Ok(())
    }
}

/// A line that is being written.
struct Line {
    bytes: Vec<u8>,
}

impl Line {
    fn document(&mut self, document: &Reported<'_>, options: JsonlOptions) -> io::Result<()> {
        let Place { path, row, field } = Place::of(document.source);
        self.text(r#"{"path":"#, path)?;
        if let Some((row, field)) = row.zip(field) {
            self.value(r#","row":"#, &row)?;
            self.text(r#","field":"#, field)?;
        }
        if let Some(part) = document.part() {
            self.value(r#","part":"#, &part)?;
        }
        self.text(r#","id":"#, document.source.id())?;
        self.text(r#","offset_unit":"#, options.unit.as_str())?;
        self.literal(r#","mentions":["#);
        let mut offsets = Offsets::new(document.counted, options.unit);
        let before = document.offset_before(options.unit);
        for (at, (span, annotation)) in document.counted().enumerate() {
            self.literal(if at == 0 { "" } else { "," });
            let start = before + offsets.convert(span.start);
            let span = Span { start, end: before + offsets.convert(span.end) };
            self.mention(annotation, span, options.candidates)?;
        }
        self.literal("]}\n");
        Ok(())
    }

    fn mention(&mut self, annotation: &Annotation, span: Span, candidates: usize) -> io::Result<()> {
        self.value(r#"{"start":"#, &span.start)?;
        self.value(r#","end":"#, &span.end)?;
        self.text(r#","text":"#, &annotation.text)?;
        self.text(r#","label":"#, annotation.label)?;
        self.text(r#","kind":"#, annotation.kind)?;
        self.maybe_text(r#","id":"#, annotation.id.as_deref())?;
        self.maybe_text(r#","name":"#, annotation.name.as_deref())?;
        self.maybe_text(r#","canonical":"#, annotation.canonical.as_deref())?;
        self.value(r#","lat":"#, &annotation.lat)?;
        self.value(r#","lon":"#, &annotation.lon)?;
        self.maybe_text(r#","country":"#, annotation.country.as_deref())?;
        self.value(r#","score":"#, &annotation.score)?;
        self.value(r#","probability":"#, &annotation.probability)?;
        self.text(r#","status":"#, annotation.status.as_str())?;
        self.maybe_text(r#","method":"#, annotation.method.map(Method::as_str))?;
        self.maybe_text(r#","replacement":"#, annotation.replacement.as_deref())?;
        self.literal(r#","candidates":["#);
        for (at, candidate) in annotation.candidates.iter().take(candidates).enumerate() {
            self.literal(if at == 0 { "" } else { "," });
            self.candidate(candidate)?;
        }
        self.literal("]");
        annotation.explanation.as_ref().map_or(Ok(()), |explanation| self.explanation(explanation))?;
        self.literal("}");
        Ok(())
    }

    fn candidate(&mut self, candidate: &AnnotationCandidate) -> io::Result<()> {
        self.text(r#"{"id":"#, &candidate.id)?;
        self.text(r#","name":"#, &candidate.name)?;
        self.value(r#","score":"#, &candidate.score)?;
        self.literal("}");
        Ok(())
    }

    fn explanation(&mut self, explanation: &Explanation) -> io::Result<()> {
        self.text(r#","reason":"#, explanation.reason)?;
        self.value(r#","signals":"#, &explanation.signals)?;
        self.value(r#","weighed":"#, &explanation.weighed)
    }

    fn literal(&mut self, json: &str) {
        self.bytes.extend_from_slice(json.as_bytes());
    }

    /// A member with its value, after what goes before it.
    fn value(&mut self, before: &str, value: &(impl Serialize + ?Sized)) -> io::Result<()> {
        self.literal(before);
        Ok(serde_json::to_writer(&mut self.bytes, value)?)
    }

    fn maybe_text(&mut self, before: &str, text: Option<&str>) -> io::Result<()> {
        match text {
            Some(text) => self.text(before, text),
            None => {
                self.literal(before);
                self.literal("null");
                Ok(())
            }
        }
    }

    fn text(&mut self, before: &str, text: &str) -> io::Result<()> {
        if needs_escapes(text) {
            return self.value(before, text);
        }
        self.literal(before);
        self.literal("\"");
        self.literal(text);
        self.literal("\"");
        Ok(())
    }
}

/// Whether a string of JSON writes some of the text otherwise.
fn needs_escapes(text: &str) -> bool {
    let is_written_otherwise = |byte: &u8| *byte < b' ' || matches!(byte, b'"' | b'\\');
    // Without a way out in the middle, so that many bytes are looked at at once.
    text.as_bytes().iter().fold(false, |some, byte| some | is_written_otherwise(byte))
}

#[cfg(all(test, feature = "bundled"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{Matcher, Normalizer};

    /// The lines about a text, as they are written.
    fn line(text: &str, path: &str) -> String {
        let normalizer = Normalizer::builder().explain(true).build(Matcher::bundled().expect("the bundled gazetteer"));
        let mut report = Jsonl::new(JsonlOptions { unit: OffsetUnit::Char, candidates: 5 });
        let mut out = Vec::new();
        report
            .document(&mut out, &Reported::of_text(path, text, &normalizer.annotate(text)))
            .expect("a vector takes everything");
        String::from_utf8(out).expect("text")
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(48))]

        /// Read and written again by `serde_json` a line stays as it is, but for the order of its members.
        #[test]
        fn a_line_is_what_serde_json_writes(path in "\\PC{0,9}|[\"\\\\\u{0}-\u{1f}a]{0,5}", name in "[A-ZŞ][a-z]{3,7}|Baku|Shusha") {
            let text = format!("In {name} and near \"{path}\" in Stefancart, Georgia.");
            let line = line(&text, &path);
            let value: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(value["path"].as_str(), Some(path.as_str()));
            let again = serde_json::to_string(&value).unwrap();
            let sorted = |text: &str| {
                let mut bytes = text.trim_end().as_bytes().to_vec();
                bytes.sort_unstable();
                bytes
            };
            prop_assert_eq!(sorted(&again), sorted(&line));
        }
    }

    #[test]
    fn what_is_escaped_is_told() {
        for (text, is_escaped) in
            [("", false), ("Şuşa / 'x' \u{7f}", false), ("a\"", true), ("\\", true), ("\n", true), ("\0", true)]
        {
            assert_eq!(needs_escapes(text), is_escaped, "{text}");
            assert_eq!(serde_json::to_string(text).unwrap() != format!("\"{text}\""), is_escaped, "{text}");
        }
    }
}
