//! Records of tables: CSV, TSV and what spreadsheets write in countries with decimal commas.
//!
//! The `csv` crate gives the text of fields and the place of records, not of fields, so a scan of our own follows the same grammar; a property test
//! holds both equal. Quoting stays as it is, field by field: a field without quotes that would need them is not written.

use super::Fault;
use super::passage::{Notation, PassageBuilder};
use super::record::{Records, asked, found_any, no_such_field};
use crate::error::Error;
use crate::span::Span;

/// The passages of a table with a heading; its delimiter is looked for in the heading unless it is known.
pub(super) fn table<'s>(source: &'s str, delimiter: Option<u8>, fields: &[String]) -> Result<Records<'s>, Error> {
    let delimiter = delimiter.unwrap_or_else(|| delimiter_of(source));
    let mut rows = Rows { source, delimiter, at: 0 };
    let Some(heading) = rows.next() else {
        return Ok((Vec::new(), Vec::new()));
    };
    let heading: Vec<String> = heading.fields.iter().map(|field| field.text(source)).collect();
    let columns = columns(&heading, &asked(fields))?;
    let (mut passages, mut faults) = (Vec::new(), Vec::new());
    for (row, record) in (2..).zip(rows) {
        if let Some(message) = record.fault(heading.len()) {
            faults.push(Fault { row, message });
            continue;
        }
        for &column in &columns {
            let field = record.fields[column];
            passages.push(field.passage(source).field(row, &heading[column], field.notation(delimiter)));
        }
    }
    found_any((passages, faults))
}

/// Where the fields stand that are asked for, by heading or by number from 1; in the order of the table.
fn columns(heading: &[String], fields: &[&str]) -> Result<Vec<usize>, Error> {
    let column = |field: &&str| {
        let by_number = || {
            field.parse::<usize>().ok().filter(|number| (1..=heading.len()).contains(number)).map(|number| number - 1)
        };
        let by_name = heading.iter().position(|name| name == field);
        by_name.or_else(by_number).ok_or_else(|| Error::value(no_such_field(field, heading)))
    };
    let mut columns: Vec<usize> = fields.iter().map(column).collect::<Result<_, _>>()?;
    columns.sort_unstable();
    columns.dedup();
    Ok(columns)
}

/// The delimiter that the heading has most of, outside quotes.
fn delimiter_of(source: &str) -> u8 {
    const KNOWN: [u8; 4] = [b',', b';', b'\t', b'|'];
    let count = |delimiter: &u8| {
        let mut rows = Rows { source, delimiter: *delimiter, at: 0 };
        rows.next().map_or(0, |heading| heading.fields.len())
    };
    // Of equals the first counts, so a heading of one column is CSV.
    KNOWN.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

/// A record and the places of its fields.
struct Row {
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
struct Rows<'s> {
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

impl Rows<'_> {
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
