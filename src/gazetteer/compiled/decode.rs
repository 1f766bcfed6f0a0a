//! Compiled gazetteers as a [`Gazetteer`] again, with everything that their files said; of several layers what is left when each
//! has changed those below.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::records::{
    FolderRecord, LanguageRecord, NewsworthyRecord, OfficeRecord, PolicyRecord, SourceRecord, SurfaceRecord, Text,
};
use super::view::{EntryView, NameView, SpellingView};
use super::{Compiled, Layers, Section};
use crate::gazetteer::guidance::Guidance;
use crate::gazetteer::link::Linked;
use crate::gazetteer::{
    CommonSurface, Entry, EntryId, Gazetteer, Language, Name, Office, Period, Person, Policy, Share, Source, Spelling,
    Suppressed,
};
use crate::lang::Lang;

/// Decodes all entries: slow, for those who want to see or change them.
pub(crate) fn decode(layers: &Layers) -> Gazetteer {
    let mut linked = Linked::default();
    for number in layers.entries() {
        let entry = decode_entry(layers, number);
        linked.by_id.insert(entry.id.clone(), linked.entries.len());
        linked.entries.push(entry);
    }
    let mut known = FxHashSet::default();
    for layer in layers.all() {
        let records = layer.file.records::<SurfaceRecord>(Section::Suppressed).iter();
        let records = records.filter(|record| known.insert(layer.text(record.surface)));
        linked.suppressed.extend(records.map(|record| {
            let [surface, reason, example, source] = surface(layer, record);
            Suppressed { surface, reason, example, source }
        }));
        let titles = layer.file.records(Section::SourceTitles).iter();
        linked.add_sources(titles.map(|record| source_title(layer, record)));
        for record in layer.file.records::<FolderRecord>(Section::Folders) {
            let share = Share { editorial: record.editorial.get() as usize, rows: record.rows.get() as usize };
            linked.folders.entry(layer.text(record.folder).to_owned()).or_default().add_all(share);
        }
    }
    linked.guidance = guidance(layers);
    Gazetteer { linked: linked.into() }
}

fn surface(compiled: &Compiled, record: &SurfaceRecord) -> [String; 4] {
    let source = label(compiled, record.source.get()).to_owned();
    let [surface, reason, example] =
        [record.surface, record.reason, record.example].map(|text| compiled.text(text).to_owned());
    [surface, reason, example, source]
}

fn source_title(compiled: &Compiled, record: &SourceRecord) -> Source {
    let text = |text: Text| compiled.text(text).to_owned();
    Source {
        key: text(record.key),
        title: text(record.title),
        url: text(record.url),
        licence: text(record.licence),
        accessed: text(record.accessed),
    }
}

fn guidance(layers: &Layers) -> Guidance {
    let mut guidance = Guidance { policies: policies(layers), ..Guidance::default() };
    let (mut surfaces, mut langs) = (FxHashSet::default(), FxHashSet::default());
    for layer in layers.all() {
        let records = layer.file.records::<SurfaceRecord>(Section::Common).iter();
        let records = records.filter(|record| surfaces.insert(layer.text(record.surface)));
        guidance.common.extend(records.map(|record| {
            let [surface, reason, example, source] = surface(layer, record);
            CommonSurface { surface, reason, example, source }
        }));
        for record in layer.file.records::<LanguageRecord>(Section::Languages) {
            let lang = layer.text(record.lang).parse().unwrap_or(Lang::UNDETERMINED);
            if langs.insert(lang) {
                let source = label(layer, record.source.get()).to_owned();
                guidance.languages.push(Language { lang, title: layer.text(record.title).to_owned(), source });
            }
        }
    }
    (guidance.newsworthy, guidance.newsworthy_sources) = newsworthy(layers).into_iter().unzip();
    guidance
}

/// The rules of all policies; of two for one entry the upper layer's.
fn policies(layers: &Layers) -> Vec<Policy> {
    let mut policies: Vec<Policy> = Vec::new();
    let mut known: FxHashMap<(&str, Option<u32>), usize> = FxHashMap::default();
    for (at, layer) in layers.all().iter().enumerate() {
        for record in layer.file.records::<PolicyRecord>(Section::Policies) {
            let (policy, entry, choose) = layer.policy(record);
            let entry = entry.map(|number| layer.reference(Layers::base(at), number));
            if entry == Some(None) {
                continue;
            }
            let number = entry.flatten();
            let id = number.map(|number| EntryId::new(layers.entry(number).id()));
            let source = label(layer, record.source.get()).to_owned();
            let rule = Policy { policy: policy.to_owned(), entry: id, choose, source };
            match known.get(&(policy, number)) {
                Some(&below) => policies[below] = rule,
                None => {
                    known.insert((policy, number), policies.len());
                    policies.push(rule);
                }
            }
        }
    }
    policies
}

/// The entries that news names, each with its `source` cell, which what replaces an entry does not repeat.
fn newsworthy(layers: &Layers) -> BTreeMap<EntryId, String> {
    let entries = layers.entries().map(|number| layers.entry(number)).filter(|entry| entry.is_newsworthy());
    let mut newsworthy: BTreeMap<EntryId, String> =
        entries.map(|entry| (EntryId::new(entry.id()), String::new())).collect();
    for layer in layers.all() {
        for record in layer.file.records::<NewsworthyRecord>(Section::Newsworthy) {
            let id = layer.referred_id(record.entry.get()).map(EntryId::new);
            if let Some(source) = id.and_then(|id| newsworthy.get_mut(&id)).filter(|source| source.is_empty()) {
                label(layer, record.source.get()).clone_into(source);
            }
        }
    }
    newsworthy
}

/// The entry with this number among all layers.
pub(crate) fn decode_entry(layers: &Layers, number: u32) -> Entry {
    let (compiled, ..) = layers.locate(number);
    let view = layers.entry(number);
    let record = view.record();
    // What is contained in a removed entry is in none; what needs one is never meant, so that need stays.
    let is_there = |id: &&str| layers.position(id).is_some();
    let id = |number: u32| compiled.referred_id(number).filter(is_there).map(EntryId::new);
    Entry {
        id: EntryId::new(view.id()),
        kind: view.kind(),
        canonical: view.canonical().to_owned(),
        point: view.point(),
        precision_km: view.precision_km(),
        country: view.country().as_str().to_owned(),
        disputed: id(record.disputed.get()),
        within: id(record.within.get()),
        population: view.population(),
        geonames: view.geonames(),
        wikidata: compiled.text(record.wikidata).to_owned(),
        period: period(compiled, record.since, record.until),
        source: source(compiled, record.source.get()),
        note: compiled.text(record.note).to_owned(),
        names: view.names().map(|view| name(compiled, view)).collect(),
        person: person(compiled, view),
    }
}

fn person(compiled: &Compiled, view: EntryView<'_>) -> Option<Person> {
    view.person().map(|view| Person {
        given: view.given().to_owned(),
        family: view.family().to_owned(),
        offices: view.offices().iter().map(|record| office(compiled, record)).collect(),
    })
}

fn name(compiled: &Compiled, view: NameView<'_>) -> Name {
    Name { text: view.text().to_owned(), spellings: view.spellings().map(|view| spelling(compiled, view)).collect() }
}

fn spelling(compiled: &Compiled, view: SpellingView<'_>) -> Spelling {
    let detail = view.detail().unwrap_or_default();
    let needs = view.listed_needs().iter().filter_map(|number| compiled.referred_id(number.get()));
    Spelling {
        text: view.text().to_owned(),
        lang: view.lang(),
        kind: view.kind(),
        preferred: view.is_preferred(),
        rewrite: view.rewrite(),
        needs: needs.map(EntryId::new).collect(),
        period: period(compiled, detail.since, detail.until),
        source: source(compiled, view.record().source.get()),
        note: compiled.text(detail.note).to_owned(),
    }
}

fn office(compiled: &Compiled, record: &OfficeRecord) -> Office {
    Office {
        title: compiled.text(record.title).to_owned(),
        office: compiled.text(record.office).to_owned(),
        period: period(compiled, record.since, record.until),
        source: source(compiled, record.source.get()),
    }
}

fn period(compiled: &Compiled, since: Text, until: Text) -> Period {
    Period { since: compiled.text(since).to_owned(), until: compiled.text(until).to_owned() }
}

fn source(compiled: &Compiled, number: u16) -> Vec<String> {
    label(compiled, number).split(';').filter(|key| !key.is_empty()).map(str::to_owned).collect()
}

/// Source keys as their cell joins them.
fn label(compiled: &Compiled, number: u16) -> &str {
    let sources = compiled.file.records::<Text>(Section::Sources);
    sources.get(usize::from(number)).map_or("", |&text| compiled.text(text))
}
