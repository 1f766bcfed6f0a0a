//! Any table with headings, its columns mapped to ours: a spreadsheet saved as CSV or TSV, an export of OpenStreetMap.
//!
//! A person who has such a table can mend it, so that a cell that means nothing is an error here, where an importer of dumps would leave it
//! out. Guessing what a column holds from its cells was rejected: latitude and longitude look alike.

mod heading;
mod row;

use std::io::BufRead;
use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;

use self::heading::Field;
use super::report::{At, Part};
use super::{Draft, Import};
use crate::error::{Error, Position, Problem};
use crate::gazetteer::csv::{Limits, Row, Rows, SourceRecord, fault_problem, visible};
use crate::gazetteer::entry::EntryId;

/// Which columns of a table hold what, and what separates its cells.
///
/// Headings that speak for themselves need no mapping: the names of our own fields, `lat` and `lon`, and what OpenStreetMap calls names (`name:ru`,
/// `alt_name`, `old_name`).
///
/// ```
/// use toponorm::{ColumnMap, Import};
///
/// let path = std::env::temp_dir().join("toponorm-doc-towns.csv");
/// std::fs::write(&path, "Town;Y;X;Название\nLachin;39.6389;46.5469;Лачин\n")?;
/// let columns = ColumnMap::new()
///     .column("name", "Town")?
///     .column("latitude", "Y")?
///     .column("longitude", "X")?
///     .column("name:ru", "Название")?;
/// let draft = Import::new().csv(&[path], &columns)?;
/// assert_eq!(draft.entries()[0].names[0].spellings[1].text, "Лачин");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct ColumnMap {
    columns: Vec<(Field, String)>,
    delimiter: Option<u8>,
}

impl ColumnMap {
    /// No mapping: headings speak for themselves.
    pub fn new() -> Self {
        Self::default()
    }

    /// Says that the column with this heading holds `field`: id, name, kind, latitude, longitude, country, population, variants, geonames,
    /// wikidata, within, note, `alt_name`, `old_name`, or a name in a language, such as `name:ru`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if there is no such field.
    pub fn column(mut self, field: &str, heading: &str) -> Result<Self, Error> {
        self.columns.push((Field::named(field)?, heading.to_owned()));
        Ok(self)
    }

    /// What separates the cells; else it is seen from the headings.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Value`](crate::ErrorKind::Value) if it is no ASCII character, or a quote.
    pub fn delimiter(mut self, delimiter: char) -> Result<Self, Error> {
        let byte = u8::try_from(delimiter).ok().filter(|byte| byte.is_ascii() && !matches!(byte, b'"' | b'\n' | b'\r'));
        if byte.is_none() {
            return Err(Error::value(format!(
                "`{delimiter}` cannot separate cells; expected `,`, `;`, a tab or the like"
            )));
        }
        self.delimiter = byte;
        Ok(self)
    }
}

impl Import {
    /// Reads tables with headings, of which `name` must be there or mapped. An id is taken as it is; without one it is `gn:` or `wd:` and the identifier
    /// there, else made of the file's name and the place's (`towns:lachin`).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be opened, [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with every
    /// problem of the files.
    pub fn csv(&self, files: &[PathBuf], columns: &ColumnMap) -> Result<Draft, Error> {
        let input = self.input(files);
        let mut draft = self.draft(usual_source(files));
        let mut reading = Reading { import: self, map: columns, outer: Vec::new() };
        for path in files {
            input.open(path, |bytes| reading.read(bytes, &path.display().to_string(), &mut draft))?;
        }
        reading.link(&mut draft);
        draft.finish()
    }
}

/// A table as it is read.
struct Reading<'i> {
    import: &'i Import,
    map: &'i ColumnMap,
    /// Entries and what their cell `within` says, where it stands.
    outer: Vec<(EntryId, String, (String, u64))>,
}

impl Reading<'_> {
    fn read(&mut self, bytes: &mut dyn BufRead, file: &str, draft: &mut Draft) {
        let start = match bytes.fill_buf() {
            Ok(start) => start,
            Err(error) => return draft.refuse(unreadable(file, &error)),
        };
        let delimiter = self.map.delimiter.unwrap_or_else(|| separator(start));
        let mut rows = Rows::separated(bytes, Limits::USUAL, delimiter);
        let mut row = Row::default();
        let mut columns: Option<(Vec<String>, Vec<Option<Field>>)> = None;
        loop {
            let result = rows.read(&mut row);
            let at = At { file, row: rows.number() };
            match (result, &columns) {
                (Ok(false), Some(_)) => return,
                (Ok(false), None) => return draft.refuse(empty(file)),
                (Err(fault), known) => {
                    let headings = known.as_ref().map(|(headings, _)| headings.as_slice());
                    draft.refuse(fault_problem(file, rows.number(), headings, fault));
                    if known.is_none() {
                        return;
                    }
                }
                (Ok(true), None) => match self.fields(&row, draft, at) {
                    Some(found) => columns = Some(found),
                    None => return,
                },
                (Ok(true), Some((headings, fields))) => self.row(&row, (headings, fields), draft, at),
            }
        }
    }

    /// The headings and the field of each column, or a problem for what is missing.
    fn fields(&self, row: &Row, draft: &mut Draft, at: At<'_>) -> Option<(Vec<String>, Vec<Option<Field>>)> {
        let headings: Vec<String> = row.iter().map(|heading| heading.trim().to_owned()).collect();
        let shown = headings.iter().map(|heading| format!("`{}`", visible(heading))).collect::<Vec<_>>().join(", ");
        let mut fields = vec![None; headings.len()];
        let mut is_right = true;
        for (field, wanted) in &self.map.columns {
            match headings.iter().position(|heading| heading == wanted) {
                Some(column) => fields[column] = Some(*field),
                None => {
                    let message = format!("no column is called `{}`; found {shown}", visible(wanted));
                    draft.refuse(Problem::error(at.position(), message, "correct --column FIELD=HEADING"));
                    is_right = false;
                }
            }
        }
        for (column, heading) in headings.iter().enumerate() {
            let found = Field::of_heading(heading).filter(|field| !fields.contains(&Some(*field)));
            if fields[column].is_none() {
                fields[column] = found;
            }
            if fields[column].is_none() {
                draft.leave_out(Part::Cell, "a column that is no field of ours and not mapped", at, heading);
            }
        }
        if is_right && !fields.iter().any(|field| matches!(field, Some(Field::Name | Field::NameIn(_)))) {
            let message = format!("no column holds the name; found {shown}");
            draft.refuse(Problem::error(at.position(), message, "say which it is with --column name=HEADING"));
            is_right = false;
        }
        is_right.then_some((headings, fields))
    }

    /// Looks up what contains what, by id or by a name that only one entry bears.
    fn link(self, draft: &mut Draft) {
        let mut by_name: FxHashMap<String, Option<EntryId>> = FxHashMap::default();
        for entry in draft.entries() {
            by_name.entry(entry.canonical.clone()).and_modify(|id| *id = None).or_insert(Some(entry.id.clone()));
        }
        for (inner, outer, (file, row)) in self.outer {
            let id = EntryId::new(outer.as_str());
            let found = if draft.has(&id) { Some(id) } else { by_name.get(&outer).cloned().flatten() };
            match found {
                Some(id) => draft.entry_mut(&inner).into_iter().for_each(|entry| entry.within = Some(id.clone())),
                None => {
                    let at = At { file: &file, row };
                    draft.leave_out(
                        Part::Cell,
                        "no entry, or several, have the id or name of what contains it",
                        at,
                        &outer,
                    );
                }
            }
        }
    }
}

/// What separates the headings: of the usual separators the one that they have most of, outside quotes.
fn separator(start: &[u8]) -> u8 {
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0), (b'|', 0)];
    let mut is_quoted = false;
    for &byte in start.iter().take_while(|byte| !matches!(byte, b'\n' | b'\r')) {
        is_quoted ^= byte == b'"';
        if !is_quoted && let Some((_, count)) = counts.iter_mut().find(|(separator, _)| *separator == byte) {
            *count += 1;
        }
    }
    // The first of equals.
    counts.iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(separator, _)| *separator)
}

fn unreadable(file: &str, error: &std::io::Error) -> Problem {
    let message = format!("the file could not be read: {error}");
    Problem::error(Position::file(file), message, "it may be cut off or damaged: fetch it again")
}

fn empty(file: &str) -> Problem {
    let help = "start it with headings, of which one is `name`";
    Problem::error(Position::file(file), "the file is empty; expected a table with headings", help)
}

fn usual_source(files: &[PathBuf]) -> SourceRecord {
    let name = |path: &PathBuf| Path::new(path).file_name().map(|name| name.to_string_lossy().into_owned());
    let title = files.iter().filter_map(name).collect::<Vec<_>>().join(", ");
    let blank = String::new;
    SourceRecord { key: "imported".to_owned(), title, url: blank(), licence: blank(), accessed: blank() }
}
