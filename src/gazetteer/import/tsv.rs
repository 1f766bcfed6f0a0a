//! Tab-separated tables without quotes, as GeoNames and Linked Places have them: a line is a row.
//!
//! The CSV reader was rejected for these: a quote in them is a character like any other (`'s-Hertogenbosch`, `"Het Loo"`).

use std::io::{self, BufRead};

use super::draft::Draft;
use super::report::At;
use crate::error::{Position, Problem};
use crate::gazetteer::csv::visible;

/// A longer line is no row of a table.
const MAX_ROW: usize = 1 << 20;

/// What the rows of a table look like.
pub(super) struct Shape<'s> {
    /// The file as problems name it.
    pub(super) file: &'s str,
    /// What the columns are called; a row has exactly so many.
    pub(super) columns: &'s [&'s str],
    /// What such a table is, for messages: `a GeoNames table`.
    pub(super) what: &'s str,
    /// What to do if the rows are of another width.
    pub(super) help: &'s str,
}

impl Shape<'_> {
    /// The position of a cell.
    pub(super) fn position(&self, row: u64, column: &str) -> Position {
        Position::row(self.file, row).column(column)
    }
}

/// Calls `each` for every row that is as wide as it should be, and reports the others. Blank lines are passed over.
pub(super) fn read_rows(
    input: &mut dyn BufRead,
    shape: &Shape<'_>,
    draft: &mut Draft,
    mut each: impl FnMut(&mut Draft, &[&str], At<'_>),
) {
    let (mut bytes, mut number) = (Vec::new(), 0);
    loop {
        bytes.clear();
        let at = At { file: shape.file, row: number + 1 };
        match read_line(input, &mut bytes) {
            Ok(0) => break,
            Ok(_) => number += 1,
            Err(error) => {
                draft.refuse(unreadable(shape, number, &error));
                return;
            }
        }
        let line = without_line_end(&bytes, number);
        if line.is_empty() {
            continue;
        }
        draft.count_row();
        match cells(line, shape, number) {
            Ok(cells) => each(draft, &cells, at),
            Err(problem) => draft.refuse(*problem),
        }
    }
    if number == 0 {
        let message = format!("the file is empty; expected {}", shape.what);
        draft.refuse(Problem::error(Position::file(shape.file), message, shape.help));
    }
}

/// As `read_until`, but not more than a row may hold, and a little so that it shows.
fn read_line(input: &mut dyn BufRead, bytes: &mut Vec<u8>) -> io::Result<usize> {
    io::Read::take(&mut *input, MAX_ROW as u64 + 2).read_until(b'\n', bytes)
}

fn without_line_end(bytes: &[u8], row: u64) -> &[u8] {
    let line = bytes.strip_suffix(b"\n").unwrap_or(bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    if row == 1 { line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line) } else { line }
}

fn cells<'l>(line: &'l [u8], shape: &Shape<'_>, row: u64) -> Result<Vec<&'l str>, Box<Problem>> {
    let position = Position::row(shape.file, row);
    if line.len() > MAX_ROW {
        let message = format!("the row is longer than {} KiB; expected {}", MAX_ROW >> 10, shape.what);
        return Err(Box::new(Problem::error(position, message, shape.help)));
    }
    let text = std::str::from_utf8(line).map_err(|error| {
        let column = line[..error.valid_up_to()].iter().filter(|&&byte| byte == b'\t').count();
        let cell = line.split(|&byte| byte == b'\t').nth(column).unwrap_or_default();
        let message = format!("the cell is not UTF-8 text: `{}`", visible(&String::from_utf8_lossy(cell)));
        let name = shape.columns.get(column).map_or_else(|| (column + 1).to_string(), |name| (*name).to_owned());
        let help = "fetch the file again, or convert it to UTF-8";
        Box::new(Problem::error(position.clone().column(&name), message, help))
    })?;
    let cells: Vec<&str> = text.split('\t').collect();
    if cells.len() != shape.columns.len() {
        let s = if cells.len() == 1 { "" } else { "s" };
        let message = format!("{} column{s}; {} has {}", cells.len(), shape.what, shape.columns.len());
        return Err(Box::new(Problem::error(position, message, shape.help)));
    }
    Ok(cells)
}

/// A file that ends in the middle, as a broken download does, or cannot be read.
pub(super) fn unreadable(shape: &Shape<'_>, row: u64, error: &io::Error) -> Problem {
    Problem::error(
        Position::row(shape.file, row),
        format!("the file could not be read after this row: {error}"),
        "it may be cut off or damaged: fetch it again",
    )
}
