//! From a gazetteer to the sections of a compiled one. Equal strings are stored once; the same gazetteer gives the same bytes.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;
use zerocopy::IntoBytes as _;
use zerocopy::little_endian::{U16, U32, U64};

use super::file::{FileBuilder, Section};
use super::records::{
    DetailRecord, EntryRecord, FolderRecord, LanguageRecord, NONE, NameRecord, NewsworthyRecord, OfficeRecord,
    PersonRecord, PolicyRecord, SourceRecord, SpellingRecord, SurfaceRecord, Text, entry_flags, spelling_flags,
};
use crate::error::Error;
use crate::gazetteer::link::Replaced;
use crate::gazetteer::{
    Choice, Entry, EntryId, Gazetteer, Kind, Language, Office, Policy, Rewrite, Source, Spelling, SpellingKind,
};
use crate::lang::Lang;

/// The sections of the gazetteer's own data; the matcher adds those of its index.
pub(crate) fn compile(gazetteer: &Gazetteer) -> Result<FileBuilder, Error> {
    let mut writer = Writer::new(gazetteer);
    let newsworthy = gazetteer.newsworthy().iter();
    for (id, source) in newsworthy.zip(&gazetteer.linked.guidance.newsworthy_sources) {
        let record = NewsworthyRecord { entry: writer.number(Some(id))?, source: writer.source_label(source)? };
        writer.newsworthy.push(record);
    }
    let newsworthy: FxHashSet<u32> = writer.newsworthy.iter().map(|record| record.entry.get()).collect();
    for entry in gazetteer.entries() {
        writer.add_entry(entry, &newsworthy)?;
    }
    for phrase in gazetteer.suppressed() {
        let record = writer.surface([&phrase.surface, &phrase.reason, &phrase.example], &phrase.source)?;
        writer.suppressed.push(record);
    }
    for common in gazetteer.common() {
        let record = writer.surface([&common.surface, &common.reason, &common.example], &common.source)?;
        writer.common.push(record);
    }
    for policy in gazetteer.policies() {
        writer.add_policy(policy)?;
    }
    for Language { lang, title, source } in gazetteer.languages() {
        let (lang, title, source) = (writer.text(lang.as_str())?, writer.text(title)?, writer.source_label(source)?);
        writer.languages.push(LanguageRecord { lang, title, source });
    }
    for source in gazetteer.sources() {
        writer.add_source(source)?;
    }
    for (folder, share) in &gazetteer.linked.folders {
        let (editorial, rows) = (count(share.editorial)?, count(share.rows)?);
        let record = FolderRecord { folder: writer.text(folder)?, editorial, rows };
        writer.folders.push(record);
    }
    for id in &gazetteer.linked.over.removed {
        let id = writer.text(id.as_str())?;
        writer.removed.push(id);
    }
    writer.finish()
}

/// Strings that occur often, by number.
#[derive(Default)]
struct Labels {
    texts: Vec<Text>,
    /// By offset and length.
    known: FxHashMap<(u32, u16), u16>,
}

struct Writer<'g> {
    gazetteer: &'g Gazetteer,
    text: Vec<u8>,
    /// By the hash of the text: the texts themselves would take as much memory again.
    known: FxHashMap<u64, Text>,
    langs: Labels,
    sources: Labels,
    entries: Vec<EntryRecord>,
    names: Vec<NameRecord>,
    spellings: Vec<SpellingRecord>,
    details: Vec<DetailRecord>,
    needs: Vec<U32>,
    people: Vec<PersonRecord>,
    offices: Vec<OfficeRecord>,
    suppressed: Vec<SurfaceRecord>,
    common: Vec<SurfaceRecord>,
    policies: Vec<PolicyRecord>,
    languages: Vec<LanguageRecord>,
    folders: Vec<FolderRecord>,
    newsworthy: Vec<NewsworthyRecord>,
    source_titles: Vec<SourceRecord>,
    /// Of a layer: ids of entries below that are referred to, and their numbers in this section.
    external: Vec<Text>,
    external_numbers: FxHashMap<EntryId, u32>,
    removed: Vec<Text>,
}

impl<'g> Writer<'g> {
    fn new(gazetteer: &'g Gazetteer) -> Self {
        Self {
            gazetteer,
            text: Vec::new(),
            known: FxHashMap::default(),
            langs: Labels::default(),
            sources: Labels::default(),
            entries: Vec::new(),
            names: Vec::new(),
            spellings: Vec::new(),
            details: Vec::new(),
            needs: Vec::new(),
            people: Vec::new(),
            offices: Vec::new(),
            suppressed: Vec::new(),
            common: Vec::new(),
            policies: Vec::new(),
            languages: Vec::new(),
            folders: Vec::new(),
            newsworthy: Vec::new(),
            external: Vec::new(),
            external_numbers: FxHashMap::default(),
            removed: Vec::new(),
            source_titles: Vec::new(),
        }
    }

    fn text(&mut self, text: &str) -> Result<Text, Error> {
        let hash = xxh3_64(text.as_bytes());
        if let Some(&known) = self.known.get(&hash).filter(|known| self.stored(known) == text.as_bytes()) {
            return Ok(known);
        }
        let (offset, length) = (u32::try_from(self.text.len()), u16::try_from(text.len()));
        let (Ok(offset), Ok(length)) = (offset, length) else {
            return Err(Error::value(format!(
                "`{}…` is too long for a compiled gazetteer: at most 65,535 bytes a cell and 4 GB in all",
                text.chars().take(40).collect::<String>()
            )));
        };
        self.text.extend_from_slice(text.as_bytes());
        let stored = Text { offset: offset.into(), length: length.into() };
        self.known.insert(hash, stored);
        Ok(stored)
    }

    fn stored(&self, text: &Text) -> &[u8] {
        let start = text.offset.get() as usize;
        &self.text[start..start + usize::from(text.length.get())]
    }

    fn label(&mut self, text: &str, labels: fn(&mut Self) -> &mut Labels) -> Result<U16, Error> {
        let stored = self.text(text)?;
        let labels = labels(self);
        let key = (stored.offset.get(), stored.length.get());
        if let Some(&known) = labels.known.get(&key) {
            return Ok(known.into());
        }
        let number = u16::try_from(labels.texts.len()).map_err(|_| {
            Error::value("too many different languages or sets of sources: a compiled gazetteer holds 65,536 of each")
        })?;
        labels.known.insert(key, number);
        labels.texts.push(stored);
        Ok(number.into())
    }

    fn source(&mut self, keys: &[String]) -> Result<U16, Error> {
        self.source_label(&keys.join(";"))
    }

    fn source_label(&mut self, cell: &str) -> Result<U16, Error> {
        self.label(cell, |writer| &mut writer.sources)
    }

    fn surface(&mut self, [surface, reason, example]: [&str; 3], source: &str) -> Result<SurfaceRecord, Error> {
        Ok(SurfaceRecord {
            surface: self.text(surface)?,
            reason: self.text(reason)?,
            example: self.text(example)?,
            source: self.source_label(source)?,
        })
    }

    fn add_source(&mut self, source: &Source) -> Result<(), Error> {
        let record = SourceRecord {
            key: self.text(&source.key)?,
            title: self.text(&source.title)?,
            url: self.text(&source.url)?,
            licence: self.text(&source.licence)?,
            accessed: self.text(&source.accessed)?,
        };
        self.source_titles.push(record);
        Ok(())
    }

    fn add_policy(&mut self, rule: &Policy) -> Result<(), Error> {
        let (choose, is_name) = match &rule.choose {
            Choice::Name(name) => (name.clone(), 1),
            Choice::Languages(langs) => (langs.iter().map(Lang::as_str).collect::<Vec<_>>().join(";"), 0),
        };
        let (policy, choose) = (self.text(&rule.policy)?, self.text(&choose)?);
        let (entry, source) = (self.number(rule.entry.as_ref())?, self.source_label(&rule.source)?);
        self.policies.push(PolicyRecord { policy, entry, choose, is_name, source });
        Ok(())
    }

    /// The number of an entry; in a layer those of entries below follow its own.
    fn number(&mut self, id: Option<&EntryId>) -> Result<U32, Error> {
        let Some(id) = id else {
            return Ok(NONE.into());
        };
        if let Some(number) = self.gazetteer.position(id) {
            return count(number);
        }
        if !self.gazetteer.linked.over.is_layer {
            return Ok(NONE.into());
        }
        let next = (self.gazetteer.entries().len() + self.external.len()) as u32;
        let number = *self.external_numbers.entry(id.clone()).or_insert(next);
        if number == next {
            let text = self.text(id.as_str())?;
            self.external.push(text);
        }
        count(number as usize)
    }

    fn add_entry(&mut self, entry: &Entry, newsworthy: &FxHashSet<u32>) -> Result<(), Error> {
        let number = count(self.entries.len())?;
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let degrees = |degrees: f64| (degrees * 1e7).round() as i32;
        let point = entry.point.map_or((0, 0), |point| (degrees(point.latitude), degrees(point.longitude)));
        let record = EntryRecord {
            id: self.text(entry.id.as_str())?,
            canonical: self.text(&entry.canonical)?,
            first_name: count(self.names.len())?,
            kind: Kind::ALL.iter().position(|&kind| kind == entry.kind).unwrap_or_default() as u8,
            flags: flag(entry.point.is_some(), entry_flags::POINT)
                | flag(entry.precision_km.is_some(), entry_flags::PRECISION)
                | flag(entry.population.is_some(), entry_flags::POPULATION)
                | flag(entry.geonames.is_some(), entry_flags::GEONAMES)
                | flag(newsworthy.contains(&number.get()), entry_flags::NEWSWORTHY)
                | self.gazetteer.linked.over.replaced.get(&entry.id).map_or(0, replacement_flags),
            country: entry.country.as_bytes().try_into().unwrap_or_default(),
            latitude: point.0.into(),
            longitude: point.1.into(),
            precision_km: entry.precision_km.unwrap_or_default().into(),
            within: self.number(entry.within.as_ref())?,
            disputed: self.number(entry.disputed.as_ref())?,
            population: entry.population.unwrap_or_default().into(),
            geonames: entry.geonames.unwrap_or_default().into(),
            wikidata: self.text(&entry.wikidata)?,
            since: self.text(&entry.period.since)?,
            until: self.text(&entry.period.until)?,
            source: self.source(&entry.source)?,
            note: self.text(&entry.note)?,
            person: self.add_person(entry)?,
        };
        self.entries.push(record);
        for name in &entry.names {
            let text = self.text(&name.text)?;
            let first_spelling = count(self.spellings.len())?;
            self.names.push(NameRecord { text, entry: number, first_spelling });
            for spelling in &name.spellings {
                self.add_spelling(spelling)?;
            }
        }
        Ok(())
    }

    fn add_person(&mut self, entry: &Entry) -> Result<U32, Error> {
        let Some(person) = &entry.person else {
            return Ok(NONE.into());
        };
        let number = count(self.people.len())?;
        let record = PersonRecord {
            given: self.text(&person.given)?,
            family: self.text(&person.family)?,
            first_office: count(self.offices.len())?,
        };
        self.people.push(record);
        for Office { title, office, period, source } in &person.offices {
            let record = OfficeRecord {
                title: self.text(title)?,
                office: self.text(office)?,
                since: self.text(&period.since)?,
                until: self.text(&period.until)?,
                source: self.source(source)?,
            };
            self.offices.push(record);
        }
        Ok(number)
    }

    fn add_spelling(&mut self, spelling: &Spelling) -> Result<(), Error> {
        let has_details = !spelling.needs.is_empty()
            || !spelling.note.is_empty()
            || !spelling.period.since.is_empty()
            || !spelling.period.until.is_empty();
        let rewrite = |rewrite| Rewrite::ALL.iter().position(|&value| value == rewrite).map_or(0, |at| at + 1) as u8;
        let record = SpellingRecord {
            text: self.text(&spelling.text)?,
            name: count(self.names.len() - 1)?,
            lang: self.label(spelling.lang.as_str(), |writer| &mut writer.langs)?,
            kind: SpellingKind::ALL.iter().position(|&kind| kind == spelling.kind).unwrap_or_default() as u8,
            flags: if spelling.preferred { spelling_flags::PREFERRED } else { 0 }
                | if has_details { spelling_flags::DETAILS } else { 0 }
                | spelling.rewrite.map_or(0, rewrite) << spelling_flags::REWRITE_SHIFT,
            source: self.source(&spelling.source)?,
        };
        if has_details {
            let detail = DetailRecord {
                spelling: count(self.spellings.len())?,
                since: self.text(&spelling.period.since)?,
                until: self.text(&spelling.period.until)?,
                note: self.text(&spelling.note)?,
                first_need: count(self.needs.len())?,
                needs: (spelling.needs.len() as u16).into(),
            };
            self.details.push(detail);
            for id in &spelling.needs {
                let number = self.number(Some(id))?;
                self.needs.push(number);
            }
        }
        self.spellings.push(record);
        Ok(())
    }

    fn finish(self) -> Result<FileBuilder, Error> {
        let mut ids: Vec<u32> = (0..count(self.entries.len())?.get()).collect();
        ids.sort_by_key(|&number| &self.gazetteer.entries()[number as usize].id);
        let ids: Vec<U32> = ids.into_iter().map(U32::from).collect();
        let over = &self.gazetteer.linked.over;
        let base = if over.replaced.is_empty() && self.removed.is_empty() { &[] } else { over.base.as_slice() };
        let base: Vec<U64> = base.iter().copied().map(U64::from).collect();
        let mut builder = FileBuilder::new();
        builder.set(Section::Text, self.text.as_bytes());
        builder.set(Section::Langs, &self.langs.texts);
        builder.set(Section::Sources, &self.sources.texts);
        builder.set(Section::Entries, &self.entries);
        builder.set(Section::Ids, &ids);
        builder.set(Section::Names, &self.names);
        builder.set(Section::Spellings, &self.spellings);
        builder.set(Section::Details, &self.details);
        builder.set(Section::Needs, &self.needs);
        builder.set(Section::People, &self.people);
        builder.set(Section::Offices, &self.offices);
        builder.set(Section::Suppressed, &self.suppressed);
        builder.set(Section::Common, &self.common);
        builder.set(Section::Policies, &self.policies);
        builder.set(Section::Languages, &self.languages);
        builder.set(Section::Folders, &self.folders);
        builder.set(Section::Newsworthy, &self.newsworthy);
        builder.set(Section::SourceTitles, &self.source_titles);
        builder.set(Section::External, &self.external);
        builder.set(Section::Removed, &self.removed);
        builder.set(Section::Base, &base);
        builder.identify();
        Ok(builder)
    }
}

fn replacement_flags(replaced: &Replaced) -> u8 {
    let of_register = if replaced.is_register { entry_flags::OF_REGISTER } else { 0 };
    let of_own_list = if replaced.is_own { entry_flags::OF_OWN_LIST } else { 0 };
    entry_flags::REPLACES | of_register | of_own_list
}

/// A number of records; more than a layer can number are refused.
fn count(count: usize) -> Result<U32, Error> {
    let fits = u32::try_from(count).ok().filter(|&count| count < super::layers::MAX_RECORDS);
    fits.map(U32::from).ok_or_else(|| Error::value("the gazetteer is too large: at most 268 million spellings"))
}
