//! A row of a mapped table as an entry: every cell is read, and whatever means nothing is a problem with its column.

use super::super::Draft;
use super::super::degrees::decimal;
use super::super::language::{Tag, languages_of, tag};
use super::super::naming::{Alternate, Main, name_entry};
use super::super::report::{At, Part};
use super::super::tidy::{cleaned, is_wikidata_item};
use super::Reading;
use super::heading::Field;
use crate::error::Problem;
use crate::gazetteer::csv::{Row, visible};
use crate::gazetteer::entry::{Entry, EntryId, Point};
use crate::gazetteer::kind::Kind;
use crate::lang::Lang;
use crate::text::one_line;

/// The cells of a row and where they stand.
struct Cells<'r> {
    row: &'r Row,
    headings: &'r [String],
    fields: &'r [Option<Field>],
    at: At<'r>,
}

impl<'r> Cells<'r> {
    /// The column of a field.
    fn column(&self, field: Field) -> Option<usize> {
        self.fields.iter().position(|known| *known == Some(field))
    }

    /// The text of a field, without spaces around it; blank if there is no such column.
    fn text(&self, field: Field) -> &'r str {
        self.column(field).and_then(|column| self.row.get(column)).unwrap_or_default().trim()
    }

    fn refuse(&self, field: Field, draft: &mut Draft, (message, help): (impl Into<String>, impl Into<String>)) {
        let heading = self.column(field).and_then(|column| self.headings.get(column)).map_or("", String::as_str);
        draft.refuse(Problem::error(self.at.position().column(heading), message, help));
    }

    /// A cell that `read` understands; `None` if it is blank, or after a problem was reported.
    fn read<T>(
        &self,
        field: Field,
        draft: &mut Draft,
        read: impl FnOnce(&str) -> Result<T, (String, String)>,
    ) -> Option<T> {
        let text = self.text(field);
        if text.is_empty() {
            return None;
        }
        read(text).map_err(|problem| self.refuse(field, draft, problem)).ok()
    }
}

impl Reading<'_> {
    pub(super) fn row(
        &mut self,
        row: &Row,
        (headings, fields): (&[String], &[Option<Field>]),
        draft: &mut Draft,
        at: At<'_>,
    ) {
        draft.count_row();
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return draft.leave_out(Part::Entry, "the row is blank", at, "");
        }
        if row.iter().count() != headings.len() {
            let message = format!("{} cells; the heading has {}", row.iter().count(), headings.len());
            let help = "put quotes around cells that hold the separator, or name it with --delimiter";
            return draft.refuse(Problem::error(at.position(), message, help));
        }
        let cells = Cells { row, headings, fields, at };
        let alternates = alternates(&cells, draft);
        let Some(name) = main_name(&cells, &alternates, draft) else {
            return;
        };
        let mut entry = entry(&cells, &name, draft);
        if let Some(reason) = self.import.filtered(&entry) {
            return draft.leave_out(Part::Entry, reason, at, &name);
        }
        let alternates: Vec<Alternate> = alternates.into_iter().filter(|other| self.import.keeps(other.lang)).collect();
        if let Err(reason) = name_entry(&mut entry, Main::Printed(&name), &alternates) {
            return draft.leave_out(Part::Entry, reason, at, &name);
        }
        let outer = cells.text(Field::Within);
        if !outer.is_empty() {
            self.outer.push((entry.id.clone(), outer.to_owned(), (at.file.to_owned(), at.row)));
        }
        draft.add(entry, at);
    }
}

/// The name, else the English one or the first in another language; a row without one is left out.
fn main_name(cells: &Cells<'_>, alternates: &[Alternate], draft: &mut Draft) -> Option<String> {
    let text = cells.text(Field::Name);
    if text.is_empty() {
        let english = alternates.iter().find(|other| other.lang == Lang::ENGLISH);
        let found = english.or(alternates.first()).map(|other| other.text.to_string());
        if found.is_none() {
            let shown = cells.row.iter().collect::<Vec<_>>().join(" ");
            draft.leave_out(Part::Entry, "the name: blank", cells.at, &shown);
        }
        return found;
    }
    match cleaned(text) {
        Ok(name) => Some(name),
        Err(reason) => {
            cells.refuse(Field::Name, draft, (format!("`{}` is no name: {reason}", visible(text)), "correct the cell"));
            None
        }
    }
}

fn entry(cells: &Cells<'_>, name: &str, draft: &mut Draft) -> Entry {
    let kind = cells.read(Field::Kind, draft, read_kind).unwrap_or(Kind::Place);
    let mut entry = Entry::new(EntryId::new(""), kind);
    entry.point = point(cells, draft);
    entry.country = cells.read(Field::Country, draft, read_country).unwrap_or_default();
    entry.population = cells.read(Field::Population, draft, |text| read_count(text, "55200"));
    entry.geonames =
        cells.read(Field::Geonames, draft, |text| read_count(text.strip_prefix("gn:").unwrap_or(text), "616062"));
    entry.wikidata = cells.read(Field::Wikidata, draft, read_wikidata).unwrap_or_default();
    entry.note = one_line(cells.text(Field::Note));
    let own = cells.read(Field::Id, draft, read_id);
    entry.id = match (own, entry.geonames, entry.wikidata.as_str()) {
        (Some(id), ..) => EntryId::new(id),
        (None, Some(number), _) => EntryId::new(format!("gn:{number}")),
        (None, None, "") => draft.free_id(cells.at.file, name),
        (None, None, item) => EntryId::new(format!("wd:{item}")),
    };
    entry
}

fn point(cells: &Cells<'_>, draft: &mut Draft) -> Option<Point> {
    let latitude = cells.read(Field::Latitude, draft, |text| decimal(text, 90.0));
    let longitude = cells.read(Field::Longitude, draft, |text| decimal(text, 180.0));
    for (one, other) in [(Field::Latitude, Field::Longitude), (Field::Longitude, Field::Latitude)] {
        if cells.text(one).is_empty() && !cells.text(other).is_empty() {
            cells.refuse(other, draft, ("only one of latitude and longitude is given", "fill in both, or neither"));
        }
    }
    Some(Point { latitude: latitude?, longitude: longitude? })
}

/// A kind of ours, or what OpenStreetMap calls a place.
fn read_kind(text: &str) -> Result<Kind, (String, String)> {
    let text = text.to_lowercase();
    match text.as_str() {
        "hamlet" | "isolated_dwelling" | "farm" => Ok(Kind::Village),
        "suburb" | "quarter" | "neighbourhood" | "locality" | "island" | "islet" => Ok(Kind::Place),
        "state" | "province" | "continent" => Ok(Kind::Region),
        "county" | "municipality" | "borough" => Ok(Kind::District),
        "ocean" => Ok(Kind::Sea),
        other => other.parse().map_err(|error: crate::error::Error| (error.to_string(), "correct the cell".to_owned())),
    }
}

fn read_country(text: &str) -> Result<String, (String, String)> {
    let code = text.to_ascii_uppercase();
    let help = "write the two letters of ISO 3166-1, such as AM or AZ".to_owned();
    languages_of(&code).map(|_| code).ok_or_else(|| (format!("`{}` is no country code", visible(text)), help))
}

fn read_count(text: &str, example: &str) -> Result<u64, (String, String)> {
    let help = format!("write digits only, such as {example}");
    text.parse().map_err(|_| (format!("`{}` is no whole number", visible(text)), help))
}

fn read_wikidata(text: &str) -> Result<String, (String, String)> {
    let item = text.rsplit(['/', ':']).next().unwrap_or(text);
    let is_item = is_wikidata_item(item);
    let problem =
        || (format!("`{}` is no Wikidata item", visible(text)), "write Q and digits, such as Q132928".to_owned());
    if is_item { Ok(item.to_owned()) } else { Err(problem()) }
}

fn read_id(text: &str) -> Result<String, (String, String)> {
    if text.contains(|c: char| c.is_whitespace() || c.is_control() || c == ';') {
        let help = "write `-` instead, as in `lake-sevan`".to_owned();
        return Err((format!("`{}` holds white space or a semicolon", visible(text)), help));
    }
    Ok(text.to_owned())
}

/// All spellings of a row but its name.
fn alternates(cells: &Cells<'_>, draft: &mut Draft) -> Vec<Alternate> {
    let mut alternates = Vec::new();
    for (column, field) in cells.fields.iter().enumerate() {
        let Some(field) = field else {
            continue;
        };
        let text = cells.row.get(column).unwrap_or_default();
        for (at, part) in text.split(';').map(str::trim).filter(|part| !part.is_empty()).enumerate() {
            let found = match *field {
                Field::Variants => variant(part),
                Field::NameIn(lang) => Ok(Alternate { is_preferred: at == 0, ..Alternate::new(part, lang) }),
                Field::Other(lang) => Ok(Alternate::new(part, lang)),
                Field::Former(lang) => Ok(Alternate { is_historic: true, ..Alternate::new(part, lang) }),
                _ => break,
            };
            match found.and_then(clean) {
                Ok(alternate) => alternates.push(alternate),
                Err(problem) => cells.refuse(*field, draft, problem),
            }
        }
    }
    alternates
}

/// `spelling` or `spelling@lang`. As in a list of one file, a spelling of no language is another way to write the name, and replaced by it.
fn variant(part: &str) -> Result<Alternate, (String, String)> {
    let Some((text, lang)) = part.rsplit_once('@') else {
        return Ok(Alternate { is_romanised: true, ..Alternate::new(part, Lang::UNDETERMINED) });
    };
    match tag(lang) {
        Tag::Lang(lang) | Tag::Romanised(lang) => Ok(Alternate::new(text, lang)),
        Tag::Other => {
            let message = format!("`{}` is no language tag", visible(lang));
            Err((message, "write `spelling@lang`, such as Xankəndi@az".to_owned()))
        }
    }
}

fn clean(alternate: Alternate) -> Result<Alternate, (String, String)> {
    match cleaned(&alternate.text) {
        Ok(text) => Ok(Alternate { text: text.into(), ..alternate }),
        Err(reason) => {
            Err((format!("`{}` is no name: {reason}", visible(&alternate.text)), "correct the cell".to_owned()))
        }
    }
}
