//! What importers fill: entries of our own schema, with the sources they rest on, before they are written as a gazetteer folder.
//!
//! A draft holds [`Entry`] values and not rows, so that a spelling does not repeat its entry's id and name, and what exports read is what
//! imports make. Ids of a source keep its prefix (`gn:616062`, `wd:Q132928`) and are not slugs: they are the same whichever names were chosen, so that
//! two imports of one source can be compared, and no id of the bundled gazetteer holds a colon, so that no import corrects a bundled entry by
//! accident.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::known::Known;
use super::report::{At, ImportReport, LeftOut, Part};
use super::tidy::tidy;
use crate::error::{Error, Position, Problem, Problems};
use crate::gazetteer::csv::{Contents, Existing, SourceRecord, write_folder};
use crate::gazetteer::entry::{Entry, EntryId};
use crate::gazetteer::link::slug;

/// A gazetteer that was read from files of another format, and is not written yet.
///
/// See [`Import`](crate::Import).
#[derive(Debug)]
pub struct Draft {
    entries: Vec<Entry>,
    /// Where each entry stood: file, by number, and row.
    places: Vec<(usize, u64)>,
    files: Vec<String>,
    by_id: FxHashMap<EntryId, usize>,
    next_numbers: FxHashMap<String, u64>,
    /// The first is what rows rest on that name none; a blank key: on nothing.
    sources: Vec<SourceRecord>,
    /// What another gazetteer has, and is left out.
    known: Option<Arc<Known>>,
    report: ImportReport,
    problems: Problems,
}

impl Draft {
    /// An empty draft whose rows rest on `source`, if they name no other.
    pub(super) fn new(source: SourceRecord, known: Option<Arc<Known>>) -> Self {
        Self {
            entries: Vec::new(),
            places: Vec::new(),
            files: Vec::new(),
            by_id: FxHashMap::default(),
            next_numbers: FxHashMap::default(),
            sources: vec![source],
            known,
            report: ImportReport::default(),
            problems: Problems::default(),
        }
    }

    /// The entries, in the order of the source.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// What was read, kept and left out.
    pub fn report(&self) -> &ImportReport {
        &self.report
    }

    /// Adds a source that rows name in their `source`; one with the same key stays as it is.
    pub(super) fn add_source(&mut self, source: SourceRecord) {
        if !self.sources.iter().any(|known| known.key == source.key) {
            self.sources.push(source);
        }
    }

    /// Says on what rows rest that name no source.
    pub(super) fn set_usual_source(&mut self, source: SourceRecord) {
        let accessed = std::mem::take(&mut self.sources[0].accessed);
        self.sources[0] = SourceRecord { accessed, ..source };
    }

    /// Counts a row of the source.
    pub(super) fn count_row(&mut self) {
        self.report.rows += 1;
    }

    /// Counts something that is left out, with the reason.
    pub(super) fn leave_out(&mut self, part: Part, reason: &str, at: At<'_>, found: &str) {
        self.report.leave_out(part, reason, at, found);
    }

    /// Reports an error; the import goes on to find others, and [`Draft::finish`] refuses the draft.
    pub(super) fn refuse(&mut self, problem: Problem) {
        self.problems.push(problem);
    }

    /// The problems, for what reports them itself.
    pub(super) fn problems(&mut self) -> &mut Problems {
        &mut self.problems
    }

    /// Adds an entry with an id of its own. An id that stands twice is an error.
    pub(super) fn add(&mut self, entry: Entry, at: At<'_>) {
        if let Some(&first) = self.by_id.get(&entry.id) {
            let (file, row) = self.places[first];
            let message = format!("the id `{}` stands in {}, row {row} as well", entry.id, self.files[file]);
            let help = "remove one of the two rows";
            self.problems.push(Problem::error(at.position().column("id"), message, help));
            return;
        }
        if self.known.as_ref().is_some_and(|known| known.has(&entry)) {
            let reason = "in the gazetteer that this one is to be used beside";
            return self.report.leave_out(Part::Entry, reason, at, &entry.canonical);
        }
        let file = self.file_number(at.file);
        self.by_id.insert(entry.id.clone(), self.entries.len());
        self.places.push((file, at.row));
        self.entries.push(entry);
    }

    /// Whether an entry has this id.
    pub(super) fn has(&self, id: &EntryId) -> bool {
        self.by_id.contains_key(id)
    }

    /// The entry with this id, to add names to it.
    pub(super) fn entry_mut(&mut self, id: &EntryId) -> Option<&mut Entry> {
        self.by_id.get(id).and_then(|&at| self.entries.get_mut(at))
    }

    fn file_number(&mut self, file: &str) -> usize {
        // The file read last is asked for most.
        match self.files.iter().rposition(|known| known == file) {
            Some(number) => number,
            None => {
                self.files.push(file.to_owned());
                self.files.len() - 1
            }
        }
    }

    /// An id for a row that has none, made of the file's name and the place's as for a list of one file (`villages:verin-hartavan`).
    pub(super) fn free_id(&mut self, file: &str, name: &str) -> EntryId {
        let stem = Path::new(file).file_stem().map_or("list".into(), |stem| stem.to_string_lossy());
        let stem = stem.split_whitespace().collect::<Vec<_>>().join("-");
        let slug = format!("{stem}:{}", slug(name));
        let next = self.next_numbers.entry(slug.clone()).or_insert(1);
        loop {
            let id = EntryId::new(if *next == 1 { slug.clone() } else { format!("{slug}-{next}") });
            *next += 1;
            if !self.by_id.contains_key(&id) {
                return id;
            }
        }
    }

    /// The draft with its entries made to fit the schema, or every problem that was reported. Nothing is half imported.
    pub(super) fn finish(mut self) -> Result<Self, Error> {
        if self.problems.errors() > 0 {
            return Err(Error::import(self.problems.into_list()));
        }
        if self.entries.is_empty() {
            return Err(Error::import(vec![self.nothing_left()]));
        }
        self.entries.iter_mut().for_each(tidy);
        self.drop_unknown_references();
        self.break_circles();
        let report = &mut self.report;
        report.entries = self.entries.len() as u64;
        report.names = self.entries.iter().map(|entry| entry.names.len() as u64).sum();
        let names = self.entries.iter().flat_map(|entry| &entry.names);
        report.spellings = names.map(|name| name.spellings.len() as u64).sum();
        Ok(self)
    }

    /// That every row was left out is hardly what anybody wants.
    fn nothing_left(&self) -> Problem {
        let is_entry = |left: &&LeftOut| left.part == Part::Entry;
        let reasons: Vec<String> = self.report.left_out.iter().filter(is_entry).map(ToString::to_string).collect();
        let message = format!("no entry is left of {} rows: {}", self.report.rows, reasons.join("; "));
        let help = "check the file, and what --country, --kind and --min-population select";
        Problem::error(Position::default(), message, help)
    }

    /// A container that a filter left out is no reason to leave out what it contains.
    fn drop_unknown_references(&mut self) {
        for (entry, &(file, row)) in self.entries.iter_mut().zip(&self.places) {
            let at = At { file: &self.files[file], row };
            // A disputed area lies in itself; nothing is within itself.
            let is_own = |id: &EntryId, reference: usize| *id == entry.id && reference == 0;
            for (number, reference) in [&mut entry.within, &mut entry.disputed].into_iter().enumerate() {
                let unknown = reference.take_if(|id| !self.by_id.contains_key(id) || is_own(id, number));
                if let Some(id) = unknown {
                    self.report.leave_out(Part::Cell, "what contains the place was not imported", at, id.as_str());
                }
            }
        }
    }

    /// Sources say now and then that two places contain each other; one of them must not.
    fn break_circles(&mut self) {
        const DEEPEST: usize = 32;
        for start in 0..self.entries.len() {
            let outer = |at: usize| self.entries[at].within.as_ref().and_then(|id| self.by_id.get(id)).copied();
            let mut walk = std::iter::successors(outer(start), |&at| outer(at)).take(DEEPEST);
            if walk.any(|at| at == start) {
                let (file, row) = self.places[start];
                let at = At { file: &self.files[file], row };
                let id = self.entries[start].within.take();
                let shown = id.map_or(String::new(), |id| id.to_string());
                self.report.leave_out(Part::Cell, "what contains the place lies within it", at, &shown);
            }
        }
    }

    /// Writes the draft as a gazetteer folder: `entries.csv`, `names.csv` and `sources.csv`, in canonical form.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if the folder cannot be written or, with [`Existing::Refuse`], is there and not empty. No file is
    /// left half written.
    pub fn write(&self, folder: impl AsRef<Path>, existing: Existing) -> Result<(), Error> {
        let usual_source = self.sources[0].key.as_str();
        let sources = if usual_source.is_empty() { &self.sources[1..] } else { &self.sources };
        let contents = Contents { entries: &self.entries, sources, usual_source };
        write_folder(folder.as_ref(), &contents, existing)
    }
}
