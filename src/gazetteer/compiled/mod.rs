//! The compiled form of a gazetteer: opened without parsing, read where it lies.
//!
//! `write` turns entries into records, `file` puts records into a file that checks itself, `view` reads them, `decode` makes a
//! [`Gazetteer`](super::Gazetteer) of them again, `layers` puts several together. The matcher keeps its index in the same file.

mod decode;
mod file;
mod layers;
mod records;
mod view;
mod write;

pub(crate) use decode::decode;
#[cfg(test)]
pub(crate) use file::HEADER;
pub(crate) use file::{File, FileBuilder, Section};
pub(crate) use layers::Layers;
pub(crate) use records::Text;
pub(crate) use view::{CountryCode, EntryView, MAX_CHOSEN, NameView, PersonView, SpellingView};
pub(crate) use write::compile;

use zerocopy::little_endian::U32;

use crate::gazetteer::Choice;
use crate::lang::Lang;
use records::{EntryRecord, NONE, PolicyRecord, SpellingRecord, SurfaceRecord};

/// The entries of one compiled gazetteer. Cheap to clone.
#[derive(Clone, Debug)]
pub(crate) struct Compiled {
    file: File,
    langs: Vec<Lang>,
}

impl Compiled {
    pub(crate) fn new(file: File) -> Self {
        let lang = |tag: &Text| text_of(&file, *tag).parse().unwrap_or(Lang::UNDETERMINED);
        let langs = file.records::<Text>(Section::Langs).iter().map(lang).collect();
        Self { file, langs }
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

    /// All ids, in order.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.file.records::<U32>(Section::Ids).iter().map(|number| self.entry(number.get()).id())
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
