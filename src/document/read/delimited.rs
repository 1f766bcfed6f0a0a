//! Records of tables: CSV, TSV and what spreadsheets write in countries with decimal commas.
//!
//! The `csv` crate gives the text of fields and the place of records, not of fields, so a scan of our own follows the same grammar; a property test
//! holds both equal. Quoting stays as it is, field by field: a field without quotes that would need them is not written.

use super::passage::{Notation, PassageBuilder};
use super::record::{Records, asked, no_such_field};
use super::{Fault, Origin};
use crate::error::Error;
use crate::span::Span;

/// The heading of a table, which its parts share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Heading {
    names: Vec<String>,
    delimiter: u8,
}

impl Heading {
    /// The first row of a table; its delimiter is the one that it has most of, unless it is known.
    pub(super) fn read(source: &str, delimiter: Option<u8>) -> Option<Self> {
        let mut rows = Rows::new(source, delimiter);
        let names = rows.next()?.fields.iter().map(|field| field.text(source)).collect();
        Some(Self { names, delimiter: rows.delimiter })
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// Where the fields stand that are asked for, by heading or by number from 1; in the order of the table.
    fn columns(&self, fields: &[&str]) -> Result<Vec<usize>, Error> {
        let width = self.names.len();
        let column = |field: &&str| {
            let by_number = || field.parse::<usize>().ok().filter(|number| (1..=width).contains(number));
            let by_name = self.names.iter().position(|name| name == field);
            let missing = || Error::value(no_such_field(field, &self.names));
            by_name.or_else(|| by_number().map(|number| number - 1)).ok_or_else(missing)
        };
        let mut columns: Vec<usize> = fields.iter().map(column).collect::<Result<_, _>>()?;
        columns.sort_unstable();
        columns.dedup();
        Ok(columns)
    }
}

/// The passages of a table, or of a part of one whose heading came before.
pub(super) fn table<'s>(
    source: &'s str,
    delimiter: Option<u8>,
    origin: &Origin,
    fields: &[String],
) -> Result<Records<'s>, Error> {
    let Some(heading) = origin.heading.clone().or_else(|| Heading::read(source, delimiter)) else {
        return Ok((Vec::new(), Vec::new()));
    };
    let columns = heading.columns(&asked(fields))?;
    let rows = Rows::new(source, Some(heading.delimiter));
    let (mut passages, mut faults) = (Vec::new(), Vec::new());
    for (row, record) in (origin.rows + 1..).zip(rows).skip(usize::from(origin.heading.is_none())) {
        if let Some(message) = record.fault(heading.names.len()) {
            faults.push(Fault { row, message });
            continue;
        }
        for &column in &columns {
            let field = record.fields[column];
            let notation = field.notation(heading.delimiter);
            passages.push(field.passage(source).field(row, &heading.names[column], notation));
        }
    }
    Ok((passages, faults))
}

/// The delimiter that the heading has most of, outside quotes.
fn delimiter_of(source: &str) -> u8 {
    const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];
    let count = |delimiter: &u8| Rows::new(source, Some(*delimiter)).next().map_or(0, |heading| heading.fields.len());
    // Of equals the first counts, so a heading of one column is CSV.
    KNOWN.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// A record and the places of its fields.
pub(super) struct Row {
    fields: Vec<FieldSpan>,
    is_open: bool,
}

/// A field as it stands in the source.
#[derive(Clone, Copy)]
struct FieldSpan {
    span: Span,
    /// Where the closing quote stands, if the field begins with a quote.
    closed: Option<usize>,
}

impl Row {
    /// Whether a quote is opened and never closed.
    pub(super) fn is_open(&self) -> bool {
        self.is_open
    }

    fn fault(&self, width: usize) -> Option<String> {
        if self.is_open {
            return Some("a quote is opened and never closed".to_owned());
        }
        let count = self.fields.len();
        let s = if count == 1 { "" } else { "s" };
        (count != width).then(|| format!("{count} field{s}, where the heading has {width}"))
    }
}

impl FieldSpan {
    fn passage(self, source: &str) -> PassageBuilder<'_> {
        let mut builder = PassageBuilder::new(source);
        let Some(closed) = self.closed else {
            builder.verbatim(self.span);
            return builder;
        };
        let mut at = self.span.start + 1;
        while let Some(quote) = source[at..closed].find('"').map(|offset| at + offset) {
            builder.verbatim(Span::new(at, quote));
            builder.sign(Span::new(quote, quote + 2), "\"");
            at = quote + 2;
        }
        builder.verbatim(Span::new(at, closed));
        builder.verbatim(Span::new((closed + 1).min(self.span.end), self.span.end));
        builder
    }

    fn text(self, source: &str) -> String {
        self.passage(source).into_text()
    }

    fn notation(self, delimiter: u8) -> Notation {
        match self.closed {
            Some(closed) if closed + 1 == self.span.end => Notation::Quoted,
            _ => Notation::Unquoted { delimiter },
        }
    }
}

/// The records of a table, one after the other; blank lines are none.
pub(super) struct Rows<'s> {
    source: &'s str,
    delimiter: u8,
    at: usize,
}

impl Iterator for Rows<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        let bytes = self.source.as_bytes();
        while bytes.get(self.at).is_some_and(|&byte| is_end(byte)) {
            self.at += 1;
        }
        if self.at == bytes.len() {
            return None;
        }
        let mut row = Row { fields: Vec::new(), is_open: false };
        loop {
            let start = self.at;
            let closed = (bytes.get(start) == Some(&b'"')).then(|| self.quoted());
            row.is_open |= closed == Some(bytes.len());
            while bytes.get(self.at).is_some_and(|&byte| byte != self.delimiter && !is_end(byte)) {
                self.at += 1;
            }
            row.fields.push(FieldSpan { span: Span::new(start, self.at), closed });
            match bytes.get(self.at) {
                Some(&byte) if byte == self.delimiter => self.at += 1,
                _ => return Some(row),
            }
        }
    }
}

impl<'s> Rows<'s> {
    /// The rows of a table; the delimiter is looked for in the first unless it is known.
    pub(super) fn new(source: &'s str, delimiter: Option<u8>) -> Self {
        let delimiter = delimiter.unwrap_or_else(|| delimiter_of(source));
        Self { source, delimiter, at: 0 }
    }

    /// Where the next row begins, or the end of the last.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// Goes from an opening quote past the closing one; where that stands, or the end of the source.
    fn quoted(&mut self) -> usize {
        let bytes = self.source.as_bytes();
        self.at += 1;
        loop {
            match (bytes.get(self.at), bytes.get(self.at + 1)) {
                (Some(b'"'), Some(b'"')) => self.at += 2,
                (Some(b'"'), _) => {
                    self.at += 1;
                    return self.at - 1;
                }
                (Some(_), _) => self.at += 1,
                (None, _) => return self.at,
            }
        }
    }
}

fn is_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}
