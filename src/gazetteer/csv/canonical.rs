//! The one form in which a file is written: all columns, rows sorted in byte order, quotes only where needed, LF. A person's own
//! list keeps its columns and the order of its rows.
//!
//! Whether a file has that form already is found out while writing, against the file as it is read once more: neither the file
//! nor its canonical form has to be in memory.

use std::cmp::Ordering;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::Path;

use ::csv::{QuoteStyle, Terminator, WriterBuilder};

use super::{Located, Record, Table};

/// A table of whatever record, as the writer sees it.
pub(crate) trait Canonical {
    /// The file's name.
    fn file(&self) -> &str;

    /// Whether every row was read without error, so that writing loses nothing.
    fn is_whole(&self) -> bool;

    /// Whether the file has its canonical form.
    fn is_canonical(&self) -> io::Result<bool>;

    /// Whether the file is a person's own list, whose form is nobody else's business unless it is asked for.
    fn is_own(&self) -> bool;

    /// The file in canonical form.
    fn to_csv(&self) -> Vec<u8>;
}

impl<R: Record> Canonical for Table<R> {
    fn file(&self) -> &str {
        &self.file
    }

    fn is_whole(&self) -> bool {
        self.is_whole
    }

    fn is_own(&self) -> bool {
        R::KEEPS_SHAPE
    }

    fn is_canonical(&self) -> io::Result<bool> {
        let is_before =
            |one: &Located<R>, other: &Located<R>| compare::<R>(&one.record.write(), &other.record.write()).is_le();
        if !R::KEEPS_SHAPE && !self.rows.is_sorted_by(is_before) {
            return Ok(false);
        }
        let file = BufReader::new(File::open(Path::new(&self.file))?);
        let mut comparison = Comparison { file, is_equal: true };
        let rows = self.rows.iter().map(|row| row.record.write());
        write_rows(&self.written_columns(), rows, &mut comparison)?;
        Ok(comparison.is_equal && comparison.file.fill_buf()?.is_empty())
    }

    fn to_csv(&self) -> Vec<u8> {
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(|Located { record, .. }| record.write()).collect();
        if !R::KEEPS_SHAPE {
            rows.sort_unstable_by(|one, other| compare::<R>(one, other));
        }
        let mut bytes = Vec::new();
        // Writing to memory cannot fail, and every row has as many cells as the heading.
        let _ = write_rows(&self.written_columns(), rows.into_iter(), &mut bytes);
        bytes
    }
}

impl<R: Record> Table<R> {
    /// The headings to write, and where in a record's cells each stands.
    fn written_columns(&self) -> Vec<(&str, usize)> {
        let place = |heading: &str| R::COLUMNS.iter().position(|column| *column == heading);
        let own = self.columns.iter().filter_map(|heading| Some((heading.as_str(), place(heading)?)));
        if R::KEEPS_SHAPE { own.collect() } else { R::COLUMNS.iter().copied().zip(0..).collect() }
    }
}

/// By the columns of the record's order, then by all.
fn compare<R: Record>(one: &[String], other: &[String]) -> Ordering {
    let order = R::ORDER.iter().filter_map(|column| R::COLUMNS.iter().position(|c| c == column));
    let by_order = order.map(|at| one[at].cmp(&other[at])).find(|ordering| ordering.is_ne());
    by_order.unwrap_or_else(|| one.cmp(other))
}

/// The cells of records, in canonical order.
pub(crate) fn sorted_cells<R: Record>(records: impl Iterator<Item = R>) -> Vec<Vec<String>> {
    let mut rows: Vec<Vec<String>> = records.map(|record| record.write()).collect();
    rows.sort_unstable_by(|one, other| compare::<R>(one, other));
    rows
}

/// Writes rows that stand in canonical order already.
pub(crate) fn write_sorted(
    columns: &[&str],
    rows: impl Iterator<Item = Vec<String>>,
    out: impl Write,
) -> io::Result<()> {
    let columns: Vec<(&str, usize)> = columns.iter().copied().zip(0..).collect();
    write_rows(&columns, rows, out)
}

fn write_rows(columns: &[(&str, usize)], rows: impl Iterator<Item = Vec<String>>, out: impl Write) -> io::Result<()> {
    let mut writer =
        WriterBuilder::new().quote_style(QuoteStyle::Necessary).terminator(Terminator::Any(b'\n')).from_writer(out);
    writer.write_record(columns.iter().map(|(heading, _)| heading)).map_err(io_error)?;
    for row in rows {
        writer.write_record(columns.iter().map(|&(_, at)| &row[at])).map_err(io_error)?;
    }
    writer.flush()
}

/// Writes records that are in order already, with all columns.
pub(super) fn write_canonical<R: Record>(records: impl Iterator<Item = R>, out: impl Write) -> io::Result<()> {
    let columns: Vec<(&str, usize)> = R::COLUMNS.iter().copied().zip(0..).collect();
    write_rows(&columns, records.map(|record| record.write()), out)
}

/// The error of writing as it was; the crate's own conversion would hide that a pipe was closed.
fn io_error(error: ::csv::Error) -> io::Error {
    match error.into_kind() {
        ::csv::ErrorKind::Io(error) => error,
        kind => io::Error::other(format!("{kind:?}")),
    }
}

/// Compares what is written to it with a file.
struct Comparison {
    file: BufReader<File>,
    is_equal: bool,
}

impl Write for Comparison {
    fn write(&mut self, mut bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len();
        while self.is_equal && !bytes.is_empty() {
            let buffer = self.file.fill_buf()?;
            let count = buffer.len().min(bytes.len());
            self.is_equal = count > 0 && buffer[..count] == bytes[..count];
            self.file.consume(count);
            bytes = &bytes[count..];
        }
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
