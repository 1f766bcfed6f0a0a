//! Wikidata: the result of a query, or entities, as JSON.
//!
//! The query service gives a row for each combination of labels and coordinates, so that rows are gathered by item before they become entries.
//! `gazetteer/README.md` has a query whose result holds all that is understood.

mod binding;
mod entity;
mod item;
mod stream;

use std::io::BufRead;
use std::path::PathBuf;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use self::item::Item;
use super::language::{is_among, languages_of};
use super::report::At;
use super::tidy::is_wikidata_item;
use super::{Draft, Import};
use crate::error::{Error, Position, Problem};
use crate::gazetteer::csv::{SourceRecord, visible};
use crate::lang::Lang;

impl Import {
    /// Reads what Wikidata gives as JSON: the result of a query (with `?item`, `?itemLabel`, `?coord`, `?label` …), the plain list of the download
    /// button, entities of the API or lines of a dump. Ids are `wd:QID`.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Io`](crate::ErrorKind::Io) if a file cannot be opened, [`ErrorKind::Gazetteer`](crate::ErrorKind::Gazetteer) with every
    /// problem if it is no such JSON. Rows are counted by object.
    ///
    /// ```
    /// use toponorm::Import;
    ///
    /// let path = std::env::temp_dir().join("toponorm-doc-wikidata.json");
    /// let row = r#"[{"item": "http://www.wikidata.org/entity/Q132928", "itemLabel": "Stepanakert", "coord": "Point(46.75 39.81)"}]"#;
    /// std::fs::write(&path, row)?;
    /// let draft = Import::new().wikidata(&[path])?;
    /// assert_eq!(draft.entries()[0].id.as_str(), "wd:Q132928");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn wikidata(&self, files: &[PathBuf]) -> Result<Draft, Error> {
        let input = self.input(files);
        let mut draft = self.draft(usual_source());
        let mut seen = FxHashMap::default();
        for path in files {
            let file = path.display().to_string();
            let mut items = Items { import: self, list: Vec::new(), by_id: FxHashMap::default() };
            input.open(path, |bytes| items.read(bytes, &file, &mut draft))?;
            for item in items.list {
                let at = At { file: &file, row: item.row };
                if seen.insert(item.id.clone(), ()).is_some() {
                    draft.leave_out(super::Part::Entry, "in a file before it as well", at, &item.id);
                } else {
                    item.finish(self, &mut draft, &file);
                }
            }
        }
        draft.finish()
    }
}

/// The items of a file.
struct Items<'i> {
    import: &'i Import,
    list: Vec<Item>,
    by_id: FxHashMap<String, usize>,
}

impl Items<'_> {
    fn read(&mut self, bytes: &mut dyn BufRead, file: &str, draft: &mut Draft) {
        let mut row = 0;
        let result = stream::read_objects(bytes, |object| {
            row += 1;
            draft.count_row();
            self.add(&object, draft, At { file, row });
        });
        match result {
            Err(error) => draft.refuse(broken(file, &error)),
            Ok(keys) if row == 0 => {
                let found = if keys.is_empty() { "none".to_owned() } else { shown(keys.iter().map(String::as_str)) };
                let message = format!("no items; expected `results`, `entities` or a list, found {found}");
                draft.refuse(Problem::error(Position::file(file), message, HELP));
            }
            Ok(_) => {}
        }
    }

    fn add(&mut self, object: &Map<String, Value>, draft: &mut Draft, at: At<'_>) {
        let is_entity = object.contains_key("labels") || object.contains_key("claims");
        let id = if is_entity { object.get("id") } else { object.get("item") };
        let id = id.and_then(|id| id.as_str().or_else(|| id.get("value")?.as_str())).map(binding::id_in);
        let Some(id) = id else {
            let message = format!("no `item`; found {}", shown(object.keys().map(String::as_str)));
            let help = format!("name the variables of the query so: {}", binding::VARIABLES);
            return draft.refuse(Problem::error(at.position(), message, help));
        };
        if !is_wikidata_item(id) {
            let message = format!("`{}` is no item of Wikidata, such as Q132928", visible(id));
            return draft.refuse(Problem::error(at.position().column("item"), message, HELP));
        }
        let number = *self.by_id.entry(id.to_owned()).or_insert_with(|| {
            self.list.push(Item { id: id.to_owned(), row: at.row, ..Item::default() });
            self.list.len() - 1
        });
        let item = &mut self.list[number];
        if is_entity {
            entity::read(object, item, self.import, (draft, at));
        } else {
            binding::read(object, item, self.import, (draft, at));
        }
    }
}

const HELP: &str = "save the result of query.wikidata.org as JSON; gazetteer/README.md has a query";

/// Keys for a message, the first of them.
fn shown<'k>(keys: impl Iterator<Item = &'k str>) -> String {
    const SHOWN: usize = 12;
    keys.take(SHOWN).map(|key| format!("`{}`", visible(key))).collect::<Vec<_>>().join(", ")
}

fn broken(file: &str, error: &serde_json::Error) -> Problem {
    let position = Position::row(file, error.line() as u64);
    let (message, help) = if error.is_eof() {
        ("the file ends in the middle".to_owned(), "it was cut off: fetch it again")
    } else {
        (format!("no JSON as expected: {error}"), HELP)
    };
    Problem::error(position, message, help)
}

/// Whether a language is spoken in a country.
fn is_own(country: &str, lang: Lang) -> bool {
    languages_of(country).is_some_and(|languages| is_among(languages, lang))
}

fn usual_source() -> SourceRecord {
    let [key, title, url, licence] = ["wikidata", "Wikidata", "https://www.wikidata.org", "CC0-1.0"].map(str::to_owned);
    SourceRecord { key, title, url, licence, accessed: String::new() }
}
