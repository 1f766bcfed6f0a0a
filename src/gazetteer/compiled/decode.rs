//! Compiled gazetteers as a [`Gazetteer`] again, with everything that their files said; of several layers what is left when each
//! has changed those below.

use rustc_hash::{FxHashMap, FxHashSet};

use super::records::{FolderRecord, LanguageRecord, OfficeRecord, Text};
use super::view::{EntryView, NameView, SpellingView};
use super::{Compiled, Layers, Section};
use crate::gazetteer::guidance::Guidance;
use crate::gazetteer::link::Linked;
use crate::gazetteer::{
    CommonSurface, Entry, EntryId, Gazetteer, Language, Name, Office, Period, Person, Policy, Share, Spelling,
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
    for (surface, reason) in layers.all().iter().flat_map(|layer| layer.suppressed().iter()) {
        if known.insert(surface) {
            linked.suppressed.push(Suppressed { surface: surface.into(), reason: reason.into() });
        }
    }
    linked.guidance = guidance(layers);
    for layer in layers.all() {
        for record in layer.file.records::<FolderRecord>(Section::Folders) {
            let share = Share { editorial: record.editorial.get() as usize, rows: record.rows.get() as usize };
            linked.folders.entry(layer.text(record.folder).to_owned()).or_default().add_all(share);
        }
    }
    Gazetteer { linked: linked.into() }
}

fn guidance(layers: &Layers) -> Guidance {
    let mut guidance = Guidance::default();
    let mut rules: FxHashMap<(&str, Option<u32>), usize> = FxHashMap::default();
    for (policy, entry, choose) in layers.policies() {
        let id = entry.map(|number| EntryId::new(layers.entry(number).id()));
        let rule = Policy { policy: policy.to_owned(), entry: id, choose };
        match rules.get(&(policy, entry)) {
            Some(&lower) => guidance.policies[lower] = rule,
            None => {
                rules.insert((policy, entry), guidance.policies.len());
                guidance.policies.push(rule);
            }
        }
    }
    let (mut surfaces, mut langs) = (FxHashSet::default(), FxHashSet::default());
    for layer in layers.all() {
        let common = layer.common().iter().filter(|&(surface, _)| surfaces.insert(surface));
        let common = common.map(|(surface, reason)| CommonSurface { surface: surface.into(), reason: reason.into() });
        guidance.common.extend(common);
        for record in layer.file.records::<LanguageRecord>(Section::Languages) {
            let lang = layer.text(record.lang).parse().unwrap_or(Lang::UNDETERMINED);
            if langs.insert(lang) {
                guidance.languages.push(Language { lang, title: layer.text(record.title).to_owned() });
            }
        }
    }
    let newsworthy = layers.entries().map(|number| layers.entry(number)).filter(|entry| entry.is_newsworthy());
    guidance.newsworthy = newsworthy.map(|entry| EntryId::new(entry.id())).collect();
    guidance.newsworthy.sort();
    guidance
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
    let sources = compiled.file.records::<Text>(Section::Sources);
    let joined = sources.get(usize::from(number)).map_or("", |&text| compiled.text(text));
    joined.split(';').filter(|key| !key.is_empty()).map(str::to_owned).collect()
}
