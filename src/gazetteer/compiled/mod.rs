//! The compiled form of a gazetteer: opened without parsing, read where it lies.
//!
//! `write` turns entries into records, `file` puts records into a file that checks itself, `view` reads them, `decode` makes a
//! [`Gazetteer`](super::Gazetteer) of them again, `layers` puts several together. The matcher keeps its index in the same file.

mod decode;
mod file;
mod layers;
mod map;
mod records;
mod view;
mod write;

pub(crate) use decode::{decode, decode_entry};
#[cfg(test)]
pub(crate) use file::HEADER;
pub(crate) use file::{Access, File, FileBuilder, Section};
pub(crate) use layers::Layers;
pub(crate) use records::Text;
pub(crate) use view::{CountryCode, EntryView, MAX_CHOSEN, NameView, PersonView, SpellingView};
pub(crate) use write::compile;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use zerocopy::little_endian::{U32, U64};

use crate::gazetteer::Choice;
use crate::lang::Lang;
use records::{EntryRecord, NONE, PolicyRecord, SourceRecord, SpellingRecord, SurfaceRecord};

/// The entries of one compiled gazetteer. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    file: File,
    langs: Vec<Lang>,
    /// What the layers around it mean to its entries; nothing while it is alone.
    links: Arc<Links>,
}

/// What other layers mean to the entries of one.
#[derive(Debug, Default)]
struct Links {
    /// For each id of [`Section::External`], the number among all layers.
    external: Vec<Option<u32>>,
    /// For each own entry that a layer above hides, the number among all layers of what replaces it, if anything does.
    moved: FxHashMap<u32, Option<u32>>,
}

impl Compiled {
    pub(crate) fn new(file: File) -> Self {
        let lang = |tag: &Text| text_of(&file, *tag).parse().unwrap_or(Lang::UNDETERMINED);
        let langs = file.records::<Text>(Section::Langs).iter().map(lang).collect();
        Self { file, langs, links: Arc::default() }
    }

    /// The file, for the sections that others keep in it.
    pub(crate) fn file(&self) -> &File {
        &self.file
    }

    fn text(&self, text: Text) -> &str {
        text_of(&self.file, text)
    }

    /// How many entries there are.
    pub(crate) fn len(&self) -> u32 {
        self.file.records::<EntryRecord>(Section::Entries).len() as u32
    }

    /// How many spellings all entries have together.
    pub(crate) fn spelling_count(&self) -> usize {
        self.file.records::<SpellingRecord>(Section::Spellings).len()
    }

    /// The entry at `number`, counted in this gazetteer alone.
    pub(crate) fn entry(&self, number: u32) -> EntryView<'_> {
        EntryView::new(self, 0, number)
    }

    /// The number of the entry with this id.
    pub(crate) fn position(&self, id: &str) -> Option<u32> {
        let ids = self.file.records::<U32>(Section::Ids);
        let at = ids.binary_search_by(|number| self.entry(number.get()).id().cmp(id)).ok()?;
        ids.get(at).map(|number| number.get())
    }

    /// The id at a place in the order of ids.
    fn id_at(&self, place: usize) -> Option<&str> {
        self.file.records::<U32>(Section::Ids).get(place).map(|number| self.entry(number.get()).id())
    }

    /// The first place from `start` on whose id is not less than `id`: looked for in steps that double, since it is near or very far.
    fn first_id_from(&self, start: usize, id: &str) -> usize {
        let is_less = |place: usize| self.id_at(place).is_some_and(|other| other < id);
        let mut step = 1;
        while is_less(start + step) {
            step *= 2;
        }
        let ids = self.file.records::<U32>(Section::Ids);
        let skipped = start + step / 2;
        let rest = ids.get(skipped..ids.len().min(start + step + 1)).unwrap_or_default();
        skipped + rest.partition_point(|number| self.entry(number.get()).id() < id)
    }

    /// The number among all layers of what a record refers to by `number`: an own entry, or one of another layer.
    fn reference(&self, base: u32, number: u32) -> Option<u32> {
        let count = self.len();
        if number < count {
            self.links.moved.get(&number).copied().unwrap_or(Some(base | number))
        } else {
            self.links.external.get((number - count) as usize).copied().flatten()
        }
    }

    /// The id of what a record refers to by `number`, whether or not it is there.
    fn referred_id(&self, number: u32) -> Option<&str> {
        let count = self.len();
        if number < count { Some(self.entry(number).id()) } else { self.external().nth((number - count) as usize) }
    }

    /// The ids of entries of layers below that records refer to.
    fn external(&self) -> impl Iterator<Item = &str> {
        self.file.records::<Text>(Section::External).iter().map(|&id| self.text(id))
    }

    /// The ids of entries below that this layer replaces or removes, each with the number of what takes its place, if anything does.
    fn changed(&self) -> impl Iterator<Item = (&str, Option<u32>)> {
        // Most gazetteers change no other, and looking at each of their entries would take as long as all the rest of opening.
        let count = if self.base().is_empty() { 0 } else { self.len() };
        let replaced = (0..count).filter(|&number| self.entry(number).replaces());
        let removed = self.file.records::<Text>(Section::Removed).iter();
        let replaced = replaced.map(|number| (self.entry(number).id(), Some(number)));
        // What is removed may be defined anew, as something else.
        replaced.chain(removed.map(|&id| (self.text(id), self.position(self.text(id)))))
    }

    /// Whether a layer above replaces or removes an entry.
    pub(crate) fn hides(&self, number: u32) -> bool {
        self.links.moved.contains_key(&number)
    }

    /// Whether other layers change what is here, or what it refers to.
    fn is_linked(&self) -> bool {
        !(self.links.moved.is_empty() && self.links.external.is_empty())
    }

    /// What this gazetteer is known by to layers that are compiled over it.
    pub(crate) fn identity(&self) -> u64 {
        self.file.records::<U64>(Section::Identity).first().map_or(0, |identity| identity.get())
    }

    /// The identities of the gazetteers that it was compiled over; none if it changes no other.
    fn base(&self) -> &[U64] {
        self.file.records(Section::Base)
    }

    /// The source keys that it explains or cites.
    pub(crate) fn sources(&self) -> impl Iterator<Item = &str> {
        let cited = self.file.records::<Text>(Section::Sources).iter().flat_map(|&keys| self.text(keys).split(';'));
        self.file.records::<SourceRecord>(Section::SourceTitles).iter().map(|record| self.text(record.key)).chain(cited)
    }

    /// The phrases in which nothing is to be marked.
    pub(crate) fn suppressed(&self) -> Surfaces<'_> {
        self.surfaces(Section::Suppressed)
    }

    /// The surfaces that are ordinary words or people's names as well.
    pub(crate) fn common(&self) -> Surfaces<'_> {
        self.surfaces(Section::Common)
    }

    /// The rules of all policies: the policy, the entry, and what to choose.
    pub(crate) fn policies(&self) -> impl Iterator<Item = (&str, Option<u32>, Choice)> {
        self.file.records::<PolicyRecord>(Section::Policies).iter().map(|record| self.policy(record))
    }

    fn policy(&self, record: &PolicyRecord) -> (&str, Option<u32>, Choice) {
        let (number, choose) = (record.entry.get(), self.text(record.choose));
        let choose = match record.is_name {
            0 => Choice::Languages(choose.split(';').filter_map(|tag| tag.parse().ok()).collect()),
            _ => Choice::Name(choose.to_owned()),
        };
        (self.text(record.policy), (number != NONE).then_some(number), choose)
    }

    fn surfaces(&self, section: Section) -> Surfaces<'_> {
        Surfaces { compiled: self, records: self.file.records(section) }
    }
}

/// Surfaces with a reason each.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Surfaces<'g> {
    compiled: &'g Compiled,
    records: &'g [SurfaceRecord],
}

impl<'g> Surfaces<'g> {
    /// The surface number `number`.
    pub(crate) fn surface(self, number: u32) -> &'g str {
        self.records.get(number as usize).map_or("", |record| self.compiled.text(record.surface))
    }

    /// Each surface and its reason.
    pub(crate) fn iter(self) -> impl Iterator<Item = (&'g str, &'g str)> {
        let text = |text| self.compiled.text(text);
        self.records.iter().map(move |record| (text(record.surface), text(record.reason)))
    }
}

fn text_of(file: &File, text: Text) -> &str {
    let start = text.offset.get() as usize;
    file.text(Section::Text, start..start + usize::from(text.length.get()))
}
