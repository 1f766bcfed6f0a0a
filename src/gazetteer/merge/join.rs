//! Two entries that are the same become one, and an entry that only the second gazetteer has gets an id that is free.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Disagreement;
use super::grid::keys_of;
use super::pairs::By;
use crate::gazetteer::entry::{Entry, EntryId, Name, Office, Spelling};
use crate::gazetteer::facts::{differences, entry_facts};
use crate::gazetteer::kind::SpellingKind;
use crate::lang::Lang;
use crate::script::Script;
use crate::text::key_of;
use crate::translit::{Aligner, Sounding};

/// Points nearer than this, in kilometres, say the same.
const MIN_DISTANCE_KM: f64 = 1.0;
/// A spelling that sounds so like a name is one of it.
const SOUNDS_ALIKE: f32 = 0.75;
/// Populations that differ by less than this share say the same.
const SAME_POPULATION: f64 = 0.2;

pub(super) struct Joiner {
    entries: Vec<Entry>,
    /// What the second gazetteer's ids have become.
    ids: FxHashMap<EntryId, EntryId>,
    /// Entries of the first gazetteer that got their container from the second.
    contained: Vec<usize>,
    disagreements: Vec<Disagreement>,
}

impl Joiner {
    pub(super) fn new(first: &[Entry], second: &[Entry], partners: &[Option<(usize, By)>]) -> Self {
        let mut taken: FxHashMap<EntryId, ()> = first.iter().map(|entry| (entry.id.clone(), ())).collect();
        let mut ids = FxHashMap::default();
        for (theirs, partner) in second.iter().zip(partners) {
            let id = match partner {
                Some((at, _)) => first[*at].id.clone(),
                None => free_id(theirs, &taken),
            };
            taken.insert(id.clone(), ());
            ids.insert(theirs.id.clone(), id);
        }
        let mut entries = first.to_vec();
        entries.iter_mut().flat_map(spellings_mut).for_each(tag_canonical);
        Self { entries, ids, contained: Vec::new(), disagreements: Vec::new() }
    }

    /// The id in the merged gazetteer of an entry of the second.
    fn id(&self, id: &EntryId) -> EntryId {
        self.ids.get(id).unwrap_or(id).clone()
    }

    /// An entry of the second gazetteer with the ids that it has in the merged one.
    fn adopted(&self, theirs: &Entry) -> Entry {
        let mut entry = theirs.clone();
        entry.id = self.id(&entry.id);
        entry.within = entry.within.map(|id| self.id(&id));
        entry.disputed = entry.disputed.map(|id| self.id(&id));
        for id in spellings_mut(&mut entry).flat_map(|spelling| &mut spelling.needs) {
            *id = self.id(id);
        }
        entry
    }

    pub(super) fn add(&mut self, theirs: &Entry) {
        let mut entry = self.adopted(theirs);
        spellings_mut(&mut entry).for_each(tag_canonical);
        self.entries.push(entry);
    }

    /// Joins an entry of the second gazetteer with one of the first.
    pub(super) fn join(&mut self, at: usize, theirs: &Entry) {
        let theirs = self.adopted(theirs);
        let mine = &mut self.entries[at];
        report(mine, &theirs, &mut self.disagreements);
        if mine.within.is_none() && theirs.within.as_ref().is_some_and(|id| *id != mine.id) {
            mine.within.clone_from(&theirs.within);
            self.contained.push(at);
        }
        fill(mine, &theirs);
        for name in theirs.names {
            add_name(mine, name);
        }
        for office in theirs.person.map(|person| person.offices).unwrap_or_default() {
            let person = mine.person.get_or_insert_with(Default::default);
            let is_same = |known: &Office| known.office == office.office && known.period.since == office.period.since;
            if !person.offices.iter().any(is_same) {
                person.offices.push(office);
            }
        }
    }

    /// The merged entries, what the second gazetteer's ids have become, and what the two say differently.
    pub(super) fn finish(mut self) -> (Vec<Entry>, FxHashMap<EntryId, EntryId>, Vec<Disagreement>) {
        const MAX_DEPTH: usize = 100;
        let by_id: FxHashMap<EntryId, usize> =
            self.entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        for &at in &self.contained {
            // What each gazetteer says alone may go round in a circle when put together.
            let outer = |&at: &usize| by_id.get(self.entries[at].within.as_ref()?).copied();
            if std::iter::successors(outer(&at), outer).take(MAX_DEPTH).any(|outer| outer == at) {
                self.entries[at].within = None;
            }
        }
        (self.entries, self.ids, self.disagreements)
    }
}

/// Marks the canonical spelling of a list, which says no language, as English where it can be.
fn tag_canonical(spelling: &mut Spelling) {
    let is_untagged = spelling.kind == SpellingKind::Canonical && spelling.lang == Lang::UNDETERMINED;
    if is_untagged && Script::of(&spelling.text).is_none_or(|script| script == Script::Latin) {
        spelling.lang = Lang::ENGLISH;
    }
}

fn spellings_mut(entry: &mut Entry) -> impl Iterator<Item = &mut Spelling> {
    entry.names.iter_mut().flat_map(|name| &mut name.spellings)
}

/// An entry's own id, or one made from it that is not taken.
fn free_id(entry: &Entry, taken: &FxHashMap<EntryId, ()>) -> EntryId {
    let id = entry.id.as_str();
    let geonames = entry.geonames.map(|number| format!("{id}-g{number}"));
    let wikidata = Some(format!("{id}-{}", entry.wikidata.to_lowercase())).filter(|_| !entry.wikidata.is_empty());
    let numbered = (2..).map(|number| format!("{id}-{number}"));
    let mut ids = std::iter::once(id.to_owned()).chain(geonames).chain(wikidata).chain(numbered).map(EntryId::new);
    ids.find(|id| !taken.contains_key(id)).unwrap_or_else(|| entry.id.clone())
}

/// Notes where both say something and not the same.
fn report(mine: &Entry, theirs: &Entry, disagreements: &mut Vec<Disagreement>) {
    let mut push = |column: &str, kept: String, other: String| {
        disagreements.push(Disagreement { id: mine.id.to_string(), column: column.to_owned(), kept, other });
    };
    if let (Some(here), Some(there)) = (mine.point, theirs.point)
        && here.kilometres_to(there) >= MIN_DISTANCE_KM
    {
        let show = |point: crate::gazetteer::Point| format!("{}, {}", point.latitude, point.longitude);
        push("latitude,longitude", show(here), show(there));
    }
    for (column, kept, other) in differences(entry_facts(mine), entry_facts(theirs)) {
        let says_nothing = match column {
            "name" => key_of(&kept) == key_of(&other),
            "kind" => other == "place",
            "population" => is_alike(mine.population, theirs.population),
            "precision_km" => true,
            _ => false,
        };
        if !says_nothing && !kept.is_empty() && !other.is_empty() {
            push(column, kept, other);
        }
    }
}

fn is_alike(one: Option<u64>, other: Option<u64>) -> bool {
    let (one, other) = (one.unwrap_or_default() as f64, other.unwrap_or_default() as f64);
    (one - other).abs() <= SAME_POPULATION * one.max(other)
}

/// Fills in what is blank.
fn fill(mine: &mut Entry, theirs: &Entry) {
    fn set<T: Clone>(field: &mut Option<T>, value: &Option<T>) {
        if field.is_none() {
            field.clone_from(value);
        }
    }
    fn set_text(field: &mut String, value: &String) {
        if field.is_empty() {
            field.clone_from(value);
        }
    }
    if mine.kind == crate::gazetteer::Kind::Place {
        mine.kind = theirs.kind;
    }
    set(&mut mine.point, &theirs.point);
    set(&mut mine.precision_km, &theirs.precision_km);
    set(&mut mine.disputed, &theirs.disputed);
    set(&mut mine.population, &theirs.population);
    set(&mut mine.geonames, &theirs.geonames);
    set_text(&mut mine.country, &theirs.country);
    set_text(&mut mine.wikidata, &theirs.wikidata);
    set_text(&mut mine.period.since, &theirs.period.since);
    set_text(&mut mine.period.until, &theirs.period.until);
    set_text(&mut mine.note, &theirs.note);
    add_sources(&mut mine.source, &theirs.source);
}

fn add_sources(mine: &mut Vec<String>, theirs: &[String]) {
    for key in theirs {
        if !mine.contains(key) {
            mine.push(key.clone());
        }
    }
}

/// Adds the spellings of a name to the same name, else to one that has a spelling of it, whatever the script, else as another name.
fn add_name(mine: &mut Entry, mut theirs: Name) {
    let (key, keys) = (key_of(&theirs.text), keys_of(theirs.spellings.iter()));
    let shares = |name: &Name| !keys_of(name.spellings.iter()).is_disjoint(&keys);
    let same = mine.names.iter().position(|name| key_of(&name.text) == key);
    let at = same.or_else(|| mine.names.iter().position(shares)).unwrap_or_else(|| {
        theirs.spellings.iter_mut().for_each(tag_canonical);
        mine.names.push(Name { text: theirs.text, spellings: Vec::new() });
        mine.names.len() - 1
    });
    let known_keys: Vec<FxHashSet<String>> = mine.names.iter().map(|name| keys_of(name.spellings.iter())).collect();
    for mut spelling in theirs.spellings {
        if let Some(known) = spellings_mut(mine).find(|known| is_same(known, &spelling)) {
            add_sources(&mut known.source, &spelling.source);
            continue;
        }
        let name = name_of(mine, &known_keys, &spelling, at);
        let name = &mut mine.names[name];
        spelling.preferred &= !name.spellings.iter().any(|known| known.preferred && known.lang == spelling.lang);
        // The preferred English spelling is the name itself.
        spelling.preferred &= spelling.lang != Lang::ENGLISH || spelling.text == name.text;
        if spelling.kind == SpellingKind::Canonical {
            spelling.kind = SpellingKind::Name;
        }
        name.spellings.push(spelling);
    }
    mine.names.retain(|name| !name.spellings.is_empty());
}

/// Which name a spelling writes: by its key, else by its sound; else `usual`. Many a source has all spellings of a place under one name, and
/// put there, Ханкенди would be corrected to Stepanakert.
fn name_of(entry: &Entry, keys: &[FxHashSet<String>], spelling: &Spelling, usual: usize) -> usize {
    let own = keys_of(std::iter::once(spelling));
    let names = || std::iter::once(usual).chain(0..entry.names.len());
    if let Some(name) = names().find(|&name| !keys[name].is_disjoint(&own)) {
        return name;
    }
    let (sound, mut aligner) = (Sounding::of(&spelling.text), Aligner::default());
    let mut best = (usual, SOUNDS_ALIKE);
    for name in names().filter(|_| entry.names.len() > 1) {
        let alike = aligner.similarity(&sound, &Sounding::of(&entry.names[name].text), best.1);
        best = alike.filter(|&alike| alike > best.1).map_or(best, |alike| (name, alike));
    }
    best.0
}

/// Whether two spellings are one; a list's says no language.
fn is_same(one: &Spelling, other: &Spelling) -> bool {
    let is_untold = |lang: Lang| lang == Lang::UNDETERMINED;
    one.text == other.text && (one.lang == other.lang || is_untold(one.lang) || is_untold(other.lang))
}
