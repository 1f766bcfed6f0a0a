//! GeoNames tables, and what has their layout: places of 19 columns, names of 10, codes of divisions.
//!
//! The tables have no headings; <https://download.geonames.org/export/dump/readme.txt> explains them. Places are read first and filtered, so
//! that of the names, of which there are eighteen million, only those of places that are kept are held.

mod containers;
mod feature;
mod places;

use std::path::{Path, PathBuf};

pub(super) use self::feature::settlement;
use self::places::Places;
use super::language::{Tag, tag};
use super::naming::Alternate;
use super::report::{At, Part};
use super::tidy::cleaned;
use super::tsv::{Shape, read_rows};
use super::{Draft, Import};
use crate::error::Error;
use crate::gazetteer::check::is_before;
use crate::gazetteer::csv::SourceRecord;
use crate::gazetteer::entry::Period;
use crate::lang::Lang;

const ALTERNATE_COLUMNS: [&str; 10] = [
    "alternateNameId",
    "geonameid",
    "isolanguage",
    "alternate name",
    "isPreferredName",
    "isShortName",
    "isColloquial",
    "isHistoric",
    "from",
    "to",
];

const ADMIN_COLUMNS: [&str; 4] = ["code", "name", "asciiname", "geonameid"];

impl Import {
    /// Reads tables in GeoNames' layout of 19 columns (`allCountries.txt`, `AM.txt`, `cities500.txt`, also packed as .gz or .zip), their names from
    /// `alternates` (`alternateNamesV2.txt`) if that has any of a place, and the names of divisions that the tables lack from
    /// `admin_codes` (`admin1CodesASCII.txt`, `admin2Codes.txt`). Ids are `gn:GEONAMEID`; numbers that GeoNames has not reached are those of Who's On
    /// First, `wof:ID`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be opened, [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with every
    /// problem if a file is not such a table.
    ///
    /// ```
    /// use toponorm::{Existing, Gazetteer, Import};
    ///
    /// let folder = std::env::temp_dir().join("toponorm-doc-geonames");
    /// let table = folder.with_extension("txt");
    /// let row = "616062\tVagharshapat\tVagharshapat\tEchmiadzin,Ejmiatsin\t40.16557\t44.29462\tP\tPPL\tAM\t\t02\t\t\t\t49865\t\t\tAsia/Yerevan\t2023-01-01\n";
    /// std::fs::write(&table, row)?;
    /// let draft = Import::new().geonames(&[table], &[], &[])?;
    /// assert_eq!(draft.report().entries, 1);
    /// draft.write(&folder, Existing::Replace)?;
    /// let gazetteer = Gazetteer::from_path(&folder)?;
    /// assert_eq!(gazetteer.entry("gn:616062").map(|entry| entry.canonical.as_str()), Some("Vagharshapat"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn geonames(
        &self,
        tables: &[PathBuf],
        alternates: &[PathBuf],
        admin_codes: &[PathBuf],
    ) -> Result<Draft, Error> {
        let input = self.input(&[tables, alternates, admin_codes].concat());
        let mut draft = self.draft(usual_source());
        let mut places = Places::new(self);
        for path in tables {
            input.open(path, |bytes| places.read(bytes, &path.display().to_string(), &mut draft))?;
        }
        for path in admin_codes {
            input.open(path, |bytes| read_codes(bytes, path, &mut places, &mut draft))?;
        }
        for path in alternates {
            input.open(path, |bytes| self.read_alternates(bytes, path, &mut places, &mut draft))?;
        }
        if self.source.is_none() && places.has_whos_on_first() {
            draft.set_usual_source(whos_on_first());
        }
        places.finish(&mut draft);
        draft.finish()
    }

    fn read_alternates(
        &self,
        bytes: &mut dyn std::io::BufRead,
        path: &Path,
        places: &mut Places<'_>,
        draft: &mut Draft,
    ) {
        let shape = Shape {
            file: &path.display().to_string(),
            columns: &ALTERNATE_COLUMNS,
            what: "a GeoNames table of alternate names",
            help: "name alternateNamesV2.txt; if it is the last row, the file was cut off: fetch it again",
        };
        read_rows(bytes, &shape, draft, |draft, cells, at| {
            let Some(number) = places.number(&shape, cells[1], "geonameid", (draft, at)) else {
                return;
            };
            if let Some(place) = places.with_number(number) {
                if cells[2] == "wkdt" {
                    place.set_wikidata(cells[3], draft, at);
                } else if let Some(alternate) = self.alternate(cells, draft, at) {
                    place.alternates.push(alternate);
                }
            }
        });
    }

    /// A row of alternate names, if it is a name and wanted.
    fn alternate(&self, cells: &[&str], draft: &mut Draft, at: At<'_>) -> Option<Alternate> {
        let (lang, is_romanised) = match tag(cells[2]) {
            Tag::Lang(lang) => (lang, false),
            Tag::Romanised(lang) => (lang, true),
            Tag::Other => {
                draft.leave_out(Part::Spelling, &format!("`{}` is no language", cells[2]), at, cells[3]);
                return None;
            }
        };
        if !self.keeps(lang) {
            draft.leave_out(Part::Spelling, "not of the languages asked for", at, cells[3]);
            return None;
        }
        let text = match cleaned(cells[3]) {
            Ok(text) => text,
            Err(reason) => {
                draft.leave_out(Part::Spelling, reason, at, cells[3]);
                return None;
            }
        };
        let is_set = |column: usize| cells[column] == "1";
        Some(Alternate {
            text: text.into(),
            lang,
            is_romanised,
            is_preferred: is_set(4),
            is_short: is_set(5),
            is_colloquial: is_set(6),
            is_historic: is_set(7),
            period: period(cells[8], cells[9], draft, at),
        })
    }
}

fn period(since: &str, until: &str, draft: &mut Draft, at: At<'_>) -> Option<Box<Period>> {
    let mut date = |text: &str| match text {
        "" => String::new(),
        text if Period::is_date(text) => text.to_owned(),
        text => {
            draft.leave_out(Part::Cell, "no date such as 1991 or 1991-09-02", at, text);
            String::new()
        }
    };
    let (since, until) = (date(since), date(until));
    if is_before(&until, &since) {
        draft.leave_out(Part::Cell, "an end before the beginning", at, &until);
        return None;
    }
    (!since.is_empty() || !until.is_empty()).then(|| Box::new(Period { since, until }))
}

/// Alternate names of no known language: the comma list of a table of places.
fn listed(list: &str, main: &str, draft: &mut Draft, at: At<'_>) -> Vec<Alternate> {
    let has_small = |text: &str| text.chars().any(char::is_lowercase);
    let mut alternates = Vec::new();
    for cell in list.split(',').filter(|cell| !cell.is_empty()) {
        let is_code = cell.len() <= 4 && cell.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        // GeoNames adds the consonants of Arabic names for its own search: `tkht qysr`.
        let is_search_key = cell.is_ascii()
            && !cell.bytes().any(|byte| byte.is_ascii_uppercase())
            && main.chars().any(char::is_uppercase);
        let reason = match cleaned(cell) {
            _ if is_code && has_small(main) => "capitals only: the code of an airport or the like",
            _ if is_search_key => "small letters only: a key for searching",
            Ok(text) => {
                alternates.push(Alternate::new(&text, Lang::UNDETERMINED));
                continue;
            }
            Err(reason) => reason,
        };
        draft.leave_out(Part::Spelling, reason, at, cell);
    }
    alternates
}

fn read_codes(bytes: &mut dyn std::io::BufRead, path: &Path, places: &mut Places<'_>, draft: &mut Draft) {
    let shape = Shape {
        file: &path.display().to_string(),
        columns: &ADMIN_COLUMNS,
        what: "a GeoNames table of division codes",
        help: "name admin1CodesASCII.txt or admin2Codes.txt",
    };
    read_rows(bytes, &shape, draft, |draft, cells, at| {
        let Some(number) = places.number(&shape, cells[3], "geonameid", (draft, at)) else {
            return;
        };
        places.add_division(number, [cells[0], cells[1], cells[2]], draft, at);
    });
}

fn source(cells: [&str; 4]) -> SourceRecord {
    let [key, title, url, licence] = cells.map(str::to_owned);
    SourceRecord { key, title, url, licence, accessed: String::new() }
}

fn usual_source() -> SourceRecord {
    source(["geonames", "GeoNames", "https://download.geonames.org/export/dump/", "CC BY 4.0"])
}

fn whos_on_first() -> SourceRecord {
    source(["wof", "Who's On First, with GeoNames", "https://whosonfirst.org", "CC BY 4.0 and CC0"])
}
