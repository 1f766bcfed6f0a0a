//! A file of records: heading and rows, each with its place, and a problem for everything that is no row.

use std::io::Read;

use super::rows::{Fault, Limits, Row, Rows};
use super::{Cells, Record};
use crate::error::{Position, Problem, Problems};

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
    /// The headings that the file has.
    pub(super) columns: Vec<String>,
    /// Every row was read without error.
    pub(super) is_whole: bool,
}

impl<R: Record> Table<R> {
    /// Reads a file; `file` is the name that problems are reported under.
    pub(crate) fn read(file: &str, input: impl Read, problems: &mut Problems) -> Self {
        let errors_before = problems.errors();
        let mut table = Self { file: file.to_owned(), rows: Vec::new(), columns: Vec::new(), is_whole: false };
        table.read_rows(Rows::new(input, Limits::USUAL), problems);
        table.is_whole = problems.errors() == errors_before;
        table
    }

    fn read_rows(&mut self, mut rows: Rows<impl Read>, problems: &mut Problems) {
        let mut row = Row::default();
        let mut columns: Option<Vec<String>> = None;
        loop {
            let result = rows.read(&mut row);
            let at = Place { file: &self.file, row: rows.number(), columns: columns.as_deref() };
            match result {
                Ok(true) => {}
                Ok(false) => break,
                Err(fault) => {
                    let is_fatal = columns.is_none();
                    problems.push(at.problem(fault));
                    if is_fatal {
                        return;
                    }
                    continue;
                }
            }
            let Some(columns) = &columns else {
                columns = read_heading::<R>(&at, &row, problems);
                if columns.is_none() {
                    return;
                }
                continue;
            };
            if at.is_row(columns, &row, problems) {
                let record = R::read(&mut Cells::new(&self.file, at.row, columns, &row, problems));
                self.rows.push(Located { row: rows.number(), record });
            }
        }
        self.columns = columns.clone().unwrap_or_default();
        if columns.is_none() {
            problems.push(Problem::error(
                Position::file(&self.file),
                "the file is empty",
                format!("start it with the headings `{}`", R::COLUMNS.join(",")),
            ));
        }
    }

    pub(crate) fn position(&self, row: u64) -> Position {
        Position::row(&self.file, row)
    }
}

/// Where reading stands.
struct Place<'a> {
    file: &'a str,
    row: u64,
    columns: Option<&'a [String]>,
}

impl Place<'_> {
    fn position(&self) -> Position {
        Position::row(self.file, self.row)
    }

    /// The position of a cell: by its heading, or by its number where there is none.
    fn cell(&self, at: usize) -> Position {
        let heading = self.columns.and_then(|columns| columns.get(at)).cloned();
        self.position().column(&heading.unwrap_or_else(|| (at + 1).to_string()))
    }

    fn problem(&self, fault: Fault) -> Problem {
        let Limits { cell, row, rows, file } = Limits::USUAL;
        match fault {
            Fault::OpenQuote(at) => Problem::error(
                self.cell(at),
                "the cell begins with a quote that is never closed",
                "close it; to write a quote, put quotes around the cell and write two quotes inside",
            ),
            Fault::AfterQuote(at, found) => Problem::error(
                self.cell(at),
                format!("`{found}` stands after the closing quote; expected a comma or the end of the row"),
                "remove it; to write a quote inside the cell, write two quotes",
            ),
            Fault::LongCell(at) => Problem::error(
                self.cell(at),
                format!("the cell is longer than {} KiB", cell >> 10),
                "shorten it; if a quote or a comma is missing, put it in",
            ),
            Fault::LongRow => Problem::error(
                self.position(),
                format!("the row is longer than {} KiB", row >> 10),
                "shorten it; if the file has no line ends, save it again as CSV",
            ),
            Fault::NotUtf8(at, byte, cell) => {
                let mut position = self.cell(at);
                position.byte = Some(byte);
                let help = "save the file again with encoding UTF-8 (a spreadsheet calls it `CSV UTF-8`)";
                Problem::error(position, format!("the cell is not UTF-8 text{}", reading(&cell)), help)
            }
            Fault::TooManyRows => Problem::error(
                self.position(),
                format!("the file has more than {rows} rows; the rest was not read"),
                "divide it into several files, each in a folder of its own",
            ),
            Fault::LongFile => Problem::error(
                Position::file(self.file),
                format!("the file is larger than {} GiB; the rest was not read", file >> 30),
                "check that it is the right file",
            ),
            Fault::Io(message) => {
                let help = "check the disk and the file's permissions; nothing of the file is used";
                Problem::error(Position::file(self.file), format!("the file could not be read: {message}"), help)
            }
        }
    }

    /// Whether the row is one: not blank, and as wide as the heading.
    fn is_row(&self, columns: &[String], row: &Row, problems: &mut Problems) -> bool {
        if row.has_bare_quote {
            let message = "a quote stands in a cell without quotes around it";
            problems.push(Problem::warning(self.position(), message, "run `toponorm gazetteer check --fix`"));
        }
        if row.iter().all(str::is_empty) {
            let help = "run `toponorm gazetteer check --fix`";
            problems.push(Problem::warning(self.position(), "the row is blank", help));
            return false;
        }
        if row.len() != columns.len() {
            problems.push(Problem::error(
                self.position(),
                format!("{} cells; the heading has {}", row.len(), columns.len()),
                "add or remove commas, and put quotes around cells that hold a comma",
            ));
            return false;
        }
        true
    }
}

/// The problem that a row of a file cannot be read.
pub(crate) fn fault_problem(file: &str, row: u64, columns: Option<&[String]>, fault: Fault) -> Problem {
    Place { file, row, columns }.problem(fault)
}

/// What a cell says in the encoding it is probably in.
fn reading(cell: &[u8]) -> String {
    if cell.starts_with(b"\xFF\xFE") || cell.starts_with(b"\xFE\xFF") {
        return "; the file looks like UTF-16".to_owned();
    }
    let cell = &cell[..cell.len().min(60)];
    for encoding in [encoding_rs::WINDOWS_1251, encoding_rs::WINDOWS_1252] {
        let (text, _) = encoding.decode_without_bom_handling(cell);
        let is_letters = text.chars().all(|c| c.is_ascii_graphic() || c == ' ' || (!c.is_ascii() && c.is_alphabetic()));
        let is_cyrillic = || text.chars().all(|c| c.is_ascii() || ('\u{400}'..'\u{500}').contains(&c));
        if is_letters && (encoding == encoding_rs::WINDOWS_1252 || is_cyrillic()) {
            return format!("; in {} it reads `{text}`", encoding.name());
        }
    }
    String::new()
}

fn read_heading<R: Record>(at: &Place<'_>, row: &Row, problems: &mut Problems) -> Option<Vec<String>> {
    let columns: Vec<String> = row.iter().map(|cell| cell.trim().to_owned()).collect();
    let errors_before = problems.errors();
    let cell = |column: &str| at.position().column(column);
    if let [only] = columns.as_slice()
        && let Some(separator) = [";", "\t", "|"].into_iter().find(|separator| only.contains(separator))
    {
        problems.push(Problem::error(
            at.position(),
            format!("the cells are separated by `{}`; expected commas", separator.escape_debug()),
            "save the file as CSV with commas (a spreadsheet asks for the field separator)",
        ));
        return None;
    }
    for (index, column) in columns.iter().enumerate() {
        if columns[..index].contains(column) {
            problems.push(Problem::error(cell(column), "the column stands twice", "remove one of them"));
        } else if !R::COLUMNS.contains(&column.as_str()) {
            let shown = column.chars().take(60).collect::<String>();
            problems.push(Problem::error(
                cell(&shown),
                format!("unknown column; expected some of `{}`", R::COLUMNS.join(",")),
                "rename or remove it",
            ));
        }
    }
    for required in R::REQUIRED.iter().filter(|&&required| !columns.iter().any(|c| c == required)) {
        let message = "the column is missing";
        problems.push(Problem::error(cell(required), message, "add it to the heading and to every row"));
    }
    (problems.errors() == errors_before).then_some(columns)
}
