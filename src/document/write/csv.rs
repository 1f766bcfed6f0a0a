//! A table of mentions, for spreadsheets and data frames: a heading, then a row a mention.
//!
//! A cell of text that a spreadsheet would take for a formula gets an apostrophe in front, so that nobody's document can run anything on
//! the reader's machine. Quoting alone does not help: spreadsheets look at the cell after they have taken the quotes off. Numbers stay numbers.

use std::borrow::Cow;
use std::io::{self, Write};

use super::{Report, Reported, Source};
use crate::document::Annotation;
use crate::matcher::Method;
use crate::span::{Lines, OffsetUnit, Offsets};

const COLUMNS: [&str; 24] = [
    "path",
    "row",
    "field",
    "line",
    "column",
    "start",
    "end",
    "text",
    "label",
    "kind",
    "id",
    "name",
    "canonical",
    "lat",
    "lon",
    "country",
    "geonames",
    "wikidata",
    "score",
    "probability",
    "status",
    "method",
    "replacement",
    "candidates",
];

/// Comma-separated values (RFC 4180) under one heading for all documents. `candidates` are joined with `;`.
#[derive(Clone, Copy, Debug)]
pub struct Csv {
    unit: OffsetUnit,
}

impl Csv {
    /// A table with `start` and `end` counted in `unit`.
    pub fn new(unit: OffsetUnit) -> Self {
        Self { unit }
    }
}

impl Report for Csv {
    fn begin(&mut self, out: &mut dyn Write) -> io::Result<()> {
        csv::Writer::from_writer(out).write_record(COLUMNS).map_err(cause)
    }

    fn document(&mut self, out: &mut dyn Write, document: &Reported<'_>) -> io::Result<()> {
        let mut table = csv::Writer::from_writer(out);
        let mut lines = Lines::new(document.counted);
        let mut offsets = Offsets::new(document.counted, self.unit);
        let before = document.offset_before(self.unit);
        for (span, annotation) in document.counted() {
            let [row, field] = record(document.source);
            let at = lines.at(span.start);
            let (line, column) = document.origin.map_or(at, |origin| origin.position(at));
            let [start, end] = [span.start, span.end].map(|at| before + offsets.convert(at));
            let position = [line, column, start, end].map(|number| Cow::from(number.to_string()));
            let place = [Cow::from(document.source.path), row, field].into_iter().chain(position);
            table
                .write_record(place.chain(cells(annotation)).map(|cell| harmless(cell).into_owned()))
                .map_err(cause)?;
        }
        table.flush()
    }
}

/// The failure beneath: who closes a pipe must be told from a full disk.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

fn record(source: Source<'_>) -> [Cow<'_, str>; 2] {
    source.record.map_or([Cow::from(""), Cow::from("")], |(row, field)| [row.to_string().into(), field.into()])
}

fn cells(annotation: &Annotation) -> [Cow<'_, str>; 17] {
    let text = |text: &'_ Option<String>| Cow::from(text.clone().unwrap_or_default());
    let number = |number: Option<f64>| Cow::from(number.map(|number| number.to_string()).unwrap_or_default());
    let candidates: Vec<&str> = annotation.candidates.iter().map(|candidate| candidate.id.as_str()).collect();
    [
        annotation.text.as_str().into(),
        annotation.label.into(),
        annotation.kind.into(),
        text(&annotation.id),
        text(&annotation.name),
        text(&annotation.canonical),
        number(annotation.lat),
        number(annotation.lon),
        text(&annotation.country),
        annotation.geonames.map(|number| number.to_string()).unwrap_or_default().into(),
        text(&annotation.wikidata),
        number(Some(annotation.score)),
        number(annotation.probability),
        annotation.status.as_str().into(),
        annotation.method.map_or("", Method::as_str).into(),
        text(&annotation.replacement),
        candidates.join(";").into(),
    ]
}

/// The cell as text even to a spreadsheet. A sign alone, such as the `-` of standard input, and a number are harmless.
fn harmless(cell: Cow<'_, str>) -> Cow<'_, str> {
    let begins_formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) && cell.chars().nth(1).is_some();
    if begins_formula && cell.parse::<f64>().is_err() { format!("'{cell}").into() } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_text_and_numbers_are_numbers() {
        for (cell, written) in [
            ("=HYPERLINK(\"http://x\")", "'=HYPERLINK(\"http://x\")"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t=1"),
            ("-0.118", "-0.118"),
            ("-", "-"),
            ("Stepanakert", "Stepanakert"),
        ] {
            assert_eq!(harmless(cell.into()), written);
        }
    }
}
