//! The files of a gazetteer: a folder with its sub-folders, a single list, or the copy inside the binary.
//!
//! A folder is read as a whole, whatever its sub-folders are called: they are themes for people to find their way.
//! Every `.csv` in it must bear one of the schema's names, because a file silently left out (`entires.csv`) is worse
//! than an error.

use std::path::{Path, PathBuf};

use super::csv::{
    EntryRecord, NameRecord, PersonRecord, Record, SimpleRecord, SourceRecord, SuppressedRecord, Table, read_bytes,
};
use crate::error::{Error, Position, Problem, Severity};

/// The tables of one gazetteer, a table a file.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) entries: Vec<Table<EntryRecord>>,
    pub(crate) names: Vec<Table<NameRecord>>,
    pub(crate) people: Vec<Table<PersonRecord>>,
    pub(crate) suppressed: Vec<Table<SuppressedRecord>>,
    pub(crate) sources: Vec<Table<SourceRecord>>,
    pub(crate) lists: Vec<Table<SimpleRecord>>,
    /// What is wrong with cells and files.
    pub(crate) problems: Vec<Problem>,
    /// Files whose bytes are not the canonical form of their rows, with that form.
    pub(crate) unformatted: Vec<(String, Vec<u8>)>,
}

impl Tables {
    /// Reads a gazetteer folder, or a single file in the one-file form.
    pub(crate) fn read(path: &Path) -> Result<Self, Error> {
        let mut tables = Self::default();
        let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
        if metadata.is_dir() {
            let mut files = Vec::new();
            collect_csv(path, &mut files)?;
            for file in &files {
                tables.add_by_name(&file.display().to_string(), &read_bytes(file)?);
            }
            if tables.entries.is_empty() && tables.names.is_empty() {
                tables.problems.push(Problem::error(
                    Position::file(path.display().to_string()),
                    "the folder holds no `entries.csv` and no `names.csv`",
                    "name a gazetteer folder, or a single CSV file with a column `name`",
                ));
            }
        } else {
            let file = path.display().to_string();
            let list = Table::read(&file, &read_bytes(path)?, &mut tables.problems);
            tables.lists.push(list);
        }
        Ok(tables)
    }

    /// Adds one file of a folder; its name says what it holds.
    pub(crate) fn add_by_name(&mut self, file: &str, bytes: &[u8]) {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        match name {
            EntryRecord::FILE => self.entries.push(read_table(file, bytes, &mut self.problems, &mut self.unformatted)),
            NameRecord::FILE => self.names.push(read_table(file, bytes, &mut self.problems, &mut self.unformatted)),
            PersonRecord::FILE => self.people.push(read_table(file, bytes, &mut self.problems, &mut self.unformatted)),
            SuppressedRecord::FILE => {
                self.suppressed.push(read_table(file, bytes, &mut self.problems, &mut self.unformatted));
            }
            SourceRecord::FILE => self.sources.push(read_table(file, bytes, &mut self.problems, &mut self.unformatted)),
            _ => self.problems.push(Problem::error(
                Position::file(file),
                "unknown file name",
                "rename it to entries.csv, names.csv, people.csv, suppressed.csv or sources.csv, or move it out",
            )),
        }
    }
}

fn read_table<R: Record>(
    file: &str,
    bytes: &[u8],
    problems: &mut Vec<Problem>,
    unformatted: &mut Vec<(String, Vec<u8>)>,
) -> Table<R> {
    let before = problems.len();
    let table = Table::read(file, bytes, problems);
    let is_whole = problems[before..].iter().all(|problem| problem.severity == Severity::Warning);
    let canonical = table.to_csv();
    if is_whole && canonical != bytes {
        unformatted.push((file.to_owned(), canonical));
    }
    table
}

/// All CSV files under `folder`, sorted by path.
fn collect_csv(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let at = |error| Error::io(folder, error);
    let mut children: Vec<PathBuf> = Vec::new();
    for child in std::fs::read_dir(folder).map_err(at)? {
        children.push(child.map_err(at)?.path());
    }
    children.sort();
    for child in children {
        if child.is_dir() {
            collect_csv(&child, files)?;
        } else if child.extension().is_some_and(|extension| extension == "csv") {
            files.push(child);
        }
    }
    Ok(())
}
