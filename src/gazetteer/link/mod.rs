//! From rows to a gazetteer: rows of one entry are brought together, references are resolved, contradictions reported.
//!
//! Linking reports and goes on, so that one run shows every problem; whether the result may be used is the caller's
//! decision, made once, from the problems' severity. Rows of a layer may be about entries of the gazetteers below it (`over`).

mod conflicts;
mod lower;
mod over;

use std::path::Path;

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::Xxh3;

use super::check::check_circles;
use super::csv::{EntryRecord, Located, NameRecord, SimpleRecord, SourceRecord, SuppressedRecord, Table};
use super::entry::{Entry, EntryId, Name, Office, Person, Source, Spelling, Suppressed};
use super::files::Tables;
use super::guidance::{Guidance, link_guidance};
use super::kind::{Kind, SpellingKind};
use super::stats::{Folders, count_folders};
use crate::error::{Position, Problem, Problems};
use crate::lang::Lang;
use crate::translit::ascii_key;
pub(super) use lower::{Lower, Replaced};
use over::Lifted;
pub(super) use over::Over;

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
    /// Of a layer: what it changes of those below.
    pub(super) over: Over,
    /// Of a layer: where it contradicts those below, or does nothing.
    pub(super) conflicts: Vec<Problem>,
}

impl Linked {
    /// Adds sources; of several with one key the first stays.
    pub(super) fn add_sources(&mut self, sources: impl Iterator<Item = Source>) {
        self.sources.extend(sources);
        self.sources.sort_by(|one, other| one.key.cmp(&other.key));
        self.sources.dedup_by(|later, earlier| later.key == earlier.key);
    }
}

/// What becomes of the rows of entries and names while they are linked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rows {
    /// They stay in their tables, for the checks.
    Kept,
    /// They are used up, and those of entries dropped: a million rows in memory twice is a gigabyte.
    Spent,
}

/// Builds entries from tables, over the layers below if there are any, and appends to `problems` what does not fit together.
pub(super) fn link(tables: &mut Tables, rows: Rows, lower: Lower<'_>, problems: &mut Problems) -> Linked {
    let folders = count_folders(tables);
    let mut linker = Linker {
        linked: Linked::default(),
        lower,
        lifted: FxHashMap::default(),
        conflicts: problems.like(),
        problems,
        seen_rows: FxHashSet::default(),
        next_numbers: FxHashMap::default(),
    };
    linker.lift(tables);
    linker.remove(tables);
    linker.add_entries(tables);
    linker.add_people(tables);
    for table in &tables.lists {
        linker.add_list(table);
    }
    linker.check_references(tables);
    check_circles(tables, linker.problems);
    over::check_circles(tables, &linker.linked, lower, linker.problems);
    linker.add_all_names(tables, rows);
    for table in &tables.suppressed {
        linker.linked.suppressed.extend(table.rows.iter().map(|row| {
            let SuppressedRecord { surface, reason, example, source } = row.record.clone();
            Suppressed { surface, reason, example, source }
        }));
    }
    let ground = Ground { linked: &linker.linked, lower };
    linker.linked.guidance = link_guidance(tables, &ground, linker.problems, &mut linker.conflicts);
    linker.settle();
    let Linker { mut linked, conflicts, .. } = linker;
    linked.add_sources(tables.sources.iter().flat_map(|table| &table.rows).map(|row| {
        let SourceRecord { key, title, url, licence, accessed } = row.record.clone();
        Source { key, title, url, licence, accessed }
    }));
    linked.folders = folders;
    linked.conflicts = conflicts.into_list();
    linked
}

impl Linked {
    /// The entries of the layers below that rows are about, as they are with these rows.
    pub(super) fn below(&self, tables: &Tables, lower: Lower<'_>) -> Vec<Entry> {
        let ids = tables.entries.iter().flat_map(|table| table.rows.iter().map(|row| row.record.id.as_str()));
        let named = tables.names.iter().flat_map(|table| table.rows.iter().map(|row| row.record.entry.as_str()));
        let ground = Ground { linked: self, lower };
        let mut seen = FxHashSet::default();
        let ids = ids.chain(named).filter(|&id| !lower.is_nothing() && seen.insert(id) && ground.is_below(id));
        ids.filter_map(|id| ground.changed(id).cloned().or_else(|| lower.entry(id))).collect()
    }
}

/// The entries that a table may point at: a gazetteer's own, and those of the layers below.
pub(super) struct Ground<'g> {
    pub(super) linked: &'g Linked,
    pub(super) lower: Lower<'g>,
}

impl Ground<'_> {
    pub(super) fn has(&self, id: &EntryId) -> bool {
        let is_below = || self.lower.has(id.as_str()) && !self.linked.over.removed.contains(id);
        self.linked.by_id.contains_key(id) || is_below()
    }

    /// Whether an entry is one of the layers below, and no new one.
    pub(super) fn is_below(&self, id: &str) -> bool {
        self.changed(id).is_some() || self.lower.has(id) && !self.linked.by_id.contains_key(&EntryId::new(id))
    }

    /// The entry that a layer makes of one below.
    pub(super) fn changed(&self, id: &str) -> Option<&Entry> {
        let (&at, _) = (self.linked.by_id.get(&EntryId::new(id))?, self.linked.over.replaced.get(&EntryId::new(id))?);
        self.linked.entries.get(at)
    }

    /// The names of an entry.
    pub(super) fn names(&self, id: &EntryId) -> Vec<String> {
        let own = self.linked.by_id.get(id).map(|&at| self.linked.entries[at].clone());
        let entry = own.or_else(|| self.lower.entry(id.as_str()));
        entry.into_iter().flat_map(|entry| entry.names).map(|name| name.text).collect()
    }
}

struct Linker<'p> {
    linked: Linked,
    lower: Lower<'p>,
    /// Entries of layers below that rows are about.
    lifted: FxHashMap<EntryId, Lifted>,
    problems: &'p mut Problems,
    conflicts: Problems,
    /// Hashes of what tells rows of names apart. Of 128 bits no two are equal by chance.
    seen_rows: FxHashSet<u128>,
    /// The next number to try for an id made from a name.
    next_numbers: FxHashMap<String, u64>,
}

/// An index counts the names of an entry, and the spellings of a name, in 16 bits; nothing in the world has so many.
const MAX_NAMES: usize = 1_000;
const MAX_SPELLINGS: usize = 10_000;

const CORRECTION: &str = "fill it in, or remove the row; a row that corrects an entry of another gazetteer is known in a layer over that, such as `--over bundled`";

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
        for table in &tables.entries {
            for row in &table.rows {
                let position = table.position(row.row);
                if self.correct(&row.record, &position) {
                    continue;
                }
                for (column, is_blank) in [("kind", row.record.kind.is_none()), ("name", row.record.name.is_empty())] {
                    let help = if self.lower.is_nothing() { CORRECTION } else { "fill it in, or remove the row" };
                    if is_blank {
                        self.report(position.clone().column(column), "the cell is blank", help);
                    }
                }
                self.push(entry(&row.record), position);
            }
        }
    }

    fn add_people(&mut self, tables: &Tables) {
        for table in &tables.people {
            for row in &table.rows {
                let record = &row.record;
                let position = table.position(row.row);
                let Some(entry) = self.entry_mut(&record.entry) else {
                    self.problems.push(self.lower.unknown_entry(position.column("entry"), &record.entry));
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
                let office = Office {
                    title: record.title.clone(),
                    office: record.office.clone(),
                    period: record.period.clone(),
                    source: record.source.clone(),
                };
                let id = EntryId::new(record.entry.as_str());
                self.add_office(&id, office, &position);
            }
        }
    }

    fn add_all_names(&mut self, tables: &mut Tables, rows: Rows) {
        if rows == Rows::Spent {
            tables.entries.iter_mut().for_each(|table| table.rows = Vec::new());
        }
        for table in &mut tables.names {
            match rows {
                Rows::Kept => {
                    let rows = table.rows.iter().map(|row| (row.row, row.record.clone()));
                    self.add_names(&table.file, rows);
                }
                Rows::Spent => self.add_names(&table.file, spend(std::mem::take(&mut table.rows))),
            }
        }
    }

    fn add_names(&mut self, file: &str, rows: impl Iterator<Item = (u64, NameRecord)>) {
        for (row, record) in rows {
            let position = Position::row(file, row);
            if !self.seen_rows.insert(identity(&record)) {
                self.report(position, "the same spelling stands twice", "remove one of the rows");
                continue;
            }
            if self.entry_mut(&record.entry).is_none() {
                self.problems.push(self.lower.unknown_entry(position.column("entry"), &record.entry));
                continue;
            }
            let needs: Vec<EntryId> = record.needs.into_iter().map(EntryId::new).collect();
            let ground = Ground { linked: &self.linked, lower: self.lower };
            for id in needs.iter().filter(|id| !ground.has(id)) {
                self.problems.push(self.lower.unknown_entry(position.clone().column("needs"), id.as_str()));
            }
            let spelling = Spelling {
                text: record.spelling,
                lang: record.lang,
                kind: record.kind,
                preferred: record.preferred,
                rewrite: record.rewrite,
                needs,
                period: record.period,
                source: record.source,
                note: record.note,
            };
            let is_added = self.add_name(&record.entry, &record.name, spelling, &position);
            if !is_added {
                let message = format!("`{}` has more than 1,000 names or 10,000 spellings of one", record.entry);
                self.report(position.column("entry"), message, "correct the id; no place has so many");
            }
        }
    }

    fn add_name(&mut self, id: &str, name: &str, spelling: Spelling, position: &Position) -> bool {
        let key = EntryId::new(id);
        if self.lifted.contains_key(&key) {
            return self.add_to_lifted(&key, name, spelling, position);
        }
        self.entry_mut(id).is_some_and(|entry| add_spelling(entry, name, spelling))
    }

    fn add_list(&mut self, table: &Table<SimpleRecord>) {
        for row in &table.rows {
            let record = &row.record;
            let position = table.position(row.row);
            let id = if record.id.is_empty() { self.free_id(&table.file, &record.name) } else { record.id.clone() };
            let entry = simple_entry(id, record);
            if !self.correct(&correction(record), &position) {
                self.push(entry, position);
                continue;
            }
            // What a list calls the name is the canonical one; its other spellings are added.
            let variants = entry.names.into_iter().flat_map(|name| name.spellings).skip(1);
            for variant in variants {
                self.add_to_lifted(&entry.id, &record.name, variant, &position);
            }
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
        let ground = Ground { linked: &self.linked, lower: self.lower };
        let is_known = |id: &str| ground.has(&EntryId::new(id));
        let mut unknown = Vec::new();
        for table in &tables.entries {
            for row in &table.rows {
                for (column, id) in [("within", &row.record.within), ("disputed", &row.record.disputed)] {
                    if !id.is_empty() && !is_known(id) {
                        unknown.push((table.position(row.row).column(column), id.clone()));
                    }
                }
            }
        }
        for (position, id) in unknown {
            self.problems.push(self.lower.unknown_entry(position, &id));
        }
    }
}

/// The rows from first to last. Their memory is given back on the way, so that it can hold what is made of them.
fn spend(mut rows: Vec<Located<NameRecord>>) -> impl Iterator<Item = (u64, NameRecord)> {
    const STEP: usize = 1 << 15;
    rows.reverse();
    std::iter::from_fn(move || {
        let Located { row, record } = rows.pop()?;
        if rows.len().is_multiple_of(STEP) {
            rows.shrink_to_fit();
        }
        Some((row, record))
    })
}

/// What two rows of one spelling share.
fn identity(record: &NameRecord) -> u128 {
    let NameRecord { entry, name, lang, spelling, kind, .. } = record;
    let mut hasher = Xxh3::new();
    for part in [entry.as_str(), name, lang.as_str(), spelling, kind.as_str()] {
        hasher.update(part.as_bytes());
        hasher.update(b"\0");
    }
    hasher.digest128()
}

/// Adds a spelling to the name it belongs to; the canonical name is kept first. False if there are too many.
fn add_spelling(entry: &mut Entry, name: &str, spelling: Spelling) -> bool {
    let index = entry.names.iter().position(|known| known.text == name).unwrap_or_else(|| {
        let at = if name == entry.canonical { 0 } else { entry.names.len() };
        make_room(&mut entry.names);
        entry.names.insert(at, Name { text: name.to_owned(), spellings: Vec::new() });
        at
    });
    let is_within = entry.names.len() <= MAX_NAMES && entry.names[index].spellings.len() < MAX_SPELLINGS;
    if is_within {
        make_room(&mut entry.names[index].spellings);
        entry.names[index].spellings.push(spelling);
    } else if entry.names[index].spellings.is_empty() {
        entry.names.remove(index);
    }
    is_within
}

/// Makes room for one more, and for little besides: most places have one name and one or two spellings, and a vector that grows by itself
/// begins with four.
fn make_room<T>(list: &mut Vec<T>) {
    const FEW: usize = 8;
    if list.len() == list.capacity() && list.len() < FEW {
        list.reserve_exact(1 + list.len() / 2);
    }
}

fn entry(record: &EntryRecord) -> Entry {
    let reference = |id: &str| (!id.is_empty()).then(|| EntryId::new(id));
    Entry {
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
        ..Entry::new(EntryId::new(record.id.as_str()), record.kind.unwrap_or(Kind::Place))
    }
}

/// What a row of a person's own list corrects of an entry below.
fn correction(record: &SimpleRecord) -> EntryRecord {
    EntryRecord {
        id: record.id.clone(),
        kind: Some(record.kind).filter(|&kind| kind != Kind::Place),
        name: record.name.clone(),
        point: record.point,
        country: record.country.clone(),
        ..EntryRecord::default()
    }
}

/// An entry from a person's own list: one name, whose variants of the same script are to be replaced by it.
fn simple_entry(id: String, record: &SimpleRecord) -> Entry {
    let canonical = Spelling::new(record.name.as_str(), Lang::UNDETERMINED, SpellingKind::Canonical);
    let mut spellings = vec![Spelling { preferred: true, ..canonical }];
    for (text, lang) in &record.variants {
        let kind = if lang.is_some_and(|lang| lang != Lang::ENGLISH) {
            SpellingKind::Native
        } else {
            SpellingKind::Romanisation
        };
        spellings.push(Spelling::new(text.as_str(), lang.unwrap_or(Lang::UNDETERMINED), kind));
    }
    Entry {
        canonical: record.name.clone(),
        point: record.point,
        country: record.country.clone(),
        names: vec![Name { text: record.name.clone(), spellings }],
        ..Entry::new(EntryId::new(id), record.kind)
    }
}

/// `Karin Tak` → `karin-tak`.
pub(crate) fn slug(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(ascii_key).filter(|word| !word.is_empty()).collect();
    if words.is_empty() { "entry".to_owned() } else { words.join("-") }
}
