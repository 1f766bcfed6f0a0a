//! `annotate --spans`: the mentions that another program found, a line of JSON a mention or a document.
//!
//! What is wrong with one line is said with its number, and the others are used; a span that no document has is wrong as well.

use std::collections::HashMap;
use std::path::Path;

use serde::Deserialize;
use toponorm::write::Source;
use toponorm::{Annotation, Document, Normalizer, OffsetUnit, Offsets, Passage, Span};

use super::{Failure, Outcome, complain};

/// A line: a span, or a document with its spans, as `annotate --format jsonl` and other recognisers write them.
#[derive(Deserialize)]
struct Line {
    path: Option<String>,
    id: Option<String>,
    row: Option<u64>,
    field: Option<String>,
    offset_unit: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
    #[serde(default, alias = "spans", alias = "ents")]
    mentions: Vec<Place>,
}

#[derive(Clone, Copy, Deserialize)]
struct Place {
    start: usize,
    end: usize,
}

/// A span that was given, and the line that gave it.
struct Given {
    line: usize,
    field: Option<String>,
    unit: OffsetUnit,
    place: Place,
    is_used: bool,
}

/// The spans of all documents, by path or id, and row.
pub(super) struct GivenSpans {
    file: String,
    by_document: HashMap<(Option<String>, Option<u64>), Vec<Given>>,
    outcome: Outcome,
}

impl GivenSpans {
    /// Reads the file; `unit` is what offsets are counted in unless a line says otherwise.
    pub(super) fn read(path: &Path, unit: OffsetUnit) -> Result<Self, Failure> {
        let bytes = crate::input::read(path)?;
        let file = path.display().to_string();
        let mut spans = Self { file, by_document: HashMap::new(), outcome: Outcome::Done };
        for (at, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line).trim_ascii();
            if !line.is_empty()
                && let Err(wrong) = spans.add(at + 1, line, unit)
            {
                spans.complain(at + 1, &wrong);
            }
        }
        Ok(spans)
    }

    fn add(&mut self, number: usize, line: &[u8], unit: OffsetUnit) -> Result<(), String> {
        let Line { path, id, row, field, offset_unit, start, end, mut mentions } =
            serde_json::from_slice(line).map_err(|error| format!("no JSON with a span: {error}"))?;
        let unit = match offset_unit {
            Some(unit) => unit.parse().map_err(|error: toponorm::Error| error.to_string())?,
            None => unit,
        };
        match (start, end) {
            (Some(start), Some(end)) => mentions.push(Place { start, end }),
            (None, None) => {}
            _ => return Err("`start` and `end` are expected together".to_owned()),
        }
        let given =
            mentions.into_iter().map(|place| Given { line: number, field: field.clone(), unit, place, is_used: false });
        self.by_document.entry((path.or(id), row)).or_default().extend(given);
        Ok(())
    }

    fn complain(&mut self, line: usize, wrong: &str) {
        complain(&format!("error: {}: line {line}: {wrong}", self.file));
        self.outcome = Outcome::Failed;
    }

    /// Annotates the spans of a passage.
    pub(super) fn annotate(
        &mut self,
        normalizer: &Normalizer,
        path: &str,
        (document, passage): (&Document<'_>, &Passage<'_>),
    ) -> Result<Vec<Annotation>, Failure> {
        let source = Source::new(path, passage);
        let mut spans = Vec::new();
        let mut wrong = Vec::new();
        for key in [Some(source.path), Some(source.id()), None] {
            let given = self.by_document.get_mut(&(key.map(str::to_owned), passage.row()));
            let is_here = |given: &&mut Given| given.field.is_none() || given.field.as_deref() == passage.field();
            for given in given.into_iter().flatten().filter(is_here) {
                given.is_used = true;
                let span = span_in(document.text_of_offsets(passage), given);
                let taken_in = |span| document.taken_in(passage, span).ok_or_else(|| no_text(given));
                match span.and_then(taken_in) {
                    Ok(span) => spans.push(span),
                    Err(why) => wrong.push((given.line, why)),
                }
            }
        }
        wrong.into_iter().for_each(|(line, why)| self.complain(line, &format!("{why} of {path}")));
        spans.sort_unstable();
        spans.dedup();
        Ok(normalizer.annotate_spans_in(passage, &spans)?)
    }

    /// Says which spans no document had; how it all ended.
    pub(super) fn finish(mut self) -> Outcome {
        let unused = self.by_document.iter().flat_map(|((document, row), given)| {
            let row = row.map_or(String::new(), |row| format!(", row {row}"));
            let name = document.as_deref().map_or("no document".to_owned(), |name| format!("no document `{name}`"));
            given.iter().filter(|given| !given.is_used).map(move |given| (given.line, format!("{name}{row} was read")))
        });
        let mut unused: Vec<(usize, String)> = unused.collect();
        unused.sort_unstable();
        unused.dedup();
        unused.into_iter().for_each(|(line, wrong)| self.complain(line, &wrong));
        self.outcome
    }
}

fn no_text(given: &Given) -> String {
    let Place { start, end } = given.place;
    format!("the span {start} to {end} holds no text but markup, in the source")
}

/// The bytes of a span that was given in another unit.
fn span_in(text: &str, given: &Given) -> Result<Span, String> {
    let Place { start, end } = given.place;
    let mut offsets = Offsets::new(text, given.unit);
    let bytes = offsets.byte(start).zip(offsets.byte(end));
    match bytes {
        Some((start, end)) if start < end => Ok(Span::new(start, end)),
        Some(_) => Err(format!("the span {start} to {end} is empty or ends before it starts, in the text")),
        None => {
            let length = Offsets::new(text, given.unit).convert(text.len());
            let unit = given.unit.as_str();
            let wrong = if start.max(end) > length { "lies outside the text" } else { "cuts a character of the text" };
            Err(format!("the span {start} to {end} {wrong}, which has {length} {unit}s,"))
        }
    }
}
