//! Entries written as a gazetteer folder, in canonical form, without a second copy of them in memory.
//!
//! All files are written beside their places first and renamed at the end, so that a full disk leaves no half of a gazetteer. Making tables of
//! records and writing those was rejected: a record repeats its entry's id and name, and a dump of towns has a million.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::canonical::write_canonical;
use super::{EntryRecord, NameRecord, PersonRecord, Record, SourceRecord};
use crate::error::Error;
use crate::gazetteer::entry::{Entry, EntryId, Spelling};

/// What to do if the folder to write is there and holds something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Write nothing, and report an error.
    Refuse,
    /// Replace the files that are written; others stay.
    Replace,
}

/// What a folder is to hold.
pub(crate) struct Contents<'c> {
    pub(crate) entries: &'c [Entry],
    pub(crate) sources: &'c [SourceRecord],
    /// The key of the source of rows that name none; blank: they have none.
    pub(crate) usual_source: &'c str,
}

/// Writes `entries.csv`, `names.csv`, `sources.csv` and, if there are people, `people.csv`.
pub(crate) fn write_folder(folder: &Path, contents: &Contents<'_>, existing: Existing) -> Result<(), Error> {
    let was_there = prepare(folder, existing)?;
    let result = write_files(folder, contents);
    if result.is_err() && !was_there {
        // Only a folder made just now, and only if nothing is in it.
        let _ = fs::remove_dir(folder);
    }
    result
}

/// Makes the folder, or refuses it. Whether it was there.
fn prepare(folder: &Path, existing: Existing) -> Result<bool, Error> {
    match fs::read_dir(folder) {
        Ok(mut children) => {
            if existing == Existing::Refuse && children.next().is_some() {
                let message = "the folder is not empty; name another, or replace its files with --force";
                return Err(Error::io(folder, io::Error::new(io::ErrorKind::AlreadyExists, message)));
            }
            Ok(true)
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(folder).map_err(|error| Error::io(folder, error))?;
            Ok(false)
        }
        Err(error) => Err(Error::io(folder, error)),
    }
}

fn write_files(folder: &Path, contents: &Contents<'_>) -> Result<(), Error> {
    let mut order: Vec<&Entry> = contents.entries.iter().collect();
    order.sort_unstable_by(|one, other| one.id.cmp(&other.id));
    let mut sources = contents.sources.to_vec();
    sources.sort_by(|one, other| one.key.cmp(&other.key));
    let usual = contents.usual_source;
    let mut files = Beside { folder, written: Vec::new() };
    files.write(order.iter().map(|entry| entry_record(entry, usual)))?;
    files.write(order.iter().flat_map(|entry| name_records(entry, usual)))?;
    files.write(sources.into_iter())?;
    if order.iter().any(|entry| entry.person.is_some()) {
        files.write(order.iter().flat_map(|entry| person_records(entry)))?;
    }
    files.rename()
}

/// Files that are written and not in their places yet; those that never come there are removed.
struct Beside<'f> {
    folder: &'f Path,
    written: Vec<(PathBuf, PathBuf)>,
}

impl Beside<'_> {
    fn write<R: Record>(&mut self, records: impl Iterator<Item = R>) -> Result<(), Error> {
        let place = self.folder.join(R::FILE);
        let beside = self.folder.join(format!("{}.new", R::FILE));
        self.written.push((beside.clone(), place));
        let result = File::create(&beside).and_then(|file| {
            let mut out = BufWriter::with_capacity(1 << 16, file);
            write_canonical(records, &mut out)?;
            out.flush()
        });
        result.map_err(|error| Error::io(&beside, error))
    }

    fn rename(mut self) -> Result<(), Error> {
        while let Some((beside, place)) = self.written.pop() {
            let renamed = fs::rename(&beside, &place);
            if renamed.is_err() {
                self.written.push((beside, place.clone()));
            }
            renamed.map_err(|error| Error::io(&place, error))?;
        }
        Ok(())
    }
}

impl Drop for Beside<'_> {
    fn drop(&mut self) {
        for (beside, _) in &self.written {
            let _ = fs::remove_file(beside);
        }
    }
}

fn keys(source: &[String], usual: &str) -> Vec<String> {
    if source.is_empty() && !usual.is_empty() { vec![usual.to_owned()] } else { source.to_vec() }
}

/// The row of an entry; without a source it rests on the usual one.
pub(crate) fn entry_record(entry: &Entry, usual_source: &str) -> EntryRecord {
    let reference = |id: &Option<EntryId>| id.as_ref().map_or(String::new(), ToString::to_string);
    EntryRecord {
        id: entry.id.to_string(),
        kind: Some(entry.kind),
        name: entry.canonical.clone(),
        point: entry.point,
        precision_km: entry.precision_km,
        country: entry.country.clone(),
        disputed: reference(&entry.disputed),
        within: reference(&entry.within),
        population: entry.population,
        geonames: entry.geonames,
        wikidata: entry.wikidata.clone(),
        period: entry.period.clone(),
        source: keys(&entry.source, usual_source),
        note: entry.note.clone(),
    }
}

/// The rows of an entry's spellings, in the order of the file.
pub(crate) fn name_records(entry: &Entry, usual_source: &str) -> Vec<NameRecord> {
    let mut order: Vec<(&str, &Spelling)> = Vec::new();
    for name in &entry.names {
        order.extend(name.spellings.iter().map(|spelling| (name.text.as_str(), spelling)));
    }
    order.sort_by_key(|(name, spelling)| {
        (*name, spelling.lang.as_str().to_owned(), &spelling.text, spelling.kind.as_str())
    });
    let record = |(name, spelling): (&str, &Spelling)| NameRecord {
        entry: entry.id.to_string(),
        name: name.to_owned(),
        spelling: spelling.text.clone(),
        lang: spelling.lang,
        kind: spelling.kind,
        preferred: spelling.preferred,
        rewrite: spelling.rewrite,
        needs: spelling.needs.iter().map(ToString::to_string).collect(),
        period: spelling.period.clone(),
        source: keys(&spelling.source, usual_source),
        note: spelling.note.clone(),
    };
    order.into_iter().map(record).collect()
}

/// The rows of a person's offices, in the order of the file.
pub(crate) fn person_records(entry: &Entry) -> Vec<PersonRecord> {
    let Some(person) = &entry.person else {
        return Vec::new();
    };
    let mut records: Vec<PersonRecord> = person
        .offices
        .iter()
        .map(|office| PersonRecord {
            entry: entry.id.to_string(),
            given: person.given.clone(),
            family: person.family.clone(),
            title: office.title.clone(),
            office: office.office.clone(),
            period: office.period.clone(),
            source: office.source.clone(),
        })
        .collect();
    records.sort_by_cached_key(Record::write);
    records
}
