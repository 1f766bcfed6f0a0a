//! The gazetteer: entries with their names and spellings, and the CSV files they live in. Knows nothing of matching.

#[cfg(feature = "bundled")]
mod bundled;
mod check;
pub(crate) mod compiled;
mod csv;
mod diff;
mod entry;
mod export;
mod facts;
mod files;
mod guidance;
mod import;
mod kind;
mod link;
mod merge;
mod stats;
mod survey;

use std::path::Path;
use std::sync::Arc;

pub use csv::Existing;
pub use diff::{Change, Difference, SpellingRow};
pub use entry::{Entry, EntryId, Name, Office, Period, Person, Point, Source, Spelling, Suppressed};
pub use export::{Export, Lost};
pub use guidance::{Choice, CommonSurface, Language, Policy};
pub use import::{ColumnMap, Draft, Example, Import, ImportReport, LeftOut, Part, Progress};
pub use kind::{Kind, Rewrite, SpellingKind};
pub use merge::{Disagreement, Doubt, Merge, Unsure};
pub use stats::{Newsworthy, Share, Stats};

#[cfg(feature = "bundled")]
pub(crate) use bundled::BUNDLED;

use crate::error::{Error, Problem, Problems, Severity};
use compiled::{Access, Layers};
pub(crate) use csv::{Cells, EntryRecord, NameRecord, Record, Table};
pub(crate) use files::Tables;
pub(crate) use link::slug;
use link::{Ground, Linked, Lower};
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
            let file = compiled::File::from_path(path, Access::InMemory)?;
            return Ok(compiled::decode(&Layers::new(vec![compiled::Compiled::new(file)])?));
        }
        Self::from_tables(Tables::read(path, Problems::USUAL_LIMIT)?, Lower::NOTHING)
    }

    /// The gazetteer of the CSV files at `path`, as a layer over others: its rows may add to their entries, correct and remove them.
    /// It holds what is new and what is changed, and is of use only over those layers.
    pub(crate) fn over(layers: &Layers, path: &Path) -> Result<Self, Error> {
        Self::from_tables(Tables::read(path, Problems::USUAL_LIMIT)?, Lower::over(layers))
    }

    /// Where a layer contradicts the gazetteers below it, or does nothing.
    pub(crate) fn conflicts(&self) -> &[Problem] {
        &self.linked.conflicts
    }

    /// Every problem of form of the gazetteer at `path`, errors and warnings, in the order of the files.
    /// [`Checker`](crate::Checker) knows geography and English as well.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be read at all.
    pub fn check(path: impl AsRef<Path>) -> Result<Vec<Problem>, Error> {
        let mut tables = Tables::read(path.as_ref(), Problems::USUAL_LIMIT)?;
        let problems = check_tables(&mut tables, None, |_, _, _| ())?;
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

    fn from_tables(mut tables: Tables, lower: Lower<'_>) -> Result<Self, Error> {
        let mut problems = std::mem::take(&mut tables.problems);
        let linked = link::link(&mut tables, link::Rows::Spent, lower, &mut problems);
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

/// Whether a path names a compiled gazetteer.
pub(crate) fn is_compiled(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "topo")
}

/// All problems of form, of a layer also those beside the layers below, and those that `judge` adds.
pub(crate) fn check_tables(
    tables: &mut Tables,
    lower: Option<&Layers>,
    judge: impl FnOnce(&Tables, &Survey<'_>, &mut Problems),
) -> Result<Problems, Error> {
    let mut problems = std::mem::take(&mut tables.problems);
    let lower = lower.map_or(Lower::NOTHING, Lower::over);
    let linked = link::link(tables, link::Rows::Kept, lower, &mut problems);
    let below = linked.below(tables, lower);
    let survey = Survey::over(&below, tables);
    check::check(tables, &survey, Ground { linked: &linked, lower }, &mut problems);
    linked.conflicts.into_iter().for_each(|conflict| problems.push(conflict));
    judge(tables, &survey, &mut problems);
    check::check_form(tables, &mut problems)?;
    Ok(problems)
}
