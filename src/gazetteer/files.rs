//! The files of a gazetteer: a folder with its sub-folders, a single list, or the copy inside the binary.
//!
//! A folder is read as a whole, whatever its sub-folders are called: they are themes for people to find their way.
//! Every `.csv` in it must bear one of the schema's names, because a file silently left out (`entires.csv`) is worse
//! than an error.

use std::path::{Path, PathBuf};

use super::csv::{
    CommonRecord, EntryRecord, LanguageRecord, NameRecord, NewsworthyRecord, PersonRecord, PolicyRecord, Record,
    SimpleRecord, SourceRecord, SuppressedRecord, Table, read_bytes,
};
use crate::error::{Error, Position, Problem};

/// The files that a gazetteer folder may hold.
const FILES: [&str; 9] = [
    EntryRecord::FILE,
    NameRecord::FILE,
    PersonRecord::FILE,
    SuppressedRecord::FILE,
    CommonRecord::FILE,
    NewsworthyRecord::FILE,
    PolicyRecord::FILE,
    LanguageRecord::FILE,
    SourceRecord::FILE,
];

/// The tables of one gazetteer, a table a file.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) entries: Vec<Table<EntryRecord>>,
    pub(crate) names: Vec<Table<NameRecord>>,
    pub(crate) people: Vec<Table<PersonRecord>>,
    pub(crate) suppressed: Vec<Table<SuppressedRecord>>,
    pub(crate) sources: Vec<Table<SourceRecord>>,
    pub(crate) languages: Vec<Table<LanguageRecord>>,
    pub(crate) newsworthy: Vec<Table<NewsworthyRecord>>,
    pub(crate) policies: Vec<Table<PolicyRecord>>,
    pub(crate) common: Vec<Table<CommonRecord>>,
    pub(crate) lists: Vec<Table<SimpleRecord>>,
    /// What is wrong with cells and files.
    pub(crate) problems: Vec<Problem>,
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
        let problems = &mut self.problems;
        match name {
            EntryRecord::FILE => self.entries.push(Table::read(file, bytes, problems)),
            NameRecord::FILE => self.names.push(Table::read(file, bytes, problems)),
            PersonRecord::FILE => self.people.push(Table::read(file, bytes, problems)),
            SuppressedRecord::FILE => self.suppressed.push(Table::read(file, bytes, problems)),
            SourceRecord::FILE => self.sources.push(Table::read(file, bytes, problems)),
            LanguageRecord::FILE => self.languages.push(Table::read(file, bytes, problems)),
            NewsworthyRecord::FILE => self.newsworthy.push(Table::read(file, bytes, problems)),
            PolicyRecord::FILE => self.policies.push(Table::read(file, bytes, problems)),
            CommonRecord::FILE => self.common.push(Table::read(file, bytes, problems)),
            _ => problems.push(Problem::error(
                Position::file(file),
                "unknown file name",
                format!("rename it to one of {}, or move it out", FILES.join(", ")),
            )),
        }
    }

    /// The files of a folder that are not in canonical form, with that form; files with errors are left out.
    pub(crate) fn unformatted(&self) -> Result<Vec<(&str, Vec<u8>)>, Error> {
        let mut canonical = Vec::new();
        canonical.extend(self.entries.iter().filter_map(Table::canonical));
        canonical.extend(self.names.iter().filter_map(Table::canonical));
        canonical.extend(self.people.iter().filter_map(Table::canonical));
        canonical.extend(self.suppressed.iter().filter_map(Table::canonical));
        canonical.extend(self.sources.iter().filter_map(Table::canonical));
        canonical.extend(self.languages.iter().filter_map(Table::canonical));
        canonical.extend(self.newsworthy.iter().filter_map(Table::canonical));
        canonical.extend(self.policies.iter().filter_map(Table::canonical));
        canonical.extend(self.common.iter().filter_map(Table::canonical));
        let mut unformatted = Vec::new();
        for (file, bytes) in canonical {
            if read_bytes(Path::new(file))? != bytes {
                unformatted.push((file, bytes));
            }
        }
        Ok(unformatted)
    }
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
