//! A compiled gazetteer as a [`Gazetteer`] again, with everything that its files said.

use zerocopy::little_endian::U16;

use super::records::{
    FolderRecord, LanguageRecord, NewsworthyRecord, OfficeRecord, PolicyRecord, SourceRecord, SurfaceRecord, Text,
};
use super::view::{EntryView, NameView, SpellingView};
use super::{Compiled, Section};
use crate::gazetteer::guidance::Guidance;
use crate::gazetteer::link::Linked;
use crate::gazetteer::{
    CommonSurface, Entry, EntryId, Gazetteer, Language, Name, Office, Period, Person, Policy, Share, Source, Spelling,
    Suppressed,
};
use crate::lang::Lang;

/// Decodes all entries: slow, for those who want to see or change them.
pub(crate) fn decode(compiled: &Compiled) -> Gazetteer {
    let mut linked = Linked::default();
    for number in 0..compiled.len() {
        let entry = entry(compiled, compiled.entry(number));
        linked.by_id.insert(entry.id.clone(), linked.entries.len());
        linked.entries.push(entry);
    }
    let phrase = |record: &SurfaceRecord| {
        let [surface, reason, example] = surface(compiled, record);
        Suppressed { surface, reason, example, source: label(compiled, record.source.get()).to_owned() }
    };
    let file = &compiled.file;
    linked.suppressed = file.records(Section::Suppressed).iter().map(phrase).collect();
    linked.sources = file.records(Section::SourceTitles).iter().map(|record| source_title(compiled, record)).collect();
    linked.guidance = guidance(compiled);
    let folders = file.records::<FolderRecord>(Section::Folders).iter();
    linked.folders = folders.map(|record| folder(compiled, record)).collect();
    Gazetteer { linked: linked.into() }
}

fn folder(compiled: &Compiled, record: &FolderRecord) -> (String, Share) {
    let share = Share { editorial: record.editorial.get() as usize, rows: record.rows.get() as usize };
    (compiled.text(record.folder).to_owned(), share)
}

fn surface(compiled: &Compiled, record: &SurfaceRecord) -> [String; 3] {
    [record.surface, record.reason, record.example].map(|text| compiled.text(text).to_owned())
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

fn guidance(compiled: &Compiled) -> Guidance {
    let source = |number: U16| label(compiled, number.get()).to_owned();
    let common = |record: &SurfaceRecord| {
        let [surface, reason, example] = surface(compiled, record);
        CommonSurface { surface, reason, example, source: source(record.source) }
    };
    let language = |record: &LanguageRecord| {
        let lang = compiled.text(record.lang).parse().unwrap_or(Lang::UNDETERMINED);
        Language { lang, title: compiled.text(record.title).to_owned(), source: source(record.source) }
    };
    let id = |number: u32| EntryId::new(compiled.entry(number).id());
    let policy = |record: &PolicyRecord| {
        let (policy, entry, choose) = compiled.policy(record);
        Policy { policy: policy.to_owned(), entry: entry.map(id), choose, source: source(record.source) }
    };
    let file = &compiled.file;
    let newsworthy = file.records::<NewsworthyRecord>(Section::Newsworthy).iter();
    Guidance {
        policies: file.records(Section::Policies).iter().map(policy).collect(),
        common: file.records(Section::Common).iter().map(common).collect(),
        languages: file.records(Section::Languages).iter().map(language).collect(),
        newsworthy: newsworthy.clone().map(|record| id(record.entry.get())).collect(),
        newsworthy_sources: newsworthy.map(|record| source(record.source)).collect(),
    }
}

fn entry(compiled: &Compiled, view: EntryView<'_>) -> Entry {
    let record = view.record();
    let id = |number: u32| EntryId::new(compiled.entry(number).id());
    Entry {
        id: EntryId::new(view.id()),
        kind: view.kind(),
        canonical: view.canonical().to_owned(),
        point: view.point(),
        precision_km: view.precision_km(),
        country: view.country().as_str().to_owned(),
        disputed: view.disputed().map(id),
        within: view.within().map(id),
        population: view.population(),
        geonames: view.geonames(),
        wikidata: compiled.text(record.wikidata).to_owned(),
        period: period(compiled, record.since, record.until),
        source: source(compiled, record.source.get()),
        note: compiled.text(record.note).to_owned(),
        names: view.names().map(|view| name(compiled, view)).collect(),
        person: view.person().map(|view| Person {
            given: view.given().to_owned(),
            family: view.family().to_owned(),
            offices: view.offices().iter().map(|record| office(compiled, record)).collect(),
        }),
    }
}

fn name(compiled: &Compiled, view: NameView<'_>) -> Name {
    Name { text: view.text().to_owned(), spellings: view.spellings().map(|view| spelling(compiled, view)).collect() }
}

fn spelling(compiled: &Compiled, view: SpellingView<'_>) -> Spelling {
    let detail = view.detail().unwrap_or_default();
    Spelling {
        text: view.text().to_owned(),
        lang: view.lang(),
        kind: view.kind(),
        preferred: view.is_preferred(),
        rewrite: view.rewrite(),
        needs: view.needs().map(|number| EntryId::new(compiled.entry(number).id())).collect(),
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
