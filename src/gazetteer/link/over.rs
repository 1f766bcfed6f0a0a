//! What the rows of a layer do to entries of the gazetteers below: they add to them, correct them, take away from them.
//!
//! Every entry that a row touches is lifted into the layer, as it is below, and then changed there; what is left unchanged at the end is
//! dropped again. What contradicts the lower layers, or does nothing, is a conflict: it is done all the same, since the person
//! above is right about a gazetteer of their own, and it is reported.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::conflicts::{CHECK, Report};
use super::lower::{Lower, Replaced};
use super::{Linked, Linker};
use crate::error::{Position, Problem, Problems};
use crate::gazetteer::csv::EntryRecord;
use crate::gazetteer::entry::{Entry, EntryId, Name, Office, Period, Spelling};
use crate::gazetteer::files::Tables;
use crate::gazetteer::kind::SpellingKind;
use crate::lang::Lang;

/// What makes a gazetteer a layer over others.
#[derive(Clone, Debug, Default)]
pub(in crate::gazetteer) struct Over {
    /// Whether references to entries that it lacks mean those of other layers.
    pub(in crate::gazetteer) is_layer: bool,
    /// The identities of the layers below.
    pub(in crate::gazetteer) base: Vec<u64>,
    /// Its entries that stand for one below.
    pub(in crate::gazetteer) replaced: FxHashMap<EntryId, Replaced>,
    /// Entries below that it takes away.
    pub(in crate::gazetteer) removed: BTreeSet<EntryId>,
}

/// An entry of a layer below, before the rows above change it.
#[derive(Debug)]
pub(super) struct Lifted {
    pub(super) before: Entry,
    /// Before the topmost layer below changed it.
    pub(super) earlier: Option<Entry>,
    replaced: Replaced,
    pub(super) is_corrected: bool,
    /// Where its canonical spelling was removed.
    lacks_canonical: Option<Position>,
}

impl Linker<'_> {
    /// Lifts all entries of layers below that rows are about.
    pub(super) fn lift(&mut self, tables: &Tables) {
        if self.lower.is_nothing() {
            return;
        }
        macro_rules! lift {
            ($($table:ident.$id:ident),+) => {
                $(for row in tables.$table.iter().flat_map(|table| &table.rows) {
                    self.lift_entry(&row.record.$id);
                })+
            };
        }
        for row in tables.removed.iter().flat_map(|table| &table.rows) {
            let id = EntryId::new(row.record.entry.as_str());
            if row.record.spelling.is_empty() && self.lower.has(id.as_str()) {
                self.linked.over.removed.insert(id);
            }
        }
        lift!(entries.id, names.entry, people.entry, lists.id, newsworthy.entry, removed.entry);
    }

    fn lift_entry(&mut self, id: &str) {
        let key = EntryId::new(id);
        if self.lifted.contains_key(&key) || self.linked.over.removed.contains(&key) {
            return;
        }
        let Some(entry) = self.lower.entry(id) else {
            return;
        };
        self.linked.by_id.insert(key.clone(), self.linked.entries.len());
        self.linked.entries.push(entry.clone());
        let (earlier, replaced) = (self.lower.earlier(id), self.lower.replaced(id));
        let lifted = Lifted { before: entry, earlier, replaced, is_corrected: false, lacks_canonical: None };
        self.lifted.insert(key, lifted);
    }

    /// Takes away what the rows of removed.csv name.
    pub(super) fn remove(&mut self, tables: &Tables) {
        for table in &tables.removed {
            for row in &table.rows {
                let (record, position) = (&row.record, table.position(row.row));
                let id = EntryId::new(record.entry.as_str());
                let (column, message) = if record.spelling.is_empty() {
                    if self.linked.over.removed.contains(&id) {
                        continue;
                    }
                    ("entry", format!("no gazetteer below has an entry `{id}` to remove"))
                } else {
                    if self.remove_spelling(&id, &record.spelling, record.lang, position.clone()) {
                        continue;
                    }
                    ("spelling", format!("`{id}` has no spelling `{}` to remove", record.spelling))
                };
                let help = if self.lower.is_nothing() {
                    "say what the layer lies on, such as `--over bundled`"
                } else {
                    "correct the cell, or remove the row"
                };
                self.conflicts.push(Problem::warning(position.column(column), message, help));
            }
        }
    }

    fn remove_spelling(&mut self, id: &EntryId, spelling: &str, lang: Option<Lang>, position: Position) -> bool {
        let Some(lifted) = self.lifted.get_mut(id) else {
            return false;
        };
        let Some(&at) = self.linked.by_id.get(id) else {
            return false;
        };
        let entry = &mut self.linked.entries[at];
        let is_meant = |known: &Spelling| known.text == spelling && lang.is_none_or(|lang| lang == known.lang);
        let mut is_found = false;
        for name in &mut entry.names {
            name.spellings.retain(|known| {
                let goes = is_meant(known);
                is_found |= goes;
                if goes && known.kind == SpellingKind::Canonical {
                    lifted.lacks_canonical = Some(position.clone());
                }
                !goes
            });
        }
        entry.names.retain(|name| !name.spellings.is_empty());
        is_found
    }

    /// Corrects an entry below by a row of entries.csv: what is filled in counts. False if the id is none of an entry below.
    pub(super) fn correct(&mut self, record: &EntryRecord, position: &Position) -> bool {
        let id = EntryId::new(record.id.as_str());
        let Some(lifted) = self.lifted.get_mut(&id).filter(|lifted| !lifted.is_corrected) else {
            return false;
        };
        lifted.is_corrected = true;
        let Some(&at) = self.linked.by_id.get(&id) else {
            return false;
        };
        let entry = &mut self.linked.entries[at];
        overwrite(entry, record);
        if !record.name.is_empty() && record.name != entry.canonical {
            rename(entry, &record.name, &record.source);
        }
        let report = Report { id: &id, lifted, position };
        report.facts(entry, &mut self.conflicts);
        true
    }

    /// Adds a spelling to an entry below, or corrects one that it has. False if the entry has too many.
    pub(super) fn add_to_lifted(&mut self, id: &EntryId, name: &str, spelling: Spelling, position: &Position) -> bool {
        let (Some(lifted), Some(&at)) = (self.lifted.get(id), self.linked.by_id.get(id)) else {
            return false;
        };
        let report = Report { id, lifted, position };
        report.spelling(name, &spelling, &mut self.conflicts);
        let entry = &mut self.linked.entries[at];
        for known in entry.names.iter_mut().filter(|known| known.text == name).flat_map(|known| &mut known.spellings) {
            let is_rival = known.text != spelling.text;
            known.preferred &= !(spelling.preferred && is_rival && known.lang == spelling.lang);
        }
        let is_known = |known: &Spelling| known.text == spelling.text && known.lang == spelling.lang;
        let found = entry.names.iter_mut().filter(|known| known.text == name).flat_map(|known| &mut known.spellings);
        match found.into_iter().find(|known| is_known(known)) {
            None => super::add_spelling(entry, name, spelling),
            Some(known) => {
                *known = overlay(known, &spelling);
                true
            }
        }
    }

    /// Adds an office to a person; of a person below it corrects one that began at the same time.
    pub(super) fn add_office(&mut self, id: &EntryId, office: Office, position: &Position) {
        let Some(&at) = self.linked.by_id.get(id) else {
            return;
        };
        let person = self.linked.entries[at].person.get_or_insert_with(Default::default);
        let is_below = self.lifted.contains_key(id);
        let is_known = |known: &&mut Office| {
            is_below && known.office == office.office && known.period.since == office.period.since
        };
        match person.offices.iter_mut().find(is_known) {
            None => person.offices.push(office),
            Some(known) => {
                let is_same = known.title == office.title && known.period == office.period;
                let message = if is_same {
                    format!("the row adds nothing: `{id}` has the office already")
                } else {
                    format!("the office `{}` of `{id}`, until `{}`, is corrected", known.office, known.period.until)
                };
                self.conflicts.push(Problem::warning(position.clone().column("office"), message, CHECK));
                *known = office;
            }
        }
    }

    /// Drops what was lifted and not changed, and notes what the layer replaces.
    pub(super) fn settle(&mut self) {
        let is_newsworthy: Vec<EntryId> = self.linked.guidance.newsworthy.clone();
        let Linked { entries, by_id, over, guidance, .. } = &mut self.linked;
        entries.retain(|entry| {
            self.lifted.get(&entry.id).is_none_or(|lifted| {
                let is_raised = !lifted.replaced.is_newsworthy && is_newsworthy.binary_search(&entry.id).is_ok();
                is_raised || *entry != lifted.before
            })
        });
        *by_id = entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        for (id, lifted) in self.lifted.iter().filter(|(id, _)| by_id.contains_key(id)) {
            over.replaced.insert(id.clone(), lifted.replaced);
            let Some(position) = &lifted.lacks_canonical else {
                continue;
            };
            if !entries[by_id[id]].has_canonical() {
                let message = format!("the canonical spelling of `{id}` is removed, and no other takes its place");
                let help = "give the entry another `name` in a row of entries.csv, or remove the entry as a whole";
                self.problems.push(Problem::error(position.clone().column("spelling"), message, help));
            }
        }
        let lifted = self.lifted.iter().filter(|(_, lifted)| lifted.replaced.is_newsworthy);
        let own =
            std::mem::take(&mut guidance.newsworthy).into_iter().zip(std::mem::take(&mut guidance.newsworthy_sources));
        // What stands for an entry that news names is named as well; the source stands below.
        let kept = lifted.map(|(id, _)| (id.clone(), String::new()));
        let newsworthy: BTreeMap<EntryId, String> = kept.chain(own).filter(|(id, _)| by_id.contains_key(id)).collect();
        (guidance.newsworthy, guidance.newsworthy_sources) = newsworthy.into_iter().unzip();
        over.is_layer = !self.lower.is_nothing();
        over.base = self.lower.identities();
    }
}

fn overwrite(entry: &mut Entry, record: &EntryRecord) {
    fn set<T: Clone>(field: &mut Option<T>, value: &Option<T>) {
        if value.is_some() {
            field.clone_from(value);
        }
    }
    fn set_text(field: &mut String, value: &String) {
        if !value.is_empty() {
            field.clone_from(value);
        }
    }
    let reference = |id: &str| (!id.is_empty()).then(|| EntryId::new(id));
    entry.kind = record.kind.unwrap_or(entry.kind);
    set(&mut entry.point, &record.point);
    set(&mut entry.precision_km, &record.precision_km);
    set(&mut entry.population, &record.population);
    set(&mut entry.geonames, &record.geonames);
    set(&mut entry.disputed, &reference(&record.disputed));
    set(&mut entry.within, &reference(&record.within));
    set_text(&mut entry.country, &record.country);
    set_text(&mut entry.wikidata, &record.wikidata);
    set_text(&mut entry.period.since, &record.period.since);
    set_text(&mut entry.period.until, &record.period.until);
    set_text(&mut entry.note, &record.note);
    let new: Vec<String> = record.source.iter().filter(|key| !entry.source.contains(key)).cloned().collect();
    entry.source.extend(new);
}

/// A spelling with what a row says of it: as with entries, what is filled in counts.
pub(super) fn overlay(below: &Spelling, row: &Spelling) -> Spelling {
    let text = |own: &String, other: &String| if own.is_empty() { other.clone() } else { own.clone() };
    let mut source = below.source.clone();
    source.extend(row.source.iter().filter(|key| !below.source.contains(key)).cloned());
    Spelling {
        text: row.text.clone(),
        lang: row.lang,
        kind: row.kind,
        preferred: row.preferred || below.preferred,
        rewrite: row.rewrite.or(below.rewrite),
        needs: if row.needs.is_empty() { below.needs.clone() } else { row.needs.clone() },
        period: Period {
            since: text(&row.period.since, &below.period.since),
            until: text(&row.period.until, &below.period.until),
        },
        source,
        note: text(&row.note, &below.note),
    }
}

/// Makes another name the canonical one: its preferred English spelling, put there if it is missing, is the canonical spelling.
pub(super) fn rename(entry: &mut Entry, name: &str, source: &[String]) {
    for spelling in entry.names.iter_mut().flat_map(|name| &mut name.spellings) {
        if spelling.kind == SpellingKind::Canonical {
            spelling.kind = SpellingKind::Name;
        }
    }
    entry.canonical = name.to_owned();
    match entry.names.iter().position(|known| known.text == name) {
        Some(at) => entry.names[..=at].rotate_right(1),
        None => entry.names.insert(0, Name { text: name.to_owned(), spellings: Vec::new() }),
    }
    let spellings = &mut entry.names[0].spellings;
    let is_english = |lang: Lang| lang == Lang::ENGLISH || lang == Lang::UNDETERMINED;
    match spellings.iter_mut().find(|spelling| spelling.text == name && is_english(spelling.lang)) {
        Some(spelling) => (spelling.kind, spelling.preferred) = (SpellingKind::Canonical, true),
        None => spellings.insert(0, Spelling::canonical(name, source)),
    }
}

/// Reports rows whose entry is, through entries below, within itself.
pub(super) fn check_circles(tables: &Tables, linked: &Linked, lower: Lower<'_>, problems: &mut Problems) {
    const MAX_DEPTH: usize = 100;
    if lower.is_nothing() {
        return;
    }
    let outer = |id: &EntryId| match linked.by_id.get(id) {
        Some(&at) => linked.entries[at].within.clone(),
        None => lower.within(id.as_str()).map(EntryId::new),
    };
    for table in &tables.entries {
        for row in table.rows.iter().filter(|row| !row.record.within.is_empty()) {
            let id = EntryId::new(row.record.id.as_str());
            let mut chain = std::iter::successors(outer(&id), outer).take(MAX_DEPTH);
            if chain.any(|outer| outer == id) {
                let message = format!("`{id}` is within itself, through entries of the gazetteers below");
                let position = table.position(row.row).column("within");
                problems.push(Problem::error(position, message, "correct `within`"));
            }
        }
    }
}
