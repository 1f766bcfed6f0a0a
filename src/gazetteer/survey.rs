//! All entries and spellings of a gazetteer with the place where each stands, whatever the form of the files.
//!
//! The checks look at a folder's rows and at a person's own list alike; [`super::link`] makes entries of both, but an entry no
//! longer knows its row. Of a layer, the entries below that its rows are about are surveyed as the layer leaves them.

use rustc_hash::FxHashMap;

use super::csv::{EntryRecord, NameRecord, SimpleRecord, Table};
use super::entry::{Entry, EntryId, Period, Point};
use super::files::Tables;
use super::kind::{Kind, SpellingKind};
use crate::error::{BELOW, Position};
use crate::lang::Lang;

/// A row that makes an entry.
#[derive(Debug)]
pub(crate) struct SurveyedEntry<'t> {
    file: &'t str,
    row: u64,
    /// Blank in a list that leaves ids to the tool.
    pub(crate) id: &'t str,
    pub(crate) kind: Kind,
    pub(crate) name: &'t str,
    pub(crate) point: Option<Point>,
    pub(crate) precision_km: Option<f64>,
    pub(crate) country: &'t str,
    pub(crate) disputed: &'t str,
    pub(crate) within: &'t str,
    pub(crate) population: Option<u64>,
    pub(crate) geonames: Option<u64>,
    pub(crate) wikidata: &'t str,
}

/// A cell that holds a spelling.
#[derive(Debug)]
pub(crate) struct SurveyedSpelling<'t> {
    file: &'t str,
    row: u64,
    column: &'static str,
    /// The entry in [`Survey::entries`].
    pub(crate) entry: usize,
    pub(crate) name: &'t str,
    pub(crate) text: &'t str,
    /// `None`: not said.
    pub(crate) lang: Option<Lang>,
    pub(crate) kind: SpellingKind,
    /// The row, where it is one of names.csv.
    pub(crate) record: Option<&'t NameRecord>,
}

/// All of a gazetteer.
#[derive(Debug, Default)]
pub(crate) struct Survey<'t> {
    pub(crate) entries: Vec<SurveyedEntry<'t>>,
    pub(crate) spellings: Vec<SurveyedSpelling<'t>>,
    /// The first of the entries.
    below: &'t [Entry],
    pub(crate) by_id: FxHashMap<&'t str, usize>,
}

impl<'t> SurveyedEntry<'t> {
    /// An entry of a gazetteer below, as it is with a row of the layer, or with none.
    fn below(entry: &'t Entry, file: &'t str, row: u64) -> Self {
        let id = |id: &'t Option<EntryId>| id.as_ref().map_or("", EntryId::as_str);
        Self {
            file,
            row,
            id: entry.id.as_str(),
            kind: entry.kind,
            name: &entry.canonical,
            point: entry.point,
            precision_km: entry.precision_km,
            country: &entry.country,
            disputed: id(&entry.disputed),
            within: id(&entry.within),
            population: entry.population,
            geonames: entry.geonames,
            wikidata: &entry.wikidata,
        }
    }
}

impl SurveyedEntry<'_> {
    pub(crate) fn position(&self, column: &str) -> Position {
        Position::row(self.file, self.row).column(column)
    }

    /// The row as messages name it, in this or another file.
    pub(crate) fn place(&self) -> String {
        format!("{}, row {}", self.file, self.row)
    }
}

impl SurveyedSpelling<'_> {
    pub(crate) fn position(&self) -> Position {
        Position::row(self.file, self.row).column(self.column)
    }

    pub(crate) fn row(&self) -> u64 {
        self.row
    }

    /// Whether the spelling counts only where something else is mentioned.
    pub(crate) fn has_needs(&self) -> bool {
        self.record.is_some_and(|record| !record.needs.is_empty())
    }

    pub(crate) fn is_preferred(&self) -> bool {
        self.record.is_none_or(|record| record.preferred)
    }

    /// Whether somebody opened a document that has it.
    pub(crate) fn is_attested(&self) -> bool {
        self.record.is_some_and(|record| record.source.iter().any(|source| source != "editorial"))
    }

    pub(crate) fn period(&self) -> Option<&Period> {
        self.record.map(|record| &record.period)
    }
}

impl<'t> Survey<'t> {
    /// A survey of a gazetteer; `below` are the entries of the layers below that its rows are about.
    pub(crate) fn over(below: &'t [Entry], tables: &'t Tables) -> Self {
        let mut survey = Self::default();
        for entry in below {
            survey.by_id.insert(entry.id.as_str(), survey.entries.len());
            survey.entries.push(SurveyedEntry::below(entry, BELOW, 0));
        }
        survey.below = below;
        tables.entries.iter().for_each(|table| survey.add_entries(table));
        tables.names.iter().for_each(|table| survey.add_names(table));
        tables.lists.iter().for_each(|table| survey.add_list(table));
        survey
    }

    fn add_entries(&mut self, table: &'t Table<EntryRecord>) {
        for row in &table.rows {
            let record = &row.record;
            if let Some(entry) = self.by_id.get(record.id.as_str()).and_then(|&at| self.below.get(at)) {
                let at = self.by_id[record.id.as_str()];
                self.entries[at] = SurveyedEntry::below(entry, &table.file, row.row);
                continue;
            }
            self.by_id.entry(&record.id).or_insert(self.entries.len());
            self.entries.push(SurveyedEntry {
                file: &table.file,
                row: row.row,
                id: &record.id,
                kind: record.kind.unwrap_or(Kind::Place),
                name: &record.name,
                point: record.point,
                precision_km: record.precision_km,
                country: &record.country,
                disputed: &record.disputed,
                within: &record.within,
                population: record.population,
                geonames: record.geonames,
                wikidata: &record.wikidata,
            });
        }
    }

    fn add_names(&mut self, table: &'t Table<NameRecord>) {
        for row in &table.rows {
            let record = &row.record;
            let Some(&entry) = self.by_id.get(record.entry.as_str()) else {
                continue;
            };
            self.spellings.push(SurveyedSpelling {
                file: &table.file,
                row: row.row,
                column: "spelling",
                entry,
                name: &record.name,
                text: &record.spelling,
                lang: Some(record.lang),
                kind: record.kind,
                record: Some(record),
            });
        }
    }

    fn add_list(&mut self, table: &'t Table<SimpleRecord>) {
        for row in &table.rows {
            let record = &row.record;
            let entry = self.entries.len();
            let mut spell = |column, text, lang, kind| {
                self.spellings.push(SurveyedSpelling {
                    file: &table.file,
                    row: row.row,
                    column,
                    entry,
                    name: &record.name,
                    text,
                    lang,
                    kind,
                    record: None,
                });
            };
            spell("name", record.name.as_str(), None, SpellingKind::Canonical);
            for (text, lang) in &record.variants {
                spell("variants", text, *lang, SpellingKind::Romanisation);
            }
            if !record.id.is_empty() {
                self.by_id.entry(&record.id).or_insert(entry);
            }
            self.entries.push(SurveyedEntry {
                file: &table.file,
                row: row.row,
                id: &record.id,
                kind: record.kind,
                name: &record.name,
                point: record.point,
                precision_km: None,
                country: &record.country,
                disputed: "",
                within: "",
                population: None,
                geonames: None,
                wikidata: "",
            });
        }
    }
}
