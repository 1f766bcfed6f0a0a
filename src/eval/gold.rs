//! Gold annotations: documents whose mentions somebody marked by hand.
//!
//! Two schemas are read, told apart by their keys. Our own, a line a document:
//! `{"id", "text", "mentions": [{"start", "end", "surface", "canonical", "kind", "optional", "lat", "lon", "entry"}]}`, where `canonical` lists
//! the accepted names split by `|`, `kind` is `place`, `person` or `organisation`, and a mention that is `optional` counts neither way. And
//! GeoVirus' (Gritta and others, 2018): `{"doc_id", "text", "toponyms": [{"start", "end", "surface", "lat", "lon"}]}`. The surface is
//! compared with the text, because offsets counted in a wrong unit would otherwise pass for a bad result.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::Deserialize;

use crate::error::{Error, Position, Problem, Problems};
use crate::gazetteer::Point;
use crate::span::{OffsetUnit, Span};

/// A document with its gold mentions.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GoldDocument {
    /// What the document is called.
    pub id: String,
    /// The text that the spans count in.
    pub text: String,
    /// The mentions, in the order of the text.
    pub mentions: Vec<GoldMention>,
}

/// A mention that somebody marked.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GoldMention {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// `place`, `person` or `organisation`; `None` if the gold does not say.
    pub label: Option<String>,
    /// The names that are accepted for it.
    pub names: Vec<String>,
    /// The id of the entry that is meant.
    pub entry: Option<String>,
    /// Where it is, in degrees.
    pub point: Option<Point>,
    /// Whether finding it or not counts neither way.
    pub is_optional: bool,
}

/// A line as it stands in the file.
#[derive(Deserialize)]
struct Line {
    #[serde(alias = "doc_id")]
    id: String,
    text: String,
    #[serde(alias = "toponyms")]
    mentions: Vec<Marked>,
}

#[derive(Deserialize)]
struct Marked {
    start: usize,
    end: usize,
    surface: Option<String>,
    canonical: Option<String>,
    entry: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    optional: bool,
    lat: Option<f64>,
    lon: Option<f64>,
}

/// Reads gold documents, a line of JSON each, whose offsets count in `unit`.
///
/// # Errors
///
/// [`ErrorKind::Io`](crate::ErrorKind::Io) if the file cannot be read, and [`ErrorKind::Gold`](crate::ErrorKind::Gold) with every
/// line that is not as expected.
pub fn gold(path: impl AsRef<Path>, unit: OffsetUnit) -> Result<Vec<GoldDocument>, Error> {
    let path = path.as_ref();
    let file = path.display().to_string();
    let input = BufReader::new(File::open(path).map_err(|error| Error::io(path, error))?);
    let (mut documents, mut problems) = (Vec::new(), Problems::default());
    for (number, line) in (1..).zip(input.lines()) {
        let line = line.map_err(|error| Error::io(path, error))?;
        if line.trim().is_empty() {
            continue;
        }
        let position = Position::row(file.as_str(), number);
        match serde_json::from_str::<Line>(&line) {
            Ok(line) => documents.push(read(line, unit, &position, &mut problems)),
            Err(error) => problems.push(Problem::error(position, format!("no gold document: {error}"), EXPECTED)),
        }
    }
    if documents.is_empty() && problems.errors() == 0 {
        problems.push(Problem::error(Position::file(file), "no documents", EXPECTED));
    }
    if problems.errors() > 0 { Err(Error::gold(problems.into_list())) } else { Ok(documents) }
}

const EXPECTED: &str = "write a JSON object a line, with `id`, `text` and `mentions` (or `doc_id`, `text` and `toponyms`), each with `start` and `end`";

fn read(line: Line, unit: OffsetUnit, position: &Position, problems: &mut Problems) -> GoldDocument {
    let Line { id, text, mentions } = line;
    let bytes = Bytes::new(&text, unit);
    let mut read = Vec::with_capacity(mentions.len());
    for (number, marked) in mentions.into_iter().enumerate() {
        match span(&text, &bytes, &marked) {
            Ok(span) => read.push(mention(marked, span)),
            Err(message) => {
                let position = position.clone().column(&format!("mentions[{number}]"));
                problems.push(Problem::error(position, message, WRONG_UNIT));
            }
        }
    }
    read.sort_by_key(|mention: &GoldMention| mention.span);
    GoldDocument { id, text, mentions: read }
}

const WRONG_UNIT: &str = "name the unit of the offsets with --offsets, or correct them";

fn span(text: &str, bytes: &Bytes, marked: &Marked) -> Result<Span, String> {
    let (Some(start), Some(end)) = (bytes.at(marked.start), bytes.at(marked.end)) else {
        return Err(format!("{}..{} is no span of the text", marked.start, marked.end));
    };
    if start >= end {
        return Err(format!("the span {}..{} is empty", marked.start, marked.end));
    }
    let found = &text[start..end];
    match &marked.surface {
        Some(surface) if surface != found => Err(format!("expected `{surface}` at {}, found `{found}`", marked.start)),
        _ => Ok(Span::new(start, end)),
    }
}

fn mention(marked: Marked, span: Span) -> GoldMention {
    let names = marked.canonical.as_deref().unwrap_or_default();
    GoldMention {
        span,
        names: names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        label: marked.kind,
        entry: marked.entry,
        point: marked.lat.zip(marked.lon).map(|(latitude, longitude)| Point { latitude, longitude }),
        is_optional: marked.optional,
    }
}

/// The byte at which each unit of a text begins.
struct Bytes {
    starts: Vec<usize>,
}

impl Bytes {
    fn new(text: &str, unit: OffsetUnit) -> Self {
        let units = |c: char| match unit {
            OffsetUnit::Char => 1,
            OffsetUnit::Byte => c.len_utf8(),
            OffsetUnit::Utf16 => c.len_utf16(),
        };
        let mut starts = Vec::with_capacity(text.len() + 1);
        for (byte, c) in text.char_indices() {
            starts.push(byte);
            // The inside of a character is no place to begin.
            starts.extend(std::iter::repeat_n(usize::MAX, units(c) - 1));
        }
        starts.push(text.len());
        Self { starts }
    }

    fn at(&self, offset: usize) -> Option<usize> {
        self.starts.get(offset).copied().filter(|&byte| byte != usize::MAX)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use proptest::prelude::*;

    use super::*;
    use crate::span::Offsets;

    fn gold_of(lines: &str, unit: OffsetUnit) -> Result<Vec<GoldDocument>, Error> {
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(lines.as_bytes()).expect("writable");
        gold(file.path(), unit)
    }

    #[test]
    fn both_schemas_are_read() {
        let own = r#"{"id":"a","text":"In Şuşa.","mentions":[{"start":3,"end":7,"surface":"Şuşa","canonical":"Shusha|Shushi","kind":"place"}]}"#;
        let virus = r#"{"doc_id":"b","url":"","text":"In Şuşa.","toponyms":[{"start":3,"end":7,"surface":"Şuşa","lat":39.76,"lon":46.75,"geonames_id":null}]}"#;
        let documents = gold_of(&format!("{own}\n\n{virus}\n"), OffsetUnit::Char).expect("gold");
        assert_eq!(documents[0].mentions[0].names, ["Shusha", "Shushi"]);
        assert_eq!(documents[1].mentions[0].span, Span::new(3, 9));
        assert_eq!(documents[1].mentions[0].point, Some(Point { latitude: 39.76, longitude: 46.75 }));
    }

    #[test]
    fn every_wrong_line_is_reported() {
        let lines = "{\"id\":\"a\"}\nno json\n{\"id\":\"b\",\"text\":\"Şuşa fell\",\"mentions\":[{\"start\":5,\"end\":9,\"surface\":\"fell\"},{\"start\":1,\"end\":2},{\"start\":90,\"end\":99}]}\n";
        let error = gold_of(lines, OffsetUnit::Byte).expect_err("three bad lines").to_string();
        for expected in [
            "row 1",
            "missing field `text`",
            "row 2",
            "`mentions[0]`",
            "expected `fell` at 5",
            "`mentions[1]`: error: 1..2 is no span",
            "90..99",
        ] {
            assert!(error.contains(expected), "{expected} in {error}");
        }
        assert!(gold_of("", OffsetUnit::Byte).expect_err("nothing").to_string().contains("no documents"));
    }

    proptest! {
        #[test]
        fn offsets_come_back(text in "\\PC{0,20}") {
            for unit in [OffsetUnit::Char, OffsetUnit::Byte, OffsetUnit::Utf16] {
                let bytes = Bytes::new(&text, unit);
                for (byte, _) in text.char_indices() {
                    prop_assert_eq!(bytes.at(Offsets::new(&text, unit).convert(byte)), Some(byte));
                }
            }
        }
    }
}
