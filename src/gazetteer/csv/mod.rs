//! The gazetteer's files: reading them with a position for every problem, and writing them in one canonical form.
//!
//! A file is read row by row into plain records that still stand where they stood ([`Located`]); only `link` makes a
//! gazetteer of them. Deserialising with serde was rejected: it stops at the first bad cell and cannot name the column.
//! Writing sorts and quotes the same way always, so that a change of one row is a change of one line.

mod cells;
mod records;
mod simple;

use std::path::Path;

use ::csv::{ByteRecord, QuoteStyle, ReaderBuilder, StringRecord, Terminator, WriterBuilder};

pub(crate) use cells::Cells;
pub(crate) use records::{
    CommonRecord, EntryRecord, LanguageRecord, NameRecord, NewsworthyRecord, PersonRecord, PolicyRecord, SourceRecord,
    SuppressedRecord,
};
pub(crate) use simple::SimpleRecord;

use crate::error::{Error, Position, Problem, Severity};

/// A row of one of the files.
pub(crate) trait Record: Sized {
    /// The file's name inside a gazetteer folder.
    const FILE: &'static str;
    /// The headings, in canonical order.
    const COLUMNS: &'static [&'static str];
    /// Headings that must be there.
    const REQUIRED: &'static [&'static str];
    /// Headings by which rows are sorted.
    const ORDER: &'static [&'static str];

    /// Takes a record from the cells of a row, reporting what is wrong with them.
    fn read(cells: &mut Cells<'_>) -> Self;

    /// The cells of the row, one for each of [`Record::COLUMNS`].
    fn write(&self) -> Vec<String>;
}

/// A record and the row it stood in.
#[derive(Debug)]
pub(crate) struct Located<R> {
    pub(crate) row: u64,
    pub(crate) record: R,
}

/// A file of records.
#[derive(Debug)]
pub(crate) struct Table<R> {
    pub(crate) file: String,
    pub(crate) rows: Vec<Located<R>>,
    /// Every row was read without error.
    is_whole: bool,
}

impl<R: Record> Table<R> {
    /// Reads a file's bytes; `file` is the name that problems are reported under.
    pub(crate) fn read(file: &str, bytes: &[u8], problems: &mut Vec<Problem>) -> Self {
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let before = problems.len();
        let mut table = Self { file: file.to_owned(), rows: Vec::new(), is_whole: false };
        let mut reader = ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        let mut raw = ByteRecord::new();
        let mut header: Option<Vec<String>> = None;
        loop {
            match reader.read_byte_record(&mut raw) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    problems.push(broken_csv(file, &error));
                    break;
                }
            }
            let row = raw.position().map_or(1, ::csv::Position::line);
            let Some(record) = decode(file, row, &raw, problems) else {
                continue;
            };
            match &header {
                None => match read_header::<R>(file, &record, problems) {
                    Some(columns) => header = Some(columns),
                    None => return table,
                },
                Some(columns) => {
                    if !is_as_wide(file, row, columns, &record, problems) {
                        continue;
                    }
                    let mut cells = Cells::new(file, row, columns, &record, problems);
                    let record = R::read(&mut cells);
                    table.rows.push(Located { row, record });
                }
            }
        }
        if header.is_none() {
            problems.push(Problem::error(
                Position::file(file),
                "the file is empty",
                format!("start it with the headings `{}`", R::COLUMNS.join(",")),
            ));
        }
        table.is_whole = problems[before..].iter().all(|problem| problem.severity == Severity::Warning);
        table
    }

    /// The file's name and its canonical form, unless that would lose what could not be read.
    pub(crate) fn canonical(&self) -> Option<(&str, Vec<u8>)> {
        self.is_whole.then(|| (self.file.as_str(), self.to_csv()))
    }

    /// The file in canonical form: all columns, rows sorted in byte order, quotes only where needed, LF.
    pub(crate) fn to_csv(&self) -> Vec<u8> {
        let order: Vec<usize> =
            R::ORDER.iter().filter_map(|column| R::COLUMNS.iter().position(|c| c == column)).collect();
        let mut rows: Vec<Vec<String>> = self.rows.iter().map(|row| row.record.write()).collect();
        let key = |row: &[String]| order.iter().map(|&at| row[at].clone()).collect::<Vec<_>>();
        rows.sort_by_cached_key(|row| (key(row), row.clone()));
        let mut writer = WriterBuilder::new()
            .quote_style(QuoteStyle::Necessary)
            .terminator(Terminator::Any(b'\n'))
            .from_writer(Vec::new());
        let all = std::iter::once(R::COLUMNS.iter().map(|&c| c.to_owned()).collect()).chain(rows);
        for row in all {
            // Writing to memory cannot fail, and every row has as many cells as the heading.
            let _ = writer.write_record(&row);
        }
        writer.into_inner().unwrap_or_default()
    }

    pub(crate) fn position(&self, row: u64) -> Position {
        Position::row(&self.file, row)
    }
}

fn broken_csv(file: &str, error: &::csv::Error) -> Problem {
    let mut position = Position::file(file);
    position.row = error.position().map(::csv::Position::line);
    let help = "save the file as CSV with commas, quoting cells that hold commas or quotes";
    Problem::error(position, format!("not readable as CSV ({error})"), help)
}

/// The record as text, or a problem with the column and byte where it stops being UTF-8.
fn decode(file: &str, row: u64, raw: &ByteRecord, problems: &mut Vec<Problem>) -> Option<StringRecord> {
    match StringRecord::from_byte_record(raw.clone()) {
        Ok(record) => Some(record),
        Err(error) => {
            let field = error.utf8_error().field();
            let before: usize = raw.iter().take(field).map(|cell| cell.len() + 1).sum();
            let start = raw.position().map_or(0, ::csv::Position::byte);
            let offset = before + error.utf8_error().valid_up_to();
            let position = Position {
                byte: Some(start + offset as u64),
                column: Some(format!("{}", field + 1)),
                ..Position::row(file, row)
            };
            problems.push(Problem::error(
                position,
                "the cell is not UTF-8 text",
                "save the file again with encoding UTF-8 (a spreadsheet calls it `CSV UTF-8`)",
            ));
            None
        }
    }
}

fn read_header<R: Record>(file: &str, record: &StringRecord, problems: &mut Vec<Problem>) -> Option<Vec<String>> {
    let columns: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
    let before = problems.len();
    let at = |column: &str| Position::row(file, 1).column(column);
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].contains(column) {
            problems.push(Problem::error(at(column), "the column stands twice", "remove one of them"));
        } else if !R::COLUMNS.contains(&column.as_str()) {
            problems.push(Problem::error(
                at(column),
                format!("unknown column; expected some of `{}`", R::COLUMNS.join(",")),
                "rename or remove it",
            ));
        }
    }
    for required in R::REQUIRED.iter().filter(|&&required| !columns.iter().any(|c| c == required)) {
        problems.push(Problem::error(at(required), "the column is missing", "add it to the heading and to every row"));
    }
    (problems.len() == before).then_some(columns)
}

fn is_as_wide(file: &str, row: u64, columns: &[String], record: &StringRecord, problems: &mut Vec<Problem>) -> bool {
    if record.len() == columns.len() {
        return true;
    }
    problems.push(Problem::error(
        Position::row(file, row),
        format!("{} cells; the heading has {}", record.len(), columns.len()),
        "add or remove commas, and put quotes around cells that hold a comma",
    ));
    false
}

/// Reads a whole file.
pub(crate) fn read_bytes(path: &Path) -> Result<Vec<u8>, Error> {
    std::fs::read(path).map_err(|error| Error::io(path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> (Table<EntryRecord>, Vec<String>) {
        let mut problems = Vec::new();
        let table = Table::read("entries.csv", text, &mut problems);
        (table, problems.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn every_problem_is_reported_with_its_place() {
        let text = "id,kind,name,latitude,longitude\n\
                    a,town,A,400,46\n\
                    b,twon,B,39.8,4S\n\
                    c,town\n\
                    ,town,,1,1\n";
        let (_, problems) = read(text.as_bytes());
        let places: Vec<_> = problems.iter().map(|p| p.split(": error").next().unwrap_or("")).collect();
        assert_eq!(
            places,
            [
                "entries.csv, row 2, column `latitude`",
                "entries.csv, row 3, column `kind`",
                "entries.csv, row 3, column `longitude`",
                "entries.csv, row 4",
                "entries.csv, row 5, column `id`",
                "entries.csv, row 5, column `name`",
            ]
        );
    }

    #[test]
    fn damaged_encoding_is_placed_to_the_byte() {
        let (_, problems) = read(b"id,kind,name\na,town,\xC4\xE0\xF8\n");
        assert!(problems[0].starts_with("entries.csv, row 2, column `3`, byte 20: error"), "{problems:?}");
    }

    #[test]
    fn headings_are_checked() {
        let (_, problems) = read(b"id,knid,name\n");
        assert_eq!(problems.len(), 2, "{problems:?}");
        assert!(problems[0].contains("`knid`") && problems[1].contains("`kind`"));
        assert_eq!(read(b"").1.len(), 1);
    }

    #[test]
    fn writing_sorts_and_reading_back_gives_the_same() {
        let (table, problems) = read("id,kind,name,note\nb,town,B,\"x, \"\"y\"\"\"\r\na,city,A,\r\n".as_bytes());
        assert_eq!(problems, Vec::<String>::new());
        let written = table.to_csv();
        let (again, _) = read(&written);
        assert_eq!(again.to_csv(), written);
        assert!(String::from_utf8_lossy(&written).contains("\na,city,A,"));
    }
}
