//! Records of JSON and JSON Lines: the strings of the fields that are asked for, each with its place in the source.
//!
//! `serde_json` says whether a record is JSON at all; it gives no positions, so a scan of a source that it has accepted finds the strings. The
//! scan need not check anything again, and a property test holds what it reads equal to what `serde_json` reads.

use serde::de::IgnoredAny;

use super::passage::{Notation, PassageBuilder};
use super::record::{Records, asked, found_any, no_such_field, said_once};
use super::{Fault, Origin};
use crate::error::Error;
use crate::span::Span;

/// The passages of JSON Lines, or of some lines of it. Blank lines are no records.
pub(super) fn lines<'s>(source: &'s str, origin: &Origin, fields: &[String]) -> Result<Records<'s>, Error> {
    let mut reader = Reader::new(source, fields);
    let mut start = 0;
    for (row, line) in (origin.rows + 1..).zip(source.split_inclusive('\n')) {
        if !line.trim().is_empty() {
            reader.record(row, Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    // What other parts hold is not known here.
    let records = (reader.passages, reader.faults);
    if origin.is_cut { Ok(said_once(records)) } else { found_any(records) }
}

/// The passages of a JSON document: of each element if it is an array, else of the one record.
pub(super) fn array<'s>(source: &'s str, fields: &[String]) -> Result<Records<'s>, Error> {
    let mut reader = Reader::new(source, fields);
    if let Err(error) = serde_json::from_str::<IgnoredAny>(source) {
        return Err(Error::value(format!("not JSON: {error}; for a record a line pass --input-format jsonl")));
    }
    let mut scan = Scan { source, at: 0 };
    scan.space();
    if scan.byte() != b'[' {
        reader.record(1, Span::new(0, source.len()));
    } else {
        let mut row = 0;
        scan.members(|scan, _| {
            row += 1;
            let start = scan.at;
            scan.skip();
            reader.record(row, Span::new(start, scan.at));
        });
    }
    found_any((reader.passages, reader.faults))
}

/// Reads records one after the other.
struct Reader<'s, 'f> {
    source: &'s str,
    fields: Vec<Path<'f>>,
    passages: Vec<super::Passage<'s>>,
    faults: Vec<Fault>,
}

impl<'s, 'f> Reader<'s, 'f> {
    fn new(source: &'s str, fields: &'f [String]) -> Self {
        let fields = asked(fields).into_iter().map(Path::new).collect();
        Self { source, fields, passages: Vec::new(), faults: Vec::new() }
    }

    fn record(&mut self, row: u64, span: Span) {
        let record = &self.source[span.range()];
        if let Err(error) = serde_json::from_str::<IgnoredAny>(record) {
            let message = format!("not JSON: {}", without_line(&error));
            return self.faults.push(Fault { row, message });
        }
        let mut found = Vec::new();
        for field in &self.fields {
            let before = found.len();
            let mut scan = Scan { source: self.source, at: span.start };
            scan.space();
            let is_there = scan.find(&field.steps, &mut |value| found.push((field.name, value)));
            if !is_there {
                self.faults.push(Fault { row, message: no_such_field(field.name, &keys(self.source, span)) });
            } else if let Some(&(_, Value::Other(start))) =
                found[before..].iter().find(|found| matches!(found.1, Value::Other(_)))
            {
                let message =
                    format!("field `{}` is no string but {}", field.name, kind(self.source.as_bytes()[start]));
                self.faults.push(Fault { row, message });
            }
        }
        found.sort_by_key(|(_, value)| value.start());
        found.dedup_by_key(|(_, value)| value.start());
        for (name, value) in found {
            if let Value::Text(inside) = value {
                self.passages.push(passage(self.source, inside).field(row, name, notation(record)));
            }
        }
    }
}

/// A record whose source writes no letter beyond ASCII, and some as escapes, gets escapes.
fn notation(record: &str) -> Notation {
    Notation::Json { ascii: record.is_ascii() && record.contains("\\u") }
}

/// `serde_json` counts lines of the record, which are no lines of the file.
fn without_line(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    format!("{} at column {}", text.strip_suffix(&place).unwrap_or(&text), error.column())
}

fn kind(first: u8) -> &'static str {
    match first {
        b'{' => "an object; name a field in it with a dot",
        b't' | b'f' => "true or false",
        _ => "a number",
    }
}

/// The keys of the record, for a complaint.
fn keys(source: &str, record: Span) -> Vec<String> {
    let value = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(&source[record.range()]);
    value.map(|map| map.into_iter().map(|(key, _)| key).collect()).unwrap_or_default()
}

/// A field as it was asked for.
struct Path<'f> {
    name: &'f str,
    steps: Vec<Step>,
}

/// A step down into a value.
enum Step {
    /// Into an object, or into every object of an array.
    Key(String),
    /// A step of a JSON pointer: a key of an object, or the number of an element.
    Token(String),
}

impl<'f> Path<'f> {
    fn new(name: &'f str) -> Self {
        let steps = match name.strip_prefix('/') {
            Some(pointer) => {
                pointer.split('/').map(|token| Step::Token(token.replace("~1", "/").replace("~0", "~"))).collect()
            }
            None => name.split('.').map(|key| Step::Key(key.trim_end_matches("[]").to_owned())).collect(),
        };
        Self { name, steps }
    }
}

/// What stands at the end of a path.
#[derive(Clone, Copy)]
enum Value {
    /// The inside of a string, without quotes.
    Text(Span),
    /// Something else that is not null, and where it begins.
    Other(usize),
}

impl Value {
    fn start(self) -> usize {
        match self {
            Self::Text(inside) => inside.start,
            Self::Other(start) => start,
        }
    }
}

/// Walks over JSON that is known to be right.
struct Scan<'s> {
    source: &'s str,
    at: usize,
}

impl Scan<'_> {
    fn byte(&self) -> u8 {
        self.source.as_bytes().get(self.at).copied().unwrap_or(b'\0')
    }

    fn space(&mut self) {
        while matches!(self.byte(), b' ' | b'\t' | b'\n' | b'\r') {
            self.at += 1;
        }
    }

    /// Goes over the string that begins here; what is inside.
    fn string(&mut self) -> Span {
        let start = self.at + 1;
        self.at = start;
        while !matches!(self.byte(), b'"' | b'\0') {
            self.at += if self.byte() == b'\\' { 2 } else { 1 };
        }
        let inside = Span::new(start, self.at.min(self.source.len()));
        self.at += 1;
        inside
    }

    /// Goes over the object or array that begins here and calls `visit` at the start of every member's value, with the inside of its
    /// key in an object. `visit` leaves the scan at the value's end.
    fn members(&mut self, mut visit: impl FnMut(&mut Self, Option<Span>)) {
        let is_object = self.byte() == b'{';
        self.at += 1;
        self.space();
        while !matches!(self.byte(), b'}' | b']' | b'\0') {
            let key = is_object.then(|| self.string());
            if is_object {
                self.space();
                self.at += 1;
                self.space();
            }
            visit(self, key);
            self.space();
            if self.byte() == b',' {
                self.at += 1;
                self.space();
            }
        }
        self.at += 1;
    }

    /// Goes over the value that begins here.
    fn skip(&mut self) {
        let mut depth = 0usize;
        loop {
            match self.byte() {
                b'"' => {
                    self.string();
                }
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth -= 1;
                    self.at += 1;
                }
                b'\0' => return,
                _ if depth == 0 => {
                    while !matches!(self.byte(), b',' | b']' | b'}' | b' ' | b'\t' | b'\n' | b'\r' | b'\0') {
                        self.at += 1;
                    }
                }
                _ => self.at += 1,
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// Finds what stands at the end of `steps` in the value that begins here, and goes over it. Whether the path leads anywhere.
    fn find(&mut self, steps: &[Step], visit: &mut impl FnMut(Value)) -> bool {
        let mut is_there = false;
        match (steps, self.byte()) {
            ([], b'"') => {
                visit(Value::Text(self.string()));
                return true;
            }
            ([], b'[') => {
                // Lists of lists are left alone, so that no depth of nesting costs a stack.
                self.members(|scan, _| if scan.byte() == b'[' { scan.skip() } else { _ = scan.find(&[], visit) });
                return true;
            }
            ([], first) => {
                if first != b'n' {
                    visit(Value::Other(self.at));
                }
                self.skip();
                return true;
            }
            ([Step::Key(_), ..], b'[') => self
                .members(|scan, _| if scan.byte() == b'{' { is_there |= scan.find(steps, visit) } else { scan.skip() }),
            ([Step::Token(token), rest @ ..], b'[') => {
                let wanted = token.parse::<usize>().ok();
                let mut number = 0;
                self.members(|scan, _| {
                    if wanted == Some(number) {
                        is_there |= scan.find(rest, visit)
                    } else {
                        scan.skip()
                    }
                    number += 1;
                });
            }
            ([Step::Key(wanted) | Step::Token(wanted), rest @ ..], b'{') => self.members(|scan, key| {
                let is_wanted = key.is_some_and(|key| passage(scan.source, key).is_text(wanted));
                if is_wanted { is_there |= scan.find(rest, visit) } else { scan.skip() }
            }),
            _ => self.skip(),
        }
        is_there
    }
}

/// The text of a string, from what is inside its quotes.
fn passage(source: &str, inside: Span) -> PassageBuilder<'_> {
    let mut builder = PassageBuilder::new(source);
    let mut at = inside.start;
    while at < inside.end {
        let run = source[at..inside.end].find('\\').map_or(inside.end, |offset| at + offset);
        builder.verbatim(Span::new(at, run));
        at = run;
        if at < inside.end {
            let (length, sign) = escape(&source[at..inside.end]);
            builder.sign(Span::new(at, at + length), sign.encode_utf8(&mut [0; 4]));
            at += length;
        }
    }
    builder
}

/// How long the escape at the start is, and what it stands for. Half a surrogate pair stands for the replacement character, though
/// `serde_json` accepts none.
fn escape(source: &str) -> (usize, char) {
    let unit = |at: usize| source.get(at..at + 4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let simple = match source.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'u') => {
            let first = unit(2).unwrap_or_default();
            let second = if source[6..].starts_with("\\u") { unit(8) } else { None };
            let pair = char::decode_utf16([first].into_iter().chain(second)).next();
            return match pair {
                Some(Ok(sign)) => (6 * sign.len_utf16(), sign),
                _ => (6, char::REPLACEMENT_CHARACTER),
            };
        }
        Some(&other) => char::from(other),
        None => return (1, '\\'),
    };
    (2, simple)
}
