//! CSV: the gazetteer's own schema as a folder, which loses nothing, or one list, for a spreadsheet.
//!
//! A list has one name an entry, and reading it corrects every other English spelling to that name. So a list
//! holds only what may be treated so: romanisations and misspellings of the canonical name, and names in other languages. The name
//! that another side uses is left out, not turned into a misspelling.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::rows::{Tables, write_tables};
use super::{Beside, Export, Lost};
use crate::error::Error;
use crate::gazetteer::csv::{EntryRecord, NameRecord, Record, SimpleRecord, write_sorted};
use crate::gazetteer::{Entry, Rewrite, Spelling, SpellingKind};
use crate::lang::Lang;

impl Export<'_> {
    /// A gazetteer folder in canonical form, as [`Gazetteer::from_path`](crate::Gazetteer::from_path) reads it: `entries.csv`, `names.csv` and the
    /// others that have rows. Nothing is lost, except that sub-folders become one folder.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be written, or something is there already: a folder is never overwritten.
    pub fn csv_folder(&self, folder: impl AsRef<Path>) -> Result<Lost, Error> {
        let folder = folder.as_ref();
        // An empty folder is replaced by renaming; one with files in it may be somebody's work.
        if folder.exists() && !std::fs::read_dir(folder).is_ok_and(|mut files| files.next().is_none()) {
            let taken = "it is there already; name a folder that does not exist yet";
            return Err(Error::io(folder, io::Error::new(io::ErrorKind::AlreadyExists, taken)));
        }
        let mut lost = Lost::default();
        Beside::new(folder).write(|beside| {
            std::fs::create_dir(beside).map_err(|error| Error::io(folder, error))?;
            write_tables(self, &mut Folder(beside), &mut lost)
        })?;
        Ok(lost)
    }

    /// One list: `id,name,kind,latitude,longitude,country,variants`, a row an entry.
    ///
    /// # Errors
    ///
    /// Whatever writing to `out` fails with.
    pub fn csv(&self, out: impl Write) -> io::Result<Lost> {
        let mut lost = Lost::default();
        self.count_guidance(&mut lost);
        let entries = self.entries();
        let rows = entries.iter().map(|entry| list_record(entry, &mut lost).write());
        write_sorted(SimpleRecord::COLUMNS, rows, out)?;
        Ok(lost)
    }
}

/// A folder, a file a table.
struct Folder<'f>(&'f Path);

impl Tables for Folder<'_> {
    fn table(
        &mut self,
        file: &str,
        columns: &[&'static str],
        rows: &mut dyn Iterator<Item = Vec<String>>,
    ) -> Result<(), Error> {
        let mut rows = rows.peekable();
        if rows.peek().is_none() && ![EntryRecord::FILE, NameRecord::FILE].contains(&file) {
            return Ok(());
        }
        let path = self.0.join(file);
        let written = File::create(&path).and_then(|file| write_sorted(columns, rows, BufWriter::new(file)));
        written.map_err(|error| Error::io(&path, error))
    }
}

fn list_record(entry: &Entry, lost: &mut Lost) -> SimpleRecord {
    let mut variants: Vec<(String, Option<Lang>)> = Vec::new();
    for (at, name) in entry.names.iter().enumerate() {
        for spelling in name.spellings.iter().filter(|spelling| spelling.kind != SpellingKind::Canonical) {
            if is_variant(spelling, at == 0) {
                variants.push((spelling.text.clone(), (spelling.lang != Lang::UNDETERMINED).then_some(spelling.lang)));
            } else {
                lost.add(1, "spellings that a list would correct or believe wrongly");
            }
        }
        lost.count(at > 0, "second names of an entry, as names of their own");
    }
    variants.sort();
    variants.dedup();
    lost.count(entry.person.is_some(), "given names, family names and offices of people");
    lost.count(entry.within.is_some() || entry.disputed.is_some(), "what contains an entry");
    lost.count(entry.geonames.is_some() || !entry.wikidata.is_empty(), "identifiers of GeoNames and Wikidata");
    lost.count(!entry.source.is_empty(), "sources of entries and their spellings");
    SimpleRecord {
        id: entry.id.to_string(),
        name: entry.canonical.clone(),
        kind: entry.kind,
        point: entry.point,
        country: entry.country.clone(),
        variants,
    }
}

/// Whether reading the list makes of a spelling what it is: in English one that is to be corrected to the name, else a right one.
fn is_variant(spelling: &Spelling, is_canonical_name: bool) -> bool {
    let is_english = spelling.lang == Lang::ENGLISH || spelling.lang == Lang::UNDETERMINED;
    let is_usable = match is_english {
        true => is_canonical_name && spelling.effective_rewrite() == Rewrite::Auto,
        false => spelling.kind.is_right() && spelling.kind != SpellingKind::Demonym,
    };
    is_usable
        && spelling.needs.is_empty()
        && !spelling.text.contains(';')
        && spelling.kind != SpellingKind::Abbreviation
}
