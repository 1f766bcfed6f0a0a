//! The rows of a table of places, held until all names and divisions are known.

use std::io::BufRead;

use rustc_hash::FxHashMap;

use super::super::degrees::decimal;
use super::super::language::languages_of;
use super::super::naming::{Alternate, Main, name_entry};
use super::super::report::{At, Part};
use super::super::tidy::{cleaned, is_wikidata_item};
use super::super::tsv::{Shape, read_rows};
use super::super::{Draft, Import};
use super::containers::{Codes, Containers};
use super::feature;
use super::listed;
use crate::error::Problem;
use crate::gazetteer::csv::visible;
use crate::gazetteer::entry::{Entry, EntryId, Point};
use crate::gazetteer::kind::Kind;

const COLUMNS: [&str; 19] = [
    "geonameid",
    "name",
    "asciiname",
    "alternatenames",
    "latitude",
    "longitude",
    "feature class",
    "feature code",
    "country code",
    "cc2",
    "admin1 code",
    "admin2 code",
    "admin3 code",
    "admin4 code",
    "population",
    "elevation",
    "dem",
    "timezone",
    "modification date",
];

/// The numbers of GeoNames, at thirteen million in 2026, grow by some hundred thousand a year; those of Who's On First begin above eighty million.
const GEONAMES_END: u64 = 40_000_000;

/// Whether a number is one of GeoNames'.
pub(super) fn is_of_geonames(number: u64) -> bool {
    number < GEONAMES_END
}

/// The places that are kept.
pub(super) struct Places<'i> {
    import: &'i Import,
    places: Vec<Place>,
    by_number: FxHashMap<u64, u32>,
    containers: Containers,
    files: Vec<String>,
    has_whos_on_first: bool,
}

/// A row, without its names.
pub(super) struct Place {
    entry: Entry,
    name: Box<str>,
    ascii: Box<str>,
    /// Names joined by commas.
    listed: Box<str>,
    pub(super) alternates: Vec<Alternate>,
    codes: Codes,
    file: u32,
    row: u64,
}

impl Place {
    /// Takes a Wikidata identifier; the first one stays.
    pub(super) fn set_wikidata(&mut self, cell: &str, draft: &mut Draft, at: At<'_>) {
        if !is_wikidata_item(cell) {
            draft.leave_out(Part::Cell, "no Wikidata item", at, cell);
        } else if self.entry.wikidata.is_empty() {
            cell.clone_into(&mut self.entry.wikidata);
        } else if self.entry.wikidata != cell {
            draft.leave_out(Part::Cell, "a second Wikidata item", at, cell);
        }
    }
}

impl<'i> Places<'i> {
    pub(super) fn new(import: &'i Import) -> Self {
        Self {
            import,
            places: Vec::new(),
            by_number: FxHashMap::default(),
            containers: Containers::default(),
            files: Vec::new(),
            has_whos_on_first: false,
        }
    }

    /// Whether a number was one of Who's On First's.
    pub(super) fn has_whos_on_first(&self) -> bool {
        self.has_whos_on_first
    }

    pub(super) fn with_number(&mut self, number: u64) -> Option<&mut Place> {
        self.by_number.get(&number).map(|&at| &mut self.places[at as usize])
    }

    /// Reads a table of places.
    pub(super) fn read(&mut self, bytes: &mut dyn BufRead, file: &str, draft: &mut Draft) {
        let shape = Shape {
            file,
            columns: &COLUMNS,
            what: "a GeoNames table of places",
            help: "name a table such as AM.txt or cities500.txt; if it is the last row, the file was cut off: fetch it again",
        };
        self.files.push(file.to_owned());
        read_rows(bytes, &shape, draft, |draft, cells, at| self.read_place(&shape, cells, draft, at));
    }

    fn read_place(&mut self, shape: &Shape<'_>, cells: &[&str], draft: &mut Draft, at: At<'_>) {
        let Some((number, point, population)) = self.read_figures(shape, cells, (draft, at)) else {
            return;
        };
        if self.is_twice(shape, number, cells[1], (draft, at)) {
            return;
        }
        let name = match cleaned(cells[1]).or_else(|reason| cleaned(cells[2]).map_err(|_| reason)) {
            Ok(name) => name,
            Err(reason) => return draft.leave_out(Part::Entry, &format!("the name: {reason}"), at, cells[1]),
        };
        let Some(kind) = feature::kind(cells[6], cells[7], population) else {
            let reason = "no feature class that is a kind of entry";
            return draft.leave_out(Part::Entry, reason, at, &cells[6..8].join("."));
        };
        let mut entry = entry(number, kind);
        entry.population = Some(population).filter(|&population| population > 0);
        entry.country = country(cells[8], draft, at);
        entry.point = point;
        if let Some(reason) = self.import.filtered(&entry) {
            return draft.leave_out(Part::Entry, reason, at, &name);
        }
        let codes = self.containers.codes(cells[8], cells[10], cells[11]);
        let codes = self.add_container(&entry, cells[7], codes);
        let (file, row) = (self.files.len() as u32 - 1, at.row);
        let [ascii, listed] = [cells[2], cells[3]].map(Box::from);
        self.push(number, Place { entry, name: name.into(), ascii, listed, alternates: Vec::new(), codes, file, row });
    }

    /// The number of the place, its point and its inhabitants, or a problem for each that is none.
    fn read_figures(
        &self,
        shape: &Shape<'_>,
        cells: &[&str],
        (draft, at): (&mut Draft, At<'_>),
    ) -> Option<(u64, Option<Point>, u64)> {
        let number = self.number(shape, cells[0], COLUMNS[0], (draft, at));
        let latitude = degrees(shape, (COLUMNS[4], cells[4]), 90.0, (draft, at));
        let longitude = degrees(shape, (COLUMNS[5], cells[5]), 180.0, (draft, at));
        let population = inhabitants(shape, cells[14], (draft, at));
        let (number, latitude, longitude, population) = (number?, latitude?, longitude?, population?);
        let point = Some(Point { latitude, longitude }).filter(|_| latitude != 0.0 || longitude != 0.0);
        if point.is_none() {
            draft.leave_out(Part::Cell, "coordinates 0, 0, which stand for none", at, cells[1]);
        }
        Some((number, point, population))
    }

    fn push(&mut self, number: u64, place: Place) {
        self.has_whos_on_first |= !is_of_geonames(number);
        self.by_number.insert(number, self.places.len() as u32);
        self.places.push(place);
    }

    /// Whether a number was there before: in one file that is an error, of two files the first one counts.
    fn is_twice(&self, shape: &Shape<'_>, number: u64, name: &str, (draft, at): (&mut Draft, At<'_>)) -> bool {
        let Some(&first) = self.by_number.get(&number) else {
            return false;
        };
        let first = &self.places[first as usize];
        if first.file as usize + 1 == self.files.len() {
            let message = format!("the number `{number}` stands in row {} as well", first.row);
            draft.refuse(Problem::error(shape.position(at.row, COLUMNS[0]), message, "remove one of the two rows"));
        } else {
            draft.leave_out(Part::Entry, "in a file before it as well", at, name);
        }
        true
    }

    /// Notes which country or division an entry is. What may contain it: a division bears its own code, and so may a country's row.
    fn add_container(&mut self, entry: &Entry, code: &str, codes: Codes) -> Codes {
        let [country, first, second] = codes;
        let (container, outer) = match code {
            "PCLI" | "PCL" | "PCLD" | "PCLF" | "PCLS" | "PCLIX" | "TERR" => (country, [None; 3]),
            "PCLH" => (None, [None; 3]),
            "ADM1" => (first, [country, None, None]),
            "ADM1H" => (None, [country, None, None]),
            "ADM2" => (second, [country, first, None]),
            "ADM2H" => (None, [country, first, None]),
            _ => (None, codes),
        };
        if let Some(number) = container {
            self.containers.set(number, &entry.id);
        }
        outer
    }

    /// Adds a division of which only name and number are known, if some place lies in it. `cells` are code, name and ASCII name.
    pub(super) fn add_division(&mut self, number: u64, [code, name, ascii]: [&str; 3], draft: &mut Draft, at: At<'_>) {
        let Some(missing) = self.containers.missing(code) else {
            return;
        };
        let Ok(name) = cleaned(name) else {
            return;
        };
        let parts: Vec<&str> = code.split('.').collect();
        let mut entry = entry(number, if parts.len() > 2 { Kind::District } else { Kind::Region });
        entry.country = country(parts[0], draft, at);
        if self.by_number.contains_key(&number) || self.import.filtered(&entry).is_some() {
            return;
        }
        self.containers.set(missing, &entry.id);
        let outer = if parts.len() > 2 { parts[1] } else { "" };
        let codes = self.containers.codes(parts[0], outer, "");
        if self.files.last().is_none_or(|file| file != at.file) {
            self.files.push(at.file.to_owned());
        }
        let file = self.files.len() as u32 - 1;
        let [ascii, listed] = [ascii, ""].map(Box::from);
        self.push(
            number,
            Place { entry, name: name.into(), ascii, listed, alternates: Vec::new(), codes, file, row: at.row },
        );
    }

    /// Hands all entries, with their names and containers, to the draft.
    pub(super) fn finish(self, draft: &mut Draft) {
        for mut place in self.places {
            let at = At { file: &self.files[place.file as usize], row: place.row };
            if place.alternates.is_empty() {
                place.alternates = listed(&place.listed, &place.name, draft, at);
            }
            let main = Main::Scholarly(&place.name, &place.ascii);
            if let Err(reason) = name_entry(&mut place.entry, main, &place.alternates) {
                draft.leave_out(Part::Entry, reason, at, &place.name);
                continue;
            }
            place.entry.within = self.containers.within(place.codes, &place.entry.id);
            draft.add(place.entry, at);
        }
    }

    /// A number of a place.
    pub(super) fn number(
        &self,
        shape: &Shape<'_>,
        cell: &str,
        column: &str,
        (draft, at): (&mut Draft, At<'_>),
    ) -> Option<u64> {
        let number = cell.parse().ok();
        if number.is_none() {
            let message = format!("`{}` is no number of a place; expected digits", visible(cell));
            draft.refuse(Problem::error(shape.position(at.row, column), message, shape.help));
        }
        number
    }
}

/// An entry without names.
fn entry(number: u64, kind: Kind) -> Entry {
    let geonames = Some(number).filter(|&number| is_of_geonames(number));
    let prefix = if geonames.is_some() { "gn" } else { "wof" };
    Entry { geonames, ..Entry::new(EntryId::new(format!("{prefix}:{number}")), kind) }
}

/// A country code that a country has, else blank.
fn country(cell: &str, draft: &mut Draft, at: At<'_>) -> String {
    let is_known = languages_of(cell).is_some();
    if !is_known && !cell.is_empty() {
        draft.leave_out(Part::Cell, "no country has the code", at, cell);
    }
    if is_known { cell.to_owned() } else { String::new() }
}

fn degrees(
    shape: &Shape<'_>,
    (column, cell): (&str, &str),
    limit: f64,
    (draft, at): (&mut Draft, At<'_>),
) -> Option<f64> {
    let refuse = |(message, help)| draft.refuse(Problem::error(shape.position(at.row, column), message, help));
    decimal(cell, limit).map_err(refuse).ok()
}

/// Inhabitants; blank is none.
fn inhabitants(shape: &Shape<'_>, cell: &str, (draft, at): (&mut Draft, At<'_>)) -> Option<u64> {
    let count = if cell.is_empty() { Some(0) } else { cell.parse().ok() };
    if count.is_none() {
        let message = format!("`{}` is no number of inhabitants; expected digits", visible(cell));
        draft.refuse(Problem::error(shape.position(at.row, COLUMNS[14]), message, shape.help));
    }
    count
}
