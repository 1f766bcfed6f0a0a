//! Entries, names and spellings of a compiled gazetteer, read where they lie.
//!
//! A view is two words and a number, and copying it costs nothing. Whatever a damaged file says, a view answers: a number
//! that points nowhere reads as a blank record.

use std::ops::Range;

use zerocopy::little_endian::U32;
use zerocopy::{FromBytes, Immutable, KnownLayout, Unaligned};

use super::Compiled;
use super::file::Section;
use super::records::{
    DetailRecord, EntryRecord, NONE, NameRecord, OfficeRecord, PersonRecord, SpellingRecord, Text, entry_flags,
    spelling_flags,
};
use crate::gazetteer::{Kind, Period, Point, Rewrite, SpellingKind};
use crate::lang::Lang;

/// One layer's records, and the number of its first entry among all layers.
#[derive(Clone, Copy, Debug)]
struct Layer<'g> {
    compiled: &'g Compiled,
    base: u32,
}

impl<'g> Layer<'g> {
    fn record<R>(self, section: Section, number: u32) -> R
    where
        R: FromBytes + Immutable + KnownLayout + Unaligned + Copy + Default,
    {
        self.compiled.file.records::<R>(section).get(number as usize).copied().unwrap_or_default()
    }

    fn count<R: FromBytes + Immutable + KnownLayout + Unaligned>(self, section: Section) -> u32 {
        self.compiled.file.records::<R>(section).len() as u32
    }

    fn text(self, text: Text) -> &'g str {
        self.compiled.text(text)
    }

    /// The number among all layers of what a record refers to.
    fn global(self, number: u32) -> Option<u32> {
        self.compiled.reference(self.base, number)
    }
}

/// A gazetteer of so many entries may be somebody's own choice; a larger one is a register.
pub(crate) const MAX_CHOSEN: u32 = 5_000;

/// A city of so many inhabitants is known without a word of its country.
const MIN_LARGE_POPULATION: u64 = 500_000;

/// An entry: a place, a person or an organisation.
#[derive(Clone, Copy, Debug)]
pub(crate) struct EntryView<'g> {
    layer: Layer<'g>,
    number: u32,
    record: EntryRecord,
}

impl<'g> EntryView<'g> {
    pub(super) fn new(compiled: &'g Compiled, base: u32, number: u32) -> Self {
        let layer = Layer { compiled, base };
        Self { layer, number, record: layer.record(Section::Entries, number) }
    }

    pub(crate) fn id(self) -> &'g str {
        self.layer.text(self.record.id)
    }

    pub(crate) fn kind(self) -> Kind {
        Kind::ALL.get(usize::from(self.record.kind)).copied().unwrap_or(Kind::Place)
    }

    pub(crate) fn canonical(self) -> &'g str {
        self.layer.text(self.record.canonical)
    }

    pub(crate) fn point(self) -> Option<Point> {
        let degrees = |tenmillionths: i32| f64::from(tenmillionths) / 1e7;
        self.has(entry_flags::POINT).then(|| Point {
            latitude: degrees(self.record.latitude.get()),
            longitude: degrees(self.record.longitude.get()),
        })
    }

    pub(crate) fn precision_km(self) -> Option<f64> {
        self.has(entry_flags::PRECISION).then(|| self.record.precision_km.get())
    }

    /// The country's ISO code, blank if there is none.
    pub(crate) fn country(self) -> CountryCode {
        CountryCode(self.record.country)
    }

    /// The number of the entry that contains this one.
    pub(crate) fn within(self) -> Option<u32> {
        self.layer.global(self.record.within.get())
    }

    pub(crate) fn population(self) -> Option<u64> {
        self.has(entry_flags::POPULATION).then(|| self.record.population.get())
    }

    pub(crate) fn geonames(self) -> Option<u64> {
        self.has(entry_flags::GEONAMES).then(|| self.record.geonames.get())
    }

    /// The Wikidata number, blank if there is none.
    pub(crate) fn wikidata(self) -> &'g str {
        self.layer.text(self.record.wikidata)
    }

    /// Whether it is a person, a country, a place that news names or that many live in, or one of a person's own list.
    pub(crate) fn is_well_known(self) -> bool {
        !self.is_obscure(MIN_LARGE_POPULATION)
    }

    /// Whether it is of a person's own choice of places, used beside another gazetteer.
    pub(crate) fn is_own(self) -> bool {
        if self.replaces() {
            return self.has(entry_flags::OF_OWN_LIST);
        }
        self.layer.base > 0 && self.layer.compiled.len() <= MAX_CHOSEN
    }

    /// Whether it is of a register of thousands of places. Who corrects a row of it does not make the place known.
    pub(crate) fn is_of_register(self) -> bool {
        if self.replaces() { self.has(entry_flags::OF_REGISTER) } else { self.layer.compiled.len() > MAX_CHOSEN }
    }

    /// Whether it stands for an entry of the same id in a layer below.
    pub(crate) fn replaces(self) -> bool {
        self.has(entry_flags::REPLACES)
    }

    /// Whether it is on the list of places that news names.
    pub(crate) fn is_newsworthy(self) -> bool {
        self.has(entry_flags::NEWSWORTHY)
    }

    /// Whether news hardly ever means it: a place of fewer than `people` inhabitants, in a register of thousands of places, and not
    /// on the list of those that news names. Of a person's own short list every place is meant.
    pub(crate) fn is_obscure(self, people: u64) -> bool {
        let is_small = || self.population().is_none_or(|population| population < people);
        let is_place = self.kind().label() == "place" && self.kind() != Kind::Country;
        is_place && is_small() && self.is_of_register() && !self.is_newsworthy()
    }

    pub(super) fn record(self) -> EntryRecord {
        self.record
    }

    pub(crate) fn person(self) -> Option<PersonView<'g>> {
        let number = self.record.person.get();
        (number != NONE).then(|| PersonView {
            layer: self.layer,
            number,
            record: self.layer.record(Section::People, number),
        })
    }

    /// The names; the canonical one comes first.
    pub(crate) fn names(self) -> impl Iterator<Item = NameView<'g>> {
        let layer = self.layer;
        let last = layer.count::<NameRecord>(Section::Names);
        let next: Option<EntryRecord> =
            layer.compiled.file.records(Section::Entries).get(self.number as usize + 1).copied();
        let end = next.map_or(last, |next| next.first_name.get()).min(last);
        (self.record.first_name.get()..end).map(move |number| NameView::new(layer, number))
    }

    /// The spellings of all names.
    pub(crate) fn spellings(self) -> impl Iterator<Item = SpellingView<'g>> {
        self.names().flat_map(NameView::spellings)
    }

    fn has(self, flag: u8) -> bool {
        self.record.flags & flag != 0
    }
}

/// An ISO 3166-1 code, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct CountryCode([u8; 2]);

impl CountryCode {
    pub(crate) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default().trim_end_matches('\0')
    }

    pub(crate) fn is_blank(self) -> bool {
        self.0 == [0; 2]
    }
}

/// A name of an entry.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NameView<'g> {
    layer: Layer<'g>,
    number: u32,
    record: NameRecord,
}

impl<'g> NameView<'g> {
    fn new(layer: Layer<'g>, number: u32) -> Self {
        Self { layer, number, record: layer.record(Section::Names, number) }
    }

    pub(crate) fn text(self) -> &'g str {
        self.layer.text(self.record.text)
    }

    pub(crate) fn spellings(self) -> impl Iterator<Item = SpellingView<'g>> {
        let layer = self.layer;
        self.spelling_numbers().map(move |number| SpellingView::of(layer, number))
    }

    fn spelling_numbers(self) -> Range<u32> {
        let last = self.layer.count::<SpellingRecord>(Section::Spellings);
        let next: Option<NameRecord> =
            self.layer.compiled.file.records(Section::Names).get(self.number as usize + 1).copied();
        self.record.first_spelling.get()..next.map_or(last, |next| next.first_spelling.get()).min(last)
    }

    /// The right spelling of this name in a language, if one is listed.
    pub(crate) fn preferred(self, lang: Lang) -> Option<SpellingView<'g>> {
        let listed = |wanted: &dyn Fn(Lang) -> bool| self.spellings().find(|s| s.is_preferred() && wanted(s.lang()));
        listed(&|found| found == lang).or_else(|| listed(&|found| found.is_undetermined()))
    }
}

/// A spelling of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct SpellingView<'g> {
    layer: Layer<'g>,
    number: u32,
    record: SpellingRecord,
}

impl<'g> SpellingView<'g> {
    pub(super) fn new(compiled: &'g Compiled, base: u32, number: u32) -> Self {
        Self::of(Layer { compiled, base }, number)
    }

    fn of(layer: Layer<'g>, number: u32) -> Self {
        Self { layer, number, record: layer.record(Section::Spellings, number) }
    }

    /// The number of this spelling in its layer.
    pub(crate) fn number(self) -> u32 {
        self.number
    }

    pub(crate) fn text(self) -> &'g str {
        self.layer.text(self.record.text)
    }

    /// The number of its name in its layer.
    pub(crate) fn name_number(self) -> u32 {
        self.record.name.get()
    }

    pub(crate) fn name(self) -> NameView<'g> {
        NameView::new(self.layer, self.record.name.get())
    }

    /// The number of the entry among all layers.
    pub(crate) fn entry(self) -> u32 {
        self.layer.base | self.name().record.entry.get()
    }

    pub(crate) fn lang(self) -> Lang {
        self.layer.compiled.langs.get(usize::from(self.record.lang.get())).copied().unwrap_or(Lang::UNDETERMINED)
    }

    pub(crate) fn kind(self) -> SpellingKind {
        SpellingKind::ALL.get(usize::from(self.record.kind)).copied().unwrap_or(SpellingKind::Name)
    }

    pub(crate) fn is_preferred(self) -> bool {
        self.record.flags & spelling_flags::PREFERRED != 0
    }

    /// The `rewrite` cell; `None` where it is blank.
    pub(crate) fn rewrite(self) -> Option<Rewrite> {
        let code = usize::from(self.record.flags >> spelling_flags::REWRITE_SHIFT & 3);
        code.checked_sub(1).and_then(|at| Rewrite::ALL.get(at)).copied()
    }

    /// What may be done to this spelling: its own `rewrite` cell, else what its kind says.
    pub(crate) fn effective_rewrite(self) -> Rewrite {
        self.rewrite().unwrap_or(self.kind().default_rewrite())
    }

    /// Whether a text in `lang` that contains this spelling is right to do so.
    pub(crate) fn is_right_in(self, lang: Lang) -> bool {
        (self.lang() == lang || self.lang().is_undetermined()) && (self.is_preferred() || self.kind().is_right())
    }

    /// Numbers of the entries of which one must be mentioned for the spelling to count.
    pub(crate) fn needs(self) -> impl Iterator<Item = u32> {
        let layer = self.layer;
        self.listed_needs().iter().filter_map(move |number| layer.global(number.get()))
    }

    /// The needs as they stand in the record.
    pub(super) fn listed_needs(self) -> &'g [U32] {
        let detail = self.detail().unwrap_or_default();
        let start = detail.first_need.get() as usize;
        let needs = self.layer.compiled.file.records::<U32>(Section::Needs);
        needs.get(start..start.saturating_add(usize::from(detail.needs.get()))).unwrap_or_default()
    }

    pub(crate) fn has_needs(self) -> bool {
        self.detail().is_some_and(|detail| detail.needs.get() > 0)
    }

    /// Whether the spelling went out of use.
    pub(crate) fn has_ended(self) -> bool {
        self.detail().is_some_and(|detail| detail.until.length.get() > 0)
    }

    /// Whether the spelling is in use at a date; without one: whether it never went out of use.
    pub(crate) fn is_in_use(self, date: Option<&str>) -> bool {
        let Some(detail) = self.detail() else {
            return true;
        };
        let (since, until) = (self.layer.text(detail.since), self.layer.text(detail.until));
        date.map_or(until.is_empty(), |date| Period::includes(since, until, date))
    }

    pub(super) fn detail(self) -> Option<DetailRecord> {
        if self.record.flags & spelling_flags::DETAILS == 0 {
            return None;
        }
        let details = self.layer.compiled.file.records::<DetailRecord>(Section::Details);
        let at = details.binary_search_by_key(&self.number, |detail| detail.spelling.get()).ok()?;
        details.get(at).copied()
    }

    pub(super) fn record(self) -> SpellingRecord {
        self.record
    }
}

/// What is known of a person beside the name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PersonView<'g> {
    layer: Layer<'g>,
    number: u32,
    record: PersonRecord,
}

impl<'g> PersonView<'g> {
    pub(super) fn given(self) -> &'g str {
        self.layer.text(self.record.given)
    }

    pub(super) fn family(self) -> &'g str {
        self.layer.text(self.record.family)
    }

    /// How many words the family name has.
    pub(crate) fn family_words(self) -> usize {
        self.family().split_whitespace().count().max(1)
    }

    pub(super) fn offices(self) -> &'g [OfficeRecord] {
        let offices = self.layer.compiled.file.records::<OfficeRecord>(Section::Offices);
        let people = self.layer.compiled.file.records::<PersonRecord>(Section::People);
        let end = people.get(self.number as usize + 1).map_or(offices.len(), |next| next.first_office.get() as usize);
        offices.get(self.record.first_office.get() as usize..end).unwrap_or_default()
    }

    /// Whether the person held an office at a date; without one, whether one has no end.
    pub(crate) fn is_in_office(self, date: Option<&str>) -> bool {
        self.offices().iter().filter(|office| office.office.length.get() > 0).any(|office| match date {
            None => office.until.length.get() == 0,
            Some(date) => Period::includes(self.layer.text(office.since), self.layer.text(office.until), date),
        })
    }
}
