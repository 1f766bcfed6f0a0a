//! From rows to a gazetteer: rows of one entry are brought together, references are resolved, contradictions reported.
//!
//! Linking reports and goes on, so that one run shows every problem; whether the result may be used is the caller's
//! decision, made once, from the problems' severity.

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};

use super::check::check_circles;
use super::csv::{NameRecord, SimpleRecord, SourceRecord, SuppressedRecord, Table};
use super::entry::{Entry, EntryId, Name, Office, Person, Source, Spelling, Suppressed};
use super::files::Tables;
use super::guidance::{Guidance, link_guidance};
use super::kind::{Kind, SpellingKind};
use super::stats::{Folders, count_folders};
use crate::error::{Position, Problem, Problems};
use crate::lang::Lang;
use crate::translit::ascii_key;

/// What a gazetteer consists of, before it is shared.
#[derive(Debug, Default)]
pub(super) struct Linked {
    pub(super) entries: Vec<Entry>,
    pub(super) by_id: FxHashMap<EntryId, usize>,
    pub(super) suppressed: Vec<Suppressed>,
    pub(super) guidance: Guidance,
    /// What the keys in `source` cells stand for, in order of the keys; a key that is given twice stands once.
    pub(super) sources: Vec<Source>,
    /// How many rows of each folder rest on an editor's knowledge alone.
    pub(super) folders: Folders,
}

impl Linked {
    /// Adds sources; of several with one key the first stays.
    pub(super) fn add_sources(&mut self, sources: impl Iterator<Item = Source>) {
        self.sources.extend(sources);
        self.sources.sort_by(|one, other| one.key.cmp(&other.key));
        self.sources.dedup_by(|later, earlier| later.key == earlier.key);
    }
}

/// Builds entries from tables and appends to `problems` what does not fit together.
pub(super) fn link(tables: &Tables, problems: &mut Problems) -> Linked {
    let mut linker = Linker {
        linked: Linked::default(),
        problems,
        seen_rows: FxHashSet::default(),
        next_numbers: FxHashMap::default(),
    };
    linker.add_entries(tables);
    linker.add_people(tables);
    for table in &tables.names {
        linker.add_names(table);
    }
    for table in &tables.lists {
        linker.add_list(table);
    }
    linker.check_references(tables);
    check_circles(tables, linker.problems);
    for table in &tables.suppressed {
        linker.linked.suppressed.extend(table.rows.iter().map(|row| {
            let SuppressedRecord { surface, reason, example, source } = row.record.clone();
            Suppressed { surface, reason, example, source }
        }));
    }
    let mut linked = linker.linked;
    linked.add_sources(tables.sources.iter().flat_map(|table| &table.rows).map(|row| {
        let SourceRecord { key, title, url, licence, accessed } = row.record.clone();
        Source { key, title, url, licence, accessed }
    }));
    linked.guidance = link_guidance(tables, &linked, problems);
    linked.folders = count_folders(tables);
    linked
}

struct Linker<'p> {
    linked: Linked,
    problems: &'p mut Problems,
    seen_rows: FxHashSet<(String, String, Lang, String, SpellingKind)>,
    /// The next number to try for an id made from a name.
    next_numbers: FxHashMap<String, u64>,
}

/// An index counts the names of an entry, and the spellings of a name, in 16 bits; nothing in the world has so many.
const MAX_NAMES: usize = 1_000;
const MAX_SPELLINGS: usize = 10_000;

impl Linker<'_> {
    fn report(&mut self, position: Position, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::error(position, message, help));
    }

    fn entry_mut(&mut self, id: &str) -> Option<&mut Entry> {
        let index = *self.linked.by_id.get(&EntryId::new(id))?;
        self.linked.entries.get_mut(index)
    }

    fn push(&mut self, entry: Entry, position: Position) {
        if self.linked.by_id.contains_key(&entry.id) {
            let message = format!("the id `{}` stands twice", entry.id);
            self.report(position.column("id"), message, "give one of the two another id, or join the rows");
            return;
        }
        self.linked.by_id.insert(entry.id.clone(), self.linked.entries.len());
        self.linked.entries.push(entry);
    }

    fn add_entries(&mut self, tables: &Tables) {
        let reference = |id: &str| (!id.is_empty()).then(|| EntryId::new(id));
        for table in &tables.entries {
            for row in &table.rows {
                let record = &row.record;
                let entry = Entry {
                    id: EntryId::new(record.id.as_str()),
                    kind: record.kind,
                    canonical: record.name.clone(),
                    point: record.point,
                    precision_km: record.precision_km,
                    country: record.country.clone(),
                    disputed: reference(&record.disputed),
                    within: reference(&record.within),
                    population: record.population,
                    geonames: record.geonames,
                    wikidata: record.wikidata.clone(),
                    period: record.period.clone(),
                    source: record.source.clone(),
                    note: record.note.clone(),
                    names: Vec::new(),
                    person: None,
                };
                self.push(entry, table.position(row.row));
            }
        }
    }

    fn add_people(&mut self, tables: &Tables) {
        for table in &tables.people {
            for row in &table.rows {
                let record = &row.record;
                let position = table.position(row.row);
                let Some(entry) = self.entry_mut(&record.entry) else {
                    self.problems.push(unknown_entry(position.column("entry"), &record.entry));
                    continue;
                };
                if entry.kind != Kind::Person {
                    let message = format!("`{}` is a {}, not a person", record.entry, entry.kind);
                    self.report(position.column("entry"), message, "correct the id, or the entry's kind");
                    continue;
                }
                let person = entry.person.get_or_insert_with(Person::default);
                person.given.clone_from(&record.given);
                person.family.clone_from(&record.family);
                person.offices.push(Office {
                    title: record.title.clone(),
                    office: record.office.clone(),
                    period: record.period.clone(),
                    source: record.source.clone(),
                });
            }
        }
    }

    fn add_names(&mut self, table: &Table<NameRecord>) {
        for row in &table.rows {
            let record = &row.record;
            let position = table.position(row.row);
            let key = (record.entry.clone(), record.name.clone(), record.lang, record.spelling.clone(), record.kind);
            if !self.seen_rows.insert(key) {
                self.report(position, "the same spelling stands twice", "remove one of the rows");
                continue;
            }
            if self.entry_mut(&record.entry).is_none() {
                self.problems.push(unknown_entry(position.column("entry"), &record.entry));
                continue;
            }
            let spelling = Spelling {
                text: record.spelling.clone(),
                lang: record.lang,
                kind: record.kind,
                preferred: record.preferred,
                rewrite: record.rewrite,
                needs: record.needs.iter().map(|id| EntryId::new(id.as_str())).collect(),
                period: record.period.clone(),
                source: record.source.clone(),
                note: record.note.clone(),
            };
            let is_added =
                self.entry_mut(&record.entry).is_some_and(|entry| add_spelling(entry, &record.name, spelling));
            if !is_added {
                let message = format!("`{}` has more than 1,000 names or 10,000 spellings of one", record.entry);
                self.report(position.column("entry"), message, "correct the id; no place has so many");
            }
        }
    }

    fn add_list(&mut self, table: &Table<SimpleRecord>) {
        for row in &table.rows {
            let record = &row.record;
            let id = if record.id.is_empty() { self.free_id(&table.file, &record.name) } else { record.id.clone() };
            self.push(simple_entry(id, record), table.position(row.row));
        }
    }

    /// An id made from a file's name and a place's (`villages:verin-hartavan`), with a number if the plain one is taken. No id of the bundled
    /// gazetteer holds a colon, so a list without ids can always be used beside it.
    fn free_id(&mut self, file: &str, name: &str) -> String {
        let stem = Path::new(file).file_stem().map_or("list".into(), |stem| stem.to_string_lossy());
        let stem = stem.split_whitespace().collect::<Vec<_>>().join("-");
        let slug = format!("{stem}:{}", slug(name));
        // Where the last search ended: a list of a million equal names must not search a million times from the start.
        let next = self.next_numbers.entry(slug.clone()).or_insert(1);
        loop {
            let id = if *next == 1 { slug.clone() } else { format!("{slug}-{next}") };
            *next += 1;
            if !self.linked.by_id.contains_key(&EntryId::new(id.as_str())) {
                return id;
            }
        }
    }

    fn check_references(&mut self, tables: &Tables) {
        let is_known = |linked: &Linked, id: &str| linked.by_id.contains_key(&EntryId::new(id));
        let mut unknown = Vec::new();
        for table in &tables.entries {
            for row in &table.rows {
                for (column, id) in [("within", &row.record.within), ("disputed", &row.record.disputed)] {
                    if !id.is_empty() && !is_known(&self.linked, id) {
                        unknown.push((table.position(row.row).column(column), id.clone()));
                    }
                }
            }
        }
        for table in &tables.names {
            for row in &table.rows {
                for id in row.record.needs.iter().filter(|id| !is_known(&self.linked, id)) {
                    unknown.push((table.position(row.row).column("needs"), id.clone()));
                }
            }
        }
        for (position, id) in unknown {
            self.problems.push(unknown_entry(position, &id));
        }
    }
}

/// The problem that a cell names an entry which is not there.
pub(super) fn unknown_entry(position: Position, id: &str) -> Problem {
    let help = "correct the id, or add the entry to entries.csv";
    Problem::error(position, format!("no entry has the id `{id}`"), help)
}

/// Adds a spelling to the name it belongs to; the canonical name is kept first. False if there are too many.
fn add_spelling(entry: &mut Entry, name: &str, spelling: Spelling) -> bool {
    let index = entry.names.iter().position(|known| known.text == name).unwrap_or_else(|| {
        let at = if name == entry.canonical { 0 } else { entry.names.len() };
        entry.names.insert(at, Name { text: name.to_owned(), spellings: Vec::new() });
        at
    });
    let is_within = entry.names.len() <= MAX_NAMES && entry.names[index].spellings.len() < MAX_SPELLINGS;
    if is_within {
        entry.names[index].spellings.push(spelling);
    } else if entry.names[index].spellings.is_empty() {
        entry.names.remove(index);
    }
    is_within
}

/// An entry from a person's own list: one name, whose variants of the same script are to be replaced by it.
fn simple_entry(id: String, record: &SimpleRecord) -> Entry {
    let spelling = |text: &str, lang, kind, preferred| Spelling {
        text: text.to_owned(),
        lang,
        kind,
        preferred,
        rewrite: None,
        needs: Vec::new(),
        period: Default::default(),
        source: Vec::new(),
        note: String::new(),
    };
    let mut spellings = vec![spelling(&record.name, Lang::UNDETERMINED, SpellingKind::Canonical, true)];
    for (text, lang) in &record.variants {
        let kind = if lang.is_some_and(|lang| lang != Lang::ENGLISH) {
            SpellingKind::Native
        } else {
            SpellingKind::Romanisation
        };
        spellings.push(spelling(text, lang.unwrap_or(Lang::UNDETERMINED), kind, false));
    }
    Entry {
        id: EntryId::new(id),
        kind: record.kind,
        canonical: record.name.clone(),
        point: record.point,
        precision_km: None,
        country: record.country.clone(),
        disputed: None,
        within: None,
        population: None,
        geonames: None,
        wikidata: String::new(),
        period: Default::default(),
        source: Vec::new(),
        note: String::new(),
        names: vec![Name { text: record.name.clone(), spellings }],
        person: None,
    }
}

/// `Karin Tak` → `karin-tak`.
pub(super) fn slug(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(ascii_key).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "entry".to_owned() } else { words.join("-") }
}
