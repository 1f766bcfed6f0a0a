//! A compiled gazetteer as a [`Gazetteer`] again, with everything that its files said.

use zerocopy::little_endian::U32;

use super::records::{FolderRecord, LanguageRecord, OfficeRecord, Text};
use super::view::{EntryView, NameView, SpellingView};
use super::{Compiled, Section};
use crate::gazetteer::guidance::Guidance;
use crate::gazetteer::link::Linked;
use crate::gazetteer::{
    Choice, CommonSurface, Entry, EntryId, Gazetteer, Language, Name, Office, Period, Person, Policy, Share, Spelling,
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
    let phrase = |(surface, reason): (&str, &str)| Suppressed { surface: surface.into(), reason: reason.into() };
    linked.suppressed = compiled.suppressed().iter().map(phrase).collect();
    linked.guidance = guidance(compiled);
    let folders = compiled.file.records::<FolderRecord>(Section::Folders).iter();
    linked.folders = folders.map(|record| folder(compiled, record)).collect();
    Gazetteer { linked: linked.into() }
}

fn folder(compiled: &Compiled, record: &FolderRecord) -> (String, Share) {
    let share = Share { editorial: record.editorial.get() as usize, rows: record.rows.get() as usize };
    (compiled.text(record.folder).to_owned(), share)
}

fn guidance(compiled: &Compiled) -> Guidance {
    let common = |(surface, reason): (&str, &str)| CommonSurface { surface: surface.into(), reason: reason.into() };
    let language = |record: &LanguageRecord| {
        let lang = compiled.text(record.lang).parse().unwrap_or(Lang::UNDETERMINED);
        Language { lang, title: compiled.text(record.title).to_owned() }
    };
    let id = |number: u32| EntryId::new(compiled.entry(number).id());
    let policy = |(policy, entry, choose): (&str, Option<u32>, Choice)| Policy {
        policy: policy.to_owned(),
        entry: entry.map(id),
        choose,
    };
    let file = &compiled.file;
    let newsworthy = file.records::<U32>(Section::Newsworthy).iter();
    Guidance {
        policies: compiled.policies().map(policy).collect(),
        common: compiled.common().iter().map(common).collect(),
        languages: file.records(Section::Languages).iter().map(language).collect(),
        newsworthy: newsworthy.map(|number| id(number.get())).collect(),
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
    let sources = compiled.file.records::<Text>(Section::Sources);
    let joined = sources.get(usize::from(number)).map_or("", |&text| compiled.text(text));
    joined.split(';').filter(|key| !key.is_empty()).map(str::to_owned).collect()
}
