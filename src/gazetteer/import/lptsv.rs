//! Linked Places TSV: a row a place, tabs between the fields.
//!
//! The fields are those of version 0.5; earlier files lack some, and every field but `id` and `title` may be missing. The format has no quotes, yet
//! spreadsheets write them, so a cell that is wholly in quotes is read without.

use std::io::{BufRead, Read as _};
use std::path::PathBuf;

use super::linked_places::{Reading, kind, name_entry};
use super::report::Part;
use super::shape::corners_of_wkt;
use super::{Draft, Import};
use crate::error::{Error, Position, Problem};
use crate::gazetteer::Kind;
use crate::gazetteer::csv::visible;
use crate::gazetteer::entry::{Entry, EntryId};
use crate::text::one_line;

/// The bytes of a row at most: the outline of a country in `geowkt` has some megabytes.
const MAX_ROW: u64 = 16 << 20;
const REQUIRED: [&str; 2] = ["id", "title"];
/// The fields of the format; all are understood but `parent_name` and `geo_id`.
const COLUMNS: [&str; 22] = [
    "id",
    "title",
    "title_source",
    "title_uri",
    "fclasses",
    "aat_types",
    "attestation_year",
    "start",
    "end",
    "ccodes",
    "matches",
    "variants",
    "types",
    "parent_name",
    "parent_id",
    "lon",
    "lat",
    "geowkt",
    "geo_source",
    "geo_id",
    "approximation",
    "description",
];

impl Import {
    /// Reads files of Linked Places TSV (version 0.5, and earlier ones).
    ///
    /// Ids stay as they are. `title` is the canonical name if it is in Latin letters; variants are spellings of it, names in English and native in
    /// other languages. A shape in `geowkt` becomes its middle and its reach.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read, [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with every problem
    /// if it is no such table.
    pub fn lptsv(&self, files: &[PathBuf]) -> Result<Draft, Error> {
        self.linked_places(files, read)
    }
}

/// Reads a file.
fn read(input: &mut dyn BufRead, reading: &mut Reading<'_>) {
    let mut lines = Lines { input, bytes: Vec::new(), offset: 0 };
    let mut columns: Option<Vec<String>> = None;
    while let Some(line) = lines.next(reading) {
        let Some(line) = line else { continue };
        let cells: Vec<String> = line.split('\t').map(unquoted).collect();
        let Some(columns) = &columns else {
            columns = heading(&cells, reading);
            if columns.is_none() {
                return;
            }
            continue;
        };
        if cells.iter().all(String::is_empty) {
            continue;
        }
        reading.draft.count_row();
        if cells.len() != columns.len() {
            let message = format!("{} cells; the heading has {}", cells.len(), columns.len());
            let position = Position::row(reading.file, reading.row);
            let help = "add or remove tabs; if the file is cut off, fetch it again";
            reading.draft.refuse(Problem::error(position, message, help));
        } else {
            read_place(&Cells { columns, cells: &cells }, reading);
        }
    }
    if lines.offset == 0 {
        let help = "start it with the headings `id`, `title` and others of LP-TSV, tabs between them";
        reading.draft.refuse(Problem::error(Position::file(reading.file), "the file is empty", help));
    }
}

/// The lines of a file, each checked to be text of bearable length.
struct Lines<'i> {
    input: &'i mut dyn BufRead,
    bytes: Vec<u8>,
    offset: u64,
}

impl Lines<'_> {
    /// `None` at the end; `Some(None)` after a line that is none.
    fn next(&mut self, reading: &mut Reading<'_>) -> Option<Option<String>> {
        self.bytes.clear();
        let read = (&mut *self.input).take(MAX_ROW).read_until(b'\n', &mut self.bytes);
        let file = Position::file(reading.file);
        match read {
            Ok(0) => return None,
            Ok(_) => {}
            Err(error) => {
                let help = "check the disk and the file's permissions; nothing of the file is used";
                let message = format!("the file could not be read: {error}");
                reading.draft.refuse(Problem::error(file, message, help));
                return None;
            }
        }
        reading.row += 1;
        let start = self.offset;
        self.offset += self.bytes.len() as u64;
        let position = Position::row(reading.file, reading.row);
        if self.bytes.len() as u64 == MAX_ROW && !self.bytes.ends_with(b"\n") {
            let message = format!("the row is longer than {} MiB", MAX_ROW >> 20);
            let help = "save the file again as text with tabs; it may be a spreadsheet or compressed";
            reading.draft.refuse(Problem::error(position, message, help));
            return None;
        }
        match std::str::from_utf8(&self.bytes) {
            Ok(line) => {
                let line = if start == 0 { line.trim_start_matches('\u{FEFF}') } else { line };
                Some(Some(line.trim_end_matches(['\n', '\r']).to_owned()))
            }
            Err(error) => {
                let position = Position { byte: Some(start + error.valid_up_to() as u64), ..position };
                let help = "save the file again with encoding UTF-8";
                reading.draft.refuse(Problem::error(position, "the row is not UTF-8 text", help));
                // A spreadsheet or an archive is wrong in every line.
                (reading.row > 1).then_some(None)
            }
        }
    }
}

/// A cell without the quotes that a spreadsheet puts around it.
fn unquoted(cell: &str) -> String {
    let cell = cell.trim();
    let inside = cell.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    inside.map_or_else(|| cell.to_owned(), |inside| inside.replace("\"\"", "\"").trim().to_owned())
}

fn heading(cells: &[String], reading: &mut Reading<'_>) -> Option<Vec<String>> {
    let errors_before = reading.errors();
    if let [only] = cells
        && only.contains([',', ';'])
    {
        let help = "save the file as text with tabs between the fields";
        reading.report(&visible(only), "the fields are not separated by tabs", help);
        return None;
    }
    for (at, column) in cells.iter().enumerate() {
        if cells[..at].contains(column) && !column.is_empty() {
            reading.report(column, "the column stands twice", "remove one of them");
        } else if !COLUMNS.contains(&column.as_str()) {
            reading.leave_out(Part::Cell, "a column that LP-TSV does not have", column);
        }
    }
    for column in REQUIRED {
        if !cells.iter().any(|cell| cell == column) {
            let help = "add it to the heading and to every row; the headings are those of LP-TSV 0.5";
            reading.report(column, "the column is missing", help);
        }
    }
    (reading.errors() == errors_before).then(|| cells.to_vec())
}

/// The cells of a row, by heading.
struct Cells<'c> {
    columns: &'c [String],
    cells: &'c [String],
}

impl<'c> Cells<'c> {
    fn text(&self, column: &str) -> &'c str {
        let at = self.columns.iter().position(|known| known == column);
        at.and_then(|at| self.cells.get(at)).map_or("", String::as_str)
    }

    fn list(&self, column: &str) -> Vec<String> {
        let parts = self.text(column).split(';').map(|part| part.trim().to_owned());
        parts.filter(|part| !part.is_empty()).collect()
    }

    /// A decimal number, if there is one.
    fn number(&self, column: &str, reading: &mut Reading<'_>) -> Option<f64> {
        let text = self.text(column);
        let number = text.parse::<f64>().ok().filter(|number| number.is_finite());
        if number.is_none() && !text.is_empty() {
            let message = format!("`{}` is no decimal number", visible(text));
            reading.report(column, message, "write degrees with a decimal point, such as 39.8177");
        }
        number
    }
}

fn read_place(cells: &Cells<'_>, reading: &mut Reading<'_>) {
    let errors_before = reading.errors();
    for column in REQUIRED.into_iter().filter(|column| cells.text(column).is_empty()) {
        reading.report(column, "the cell is blank", "fill it in, or remove the row");
    }
    let mut entry = Entry::new(EntryId::new(""), Kind::Place);
    let types = cells.list("aat_types").into_iter().chain(cells.list("types")).collect::<Vec<_>>();
    entry.kind = kind(types.iter().map(String::as_str), &cells.list("fclasses"));
    entry.country = reading.country("ccodes", &cells.list("ccodes"));
    let parent = cells.text("parent_id").trim_start_matches('#');
    entry.within = (!parent.is_empty()).then(|| EntryId::new(parent));
    let (since, until) = (reading.date("start", cells.text("start")), reading.date("end", cells.text("end")));
    entry.period = reading.period(since, until);
    entry.note = one_line(cells.text("description"));
    reading.links(cells.list("matches").iter().map(String::as_str), &mut entry);
    read_shape(cells, reading, &mut entry);
    let year = cells.text("attestation_year").parse().ok();
    let source = reading.source(cells.text("title_source"), cells.text("title_uri"), year);
    let source: Vec<String> = source.into_iter().collect();
    entry.source = match cells.text("geo_source") {
        "" => source.clone(),
        label => reading.source(label, "", None).into_iter().collect(),
    };
    let mut spellings = Vec::new();
    for variant in cells.list("variants") {
        let (text, tag) = variant.rsplit_once('@').unwrap_or((&variant, ""));
        let lang = reading.lang(tag);
        spellings.extend(reading.spelling(text, lang));
    }
    spellings.iter_mut().for_each(|spelling| spelling.source.clone_from(&source));
    let title = reading.spelling(cells.text("title"), crate::lang::Lang::ENGLISH);
    if let Some(title) = title
        && reading.errors() == errors_before
    {
        name_entry(&mut entry, Some(&title.text), spellings, &source);
        reading.add(entry, cells.text("id"));
    }
}

/// The shape in `geowkt` counts before the point in `lon` and `lat`, as the format says.
fn read_shape(cells: &Cells<'_>, reading: &mut Reading<'_>, entry: &mut Entry) {
    let wkt = cells.text("geowkt");
    if wkt.is_empty() {
        let (longitude, latitude) = (cells.number("lon", reading), cells.number("lat", reading));
        if cells.text("lon").is_empty() != cells.text("lat").is_empty() {
            reading.report("lon", "only one of lon and lat is given", "fill in both, or neither");
        }
        if let (Some(longitude), Some(latitude)) = (longitude, latitude) {
            entry.point = reading.point("lon", longitude, latitude);
        }
    } else if let Some(corners) = corners_of_wkt(wkt) {
        reading.place_at("geowkt", &corners, entry);
    } else {
        let message = format!("`{}` is no well-known text", visible(wkt));
        reading.report("geowkt", message, "write POINT(46.75 39.82), longitude first, or another shape of OGC WKT");
    }
    let reach = cells.text("approximation");
    match reach.parse::<f64>() {
        Ok(kilometres) if (0.0..=20_000.0).contains(&kilometres) => entry.precision_km = Some(kilometres),
        _ if reach.is_empty() => {}
        _ => reading.leave_out(Part::Cell, "an approximation that is no distance in kilometres", reach),
    }
}
