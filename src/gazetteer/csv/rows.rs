//! Splitting a file into rows and cells, with bounds and without losing the rest of the file to one wrong quote.
//!
//! A row is what a spreadsheet shows: a quoted cell may hold line breaks and is still one row, and a blank line is a row
//! too. `csv::Reader` was rejected for reading: it takes a quote that is never closed as the rest of the file in one cell, says
//! nothing about text after a closing quote, counts lines instead of rows, and lets a cell grow until memory is full. Here a
//! faulty row gives up its first line only, and reading goes on with the second.

use std::collections::VecDeque;
use std::io::{self, BufRead, BufReader, Read};

/// What a file may hold at most.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    /// Bytes of a cell.
    pub(crate) cell: usize,
    /// Bytes of a row.
    pub(crate) row: usize,
    /// Rows of a file.
    pub(crate) rows: u64,
    /// Bytes of a file.
    pub(crate) file: u64,
}

impl Limits {
    /// A note is no novel, and no gazetteer of one file is larger than all of GeoNames.
    pub(crate) const USUAL: Self = Self { cell: 64 << 10, row: 1 << 20, rows: 20_000_000, file: 4 << 30 };
}

/// Why a row could not be read; the number is that of the cell, from 0.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The cell begins with a quote that nothing closes.
    OpenQuote(usize),
    /// After the closing quote the cell goes on with this.
    AfterQuote(usize, String),
    LongCell(usize),
    LongRow,
    /// The cell is not UTF-8; where, counted from the file's start, and the cell's bytes.
    NotUtf8(usize, u64, Vec<u8>),
    /// The file is too long; the rest is not read.
    TooManyRows,
    LongFile,
    Io(String),
}

/// The cells of a row.
#[derive(Debug, Default)]
pub(crate) struct Row {
    text: String,
    ends: Vec<usize>,
    /// A cell holds a quote although none stands around it.
    pub(super) has_bare_quote: bool,
}

impl Row {
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    pub(crate) fn get(&self, at: usize) -> Option<&str> {
        let start = at.checked_sub(1).map_or(0, |before| self.ends[before]);
        self.text.get(start..*self.ends.get(at)?)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }
}

/// A line of the file without its end.
#[derive(Debug)]
struct Line {
    start: u64,
    bytes: Vec<u8>,
    is_cut: bool,
}

/// The rows of a file.
pub(crate) struct Rows<R> {
    input: BufReader<R>,
    limits: Limits,
    /// What stands between cells.
    separator: u8,
    /// Lines that a faulty row gave back.
    returned: VecDeque<Line>,
    /// Bytes read so far.
    offset: u64,
    /// The number of the row read last; the heading is row 1.
    number: u64,
    has_ended: bool,
    bytes: Vec<u8>,
}

impl<R: Read> Rows<R> {
    pub(super) fn new(input: R, limits: Limits) -> Self {
        Self::separated(input, limits, b',')
    }

    /// Rows whose cells another character separates.
    pub(crate) fn separated(input: R, limits: Limits, separator: u8) -> Self {
        let input = BufReader::with_capacity(1 << 16, input);
        let (returned, bytes) = (VecDeque::new(), Vec::new());
        Self { input, limits, separator, returned, offset: 0, number: 0, has_ended: false, bytes }
    }

    /// The number of the row read last.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Reads the next row that is not blank. False at the end of the file; after a fault the next call goes on.
    pub(crate) fn read(&mut self, row: &mut Row) -> Result<bool, Fault> {
        loop {
            let Some(line) = self.next_line()? else {
                return Ok(false);
            };
            self.number += 1;
            if self.number > self.limits.rows {
                self.has_ended = true;
                self.returned.clear();
                return Err(Fault::TooManyRows);
            }
            if !line.bytes.is_empty() {
                return self.split(line, row).map(|()| true);
            }
        }
    }

    /// Splits a row, which takes further lines where a quoted cell holds line breaks.
    fn split(&mut self, first: Line, row: &mut Row) -> Result<(), Fault> {
        let mut cells = std::mem::take(&mut self.bytes);
        cells.clear();
        row.ends.clear();
        row.has_bare_quote = false;
        let mut length = first.bytes.len();
        let mut lines = vec![first];
        let mut state = State::CellStart;
        let mut fault = loop {
            let line = &lines[lines.len() - 1];
            if let Err(fault) = self.split_line(line, &mut state, &mut cells, row) {
                break Some(fault);
            }
            if state != State::Quoted {
                row.ends.push(cells.len());
                break None;
            }
            match if length > self.limits.row { None } else { self.next_line()? } {
                Some(line) => {
                    length += line.bytes.len() + 1;
                    lines.push(line);
                }
                None => break Some(Fault::OpenQuote(row.ends.len())),
            }
            cells.push(b'\n');
        };
        if fault.is_some() && lines.len() > 1 {
            if matches!(fault, Some(Fault::LongCell(_) | Fault::LongRow)) {
                fault = Some(Fault::OpenQuote(row.ends.len()));
            }
            lines.drain(1..).rev().for_each(|line| self.returned.push_front(line));
        }
        let result = fault.map_or_else(|| finish(&cells, row, &lines), Err);
        self.bytes = cells;
        result
    }

    fn split_line(&self, line: &Line, state: &mut State, cells: &mut Vec<u8>, row: &mut Row) -> Result<(), Fault> {
        if line.is_cut {
            return Err(Fault::LongRow);
        }
        for (at, &byte) in line.bytes.iter().enumerate() {
            let start = row.ends.last().copied().unwrap_or(0);
            match (*state, byte) {
                (State::Quoted, b'"') => *state = State::QuoteInside,
                (State::QuoteInside, b'"') => {
                    cells.push(b'"');
                    *state = State::Quoted;
                }
                (State::CellStart | State::Bare | State::QuoteInside, byte) if byte == self.separator => {
                    row.ends.push(cells.len());
                    *state = State::CellStart;
                }
                (State::QuoteInside, _) => {
                    let rest = line.bytes[at..].split(|&byte| byte == self.separator).next().unwrap_or_default();
                    let shown = String::from_utf8_lossy(&rest[..rest.len().min(40)]).into_owned();
                    return Err(Fault::AfterQuote(row.ends.len(), shown));
                }
                (State::CellStart, b'"') => *state = State::Quoted,
                (State::CellStart | State::Bare, _) => {
                    row.has_bare_quote |= byte == b'"';
                    cells.push(byte);
                    *state = State::Bare;
                }
                (State::Quoted, _) => cells.push(byte),
            }
            if cells.len() - start.min(cells.len()) > self.limits.cell {
                return Err(Fault::LongCell(row.ends.len()));
            }
        }
        Ok(())
    }

    /// The next line; what is longer than a row may be is cut off and passed over.
    fn next_line(&mut self) -> Result<Option<Line>, Fault> {
        if let Some(line) = self.returned.pop_front() {
            return Ok(Some(line));
        }
        if self.has_ended {
            return Ok(None);
        }
        match self.read_line() {
            Ok(Some(line)) if self.offset > self.limits.file => {
                self.has_ended = true;
                drop(line);
                Err(Fault::LongFile)
            }
            Ok(line) => {
                self.has_ended = line.is_none();
                Ok(line)
            }
            Err(error) => {
                self.has_ended = true;
                Err(Fault::Io(error.to_string()))
            }
        }
    }

    fn read_line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { start: self.offset, bytes: Vec::new(), is_cut: false };
        loop {
            let buffer = match self.input.fill_buf() {
                Ok(buffer) => buffer,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if buffer.is_empty() {
                return Ok((self.offset > line.start).then_some(line));
            }
            let end = buffer.iter().position(|&byte| matches!(byte, b'\n' | b'\r'));
            let taken = &buffer[..end.unwrap_or(buffer.len())];
            let room = self.limits.row.saturating_sub(line.bytes.len());
            line.bytes.extend_from_slice(&taken[..taken.len().min(room)]);
            line.is_cut |= taken.len() > room;
            let is_return = end.is_some_and(|end| buffer[end] == b'\r');
            let consumed = taken.len() + usize::from(end.is_some());
            self.input.consume(consumed);
            self.offset += consumed as u64;
            if end.is_some() {
                if is_return && self.input.fill_buf()?.first() == Some(&b'\n') {
                    self.input.consume(1);
                    self.offset += 1;
                }
                return Ok(Some(without_byte_order_mark(line)));
            }
            if self.offset > self.limits.file {
                return Ok(Some(line));
            }
        }
    }
}

/// Where in a cell the scan stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    CellStart,
    Bare,
    Quoted,
    /// After a quote inside a quoted cell: it closes the cell, or is one of two that stand for a quote.
    QuoteInside,
}

fn without_byte_order_mark(mut line: Line) -> Line {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    if line.start == 0 && line.bytes.starts_with(MARK) {
        line.bytes.drain(..MARK.len());
        line.start = MARK.len() as u64;
    }
    line
}

/// The cells as text, or which of them is none.
fn finish(cells: &[u8], row: &mut Row, lines: &[Line]) -> Result<(), Fault> {
    row.text.clear();
    match std::str::from_utf8(cells) {
        Ok(text) => {
            row.text.push_str(text);
            Ok(())
        }
        Err(error) => {
            let at = row.ends.partition_point(|&end| end <= error.valid_up_to());
            let start = at.checked_sub(1).map_or(0, |before| row.ends[before]);
            let cell = cells[start..row.ends.get(at).copied().unwrap_or(cells.len())].to_vec();
            let bad_byte = lines.iter().find_map(|line| {
                let valid = std::str::from_utf8(&line.bytes).err()?.valid_up_to();
                Some(line.start + valid as u64)
            });
            Err(Fault::NotUtf8(at, bad_byte.unwrap_or_default(), cell))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Limits = Limits { cell: 8, row: 32, rows: 10, file: 1 << 20 };

    /// Each row or fault with its number, cells joined by `|`.
    fn rows(text: impl Read, limits: Limits) -> Vec<String> {
        let mut rows = Rows::new(text, limits);
        let (mut row, mut seen) = (Row::default(), Vec::new());
        loop {
            match rows.read(&mut row) {
                Ok(true) => seen.push(format!("{} {}", rows.number(), row.iter().collect::<Vec<_>>().join("|"))),
                Ok(false) => return seen,
                Err(fault) => seen.push(format!("{} {fault:?}", rows.number())),
            }
        }
    }

    #[test]
    fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
        for (text, expected) in [
            ("a,b\nc,d\n", &["1 a|b", "2 c|d"][..]),
            ("\u{FEFF}a,b\r\n\r\nc,d", &["1 a|b", "3 c|d"]),
            ("a,b\rc,\r", &["1 a|b", "2 c|"]),
            ("\"a\r\n\"\"b\"\"\",c\nd,e\n", &["1 a\n\"b\"|c", "2 d|e"]),
            ("a,\"\",b\n", &["1 a||b"]),
            ("", &[]),
        ] {
            assert_eq!(rows(text.as_bytes(), Limits::USUAL), expected, "{text:?}");
        }
    }

    #[test]
    fn a_wrong_quote_costs_its_line_and_no_more() {
        for (text, expected) in [
            ("a,\"b\nc,d\ne,f\n", &["1 OpenQuote(1)", "2 c|d", "3 e|f"][..]),
            ("a,\"b\nc,\"d\"\n", &["1 AfterQuote(1, \"d\\\"\")", "2 c|d"]),
            ("\"a\" ,b\nc,d\n", &["1 AfterQuote(0, \" \")", "2 c|d"]),
            ("a \"b\",c\n", &["1 a \"b\"|c"]),
        ] {
            assert_eq!(rows(text.as_bytes(), Limits::USUAL), expected, "{text:?}");
        }
    }

    #[test]
    fn cells_rows_and_files_are_bounded() {
        assert_eq!(rows(&b"123456789,b\nc,d\n"[..], SMALL), ["1 LongCell(0)", "2 c|d"]);
        assert_eq!(rows(&b"\"1234\n5678\n9\",b\nc,d\n"[..], SMALL)[0], "1 OpenQuote(0)");
        let long = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16\nc,d\n";
        assert_eq!(rows(long.as_bytes(), SMALL), ["1 LongRow", "2 c|d"]);
        assert_eq!(rows("a\n".repeat(20).as_bytes(), SMALL).last().map(String::as_str), Some("11 TooManyRows"));
        // Something endless, as a device is: one line of which nothing is kept.
        assert_eq!(rows(io::repeat(0), SMALL), ["0 LongFile"]);
        assert_eq!(rows(io::repeat(b'"').take(1 << 16), SMALL), ["1 LongRow"]);
    }

    #[test]
    fn an_open_quote_before_a_million_blank_lines_is_soon_found() {
        let text = format!("a,\"{}b,c\n", "\n".repeat(1_000_000));
        assert_eq!(rows(text.as_bytes(), Limits::USUAL), ["1 OpenQuote(1)", "1000001 b|c"]);
    }

    #[test]
    fn damaged_text_is_placed_to_the_byte() {
        let fault = "2 NotUtf8(1, 9, [98, 196])";
        assert_eq!(rows(&b"a,b\n\"a\",b\xC4\nc,d"[..], Limits::USUAL), ["1 a|b", fault, "3 c|d"]);
    }
}
