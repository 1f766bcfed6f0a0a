//! The files of a gazetteer: a folder with its sub-folders, a single list, or the copy inside the binary.
//!
//! A folder is read as a whole, whatever its sub-folders are called: they are themes for people to find their way.
//! Every `.csv` in it must bear one of the schema's names, because a file silently left out (`entires.csv`) is worse
//! than an error.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::csv::{
    Canonical, CommonRecord, EntryRecord, LanguageRecord, NameRecord, NewsworthyRecord, PersonRecord, PolicyRecord,
    Record, RemovedRecord, SimpleRecord, SourceRecord, SuppressedRecord, Table,
};
use super::is_compiled;
use crate::error::{Error, Position, Problem, Problems};

/// The files that a gazetteer folder may hold.
const FILES: [&str; 10] = [
    EntryRecord::FILE,
    NameRecord::FILE,
    PersonRecord::FILE,
    SuppressedRecord::FILE,
    CommonRecord::FILE,
    RemovedRecord::FILE,
    NewsworthyRecord::FILE,
    PolicyRecord::FILE,
    LanguageRecord::FILE,
    SourceRecord::FILE,
];

const COMPILED: &str = "a compiled gazetteer has no rows; name the CSV files that it was made from";

/// The tables of one gazetteer, a table a file.
#[derive(Debug, Default)]
pub(crate) struct Tables {
    pub(crate) entries: Vec<Table<EntryRecord>>,
    pub(crate) names: Vec<Table<NameRecord>>,
    pub(crate) people: Vec<Table<PersonRecord>>,
    pub(crate) suppressed: Vec<Table<SuppressedRecord>>,
    pub(crate) removed: Vec<Table<RemovedRecord>>,
    pub(crate) sources: Vec<Table<SourceRecord>>,
    pub(crate) languages: Vec<Table<LanguageRecord>>,
    pub(crate) newsworthy: Vec<Table<NewsworthyRecord>>,
    pub(crate) policies: Vec<Table<PolicyRecord>>,
    pub(crate) common: Vec<Table<CommonRecord>>,
    pub(crate) lists: Vec<Table<SimpleRecord>>,
    /// The folder as it was named.
    pub(crate) root: String,
    /// What is wrong with cells and files.
    pub(crate) problems: Problems,
}

impl Tables {
    /// Reads a gazetteer folder, or a single file in the one-file form. Of problems of one sort, `limit` are listed.
    pub(crate) fn read(path: &Path, limit: usize) -> Result<Self, Error> {
        let root = path.display().to_string();
        let mut tables = Self { root, problems: Problems::with_limit(limit), ..Self::default() };
        let metadata = std::fs::metadata(path).map_err(|error| Error::io(path, error))?;
        if is_compiled(path) && metadata.is_file() {
            return Err(Error::compiled(&path.display().to_string(), COMPILED));
        }
        if metadata.is_dir() {
            tables.read_folder(path)?;
        } else {
            let input = File::open(path).map_err(|error| Error::io(path, error))?;
            let list = Table::read(&path.display().to_string(), input, &mut tables.problems);
            tables.lists.push(list);
        }
        Ok(tables)
    }

    fn read_folder(&mut self, path: &Path) -> Result<(), Error> {
        let mut files = Vec::new();
        collect_csv(path, &mut Vec::new(), &mut files)?;
        for path in &files {
            let file = path.display().to_string();
            match open(path) {
                Ok(input) => self.add(&file, input),
                Err(error) => self.problems.push(Problem::error(
                    Position::file(file),
                    format!("the file could not be read: {error}"),
                    "check that it is a file, and its permissions; or move it out of the gazetteer",
                )),
            }
        }
        let is_empty = self.entries.is_empty() && self.names.is_empty() && self.people.is_empty();
        let changes_nothing = self.removed.is_empty() && self.suppressed.is_empty() && self.common.is_empty();
        if is_empty && changes_nothing && self.policies.is_empty() && self.newsworthy.is_empty() {
            self.problems.push(Problem::error(
                Position::file(path.display().to_string()),
                "the folder holds no `entries.csv` and no `names.csv`",
                "name a gazetteer folder, or a single CSV file with a column `name`",
            ));
        }
        Ok(())
    }

    /// Adds one file of a folder; its name says what it holds.
    #[cfg(test)]
    pub(crate) fn add_by_name(&mut self, file: &str, bytes: &[u8]) {
        self.add(file, bytes);
    }

    fn add(&mut self, file: &str, input: impl Read) {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let problems = &mut self.problems;
        match name {
            EntryRecord::FILE => self.entries.push(Table::read(file, input, problems)),
            NameRecord::FILE => self.names.push(Table::read(file, input, problems)),
            PersonRecord::FILE => self.people.push(Table::read(file, input, problems)),
            SuppressedRecord::FILE => self.suppressed.push(Table::read(file, input, problems)),
            RemovedRecord::FILE => self.removed.push(Table::read(file, input, problems)),
            SourceRecord::FILE => self.sources.push(Table::read(file, input, problems)),
            LanguageRecord::FILE => self.languages.push(Table::read(file, input, problems)),
            NewsworthyRecord::FILE => self.newsworthy.push(Table::read(file, input, problems)),
            PolicyRecord::FILE => self.policies.push(Table::read(file, input, problems)),
            CommonRecord::FILE => self.common.push(Table::read(file, input, problems)),
            _ => problems.push(Problem::error(
                Position::file(file),
                "unknown file name",
                format!("rename it to one of {}, or move it out", FILES.join(", ")),
            )),
        }
    }

    /// The tables as the writer sees them.
    fn all(&self) -> Vec<&dyn Canonical> {
        fn add<'t>(all: &mut Vec<&'t dyn Canonical>, tables: &'t [impl Canonical]) {
            all.extend(tables.iter().map(|table| table as &dyn Canonical));
        }
        let mut all = Vec::new();
        add(&mut all, &self.entries);
        add(&mut all, &self.names);
        add(&mut all, &self.people);
        add(&mut all, &self.suppressed);
        add(&mut all, &self.removed);
        add(&mut all, &self.sources);
        add(&mut all, &self.languages);
        add(&mut all, &self.newsworthy);
        add(&mut all, &self.policies);
        add(&mut all, &self.common);
        add(&mut all, &self.lists);
        all
    }

    /// The files that are not in canonical form; files with errors are left out.
    pub(crate) fn unformatted(&self) -> Result<Vec<&dyn Canonical>, Error> {
        let mut unformatted = Vec::new();
        for table in self.all().into_iter().filter(|table| table.is_whole()) {
            if !table.is_canonical().map_err(|error| Error::io(table.file(), error))? {
                unformatted.push(table);
            }
        }
        Ok(unformatted)
    }
}

/// Opens a file, and nothing else: a pipe would block, a device has no end.
fn open(path: &Path) -> io::Result<File> {
    let metadata = std::fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(io::Error::other("it is a folder"));
    }
    if !metadata.is_file() {
        return Err(io::Error::other("it is a device or a pipe"));
    }
    File::open(path)
}

/// All CSV files under `folder`, sorted by path; a folder that links lead back to is passed through once.
fn collect_csv(folder: &Path, seen: &mut Vec<PathBuf>, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let at = |error| Error::io(folder, error);
    let real = folder.canonicalize().map_err(at)?;
    if seen.contains(&real) {
        return Ok(());
    }
    seen.push(real);
    let mut children: Vec<PathBuf> = Vec::new();
    for child in std::fs::read_dir(folder).map_err(at)? {
        children.push(child.map_err(at)?.path());
    }
    children.sort();
    for child in children {
        if child.extension().is_some_and(|extension| extension == "csv") {
            files.push(child);
        } else if child.is_dir() {
            collect_csv(&child, seen, files)?;
        }
    }
    Ok(())
}
