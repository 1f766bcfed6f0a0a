//! The gazetteer: entries with their names and spellings, and the CSV files they live in. Knows nothing of matching.

#[cfg(feature = "bundled")]
mod bundled;
mod check;
pub(crate) mod compiled;
mod csv;
mod entry;
mod export;
mod files;
mod guidance;
mod import;
mod kind;
mod link;
mod stats;
mod survey;

use std::path::Path;
use std::sync::Arc;

pub use csv::Existing;
pub use entry::{Entry, EntryId, Name, Office, Period, Person, Point, Source, Spelling, Suppressed};
pub use export::{Export, Lost};
pub use guidance::{Choice, CommonSurface, Language, Policy};
pub use import::{Draft, Example, Import, ImportReport, LeftOut, Part, Progress};
pub use kind::{Kind, Rewrite, SpellingKind};
pub use stats::{Newsworthy, Share, Stats};

#[cfg(feature = "bundled")]
pub(crate) use bundled::BUNDLED;

use crate::error::{Error, Position, Problem, Problems, Severity};
pub(crate) use files::Tables;
use link::Linked;
pub(crate) use survey::{Survey, SurveyedEntry, SurveyedSpelling};

/// Entries, names and spellings. Immutable, and cheap to clone.
///
/// ```
/// # #[cfg(feature = "bundled")] {
/// use toponorm::Gazetteer;
///
/// let gazetteer = Gazetteer::bundled();
/// let stepanakert = gazetteer.entry("stepanakert").unwrap();
/// let names: Vec<&str> = stepanakert.names.iter().map(|name| name.text.as_str()).collect();
/// assert!(names.contains(&"Stepanakert") && names.contains(&"Khankendi"));
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Gazetteer {
    linked: Arc<Linked>,
}

impl Gazetteer {
    /// The curated gazetteer that comes with the crate, decoded: slow, for those who want to see its entries. To match them, use
    /// [`Matcher::bundled`](crate::Matcher::bundled), which reads them where they lie.
    #[cfg(feature = "bundled")]
    pub fn bundled() -> Self {
        bundled::bundled()
    }

    /// The surfaces of the bundled `common.csv`, without decoding the rest.
    #[cfg(feature = "bundled")]
    pub(crate) fn bundled_common() -> Vec<String> {
        bundled::common()
    }

    /// Reads a gazetteer folder (`entries.csv`, `names.csv` … in it or its sub-folders), a single CSV file with a
    /// column `name` and, optionally, `id`, `kind`, `latitude`, `longitude`, `country` and `variants`, or a compiled gazetteer
    /// (`NAME.topo`).
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read, and
    /// [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with every problem if the files break the schema. A
    /// gazetteer is never half read.
    ///
    /// ```
    /// use toponorm::Gazetteer;
    ///
    /// let path = std::env::temp_dir().join("toponorm-doc-own-list.csv");
    /// std::fs::write(&path, "name,latitude,longitude,variants\nAkhalgori,42.13,44.48,Akhalgory;ახალგორი@ka\n")?;
    /// let gazetteer = Gazetteer::from_path(&path)?;
    /// assert_eq!(gazetteer.entries()[0].id.as_str(), "toponorm-doc-own-list:akhalgori");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn from_path(path: impl AsRef<Path>) -> Result<Self, Error> {
        let path = path.as_ref();
        if is_compiled(path) {
            return Ok(compiled::decode(&compiled::Compiled::new(compiled::File::from_path(path)?)));
        }
        Self::from_tables(Tables::read(path, Problems::USUAL_LIMIT)?)
    }

    /// Several gazetteers as one. Entries must have ids of their own.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) if two of them share an id.
    pub fn merge(gazetteers: &[Gazetteer]) -> Result<Self, Error> {
        let mut merged = Linked::default();
        let mut problems = Vec::new();
        for gazetteer in gazetteers {
            for entry in gazetteer.entries() {
                if merged.by_id.insert(entry.id.clone(), merged.entries.len()).is_some() {
                    problems.push(id_clash(entry.id.as_str()));
                }
                merged.entries.push(entry.clone());
            }
            merged.suppressed.extend_from_slice(gazetteer.suppressed());
            merged.guidance.extend(&gazetteer.linked.guidance);
            merged.add_sources(gazetteer.sources().iter().cloned());
            stats::merge_folders(&mut merged.folders, &gazetteer.linked.folders);
        }
        if problems.is_empty() { Ok(Self { linked: Arc::new(merged) }) } else { Err(Error::gazetteer(problems)) }
    }

    /// Every problem of form of the gazetteer at `path`, errors and warnings, in the order of the files.
    /// [`Checker`](crate::Checker) knows geography and English as well.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read at all.
    pub fn check(path: impl AsRef<Path>) -> Result<Vec<Problem>, Error> {
        let mut tables = Tables::read(path.as_ref(), Problems::USUAL_LIMIT)?;
        let problems = check_tables(&mut tables, |_, _, _| ())?;
        Ok(problems.into_list())
    }

    /// Rewrites the files of a gazetteer folder in canonical form: rows sorted, quotes only where needed, LF, NFC. A single list
    /// keeps its columns and the order of its rows. Returns the files that changed. Files with rows that cannot be read are left alone.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read or written.
    pub fn format(path: impl AsRef<Path>) -> Result<Vec<String>, Error> {
        let tables = Tables::read(path.as_ref(), Problems::USUAL_LIMIT)?;
        let mut changed = Vec::new();
        for table in tables.unformatted()? {
            let file = table.file();
            let beside = format!("{file}.new");
            std::fs::write(&beside, table.to_csv()).map_err(|error| Error::io(&beside, error))?;
            std::fs::rename(&beside, file).map_err(|error| Error::io(file, error))?;
            changed.push(file.to_owned());
        }
        Ok(changed)
    }

    fn from_tables(mut tables: Tables) -> Result<Self, Error> {
        let mut problems = std::mem::take(&mut tables.problems);
        let linked = link::link(&tables, &mut problems);
        let mut problems = problems.into_list();
        problems.retain(|problem| problem.severity == Severity::Error);
        if problems.is_empty() { Ok(Self { linked: Arc::new(linked) }) } else { Err(Error::gazetteer(problems)) }
    }

    /// All entries.
    pub fn entries(&self) -> &[Entry] {
        &self.linked.entries
    }

    /// The entry with this id.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.position(&EntryId::new(id)).map(|index| &self.linked.entries[index])
    }

    /// Where in [`Gazetteer::entries`] the entry with this id stands.
    pub(crate) fn position(&self, id: &EntryId) -> Option<usize> {
        self.linked.by_id.get(id).copied()
    }

    /// The phrases in which nothing is to be marked.
    pub fn suppressed(&self) -> &[Suppressed] {
        &self.linked.suppressed
    }

    /// What the keys in `source` cells stand for, in the order of the keys.
    pub fn sources(&self) -> &[Source] {
        &self.linked.sources
    }

    /// The surfaces that are ordinary words or people's names as well, and count only beside a cue.
    pub fn common(&self) -> &[CommonSurface] {
        &self.linked.guidance.common
    }

    /// The places of the region that news names, in the order of their ids: [`Gazetteer::stats`] counts whose names are
    /// known.
    pub fn newsworthy(&self) -> &[EntryId] {
        &self.linked.guidance.newsworthy
    }

    /// The rules of all policies: which of an entry's names to write.
    pub fn policies(&self) -> &[Policy] {
        &self.linked.guidance.policies
    }

    /// The languages whose names of places the gazetteer collects.
    pub fn languages(&self) -> &[Language] {
        &self.linked.guidance.languages
    }
}

/// The problem that two gazetteers that are to be used together have an entry of the same id.
fn id_clash(id: &str) -> Problem {
    Problem::error(
        Position::default(),
        format!("the id `{id}` is in two of the gazetteers"),
        "give your entry another id, or leave out the bundled gazetteer",
    )
}

/// Whether a path names a compiled gazetteer.
pub(crate) fn is_compiled(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "topo")
}

/// All problems of form, and those that `judge` adds.
pub(crate) fn check_tables(
    tables: &mut Tables,
    judge: impl FnOnce(&Tables, &Survey<'_>, &mut Problems),
) -> Result<Problems, Error> {
    let mut problems = std::mem::take(&mut tables.problems);
    link::link(tables, &mut problems);
    let survey = Survey::new(tables);
    check::check(tables, &survey, &mut problems);
    judge(tables, &survey, &mut problems);
    check::check_form(tables, &mut problems)?;
    Ok(problems)
}
